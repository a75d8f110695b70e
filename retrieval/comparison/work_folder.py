"""The temporary folder of a comparison: removed at its end, or by the next one where the process was killed."""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import islice
from pathlib import Path

_PREFIX = "quicktakes-compare-"
_MARKER = "comparison.lock"
"""In every folder that was made here, and locked for as long as the process lives that made it."""

_TRIES = 100
_MAX_REMOVED = 16  # at once; the next comparison goes on


@contextmanager
def work_folder() -> Iterator[Path]:
    """An empty folder for as long as the block runs; first, those go whose processes were killed."""
    remove_abandoned()
    with ExitStack() as stack:
        for _ in range(_TRIES):
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True)))
            if _is_claimed(folder, stack):
                break
        yield folder


def remove_abandoned() -> None:
    """Remove the folders of comparisons whose processes are gone; what cannot be removed stays."""
    with suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        folders = (Path(entry.path) for entry in entries if _may_be_ours(entry))
        for _ in islice(filter(_removed, folders), _MAX_REMOVED):
            pass


def _may_be_ours(entry: os.DirEntry[str]) -> bool:
    with suppress(OSError):
        return (
            entry.name.startswith(_PREFIX)
            and entry.is_dir(follow_symlinks=False)
            and entry.stat(follow_symlinks=False).st_uid == os.geteuid()
        )
    return False


def _is_claimed(folder: Path, stack: ExitStack) -> bool:
    """Lock a folder's marker until the stack is closed; ``False`` where another process is removing the folder."""
    marker = folder / _MARKER
    try:
        file = stack.enter_context(marker.open("xb"))
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks: nobody else can lock it, either, so nobody removes the folder
        return True
    with suppress(OSError):
        return os.path.samestat(marker.stat(), os.fstat(file.fileno()))
    return False


def _removed(folder: Path) -> bool:
    """Remove a folder that has a marker which nobody holds; whether it was one."""
    try:
        descriptor = os.open(folder / _MARKER, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return False
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    except OSError:
        return False
    else:
        return True
    finally:
        os.close(descriptor)
