"""Progress of a long task on standard error: a bar with rate and time left on a terminal, else plain lines."""

from __future__ import annotations

import signal
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import Progress, TaskID

    Report = Callable[[str, int, int], None]
    """Takes the stage's name, units done and units in all (0 where nobody knows)."""


QUIET_SECONDS = 1.0
LINE_SECONDS = 10.0


@contextmanager
def progress() -> Iterator[Report]:
    """Show progress while the block runs; nothing is shown for a task that ends within a second."""
    if not sys.stderr.isatty():
        yield PlainProgress(sys.stderr).report
        return
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    from bot.cli.views.output import messages_console

    columns = (
        TextColumn("{task.description:<12}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}", markup=False),
        TimeElapsedColumn(),
        TextColumn("left:"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=messages_console(), transient=False) as bars:
        yield _BarProgress(bars).report


class PlainProgress:
    """Lines at most every ten seconds, and one at the end of a stage that took longer than a second."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._stage = ""
        self._started = self._written = clock()

    def report(self, stage: str, done: int, total: int) -> None:
        """Take note of progress; write a line where one is due."""
        now = self._clock()
        if stage != self._stage:
            self._stage, self._started, self._written = stage, now, now
        took = now - self._started
        ended = total > 0 and done >= total
        if now - self._written >= LINE_SECONDS or (ended and took > QUIET_SECONDS and self._written < now):
            self._written = now
            print(_line(stage, done, total, took), file=self._stream, flush=True)


class _BarProgress:
    """One bar a stage."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}
        self._started: dict[str, float] = {}

    def report(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        took = now - self._started.setdefault(stage, now)
        if took <= QUIET_SECONDS:
            return
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(stage, total=total or None, rate="")
        self._bars.update(self._tasks[stage], completed=done, total=total or None, rate=f"{done / took:,.0f}/s")


def _line(stage: str, done: int, total: int, took: float) -> str:
    if not done and not total:  # such as fetching: nobody counts
        return f"{stage}: {_duration(took)}"
    rate = done / took
    left = "" if not done or done >= total else f", about {_duration((total - done) / rate)} left"
    of_total = f" of {total:,}" if total else ""
    return f"{stage}: {done:,}{of_total} in {_duration(took)}, {rate:,.0f} a second{left}"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


@contextmanager
def sigterm_as_interrupt() -> Iterator[None]:
    """While the block runs, SIGTERM acts as Ctrl-C, so that a build is undone and journaled."""
    if threading.current_thread() is not threading.main_thread():  # where Python takes no signals
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
