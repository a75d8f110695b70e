"""How long the stages of answering take, for whoever wants to know."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum

StageTimes = dict[str, float]
"""Seconds by stage; a stage that comes several times is added up."""


class Stage(StrEnum):
    """A stage of answering a question. None of them is part of another."""

    READ = "read"  # what is typed: spelling, small talk, the questions in it
    ENCODE = "encode"
    SEARCH = "search"
    RANK = "rank"
    RERANK = "rerank"  # whatever looks again at the first candidates
    EXCERPT = "excerpt"


_times: ContextVar[StageTimes | None] = ContextVar("stage_times", default=None)


@contextmanager
def recorded(times: StageTimes) -> Iterator[None]:
    """Record the stages inside of the block, and of the tasks and threads that take over its context."""
    token = _times.set(times)
    try:
        yield
    finally:
        _times.reset(token)


@contextmanager
def timed(stage: str) -> Iterator[None]:
    """Time a stage, if somebody wants to know; also as a decorator."""
    started = time.perf_counter()
    try:
        yield
    finally:
        add_time(stage, time.perf_counter() - started)


def add_time(stage: str, seconds: float) -> None:
    """Add what a stage has taken, if somebody wants to know."""
    times = _times.get()
    if times is not None:
        times[stage] = times.get(stage, 0.0) + seconds
