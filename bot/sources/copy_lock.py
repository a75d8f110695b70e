"""The lock of a working copy, and the end of what a killed process has left running in it."""

from __future__ import annotations

import fcntl
import os
import signal
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from bot.sources.errors import SourceBusyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_POLL_SECONDS = 0.1
_MAX_NOTE_BYTES = 100
_START_TIME = 19  # place of a process's start time behind its name in /proc/<pid>/stat


class HeldLock:
    """The lock of a working copy, held."""

    def __init__(self, handle: int) -> None:
        self._handle = handle
        self._write(f"{os.getpid()}")

    def note(self, pid: int) -> None:
        """Record a process that works in the copy, so that the next holder can end it should this process die.

        Args:
            pid: Its number; it leads a process group of its own.
        """
        self._write(f"{os.getpid()} {pid} {_started(pid)}")

    def _write(self, note: str) -> None:
        os.ftruncate(self._handle, 0)
        os.pwrite(self._handle, f"{note}\n".encode(), 0)


@contextmanager
def locked(folder: Path, *, wait: float, on_wait: Callable[[], None]) -> Iterator[HeldLock]:
    """Hold the lock of a working copy while the block runs. A process that dies loses it.

    Args:
        folder: The working copy; the lock lies beside it, as ``<name>.lock``, with the number of who holds it.
        wait: For so many seconds whoever holds it may still end.
        on_wait: Called time and again while waiting; what it raises ends that.

    Raises:
        SourceBusyError: Another process, or another thread of this one, holds it.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Never removed: who waits for a removed file would hold another lock than who comes later.
    handle = os.open(folder.with_name(f"{folder.name}.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        deadline = time.monotonic() + wait
        while not _take(handle):
            if time.monotonic() >= deadline:
                owner, *_ = _read(handle) or (None,)
                raise SourceBusyError(folder, owner)
            on_wait()
            time.sleep(_POLL_SECONDS)
        _end_leftover(_read(handle))
        yield HeldLock(handle)
    finally:
        os.close(handle)


def _take(handle: int) -> bool:
    with suppress(BlockingIOError):
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def _read(handle: int) -> list[int]:
    try:
        return [int(number) for number in os.pread(handle, _MAX_NOTE_BYTES, 0).split()]
    except ValueError:
        return []


def _end_leftover(note: list[int]) -> None:
    """End the git that a dead holder of the lock has left running.

    Nobody waits for what it does, and it would go on writing to the copy. That the number stands for it still, and not
    for a later process, is told by the time at which it was started.
    """
    match note:
        case [_, pid, started] if started and _started(pid) == started:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(pid, signal.SIGKILL)


def _started(pid: int) -> int:
    """When a process was started, in ticks of the system's clock; 0 where there is none or the system does not tell."""
    try:
        behind_name = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
        return int(behind_name.split()[_START_TIME])
    except (OSError, ValueError, IndexError):
        return 0
