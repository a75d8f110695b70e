"""Log records to standard error, as lines or as JSON lines."""

from __future__ import annotations

import json
import logging
import sys
import time
from typing import TYPE_CHECKING

from bot.logs.records import SecretFilter, message_of, traceback_of, without_surrogates
from bot.logs.redaction import Redactor
from config.logging_settings import LogFormat, LogLevel
from retrieval.shown import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from config.logging_settings import LoggingSettings

_LEVELS = {
    LogLevel.DEBUG: logging.DEBUG,
    LogLevel.INFO: logging.INFO,
    LogLevel.WARNING: logging.WARNING,
    LogLevel.ERROR: logging.ERROR,
}
_VERBOSE_LEVELS = (logging.INFO, logging.DEBUG)


_HIDDEN = "[secret]"
_INDENT = "    | "


class LineFormatter(logging.Formatter):
    """One line a record, and behind it those of its traceback, indented: no record can look like two."""

    def __init__(self) -> None:
        super().__init__(datefmt="%H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line or more."""
        time_ = self.formatTime(record, self.datefmt)
        head = f"{time_} {record.levelname} {record.name}: {shown(message_of(record).rstrip())}"
        traceback = traceback_of(record)
        lines = traceback.split("\n") if traceback else []
        return "\n".join([head, *(_INDENT + shown(line) for line in lines)])


class JsonFormatter(logging.Formatter):
    """One JSON object a record: time (UTC), level, logger, message and, where there is one, the traceback."""

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON."""
        entry = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%SZ"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_surrogates(message_of(record)),
        }
        traceback = traceback_of(record)
        if traceback:
            entry["traceback"] = without_surrogates(traceback)
        return json.dumps(entry)


def configure_logging(settings: LoggingSettings, verbosity: int = 0, *, secrets: Iterable[str] = ()) -> None:
    """Send log records, and Python's warnings with them, to standard error.

    Args:
        verbosity: How often ``-v`` was given: 1 shows at least info, 2 debug.
        secrets: What no record shows.
    """
    level = _LEVELS[settings.level]
    if verbosity:
        level = min(level, _VERBOSE_LEVELS[min(verbosity, len(_VERBOSE_LEVELS)) - 1])
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if settings.format is LogFormat.JSON else LineFormatter())
    handler.addFilter(SecretFilter(Redactor(secrets, _HIDDEN)))
    logging.captureWarnings(capture=True)
    logging.basicConfig(level=level, handlers=[handler], force=True)
