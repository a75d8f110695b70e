"""A build after article files have changed."""

from __future__ import annotations

import asyncio
import errno
import os
import threading
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from bot.sources.fetching import real_folder

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

REASON = "changed files"

QUIET_SECONDS = 2.0
"""Files must have been left alone for so long."""

MAX_BURST_SECONDS = 60.0
"""Files that change all the time are read after so long."""

CHECK_SECONDS = 1.0
"""How often is looked whether the folder itself came, went, or was replaced by another."""

_LOOKING = frozenset({"opened", "closed_no_write"})
_MODIFIED = "modified"
_LEAVING = frozenset({"deleted", "moved"})
_HIDDEN, _BACKUP = ".", "~"


async def _always() -> bool:
    return True


async def watch_folder(  # noqa: PLR0913  # what to watch, and how patiently
    folder: Path,
    request_build: Callable[[str], None],
    *,
    is_news: Callable[[], Awaitable[bool]] = _always,
    may_come_later: bool = False,
    quiet_seconds: float = QUIET_SECONDS,
    max_seconds: float = MAX_BURST_SECONDS,
    check_seconds: float = CHECK_SECONDS,
) -> None:
    """Request a build after each burst of changes below a folder, until cancelled.

    A folder that is replaced counts as changed. Hidden files (``.git``) and editors' copies (``a.md~``) do not count.

    Args:
        is_news: Says after a burst whether a build is needed.
        may_come_later: The folder need not be there yet.
        quiet_seconds: A burst ends when nothing has changed for so long,
        max_seconds: and in any case after so long.
        check_seconds: How often to check that the folder is still the same.

    Raises:
        OSError: The folder cannot be watched.
    """
    changed = asyncio.Event()
    if _identity(folder) is None:
        if not may_come_later:
            raise FileNotFoundError(errno.ENOENT, "there is no such folder to watch", str(folder))
        changed.set()
    while True:
        watched = await _appeared(folder, check_seconds)
        async with _observed(folder, changed) as lost:
            while _identity(folder) == watched and not lost.is_set():
                if await _within(changed, check_seconds):
                    await _quiet(changed, quiet_seconds, max_seconds)
                    if await is_news():
                        request_build(REASON)
        changed.set()  # whatever comes in its place


@asynccontextmanager
async def _observed(folder: Path, changed: asyncio.Event) -> AsyncIterator[threading.Event]:
    """Have an event set whenever something below a folder changes, while the block runs.

    Yields:
        What is set when the folder itself went; one that is made anew is another, even with the same number.
    """
    lost = threading.Event()
    observer = Observer()
    real = real_folder(folder)  # of a link, the system would watch the link alone
    observer.schedule(_Changes(real, changed, lost), str(real), recursive=True)
    try:
        await asyncio.to_thread(observer.start)  # walks through all folders
    except OSError:
        if _identity(folder) is not None:
            raise
        lost.set()  # gone in this moment
    try:
        yield lost
    finally:
        observer.stop()
        if observer.is_alive():
            await asyncio.to_thread(observer.join)


class _Changes(FileSystemEventHandler):
    """Tells an event loop of changes, from the thread that sees them.

    Args:
        folder: The folder that is watched.
        changed: Set in the loop that this is made in; of a burst of changes the loop is told once.
        lost: Set when the folder itself goes.
    """

    def __init__(self, folder: Path, changed: asyncio.Event, lost: threading.Event) -> None:
        self._folder = folder
        self._changed = changed
        self._lost = lost
        self._loop = asyncio.get_running_loop()
        self._is_told = False

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Take note of what happened to a file or a folder."""
        if event.event_type in _LEAVING and Path(os.fsdecode(event.src_path)) == self._folder:
            self._lost.set()
        if not self._is_told and _is_change(event, self._folder):
            self._is_told = True
            self._loop.call_soon_threadsafe(self._tell)

    def _tell(self) -> None:
        self._is_told = False
        self._changed.set()


def _is_change(event: FileSystemEvent, folder: Path) -> bool:
    """Whether what happened could change what a build reads."""
    # Of a folder that has changed it is told besides what has changed in it, which may be a hidden file.
    is_told_otherwise = event.is_directory and event.event_type == _MODIFIED
    if event.event_type in _LOOKING or is_told_otherwise:
        return False
    paths = (Path(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path)
    return not all(_is_hidden(path.parts[len(folder.parts) :]) for path in paths)


def _is_hidden(parts: tuple[str, ...]) -> bool:
    return any(part.startswith(_HIDDEN) or part.endswith(_BACKUP) for part in parts)


def _identity(folder: Path) -> tuple[int, int] | None:
    """What tells a folder from another of its name; ``None`` where there is none."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


async def _appeared(folder: Path, check_seconds: float) -> tuple[int, int]:
    """Wait until a folder is there, and return its identity."""
    while (identity := _identity(folder)) is None:  # noqa: ASYNC110  # nothing tells of a folder that is not there
        await asyncio.sleep(check_seconds)
    return identity


async def _within(event: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return False
    return True


async def _quiet(changed: asyncio.Event, quiet_seconds: float, max_seconds: float) -> None:
    """Wait until a burst has ended."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    while changed.is_set() and loop.time() - began < max_seconds:
        changed.clear()
        await asyncio.sleep(quiet_seconds)
    changed.clear()
