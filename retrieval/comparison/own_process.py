"""Work in a process of its own, so that its memory can be told from what others took, and its death is no other's."""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from embeddings.errors import EmbeddingError
from retrieval.errors import RetrievalError
from retrieval.progress import OnProgress
from retrieval.shown import shown

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

_POLL_SECONDS = 0.2
_TELL_SECONDS = 0.2
_PATIENCE_SECONDS = 5.0
_MAX_PROBLEM = 500  # characters of what an unexpected error says


class WorkFailedError(Exception):
    """The work was not done; the text says why, and what to do."""


def in_own_process(work: Callable[[_Task, OnProgress], _Result], task: _Task, on_progress: OnProgress) -> _Result:
    """Do work in a process of its own and wait for it; whatever ends the waiting ends the process.

    Args:
        work: Must be picklable, as must task and result.
        task: What to work on.
        on_progress: Told what the work tells. What it raises ends the work.

    Raises:
        WorkFailedError: It failed, or its process was killed.
    """
    context = multiprocessing.get_context("spawn")  # a forked child of a process that runs threads can hang
    pipe, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(theirs, work, task), name="compare")
    try:
        process.start()
        theirs.close()  # else the pipe would not end with the process
        result: _Result = _result(pipe, on_progress)
        process.join(_PATIENCE_SECONDS)  # libraries clean up behind them when it ends by itself
    except (EOFError, OSError):
        process.join(_PATIENCE_SECONDS)
        code = process.exitcode
        killed = f"was killed by signal {-code}" if code is not None and code < 0 else f"ended with status {code}"
        raise WorkFailedError(f"its process {killed}; a smaller model, or more memory, helps") from None
    finally:
        pipe.close()
        if process.pid is not None:
            process.terminate()
            process.join(_PATIENCE_SECONDS)
            if process.is_alive():
                process.kill()
                process.join()
    return result


def _result(pipe: Connection, on_progress: OnProgress) -> Any:  # noqa: ANN401  # what the work gives
    """What the process sends last; progress until then."""
    while True:
        if not pipe.poll(_POLL_SECONDS):
            continue
        kind, said = pipe.recv()
        if kind == _PROGRESS:
            on_progress(*said)
        elif kind == _PROBLEM:
            raise WorkFailedError(said)
        else:
            return said


_PROGRESS, _PROBLEM, _RESULT = "progress", "problem", "result"


def _serve(pipe: Connection, work: Callable[[Any, OnProgress], Any], task: Any) -> None:  # noqa: ANN401  # whatever it is
    """Do the work; for the process that was started."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started it, which ends it
    signal.signal(signal.SIGTERM, _end)
    with suppress(BrokenPipeError):  # whoever wanted it has gone
        try:
            said = (_RESULT, work(task, _Teller(pipe)))
        except Exception as error:  # noqa: BLE001  # a model of any make may fail in its own way
            said = (_PROBLEM, _problem(error))
        pipe.send(said)


def _end(_number: int, _frame: object) -> None:
    """End in order, so that libraries clean up behind them."""
    raise SystemExit(1)


def _problem(error: Exception) -> str:
    if isinstance(error, (EmbeddingError, RetrievalError)):
        return shown(str(error))
    if isinstance(error, MemoryError):
        return "there is not enough memory; take a smaller model"
    text = shown(f"{type(error).__name__}: {error}"[:_MAX_PROBLEM])
    return f"it failed ({text}); try the setting encoder.backend `torch`, or another model"


class _Teller:
    """`OnProgress` that sends through a pipe, a few times a second."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._told = ("", 0.0)

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        before, at = self._told
        if stage == before and now - at < _TELL_SECONDS and done != total:
            return
        self._told = (stage, now)
        self._pipe.send((_PROGRESS, (stage, done, total)))
