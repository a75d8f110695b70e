"""Can folders and files be used, and by nobody else where that matters?"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from typing import TYPE_CHECKING

from bot.cli.checks.finding import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

GIBIBYTE = 2**30
SCARCE_SPACE = 2 * GIBIBYTE
MIN_SPACE = GIBIBYTE // 4
MIN_FREE_FILES = 1000
_NOBODY_ELSE = stat.S_IRWXG | stat.S_IRWXO


def check_folder(folder: Path, topic: str = "data folder", setting: str = "data_dir") -> Finding:
    """Can a folder be written? It is made where it is not there.

    Args:
        folder: The folder.
        topic: What it is.
        setting: The setting that names it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return Finding(Level.OK, topic, f"{folder} can be written")
    except OSError as error:
        advice = f"make it writable for the user that runs this, or set {setting} to a folder that is"
        return Finding(Level.PROBLEM, topic, f"{folder} cannot be written: {error.strerror}", advice)


def check_temporary_folder() -> Finding:
    """Is there a folder for temporary files?"""
    topic = "temporary"
    try:
        with tempfile.TemporaryFile() as file:
            file.write(b"0")
    except OSError as error:
        text = f"no temporary file can be written: {error.strerror}"
        return Finding(Level.PROBLEM, topic, text, "make /tmp writable, or set TMPDIR to a folder that is")
    return Finding(Level.OK, topic, f"{tempfile.gettempdir()} can be written")


def check_space(folder: Path) -> Finding:
    """Is there room for an index?"""
    topic = "disk space"
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(existing).free
    text = f"{free / GIBIBYTE:.1f} GiB free at {existing}"
    advice = "make room, or set data_dir to a folder on a larger disk; `quicktakes index prune` removes old generations"
    if free < MIN_SPACE:
        return Finding(Level.PROBLEM, topic, text, advice)
    counts = os.statvfs(existing)
    if counts.f_files and counts.f_favail < MIN_FREE_FILES:  # some file systems do not count
        text = f"{text}, but only {counts.f_favail:,} more files can be made there"
        return Finding(
            Level.PROBLEM, topic, text, "remove files that are not needed (`df -i` shows how many there are)"
        )
    return Finding(Level.WARNING, topic, text, advice) if free < SCARCE_SPACE else Finding(Level.OK, topic, text)


def check_private_files(files: Iterable[Path]) -> Finding:
    """May nobody else read the files that hold secrets?

    Args:
        files: Those that may hold some; they need not be there.
    """
    topic = "secrets"
    found = [path for path in files if path.is_file()]
    open_ones = [path for path in found if path.stat().st_mode & _NOBODY_ELSE]
    if open_ones:
        names = " ".join(map(str, open_ones))
        return Finding(Level.WARNING, topic, f"other users may read {names}", f"chmod 600 {names}")
    return Finding(Level.OK, topic, f"only you read {', '.join(map(str, found))}" if found else "none are in files")
