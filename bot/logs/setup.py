"""Log records to standard error, as lines or as JSON lines."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

from bot.logs.formatting import JsonFormatter, LineFormatter
from bot.logs.records import SecretFilter
from bot.logs.redaction import Redactor
from config.logging_settings import LogFormat, LogLevel

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
    handler.setFormatter(JsonFormatter() if _is_json(settings.format) else LineFormatter())
    handler.addFilter(SecretFilter(Redactor(secrets, _HIDDEN)))
    logging.captureWarnings(capture=True)
    logging.basicConfig(level=level, handlers=[handler], force=True)


def _is_json(wanted: LogFormat) -> bool:
    """Whether records are for programs: where nobody sees standard error, unless the settings say otherwise."""
    return wanted is LogFormat.JSON or (wanted is LogFormat.AUTO and not sys.stderr.isatty())
