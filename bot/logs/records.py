"""What a log record says: without secrets, within limits, and so that no part of it looks like another record."""

from __future__ import annotations

import base64
import logging
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.logs.redaction import Redactor

MAX_MESSAGE = 10_000
"""So many characters of a message are written."""

MAX_TRACEBACK = 40_000
"""So many characters of a traceback are written: of one without end, both ends tell the most."""

_MARGIN = 4
_REFERENCE_BYTES = 5  # eight characters of base 32: easy to read out, and enough to find one line in a log
_formatter = logging.Formatter()


class SecretFilter(logging.Filter):
    """Takes secrets out of log records, whoever writes them there."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__()
        self._redactor = redactor

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, without the secrets."""
        if isinstance(record.msg, dict) and hasattr(record, "_logger"):  # facts, as `bot.logs.events` writes them
            record.msg, record.args = {name: self._hidden_fact(said) for name, said in record.msg.items()}, ()
        else:
            record.msg, record.args = self._hidden(_whole_message_of(record), MAX_MESSAGE), ()
        if record.exc_info:
            # What one handler has formatted, the next one takes as it is.
            trace = record.exc_text or _formatter.formatException(record.exc_info)
            record.exc_text = self._hidden(trace, MAX_TRACEBACK)
        if record.stack_info:
            record.stack_info = self._hidden(record.stack_info, MAX_TRACEBACK)
        return True

    def _hidden_fact(self, said: object) -> object:
        """A number as it is, and anything else as a text without secrets."""
        return said if isinstance(said, int | float | None) else self._hidden(str(said), MAX_MESSAGE)

    def _hidden(self, text: str, limit: int) -> str:
        """The text without secrets, cut so far from what will be shown that no part of one is."""
        return self._redactor.hide(shortened(text, _MARGIN * limit))


def new_reference() -> str:
    """What joins a message to people and a log record of the same error, such as ``K7TQ2MPA``."""
    return base64.b32encode(secrets.token_bytes(_REFERENCE_BYTES)).decode()


def _whole_message_of(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # noqa: BLE001  # a library's mistake must not end what it wanted to tell of
        return f"{record.msg} {record.args!r}"


def traceback_of(record: logging.LogRecord) -> str:
    """The traceback and the stack of a record; empty where there is neither."""
    parts = []
    if record.exc_text:
        parts.append(record.exc_text)
    elif record.exc_info:
        parts.append(_formatter.formatException(record.exc_info))
    if record.stack_info:
        parts.append(record.stack_info)
    return shortened("\n".join(parts), MAX_TRACEBACK)


def shortened(text: str, limit: int) -> str:
    """Both ends of a text that is longer than its limit."""
    if len(text) <= limit:
        return text
    half = limit // 2
    return f"{text[:half]} … {len(text) - 2 * half} characters left out … {text[-half:]}"


def without_surrogates(text: str) -> str:
    """The text as UTF-8 can hold it; what is no character, as part of a file's name may be, is escaped."""
    return text.encode(errors="backslashreplace").decode()
