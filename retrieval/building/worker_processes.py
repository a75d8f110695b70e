"""Work for several processes, whose results come in order; one that dies or hangs never holds it up.

The standard library's pools share one pipe for all results. A process that is killed while it writes there leaves half
a result, and whoever reads waits for the rest for ever. Here each process has a pipe of its own, which ends with it.
"""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from enum import Enum
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, Self, TypeVar

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

_PATIENCE_SECONDS = 5.0
_LOOK_SECONDS = 1.0
_TRIES = 2


class WorkerDiedError(Exception):
    """A process died before its work was done."""


class LossReason(Enum):
    """Why there is no result of a task."""

    TOOK_TOO_LONG = "took too long"
    KILLED_ITS_PROCESS = "killed its process"


@dataclass(frozen=True, slots=True)
class TaskLimits(Generic[_Task, _Result]):
    """What becomes of a task that its process hangs or dies on; the others go on.

    Attributes:
        seconds: How long a process may work on one task before it is killed.
        on_lost: Gives the result of a task that was too slow, or on which two processes died.
    """

    seconds: float
    on_lost: Callable[[_Task, LossReason], _Result]


def map_in_processes(
    work: Callable[[_Task], _Result],
    tasks: Sequence[_Task],
    *,
    processes: int,
    chunk: int,
    limits: TaskLimits[_Task, _Result] | None = None,
) -> Iterator[_Result]:
    """Results of tasks, in their order.

    A forked child of a process that runs threads (FAISS, OpenVINO) can hang, so children start afresh.

    Args:
        work: Must be picklable, as must tasks and results.
        tasks: What to work on.
        processes: How many processes work, at least 1.
        chunk: How many tasks a process is given at once.
        limits: What becomes of tasks that a process hangs or dies on. Without it nobody looks at the time.

    Raises:
        WorkerDiedError: One was killed or ended, and there are no limits; the results so far were right.
    """
    chunks = [_Chunk(tasks[start : start + chunk]) for start in range(0, len(tasks), chunk)]
    with ExitStack() as stack:
        yield from _WorkerPool(work, chunks, min(processes, len(chunks)), limits, stack).results()


@dataclass(eq=False, slots=True)
class _Chunk:
    """Tasks that a process is given at once.

    Attributes:
        tasks: The tasks.
        results: What came of them, by place; complete when as many as there are tasks.
        deaths: How many processes died on a task, by place.
    """

    tasks: Sequence[Any]
    results: dict[int, Any] = field(default_factory=dict)
    deaths: Counter[int] = field(default_factory=Counter)

    @property
    def missing(self) -> list[int]:
        """Places of the tasks that have no result yet."""
        return [place for place in range(len(self.tasks)) if place not in self.results]


