"""Observes what members ask: a log line each, and the metrics."""

from __future__ import annotations

import logging
import time
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.logs.events import begin_reference, event_logger
from bot.monitoring.outcomes import (
    QUESTIONS,
    AskedOutcome,
    Surface,
    outcome_of_error,
    outcome_of_reply,
    rate_limit_of,
)
from retrieval.stages import StageTimes, recorded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.callers import Caller
    from bot.monitoring.metrics import Metrics
    from retrieval.domain import Reply

_log = event_logger(__name__)

_MILLISECONDS = 1000
_MEASURED = frozenset({AskedOutcome.ANSWER, AskedOutcome.CANDIDATES, AskedOutcome.NO_ANSWER})


@dataclass(slots=True)
class _Asked:
    """What is known so far of something that a member asks.

    Attributes:
        times: Seconds by stage.
        personal: What was asked, by whom and where; logged only where the settings want that.
    """

    surface: Surface
    times: StageTimes = field(default_factory=dict)
    outcome: AskedOutcome | None = None
    confidence: float | None = None
    personal: dict[str, str | int | None] = field(default_factory=dict)


_current: ContextVar[_Asked | None] = ContextVar("asked", default=None)


def note_reply(reply: Reply) -> None:
    """Take note of the reply to the question at hand, if one is observed."""
    asked = _current.get()
    if asked is not None:
        asked.outcome = outcome_of_reply(reply)
        asked.confidence = reply.confidence if asked.outcome in _MEASURED else None


def note_question(caller: Caller, question: str) -> None:
    """Take note of what is asked, by whom and where, if it is observed."""
    asked = _current.get()
    if asked is not None:
        asked.personal = {"question": question, "member": caller.member_id, "server": caller.guild_id}


class AskedMonitor:
    """Observes what members ask.

    Args:
        metrics: What counts and measures it.
        logs_questions: Whether log lines say what was asked, by whom and where.
    """

    def __init__(self, metrics: Metrics, *, logs_questions: bool = False) -> None:
        self._metrics = metrics
        self._logs_questions = logs_questions

    @contextmanager
    def observed(self, surface: Surface) -> Iterator[None]:
        """Observe what is asked and answered inside of the block, by this task and the threads that work for it.

        All that is logged in there carries one reference, as does an error that leaves the block: Discord's events have
        a task each.
        """
        begin_reference()
        asked, started = _Asked(surface), time.perf_counter()
        token = _current.set(asked)
        error: BaseException | None = None
        try:
            with recorded(asked.times):
                yield
        except BaseException as raised:  # it goes on; a cancelled answer is counted, too
            error = raised
            raise
        finally:
            _current.reset(token)
            self._end(asked, time.perf_counter() - started, error)

    def _end(self, asked: _Asked, seconds: float, error: BaseException | None) -> None:
        outcome = _outcome(asked, error)
        times = dict(asked.times)  # a thread that was given up may still write there
        self._metrics.asked(asked.surface, outcome, seconds, times)
        if error is None and asked.confidence is not None:
            self._metrics.confident(outcome, asked.confidence)
        limit = rate_limit_of(error) if error is not None else None
        if limit is not None:
            self._metrics.rate_limited(limit)
        _log.log(
            logging.DEBUG if outcome is AskedOutcome.SILENT else logging.INFO,
            "question" if asked.surface in QUESTIONS else "request",
            surface=str(asked.surface),
            outcome=str(outcome),
            **({} if asked.confidence is None else {"confidence": round(asked.confidence, 3)}),
            total_ms=_in_milliseconds(seconds),
            **{f"{stage}_ms": _in_milliseconds(taken) for stage, taken in times.items()},
            **(asked.personal if self._logs_questions else {}),
        )


def _outcome(asked: _Asked, error: BaseException | None) -> AskedOutcome:
    if error is not None:
        return outcome_of_error(error)
    return asked.outcome or (AskedOutcome.SILENT if asked.surface is Surface.POST else AskedOutcome.SHOWN)


def _in_milliseconds(seconds: float) -> float:
    return round(_MILLISECONDS * seconds, 1)
