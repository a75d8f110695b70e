"""Measures the lateness of the event loop, which delays every member."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

_log = logging.getLogger(__name__)

LATE_SECONDS = 0.25
"""Lateness from which the log warns."""

_EVERY_SECONDS = 0.01


class LoopWatch:
    """Measures how late the event loop is; `async with LoopWatch() as watch:`.

    Args:
        late: Seconds from which the log warns.
        observe: Told each measured lateness, in seconds.

    Attributes:
        longest: The most seconds by which it was late so far.
    """

    def __init__(self, late: float = LATE_SECONDS, observe: Callable[[float], None] = lambda _: None) -> None:
        self.longest = 0.0
        self._late = late
        self._observe = observe
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._watch())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _watch(self) -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(_EVERY_SECONDS)
            late = time.perf_counter() - before - _EVERY_SECONDS
            self._observe(late)
            self.longest = max(self.longest, late)
            if late > self._late:
                _log.warning("the event loop was held up for %.0f ms", 1000 * late)