class _WorkerPool:
    """Processes and the chunks that they work on."""

    def __init__(
        self,
        work: Callable[[Any], Any],
        chunks: Sequence[_Chunk],
        processes: int,
        limits: TaskLimits[Any, Any] | None,
        stack: ExitStack,
    ) -> None:
        self._work = work
        self._limits = limits
        self._stack = stack
        self._chunks = chunks
        self._waiting = deque(chunks)
        self._workers = [self._start_worker() for _ in range(processes)]

    def results(self) -> Iterator[Any]:
        """Results of all chunks, in their order."""
        for chunk in self._chunks:
            while chunk.missing:
                self._collect()
            for place in range(len(chunk.tasks)):
                yield chunk.results.pop(place)
            chunk.tasks = ()

    def _start_worker(self) -> _Worker:
        worker = self._stack.enter_context(_Worker(self._work))
        if self._waiting:
            worker.begin(self._waiting.popleft())
        return worker

    def _collect(self) -> None:
        """Wait until a process is done, or has worked for too long, and give it more to do."""
        busy = {worker.connection: worker for worker in self._workers if worker.is_busy}
        timeout = min(_LOOK_SECONDS, self._limits.seconds / 4) if self._limits else None
        ready = {busy[connection] for connection in wait(list(busy), timeout)}  # type: ignore[index]  # only connections were waited for
        for worker in ready:
            try:
                worker.end()
            except WorkerDiedError:
                self._replace(worker, LossReason.KILLED_ITS_PROCESS)
                continue
            if self._waiting:
                worker.begin(self._waiting.popleft())
        if self._limits:
            for worker in busy.values():
                if worker not in ready and worker.has_hung(self._limits.seconds):
                    self._replace(worker, LossReason.TOOK_TOO_LONG)

    def _replace(self, worker: _Worker, reason: LossReason) -> None:
        """Put another process in the place of one that died or hangs; it goes on with what the first had to do."""
        chunk, place = worker.chunk, worker.place
        if self._limits is None or chunk is None:
            raise WorkerDiedError
        worker.kill()
        chunk.deaths[place] += 1
        if reason is LossReason.TOOK_TOO_LONG or chunk.deaths[place] >= _TRIES:
            chunk.results[place] = self._limits.on_lost(chunk.tasks[place], reason)
        if chunk.missing:
            self._waiting.appendleft(chunk)
        self._workers.remove(worker)
        if self._waiting:
            self._workers.append(self._start_worker())


class _Worker:
    """A process that works on one chunk at a time; a context manager that ends it.

    Attributes:
        connection: Readable when it is done, or has died.
        chunk: What it works on; ``None`` where it has nothing to do.
    """

    def __init__(self, work: Callable[[Any], Any]) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, self._theirs = context.Pipe()
        self._done = context.RawValue("L", 0)
        arguments = (self._theirs, work, self._done)
        self._process = context.Process(target=_serve, args=arguments, name="reader", daemon=True)
        self.chunk: _Chunk | None = None
        self._places: list[int] = []
        self._seen = (0, 0.0)

    def __enter__(self) -> Self:
        self._process.start()
        self._theirs.close()  # else its pipe would not end with it
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()
        if self.chunk is not None:  # nobody wants what it is at
            self._process.terminate()
        self._process.join(_PATIENCE_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process.close()

    @property
    def is_busy(self) -> bool:
        """Whether it works on a chunk."""
        return self.chunk is not None

    @property
    def place(self) -> int:
        """Place in its chunk of the task that it works on."""
        done: int = self._done.value
        return self._places[min(done, len(self._places) - 1)]

    def begin(self, chunk: _Chunk) -> None:
        """Give it what is missing of a chunk; it must not be busy. If it has died, waiting for it will tell."""
        self.chunk, self._places = chunk, chunk.missing
        self._done.value = 0
        self._seen = (0, time.monotonic() + _PATIENCE_SECONDS)  # the first chunk waits until it has started
        try:
            self.connection.send([chunk.tasks[place] for place in self._places])
        except OSError:
            return

    def end(self) -> None:
        """Take the results of its chunk."""
        try:
            results = self.connection.recv()
        except (EOFError, OSError):
            raise WorkerDiedError(self._process.name) from None
        if self.chunk is not None:
            self.chunk.results.update(zip(self._places, results, strict=True))
        self.chunk = None

    def has_hung(self, seconds: float) -> bool:
        """Whether it has been at one task for longer than that."""
        now, done = time.monotonic(), self._done.value
        if done != self._seen[0]:
            self._seen = (done, now)
        return now - self._seen[1] > seconds

    def kill(self) -> None:
        """End it at once."""
        self.chunk = None
        self._process.kill()


def _serve(connection: Connection, work: Callable[[Any], Any], done: Any) -> None:  # noqa: ANN401  # a number in shared memory, for which there is no public type
    """Work on chunks until there are no more; for the process that was started."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started it, which ends it
    while True:
        try:
            results = []
            for task in connection.recv():
                results.append(work(task))
                done.value += 1
            connection.send(results)
        except (EOFError, OSError):  # whoever wanted it has gone
            return
