"""Log records that state facts under names of their own, and what joins those of one question."""

from __future__ import annotations

import logging

import structlog

from bot.logs.records import new_reference

_REFERENCE = "reference"


def event_logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger whose records state facts: ``log.info("question", outcome="answer")``. They go where all others go."""
    logger: structlog.stdlib.BoundLogger = structlog.wrap_logger(
        logging.getLogger(name),
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    return logger


def begin_reference() -> str:
    """A new reference, which every record of this task names from now on, those of the threads that work for it too."""
    reference = new_reference()
    structlog.contextvars.bind_contextvars(**{_REFERENCE: reference})
    return reference


def current_reference() -> str:
    """The reference of what this task is at; a new one where it has none."""
    return str(structlog.contextvars.get_contextvars().get(_REFERENCE) or new_reference())
