"""A few threads for blocking work, which hold up neither the event loop nor the end of the program."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Left(NamedTuple):
    """What was given up when the threads were closed: work that had begun, and work that still waited."""

    begun: int
    waiting: int


class WorkerThreads:
    """Threads that run functions in the order in which they come.

    For those of `ThreadPoolExecutor` Python waits at its end, for ever if one is stuck. These are daemons: a stuck one
    ends with the program.

    Args:
        count: How many threads, at least 1.
        name: What their names begin with.
    """

    def __init__(self, count: int, name: str) -> None:
        self._tasks: SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = SimpleQueue()
        self._unfinished: set[Future[Any]] = set()
        self._deadline: float | None = None
        self._count = count
        for number in range(count):
            threading.Thread(target=self._serve, name=f"{name}_{number}", daemon=True).start()

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Have a function run. A future that is cancelled before that has its function left out."""
        future: Future[T] = Future()
        self._unfinished.add(future)
        future.add_done_callback(self._unfinished.discard)
        self._tasks.put((future, work))
        return future

    async def close(self, seconds: float) -> Left:
        """Wait for what was submitted, and give up what takes longer. Nothing may be submitted afterwards.

        Whoever waits for what is given up gets a `TimeoutError`.

        Args:
            seconds: How long to wait, counted from the first call.
        """
        now = asyncio.get_running_loop().time()
        self._deadline = self._deadline or now + seconds
        ends = [asyncio.wrap_future(future) for future in self._unfinished.copy()]
        for end in ends:
            end.add_done_callback(lambda future: future.cancelled() or future.exception())  # it is others who look
        if ends:
            await asyncio.wait(ends, timeout=max(self._deadline - now, 0))
        left = self._give_up()
        for _ in range(self._count):
            self._tasks.put(None)
        return left

    def _give_up(self) -> Left:
        waiting = 0
        with suppress(Empty):
            while True:
                task = self._tasks.get_nowait()
                waiting += task is not None and _settle(task[0], TimeoutError("the program ends"))
        begun = sum(_settle(future, TimeoutError("the program ends")) for future in self._unfinished.copy())
        return Left(begun, waiting)

    def _serve(self) -> None:
        while (task := self._tasks.get()) is not None:
            future, work = task
            if not future.set_running_or_notify_cancel():
                continue
            try:
                result = work()
            except BaseException as error:  # noqa: BLE001  # whoever waits for it has it raised
                _settle(future, error)
            else:
                with suppress(InvalidStateError):  # it was given up
                    future.set_result(result)
            del task, future, work  # nothing may live on only because this thread has nothing else to do


def _settle(future: Future[Any], error: BaseException) -> bool:
    """Have an error raised by a future, unless that is done already. Returns whether it was not."""
    try:
        future.set_exception(error)
    except InvalidStateError:
        return False
    return True
