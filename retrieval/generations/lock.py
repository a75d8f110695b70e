"""Who is changing an index folder: one thread of one process at a time, and what it tells all others meanwhile.

<folder>/build.lock   held while something is built, activated or removed; free as soon as its process ends, however
<folder>/build.json   what its holder is doing; replaced whole, so that nobody ever reads half of it
"""

from __future__ import annotations

import datetime as dt
import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
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
        return f"process {self.pid} ({', '.join(facts)})" if facts else f"process {self.pid}"


class BuildLock:
    """The lock of one index folder. The thread that holds it may take it again through the same object.

    Args:
        folder: The index folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path, self._facts, self._fresh = (
            folder / name for name in ("build.lock", "build.json", ".build.json.new")
        )
        self._thread: int | None = None
        self._holder = LockHolder()
        self._noted = 0.0

    @contextmanager
    def held(self, action: StoreAction) -> Iterator[None]:
        """Keep every other process and thread from changing the folder.

        A look at who holds it keeps nobody from taking it: that is waited for.

        Args:
            action: What is done meanwhile; what the outermost holder says counts.

        Raises:
            BuildRunningError: Another one is changing it.
            IndexWriteError: It cannot be written.
        """
        if self._thread == threading.get_ident():
            yield
            return
        lock = FileLock(self._path)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                lock.acquire(_GLANCE_SECONDS, poll_interval=_POLL_SECONDS)
            except Timeout:
                if _read(self._facts).pid is not None:
                    raise
                lock.acquire(_NAMELESS_SECONDS, poll_interval=_POLL_SECONDS)
        except Timeout:
            raise BuildRunningError(self._folder, _read(self._facts)) from None
        except OSError as error:
            lock.release()
            raise IndexWriteError(self._folder, str(error)) from error
        self._thread = threading.get_ident()
        try:
            self._say(LockHolder(os.getpid(), dt.datetime.now(dt.UTC).replace(microsecond=0), action))
            yield
        finally:
            self._thread = None
            self._forget()
            lock.release()

    def note(self, stage: str, done: int = 0, total: int = 0) -> None:
        """Let others know which step the holder is at; nothing is noted while the lock is not held through this object.

        Args:
            stage: The step, such as ``embed``.
            done: How many of its units are done.
            total: How many there are; 0 where nobody knows.
        """
        is_news = stage != self._holder.stage or time.monotonic() - self._noted >= _NOTE_SECONDS
        if self._thread is not None and is_news:
            self._say(replace(self._holder, stage=stage, done=done, total=total))

    def holder(self) -> LockHolder | None:
        """Who is changing the folder right now; ``None`` where nobody is, or where this process may not ask."""
        if not self._facts.exists():
            return None  # the usual case, told without touching the lock
        lock = FileLock(self._path, timeout=0)
        try:
            lock.acquire()
        except Timeout:
            return _read(self._facts)
        except OSError:
            lock.release()
            return None
        self._forget()  # its process died
        lock.release()
        return None

    def _say(self, holder: LockHolder) -> None:
        """Facts are a courtesy: where they cannot be written, the work goes on, and nothing that is untrue stays."""
        self._holder, self._noted = holder, time.monotonic()
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
            self._fresh.replace(self._facts)
        except OSError:
            self._forget()

    def _forget(self) -> None:
        for path in (self._facts, self._fresh):
            with suppress(OSError):  # what is left behind names nobody once the lock is free
                path.unlink()


def _read(path: Path) -> LockHolder:
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
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
