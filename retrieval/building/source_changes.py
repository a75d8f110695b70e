"""What the source of the articles knows of its own changes, such as the history of a Git repository. Pure data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Commit:
    """A change that somebody wrote down.

    Attributes:
        id: Its id, shortened.
        date: When it was made, as ``2026-01-31``.
        subject: The first line of what its author says, as they wrote it.
    """

    id: str
    date: str
    subject: str


@dataclass(frozen=True, slots=True)
class SourceChanges:
    """What has happened between two revisions.

    Attributes:
        before: The one, shortened; empty where nothing is known.
        after: The other.
        commits: The newest commits that lie between them, newest first.
        count: How many lie between them in all; ``None`` where that is not known.
        successors: Path of an article file before → path of the file that goes on from it, which may be the same; both
            relative to the content root. Files that were only added or removed are missing.
    """

    before: str = ""
    after: str = ""
    commits: tuple[Commit, ...] = ()
    count: int | None = None
    successors: Mapping[str, str] = field(default_factory=dict)


History = Callable[[str], SourceChanges]
"""Gives what has happened since a revision, which may be one that it does not know."""
