"""Work for threads, with a limit on how much of it may wait: whoever asks is served soon, or hears that it is busy."""

from __future__ import annotations

import asyncio
import contextvars
import logging
import threading
from typing import TYPE_CHECKING, TypeVar

from bot.member_errors import BusyError
from bot.worker_threads import WorkerThreads

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

T = TypeVar("T")

CLOSING_SECONDS = 8.0
"""How long what was accepted may take to its end: less than all that the bot takes, for answers must be sent, too."""

_log = logging.getLogger(__name__)


class AnswerQueue:
    """Runs blocking functions in a few threads.

    Args:
        threads: How many run at once, at least 1.
        waiting: How many may wait for a thread, 0 or more.
    """

    def __init__(self, threads: int, waiting: int) -> None:
        self._threads = threads
        self._limit = threads + waiting
        self._workers = WorkerThreads(threads, "answer")
        self._lock = threading.Lock()
        self._unfinished = 0
        self._closed = False

    @property
    def waiting(self) -> int:
        """How much work waits for a thread."""
        return max(0, self._unfinished - self._threads)

    async def run(self, work: Callable[[], T]) -> T:
        """Do work in a thread and return what it returns, or raise what it raises.

        Work whose caller is cancelled is dropped while it waits; once begun it is finished, and keeps its thread.

        Raises:
            BusyError: Too much waits already, or the queue is closed.
            TimeoutError: The queue was closed, and this was not finished in time.
        """
        with self._lock:
            if self._closed or self._unfinished >= self._limit:
                raise BusyError(self.waiting)
            self._unfinished += 1
        context = contextvars.copy_context()  # so that what is logged there names the question it belongs to
        future = self._workers.submit(lambda: context.run(work))
        future.add_done_callback(self._finished)
        return await asyncio.wrap_future(future)

    async def close(self, seconds: float = CLOSING_SECONDS) -> None:
        """Accept nothing more, and wait until everything that was accepted is finished.

        Args:
            seconds: How long to wait, counted from the first call. What takes longer is given up and logged.
        """
        with self._lock:
            self._closed = True
        left = await self._workers.close(seconds)
        if any(left):
            _log.warning("given up after %g s: begun %d, waiting for a thread %d", seconds, *left)

    def _finished(self, _future: Future[T]) -> None:
        with self._lock:
            self._unfinished -= 1
