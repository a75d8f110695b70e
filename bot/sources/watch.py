"""A build after article files have changed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

REASON = "changed files"

QUIET_SECONDS = 2.0
"""Files must have been left alone for so long."""

LONGEST_SECONDS = 60.0
"""Files that change all the time are read after so long."""

_LOOKING = frozenset({"opened", "closed_no_write"})


async def watch_folder(
    folder: Path,
    want: Callable[[str], None],
    *,
    quiet_seconds: float = QUIET_SECONDS,
    longest_seconds: float = LONGEST_SECONDS,
) -> None:
    """Wish for a build after each burst of changes below a folder, until cancelled.

    Args:
        folder: The folder.
        want: Takes the wish.
        quiet_seconds: A burst ends when nothing has changed for so long,
        longest_seconds: and in any case after so long.

    Raises:
        OSError: The folder cannot be watched.
    """
    loop = asyncio.get_running_loop()
    changed = asyncio.Event()

    class Handler(FileSystemEventHandler):
        def on_any_event(self, event: FileSystemEvent) -> None:
            if event.event_type not in _LOOKING:
                loop.call_soon_threadsafe(changed.set)

    observer = Observer()
    observer.schedule(Handler(), str(folder), recursive=True)
    observer.start()
    try:
        while True:
            await changed.wait()
            began = loop.time()
            while changed.is_set() and loop.time() - began < longest_seconds:
                changed.clear()
                await asyncio.sleep(quiet_seconds)
            changed.clear()
            want(REASON)
    finally:
        observer.stop()
        await asyncio.to_thread(observer.join)
