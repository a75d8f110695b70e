"""Work for several processes, whose results come in order; one that dies stops the work and never holds it up.

The standard library's pools share one pipe for all results. A process that is killed while it writes there leaves half
a result, and whoever reads waits for the rest for ever. Here each process has a pipe of its own, which ends with it.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from multiprocessing.connection import Connection, wait
from typing import Any, Self, TypeVar

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

_PATIENCE_SECONDS = 5.0


class WorkerDiedError(Exception):
    """A process died before its work was done."""


def map_in_processes(
    work: Callable[[_Task], _Result], tasks: Sequence[_Task], *, processes: int, chunk: int
) -> Iterator[_Result]:
    """Results of tasks, in their order.

    A forked child of a process that runs threads (FAISS, OpenVINO) can hang, so children start afresh.

    Args:
        work: Must be picklable, as must tasks and results.
        tasks: What to work on.
        processes: How many processes work, at least 1.
        chunk: How many tasks a process is given at once.

    Raises:
        WorkerDiedError: One was killed or ended; the results so far were right.
    """
    chunks = [tasks[start : start + chunk] for start in range(0, len(tasks), chunk)]
    waiting, finished = deque(enumerate(chunks)), dict[int, list[_Result]]()
    with ExitStack() as stack:
        workers = [stack.enter_context(_Worker(work)) for _ in range(min(processes, len(chunks)))]
        for worker in workers:
            worker.begin(*waiting.popleft())
        for number in range(len(chunks)):
            while number not in finished:
                busy = {worker.connection: worker for worker in workers if worker.is_busy}
                for connection in wait(list(busy)):
                    worker = busy[connection]  # type: ignore[index]  # only connections were waited for
                    place, results = worker.end()
                    finished[place] = results
                    if waiting:
                        worker.begin(*waiting.popleft())
            yield from finished.pop(number)


class _Worker:
    """A process that works on one chunk at a time; a context manager that ends it."""

    def __init__(self, work: Callable[[Any], Any]) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, self._theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(self._theirs, work), name="reader", daemon=True)
        self._place: int | None = None

    def __enter__(self) -> Self:
        self._process.start()
        self._theirs.close()  # else its pipe would not end with it
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()
        if self._place is not None:  # nobody wants what it is at
            self._process.terminate()
        self._process.join(_PATIENCE_SECONDS)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process.close()

    @property
    def is_busy(self) -> bool:
        """Whether it works on a chunk."""
        return self._place is not None

    def begin(self, place: int, chunk: Sequence[Any]) -> None:
        """Give it a chunk; it must not be busy."""
        self._place = place
        try:
            self.connection.send(chunk)
        except OSError:
            raise WorkerDiedError(self._process.name) from None

    def end(self) -> tuple[int, list[Any]]:
        """The place of its chunk, and the results."""
        place = self._place
        assert place is not None  # noqa: S101  # only busy ones are waited for
        try:
            results = self.connection.recv()
        except (EOFError, OSError):
            raise WorkerDiedError(self._process.name) from None
        self._place = None
        return place, results


def _serve(connection: Connection, work: Callable[[Any], Any]) -> None:
    """Work on chunks until there are no more; for the process that was started."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started it, which ends it
    while True:
        try:
            chunk = connection.recv()
            connection.send([work(task) for task in chunk])
        except (EOFError, OSError):  # whoever wanted it has gone
            return
