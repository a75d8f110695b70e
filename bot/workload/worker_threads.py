"""A few threads for blocking work, which hold up neither the event loop nor the end of the program.

Python cannot stop a thread. So work that takes too long is given up, its thread is left to itself and another one takes
its place; it ends as soon as its work does, and what that returns is thrown away. How many may be left so is limited.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import math
import threading
import time
from collections import Counter
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from bot.member_errors import AnswerTooSlowError, BusyError, MemberBusyError
from bot.workload.round_robin import RoundRobin

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

T = TypeVar("T")

_OVERDUE_OF_ONE = 2
"""With so many threads left to what they asked for, an owner is refused until one of them ends."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WorkLimits:
    """How much work is taken, and how long it may take.

    Attributes:
        threads: How many pieces run at once, at least 1.
        waiting: How many more may wait for a thread, 0 or more.
        seconds: How long a piece may wait, and how long it may then take.
        of_one: How many unfinished pieces one owner may have.
        overdue: How many threads may be left to work that takes too long, besides those that work.
    """

    threads: int
    waiting: int
    seconds: float = math.inf
    of_one: int = 1_000_000
    overdue: int = 8

    @property
    def at_once_of_one(self) -> int:
        """How many pieces of one owner may run at once, so that another thread is left for the others."""
        return max(1, self.threads // 2)


class Abandoned(NamedTuple):
    """What was given up when the threads were closed: work that had begun, and work that still waited."""

    begun: int
    waiting: int


@dataclass(slots=True, eq=False)
class _Task:
    """A piece of work.

    Attributes:
        owner: Whose it is.
        expires: When it is given up, by a clock that only grows.
        is_begun: It runs; else it waits.
    """

    future: Future[Any]
    work: Callable[[], Any]
    owner: Hashable
    expires: float
    is_begun: bool = False

    def run(self) -> None:
        """Do the work, unless nobody wants it any more."""
        if not self.future.set_running_or_notify_cancel():
            return
        try:
            result = self.work()
        except BaseException as error:  # noqa: BLE001  # whoever waits for it has it raised
            _settle(self.future, error)
        else:
            with suppress(InvalidStateError):  # it was given up
                self.future.set_result(result)


class WorkerThreads:
    """Threads that run functions: of each owner in the order in which they come, and the owners in turn.

    For those of `ThreadPoolExecutor` Python waits at its end, for ever if one is stuck. These are daemons: a stuck one
    ends with the program.

    Args:
        name: What the names of the threads begin with.
    """

    def __init__(self, name: str, limits: WorkLimits) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self._to_do = threading.Condition(self._lock)
        self._to_watch = threading.Condition(self._lock)
        self._queue: RoundRobin[_Task] = RoundRobin(limits.at_once_of_one)
        self._unfinished: set[_Task] = set()  # those that somebody still waits for
        self._overdue: set[_Task] = set()
        self._overdue_of: Counter[Hashable] = Counter()
        self._alive = 0
        self._is_closed = self._is_over = self._is_stuck = False
        self._deadline: float | None = None
        self._names = (f"{name}_{number}" for number in itertools.count())
        with self._lock:
            self._replenish()
        if math.isfinite(limits.seconds):
            threading.Thread(target=self._watch, name=f"{name}_watch", daemon=True).start()

    @property
    def waiting(self) -> int:
        """How much work waits for a thread."""
        return len(self._queue)

    def submit(self, work: Callable[[], T], owner: Hashable = None) -> Future[T]:
        """Have a function run. A future that is cancelled before that has its function left out.

        Args:
            owner: Whose it is, such as a member's id; ``None`` for nobody's, which is limited by nobody's share.

        Raises:
            BusyError: Too much waits already, no thread is left that works, or the threads are closed.
            MemberBusyError: Too much of this owner's is unfinished.
        """
        future: Future[T] = Future()
        owner = future if owner is None else owner
        task = _Task(future, work, owner, time.monotonic() + self._limits.seconds)
        with self._lock:
            self._check_room(owner)
            self._queue.put(owner, task)
            self._unfinished.add(task)
            self._to_do.notify()
            self._to_watch.notify()
        future.add_done_callback(lambda _: self._release(task))  # before whoever waits for it hears of it
        return future

    async def close(self, seconds: float) -> Abandoned:
        """Wait for what was submitted, and give up what takes longer. Nothing is accepted any more.

        Whoever waits for what is given up gets a `TimeoutError`.

        Args:
            seconds: How long to wait, counted from the first call.
        """
        now = asyncio.get_running_loop().time()
        self._deadline = self._deadline or now + seconds
        with self._lock:
            self._is_closed = True
            ends = [asyncio.wrap_future(task.future) for task in self._unfinished]
        for end in ends:
            end.add_done_callback(lambda future: future.cancelled() or future.exception())  # it is others who look
        if ends:
            await asyncio.wait(ends, timeout=max(self._deadline - now, 0))
        return self._give_up()

    def _check_room(self, owner: Hashable) -> None:
        is_full = len(self._unfinished) >= self._limits.threads + self._limits.waiting
        if self._is_closed or is_full or not self._working:
            raise BusyError(len(self._queue))
        is_over_share = self._queue.unfinished(owner) >= self._limits.of_one
        if is_over_share or self._overdue_of[owner] >= _OVERDUE_OF_ONE:
            raise MemberBusyError

    @property
    def _working(self) -> int:
        """How many threads are there for what comes next."""
        return self._alive - len(self._overdue)

    def _replenish(self) -> None:
        """Start as many threads as are missing and may be there."""
        while self._working < self._limits.threads and self._alive < self._limits.threads + self._limits.overdue:
            self._alive += 1
            threading.Thread(target=self._serve, name=next(self._names), daemon=True).start()

    def _serve(self) -> None:
        while (task := self._next()) is not None:
            task.run()
            self._end(task)
            del task  # nothing may live on only because this thread has nothing else to do

    def _next(self) -> _Task | None:
        """The next piece of work, which has begun; ``None`` where this thread is not needed any more."""
        with self._lock:
            while not self._is_over and self._working <= self._limits.threads:
                task = self._queue.take()
                if task is not None:
                    task.is_begun, task.expires = True, time.monotonic() + self._limits.seconds
                    return task
                self._to_do.wait()
            self._alive -= 1
            return None

    def _end(self, task: _Task) -> None:
        with self._lock:
            if task not in self._overdue:
                return
            self._overdue.discard(task)
            self._overdue_of[task.owner] -= 1
            self._overdue_of += Counter()  # forgets those that have none
            self._tell_whether_stuck()
            self._to_do.notify()  # there is work, perhaps, and this thread may not be needed any more

    def _release(self, task: _Task) -> None:
        """Free the place of work for which nobody waits any more."""
        with self._lock:
            self._forget(task)
            self._to_do.notify()  # its owner may have another turn

    def _forget(self, task: _Task) -> None:
        if task not in self._unfinished:
            return
        self._unfinished.discard(task)
        if task.is_begun:
            self._queue.done(task.owner)
        else:
            self._queue.remove(task.owner, task)

    def _watch(self) -> None:
        while (late := self._late()) is not None:
            for task in late:
                error = AnswerTooSlowError(self._limits.seconds) if task.is_begun else BusyError(len(self._queue))
                _settle(task.future, error)

    def _late(self) -> list[_Task] | None:
        """Wait until some work takes too long, and take it out of the way; ``None`` at the end."""
        with self._lock:
            while not self._is_over:
                now = time.monotonic()
                late = [task for task in self._unfinished if task.expires <= now]
                if late:
                    for task in late:
                        self._take_away(task)
                    self._replenish()
                    self._tell_whether_stuck()
                    return late
                first = min((task.expires for task in self._unfinished), default=None)
                self._to_watch.wait(None if first is None else first - now)
        return None

    def _take_away(self, task: _Task) -> None:
        self._forget(task)
        if task.is_begun:
            self._overdue.add(task)
            self._overdue_of[task.owner] += 1

    def _tell_whether_stuck(self) -> None:
        """Log once that no thread is left that works, and once that one is there again."""
        if self._is_stuck is (not self._working):
            return
        self._is_stuck = not self._is_stuck
        if self._is_stuck:
            _log.error(
                "%d pieces of work take longer than %g s and cannot be stopped: nothing is accepted until one of them "
                "ends; if that does not happen, start the program anew",
                len(self._overdue),
                self._limits.seconds,
            )
        else:
            _log.warning("work that took too long has ended: new work is accepted again")

    def _give_up(self) -> Abandoned:
        with self._lock:
            given_up, waiting = list(self._unfinished), len(self._queue)
            self._queue.clear()
            self._is_over = True
            self._to_do.notify_all()
            self._to_watch.notify_all()
        settled = sum(_settle(task.future, TimeoutError("the program ends")) for task in given_up)
        return Abandoned(settled - waiting, waiting)


def _settle(future: Future[Any], error: BaseException) -> bool:
    """Have an error raised by a future, unless that is done already. Returns whether it was not."""
    try:
        future.set_exception(error)
    except InvalidStateError:
        return False
    return True
