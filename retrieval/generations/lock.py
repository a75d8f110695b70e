"""Who is changing an index folder: one thread of one process at a time, and what it tells all others meanwhile.

<folder>/build.lock   held while something is built, activated or removed; free as soon as its process ends, however
<folder>/build.json   what its holder is doing; replaced whole, so that nobody ever reads half of it
"""

from __future__ import annotations

import datetime as dt
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from filelock import FileLock, Timeout

from retrieval.errors import GenerationError, IndexWriteError

_GLANCE_SECONDS, _POLL_SECONDS = 0.5, 0.02
_NAMELESS_SECONDS = 5.0  # so long is waited for who leaves no word: a look, perhaps, on a disk that is slow right now
_NOTE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class LockHolder:
    """Who is changing an index folder, as far as that is known.

    Attributes:
        pid: The process; ``None`` where it left no word.
        host: The machine that it runs on; empty where that is this one.
        since: When it began, UTC.
        action: What it does.
        stage: Which step it is at, such as ``embed``; empty before the first.
        done: How many units of the step are done.
        total: How many there are; 0 where nobody knows.
    """

    pid: int | None = None
    since: dt.datetime | None = None
    action: StoreAction | None = None
    stage: str = ""
    done: int = 0
    total: int = 0
    host: str = ""

    def described(self) -> str:
        """In words, such as ``process 12 (build since 2026-05-01 12:00:03 UTC, at embed, 10 of 1,200)``."""
        if self.pid is None:
            return "another process"
        facts = []
        if self.action is not None and self.since is not None:
            facts.append(f"{self.action.value} since {self.since:%Y-%m-%d %H:%M:%S} UTC")
        if self.stage:
            facts.append(f"at {self.stage}")
        if self.total:
            facts.append(f"{self.done:,} of {self.total:,}")
        name = f"process {self.pid} on {self.host}" if self.host else f"process {self.pid}"
        return f"{name} ({', '.join(facts)})" if facts else name


FurtherLock = Callable[[Path, "StoreAction"], AbstractContextManager[None]]
"""A lock on an index folder besides the one in it, such as one in a database that several machines share."""


def _nothing_further(_folder: Path, _action: StoreAction) -> AbstractContextManager[None]:
    return nullcontext()


class BuildLock:
    """The lock of one index folder. Nobody can take it twice, not even the thread that holds it.

    Args:
        folder: The index folder.
        beyond: What keeps those out, too, whom a lock in the folder does not reach; raises as `held` does.
    """

    def __init__(self, folder: Path, beyond: FurtherLock = _nothing_further) -> None:
        self._folder = folder
        self._beyond = beyond
        self._path = folder / "build.lock"
        self._facts = _FactsFile(folder)

    @contextmanager
    def held(self, action: StoreAction) -> Iterator[HeldLock]:
        """Keep every other process and thread from changing the folder.

        A look at who holds it keeps nobody from taking it: that is waited for.

        Args:
            action: What is done meanwhile.

        Raises:
            BuildRunningError: Another one is changing it.
            IndexWriteError: It cannot be written.
        """
        lock = FileLock(self._path)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                lock.acquire(_GLANCE_SECONDS, poll_interval=_POLL_SECONDS)
            except Timeout:
                if self._facts.read().pid is not None:
                    raise
                lock.acquire(_NAMELESS_SECONDS, poll_interval=_POLL_SECONDS)
        except Timeout:
            raise BuildRunningError(self._folder, self._facts.read()) from None
        except OSError as error:
            lock.release()
            raise IndexWriteError(self._folder, str(error)) from error
        try:
            with self._beyond(self._folder, action):
                yield HeldLock(self._facts, action)
        finally:
            self._facts.remove()
            lock.release()

    def holder(self) -> LockHolder | None:
        """Who is changing the folder right now; ``None`` where nobody is, or where this process may not ask."""
        if not self._facts.exists():
            return None  # the usual case, told without touching the lock
        lock = FileLock(self._path, timeout=0)
        try:
            lock.acquire()
        except Timeout:
            return self._facts.read()
        except OSError:
            lock.release()
            return None
        self._facts.remove()  # its process died
        lock.release()
        return None


class HeldLock:
    """A lock that is held: tells others what its holder does.

    Args:
        facts: Where others read it.
        action: What is done.
    """

    def __init__(self, facts: _FactsFile, action: StoreAction) -> None:
        self._facts = facts
        self._say(LockHolder(os.getpid(), dt.datetime.now(dt.UTC).replace(microsecond=0), action))

    def note(self, stage: str, done: int = 0, total: int = 0) -> None:
        """Let others know which step the holder is at; within one step that is told once a second.

        Args:
            stage: The step, such as ``embed``.
            done: How many of its units are done.
            total: How many there are; 0 where nobody knows.
        """
        if stage != self._holder.stage or time.monotonic() - self._noted >= _NOTE_SECONDS:
            self._say(replace(self._holder, stage=stage, done=done, total=total))

    def _say(self, holder: LockHolder) -> None:
        self._holder, self._noted = holder, time.monotonic()
        self._facts.write(holder)


class _FactsFile:
    """The file in which the holder of a lock says what it does."""

    def __init__(self, folder: Path) -> None:
        self._path, self._fresh = folder / "build.json", folder / ".build.json.new"

    def exists(self) -> bool:
        return self._path.exists()

    def write(self, holder: LockHolder) -> None:
        """Facts are a courtesy: where they cannot be written, the work goes on, and nothing that is untrue stays."""
        facts = {
            "pid": holder.pid,
            "since": holder.since.isoformat() if holder.since else None,
            "action": holder.action.value if holder.action else None,
            "stage": holder.stage,
            "done": holder.done,
            "total": holder.total,
        }
        try:
            self._fresh.write_text(json.dumps(facts), encoding="utf-8")
            self._fresh.replace(self._path)
        except OSError:
            self.remove()

    def read(self) -> LockHolder:
        try:
            facts = json.loads(self._path.read_text(encoding="utf-8"))
            return LockHolder(
                pid=int(facts["pid"]),
                since=dt.datetime.fromisoformat(facts["since"]),
                action=StoreAction(facts["action"]),
                stage=str(facts["stage"]),
                done=int(facts["done"]),
                total=int(facts["total"]),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return LockHolder()

    def remove(self) -> None:
        for path in (self._path, self._fresh):
            with suppress(OSError):  # what is left behind names nobody once the lock is free
                path.unlink()


class BuildRunningError(GenerationError):
    """Another process is changing the index folder right now.

    Attributes:
        folder: The index folder.
        holder: Who holds the lock.
    """

    def __init__(self, folder: Path, holder: LockHolder) -> None:
        self.folder = folder
        self.holder = holder
        super().__init__(f"{folder} is being changed by {holder.described()}; wait until it has finished, or stop it")


class StoreAction(Enum):
    """What can be done to an index."""

    BUILD = "build"
    PREVIEW = "preview"
    ROLLBACK = "rollback"
    PRUNE = "prune"
    CALIBRATE = "calibrate"
