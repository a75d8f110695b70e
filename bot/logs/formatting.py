"""How log records are written: as lines that people read, or as JSON lines."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any, cast

from structlog.contextvars import merge_contextvars
from structlog.processors import JSONRenderer, LogfmtRenderer
from structlog.stdlib import ProcessorFormatter

from bot.logs.records import MAX_MESSAGE, shortened, traceback_of, without_surrogates
from retrieval.shown import shown

if TYPE_CHECKING:
    import logging

    from structlog.typing import EventDict, WrappedLogger

_INDENT = "    | "
_OF_STRUCTLOG = ("event", "exc_info", "stack_info", "_record", "_from_structlog")
_pairs = LogfmtRenderer(bool_as_flag=False)
_json = JSONRenderer(json.dumps)


class LineFormatter(ProcessorFormatter):
    """One line a record, and behind it those of its traceback, indented: no record can look like two."""

    def __init__(self) -> None:
        super().__init__(
            processors=[_as_lines], foreign_pre_chain=[merge_contextvars], keep_exc_info=True, keep_stack_info=True
        )


class JsonFormatter(ProcessorFormatter):
    """One JSON object a record: time (UTC), level, logger, message, facts, and the traceback where there is one."""

    def __init__(self) -> None:
        super().__init__(
            processors=[_as_json], foreign_pre_chain=[merge_contextvars], keep_exc_info=True, keep_stack_info=True
        )


def _as_lines(_logger: WrappedLogger, _name: str, event: EventDict) -> str:
    record = cast("logging.LogRecord", event["_record"])
    time = dt.datetime.fromtimestamp(record.created, dt.UTC).astimezone().strftime("%H:%M:%S")
    message = shown(_message(event).rstrip())
    facts = shown(_pairs(_logger, _name, _facts(event)))
    traceback = _traceback(record)
    head = f"{time} {record.levelname} {record.name}: {message}{' ' if facts else ''}{facts}"
    return "\n".join([head, *(_INDENT + shown(line) for line in (traceback.split("\n") if traceback else []))])


def _as_json(logger: WrappedLogger, name: str, event: EventDict) -> str:
    record = cast("logging.LogRecord", event["_record"])
    entry: dict[str, Any] = {
        "time": dt.datetime.fromtimestamp(record.created, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": without_surrogates(_message(event)),
        **{key: without_surrogates(said) if isinstance(said, str) else said for key, said in _facts(event).items()},
    }
    if traceback := _traceback(record):
        entry["traceback"] = without_surrogates(traceback)
    return cast("str", _json(logger, name, entry))


def _message(event: EventDict) -> str:
    return shortened(str(event["event"]), MAX_MESSAGE)


def _facts(event: EventDict) -> dict[str, Any]:
    """What a record says besides its message, each fact under its name."""
    return {
        key: shortened(said, MAX_MESSAGE) if isinstance(said, str) else said
        for key, said in event.items()
        if key not in _OF_STRUCTLOG
    }


def _traceback(record: logging.LogRecord) -> str:
    """The traceback of a record, which from then on is written already."""
    text = traceback_of(record)
    record.exc_info = record.exc_text = record.stack_info = None
    return text
