"""What can go wrong with the source of the articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class SourceError(Exception):
    """The articles cannot be fetched; those that were fetched before stay as they are."""


class SourceTimeoutError(SourceError):
    """Git took too long.

    Attributes:
        seconds: After how long it was stopped.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"git took longer than {seconds:.0f} s; is the repository reachable?")


class SourceBusyError(SourceError):
    """Another process uses the working copy.

    Attributes:
        pid: The process; ``None`` where it left no number.
    """

    def __init__(self, folder: Path, pid: int | None) -> None:
        self.folder = folder
        self.pid = pid
        who = "another process" if pid is None else f"process {pid}"
        super().__init__(f"{who} builds or previews from {folder} right now; wait until it has ended, or stop it")


class SourceSpaceError(SourceError):
    """The disk became too full while git worked.

    Attributes:
        folder: Where git writes.
        least: So many bytes must stay free.
    """

    def __init__(self, folder: Path, least: int) -> None:
        self.folder = folder
        self.least = least
        super().__init__(
            f"git was stopped: less than {least >> 20} MiB are free where {folder} is; "
            "free some space, or see whether the repository holds more than articles"
        )
