"""Builds in a process of their own, at low priority, so that answers stay fast."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING

from bot.bootstrap import open_index_operations
from bot.logs.setup import configure_logging
from bot.member_errors import AlreadyBuildingError
from bot.sources.errors import SourceError
from bot.sources.secrets import secrets_of
from embeddings.errors import EmbeddingError
from retrieval.errors import BuildCancelledError, RetrievalError
from retrieval.generations.lock import BuildRunningError

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from types import FrameType

    from config.settings import Settings
    from retrieval.generations.lock import LockHolder
    from retrieval.lifecycle.outcomes import Preview, Rebuild
    from retrieval.progress import OnProgress

_NICENESS = 10
_TELL_SECONDS = 0.2
_POLL_SECONDS = 0.2
_PATIENCE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """What to build.

    Attributes:
        actor: Who wants it, as the journal names them.
        full: Read every article anew.
        is_preview: Only look at what a build would change.
        questions: With a preview, questions to ask before and after.
    """

    actor: str
    full: bool = False
    is_preview: bool = False
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BuildStep:
    """How far a build is.

    Attributes:
        stage: Its stage, such as ``embed``.
        done: How many units are done.
        total: How many there are; 0 where nobody knows.
        rate: Units a second; 0 where it was not measured.
    """

    stage: str = "find"
    done: int = 0
    total: int = 0
    rate: float = 0.0

    @property
    def seconds_left(self) -> float | None:
        """How long the stage will take; ``None`` where that cannot be told."""
        return (self.total - self.done) / self.rate if self.total and self.rate else None


@dataclass(frozen=True, slots=True)
class _Problem:
    """What went wrong in the build's process, in a form that can be pickled."""

    text: str
    is_cancelled: bool = False
    holder: LockHolder | None = None


class BuildFailedError(Exception):
    """A build could not be finished; what served goes on serving."""


class BuildProcess:
    """One build, in a process of its own."""

    def __init__(self, settings: Settings, request: BuildRequest) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe(duplex=False)
        self._process = context.Process(target=_work, args=(settings, request, theirs), name="build")
        self._theirs = theirs
        self._is_unwanted = False

    async def run(self, on_step: Callable[[BuildStep], None]) -> Rebuild | Preview:
        """Build, and return what came of it.

        Args:
            on_step: Told how far it is, in the event loop.

        Raises:
            AlreadyBuildingError: Another process is building.
            BuildCancelledError: It was cancelled.
            BuildFailedError: Nothing could be built.
        """
        starting = asyncio.create_task(asyncio.to_thread(self._start))
        try:
            await asyncio.shield(starting)
            while True:
                said = await asyncio.to_thread(self._next)
                if isinstance(said, BuildStep):
                    on_step(said)
                elif isinstance(said, _Problem):
                    raise _error_of(said)
                elif said is not None:
                    return said
        finally:
            self._is_unwanted = True
            await asyncio.wait({starting})  # a thread cannot be stopped, so it may have started one all the same
            await asyncio.to_thread(self._end)

    def cancel(self) -> None:
        """Have it stop at the next opportunity. What has ended already is left as it is."""
        self._is_unwanted = True
        if self._process.pid is not None and self._process.is_alive():
            self._process.terminate()

    def _start(self) -> None:
        # What is cancelled before the process listens for that waits until it does. Python's own helper process is
        # started first: starting it lets the signal through again.
        resource_tracker.ensure_running()
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
        try:
            self._process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
            self._theirs.close()
        if self._is_unwanted:  # cancelled while it was starting
            self._process.terminate()

    def _end(self) -> None:
        """Have it end, however that may be, if it was started at all."""
        self.cancel()
        if self._process.pid is not None:
            self._process.join(_PATIENCE_SECONDS)
            if self._process.is_alive():
                self._process.kill()
                self._process.join()  # a killed process is gone a moment later
        self._pipe.close()

    def _next(self) -> BuildStep | _Problem | Rebuild | Preview | None:
        """What the process says next; ``None`` if it says nothing for a moment."""
        try:
            return self._pipe.recv() if self._pipe.poll(_POLL_SECONDS) else None
        except (EOFError, OSError):  # at its end, or in the middle of what it said
            self._process.join()
            return _Problem(f"the build's process ended unexpectedly (exit code {self._process.exitcode})")


def _error_of(problem: _Problem) -> Exception:
    if problem.is_cancelled:
        return BuildCancelledError()
    if problem.holder is not None:
        return AlreadyBuildingError(problem.holder)
    return BuildFailedError(problem.text)


def _work(settings: Settings, request: BuildRequest, pipe: Connection) -> None:
    """The other process."""
    configure_logging(settings.logging, secrets=secrets_of(settings))
    with suppress(OSError):
        os.nice(_NICENESS)
    stopped = False
    told = 0.0

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopped
        stopped = True

    def tell(stage: str, done: int, total: int) -> None:
        nonlocal told
        if stopped:
            raise BuildCancelledError
        now = time.monotonic()
        if now - told >= _TELL_SECONDS or done == total:
            told = now
            try:
                pipe.send(BuildStep(stage, done, total))
            except OSError:
                raise BuildCancelledError from None  # who wanted it is gone

    signal.signal(signal.SIGTERM, stop)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is for the bot, which then decides about its builds
    try:
        said = _done(settings, request, tell)
        with suppress(OSError):  # who wanted it is gone
            pipe.send(said)
    finally:
        pipe.close()


def _done(settings: Settings, request: BuildRequest, tell: OnProgress) -> Rebuild | Preview | _Problem:
    try:
        operations = open_index_operations(_with_few_cores(settings), keep=settings.index.keep_generations)
        if request.is_preview:
            return operations.preview(request.actor, request.questions, on_progress=tell)
        return operations.rebuild(request.actor, full=request.full, on_progress=tell)
    except BuildCancelledError as error:
        return _Problem(str(error), is_cancelled=True)
    except BuildRunningError as error:
        return _Problem(str(error), holder=error.holder)
    except (RetrievalError, EmbeddingError, SourceError, OSError) as error:
        return _Problem(str(error))


def _with_few_cores(settings: Settings) -> Settings:
    """The settings under which a build uses no more cores than it may."""
    cores = settings.index.build_cores or max(1, (os.cpu_count() or 1) // 2)
    index = settings.index.model_copy(update={"build_cores": cores})
    encoder = settings.encoder.model_copy(update={"threads": cores})
    return settings.model_copy(update={"index": index, "encoder": encoder})
