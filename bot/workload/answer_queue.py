"""A bounded queue of blocking work with a deadline, so that every member soon gets a response."""

from __future__ import annotations

import asyncio
import contextvars
import logging
from typing import TYPE_CHECKING, TypeVar

from bot.workload.worker_threads import WorkerThreads, WorkLimits

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

T = TypeVar("T")

ANSWER_SECONDS = 5.0
"""How long an answer may take, unless something else is said."""

CLOSING_SECONDS = 8.0
"""How long what was accepted may take to its end: less than all that the bot takes, for answers must be sent, too."""

_SHARE = 20
_OVERDUE_PER_THREAD = 4

_log = logging.getLogger(__name__)


class AnswerQueue:
    """Runs blocking functions in a few threads, members in turn.

    Args:
        threads: How many run at once, at least 1.
        waiting: How many may wait for a thread, 0 or more.
        seconds: How long one may wait for a thread, and how long it may then take.
    """

    def __init__(self, threads: int, waiting: int, seconds: float = ANSWER_SECONDS) -> None:
        limits = WorkLimits(
            threads,
            waiting,
            seconds,
            of_one=max(2, (threads + waiting) // _SHARE),
            overdue=threads * _OVERDUE_PER_THREAD,
        )
        self._workers = WorkerThreads("answer", limits)

    @property
    def waiting(self) -> int:
        """How much work waits for a thread."""
        return self._workers.waiting

    async def run(self, work: Callable[[], T], owner: Hashable = None) -> T:
        """Do work in a thread and return what it returns, or raise what it raises.

        Work whose caller is cancelled is dropped while it waits; once begun it is finished, and keeps its thread for as
        long as an answer may take.

        Args:
            owner: Whose it is: of one member only a small share waits, and only some of the threads work.

        Raises:
            BusyError: Too much waits already, this has waited for too long, or the queue is closed.
            MemberBusyError: Too much of the same owner's is not finished yet.
            AnswerTooSlowError: It takes too long.
            TimeoutError: The queue was closed, and this was not finished in time.
        """
        context = contextvars.copy_context()  # so that what is logged there names the question it belongs to
        return await asyncio.wrap_future(self._workers.submit(lambda: context.run(work), owner))

    async def close(self, seconds: float = CLOSING_SECONDS) -> None:
        """Accept nothing more, and wait until everything that was accepted is finished.

        Args:
            seconds: How long to wait, counted from the first call. What takes longer is given up and logged.
        """
        left = await self._workers.close(seconds)
        if any(left):
            _log.warning("given up after %g s: begun %d, waiting for a thread %d", seconds, *left)
