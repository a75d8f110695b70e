"""Has the machine what the program needs: memory, files, a clock that is right?"""

from __future__ import annotations

import datetime as dt
import platform
import resource
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.checks.finding import Finding, Level
from embeddings.processor import has_native_bfloat16, usable_cores

if TYPE_CHECKING:
    from collections.abc import Iterable

MEBIBYTE = 2**20
MIN_MEMORY, SCARCE_MEMORY = 300 * MEBIBYTE, 700 * MEBIBYTE
"""Bytes: what the model takes to embed anything; what the bot takes with tens of thousands of articles."""
MIN_FILES, SCARCE_FILES = 64, 512
"""Of open files: an index, a database and a few connections; with every connection that the bot may have."""
FIRST_YEAR = 2026
"""This version was not there before."""

_MEMORY_INFO = Path("/proc/meminfo")
_MEMORY_LIMITS = (
    (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory.current")),
    (Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"), Path("/sys/fs/cgroup/memory/memory.usage_in_bytes")),
)
_WATCHES = Path("/proc/sys/fs/inotify/max_user_watches")
_TOLERATED = dt.timedelta(minutes=5)


def check_processor(threads: int = 0) -> Finding:
    """What does the processor offer to embedding?

    Args:
        threads: The setting `encoder.threads`; 0 for one a core.
    """
    topic, cores = "processor", usable_cores()
    numbers = "bfloat16 in hardware" if has_native_bfloat16() else "no bfloat16 in hardware, embedding uses float32"
    text = f"{platform.machine()}, {cores} cores, {numbers}"
    if threads > cores:
        advice = f"set encoder.threads to {cores} or less; 0 takes as many as there are cores"
        return Finding(Level.WARNING, topic, f"{text}; encoder.threads is {threads}: they wait for each other", advice)
    return Finding(Level.OK, topic, text)


def check_memory(available: int | None) -> Finding:
    """Is there memory for the model and the index?

    Args:
        available: Free bytes, see `available_memory`.
    """
    topic = "memory"
    if available is None:
        return Finding(Level.OK, topic, "this system does not say how much is free")
    text = f"{available / MEBIBYTE:,.0f} MiB free"
    advice = "stop other programs, give the container or the machine more, or let it swap"
    if available < MIN_MEMORY:
        return Finding(Level.PROBLEM, topic, f"{text}; the model alone needs {MIN_MEMORY // MEBIBYTE}", advice)
    if available < SCARCE_MEMORY:
        return Finding(Level.WARNING, topic, f"{text}; the bot takes about {SCARCE_MEMORY // MEBIBYTE}", advice)
    return Finding(Level.OK, topic, text)


def available_memory(
    memory_info: Path = _MEMORY_INFO, limits: Iterable[tuple[Path, Path]] = _MEMORY_LIMITS
) -> int | None:
    """Free bytes of the machine or, where that is less, of the container; ``None`` where the system does not say.

    Args:
        memory_info: What the kernel says of the machine.
        limits: Files with a container's limit and with what it uses, in the versions of control groups.
    """
    found = [_of_machine(memory_info), *(_of_container(limit, used) for limit, used in limits)]
    return min((free for free in found if free is not None), default=None)


def check_files(limit: int) -> Finding:
    """May enough files be open at the same time?

    Args:
        limit: How many; see `file_limit`.
    """
    topic = "open files"
    text = "no limit" if limit < 0 else f"{limit:,} may be open"
    advice = f"allow {SCARCE_FILES} or more: `ulimit -n {SCARCE_FILES}`, or LimitNOFILE= of the service"
    if 0 <= limit < MIN_FILES:
        return Finding(Level.PROBLEM, topic, f"{text}: too few for an index and a database", advice)
    if 0 <= limit < SCARCE_FILES:
        return Finding(Level.WARNING, topic, f"{text}: few where many ask at once", advice)
    return Finding(Level.OK, topic, text)


def file_limit() -> int:
    """How many files this process may have open; -1 for any number."""
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return -1 if limit == resource.RLIM_INFINITY else limit


def check_watches(folders: int, limit_file: Path = _WATCHES) -> Finding:
    """May every folder of the articles be watched?

    Args:
        folders: How many there are.
        limit_file: Where the kernel says how many may be.
    """
    topic = "watching"
    try:
        limit = int(limit_file.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return Finding(Level.OK, topic, f"{folders:,} folders; this system does not say how many may be watched")
    if folders > limit:
        text = f"{folders:,} folders are to be watched, {limit:,} may be by all programs of this user"
        advice = f"`sysctl fs.inotify.max_user_watches={2 * folders}`, or set source.schedule instead of source.watch"
        return Finding(Level.PROBLEM, topic, text, advice)
    return Finding(Level.OK, topic, f"{folders:,} of {limit:,} folders that may be watched")


def check_clock(now: dt.datetime, newest: dt.datetime | None) -> Finding:
    """Can the clock be right?

    Args:
        now: What it says, UTC.
        newest: When the newest generation was made by it, UTC; ``None`` where there is none.
    """
    topic = "clock"
    advice = "set the clock (`timedatectl set-ntp true`); schedules, cooldowns and connections to Discord go by it"
    if now.year < FIRST_YEAR:
        return Finding(Level.PROBLEM, topic, f"it says {now:%Y-%m-%d %H:%M} UTC, which is long ago", advice)
    if newest is not None and newest - now > _TOLERATED:
        text = (
            f"it says {now:%Y-%m-%d %H:%M} UTC, but the index was made at {newest:%Y-%m-%d %H:%M} UTC, which is later"
        )
        return Finding(Level.WARNING, topic, text, advice)
    return Finding(Level.OK, topic, f"{now:%Y-%m-%d %H:%M} UTC")


def _of_machine(path: Path) -> int | None:
    try:
        lines = path.read_text(encoding="ascii", errors="replace").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, ValueError, IndexError, StopIteration):
        return None


def _of_container(limit: Path, used: Path) -> int | None:
    try:
        return int(limit.read_text(encoding="ascii")) - int(used.read_text(encoding="ascii"))
    except (OSError, ValueError):  # there is none, or it may use everything
        return None
