"""Log records to standard error, as lines or as JSON lines."""

from __future__ import annotations

import json
import logging
import sys
import time
from typing import TYPE_CHECKING

from bot.cli.output import escaped
from config.settings import LogFormat, LogLevel

if TYPE_CHECKING:
    from config.settings import LoggingSettings

_LEVELS = {
    LogLevel.DEBUG: logging.DEBUG,
    LogLevel.INFO: logging.INFO,
    LogLevel.WARNING: logging.WARNING,
    LogLevel.ERROR: logging.ERROR,
}
_VERBOSE_LEVELS = (logging.INFO, logging.DEBUG)


class TextFormatter(logging.Formatter):
    """Time, level, logger and message on one line, whatever names are in the message; a traceback follows."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", "%H:%M:%S")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # the library's own name
        """The line, with line breaks and the like in the message shown as Python writes them."""
        record.message = escaped(record.message)
        return super().formatMessage(record)


class JsonFormatter(logging.Formatter):
    """One JSON object a record: time (UTC), level, logger, message and, where there is one, the traceback."""

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON."""
        entry = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%SZ"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["traceback"] = record.exc_text or self.formatException(record.exc_info)
        return json.dumps(entry)


def configure_logging(settings: LoggingSettings, verbosity: int = 0) -> None:
    """Send log records, and Python's warnings with them, to standard error.

    Args:
        settings: Level and format.
        verbosity: How often ``-v`` was given: 1 shows at least info, 2 debug.
    """
    level = _LEVELS[settings.level]
    if verbosity:
        level = min(level, _VERBOSE_LEVELS[min(verbosity, len(_VERBOSE_LEVELS)) - 1])
    handler = logging.StreamHandler(sys.stderr)
    if settings.format is LogFormat.JSON:
        handler.setFormatter(JsonFormatter())
    else:
        handler.setFormatter(TextFormatter())
    logging.captureWarnings(capture=True)
    logging.basicConfig(level=level, handlers=[handler], force=True)
