"""What test processes, of which several share the cores, are given in their environment before anything else runs."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import MutableMapping

MEMORY_FOLDER = Path("/dev/shm")  # noqa: S108  # where Linux keeps files in memory
MIN_FREE_BYTES = 4 << 30
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
_TEMPORARY = ("TMPDIR", "PYTEST_DEBUG_TEMPROOT")


def prepare_environment(environment: MutableMapping[str, str] = os.environ, memory: Path = MEMORY_FOLDER) -> None:
    """Set what nobody has set: one thread for matrices, and temporary files in memory.

    Threads of a matrix library that wait for each other keep a core busy which another test process could use. Tests
    flush thousands of small files, as a build has to; a disk takes milliseconds for each, memory takes none.

    Args:
        environment: The variables; numpy reads them when it is first imported.
        memory: A folder in memory.
    """
    for name in _THREADS:
        environment.setdefault(name, "1")
    if not any(name in environment for name in _TEMPORARY) and _is_usable(memory):
        environment["PYTEST_DEBUG_TEMPROOT"] = str(memory)


def _is_usable(folder: Path) -> bool:
    """Whether it has room, may be written, and lets programs run, as some tests need."""
    try:
        has_room = shutil.disk_usage(folder).free >= MIN_FREE_BYTES
        runs_programs = not os.statvfs(folder).f_flag & os.ST_NOEXEC
    except OSError:
        return False
    return has_room and runs_programs and os.access(folder, os.W_OK | os.X_OK)
