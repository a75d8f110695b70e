"""What git tells about the way from one commit to another."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from bot.sources.errors import SourceError
from retrieval.building.source_changes import Commit, SourceChanges

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_COMMITS = 20
"""So many commits are named."""

_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_SHORT = 10
_MAX_SUBJECT_LENGTH = 200
_LOG_FORMAT = (
    "-z",
    "--encoding=UTF-8",
    "--format=%h%x00%cs%x00%s",
    f"--abbrev={_SHORT}",
    "--no-show-signature",
    "--no-color",
    "--no-notes",
)
_RENAMED, _MODIFIED = b"R", b"M"


def changes_between(run: Callable[..., bytes], before: str, after: str, folder: str) -> SourceChanges:
    """What has happened between two commits.

    Args:
        run: Runs git with these arguments in the repository, and gives what it writes.
        before: The one, in full; may be unknown to the repository.
        after: The other, in full.
        folder: Folder of the articles inside the repository; empty for the whole of it.

    Returns:
        What could be found out: no successors where the commit before is not there, no commits where it does not lead
        to the one after, as when the history was rewritten.
    """
    if not _COMMIT.fullmatch(before) or before == after:
        return SourceChanges()
    known = SourceChanges(before[:_SHORT], after[:_SHORT])
    where = ("--", folder) if folder else ()
    # Alike by 60 %: articles on different questions, front matter and all, are alike by up to 41 % (decision 15).
    # -B: a file in whose place another was written is one that went and one that came.
    finding = ("-r", "-z", "-B/40%", "-M60%", "-l2000", "--no-ext-diff", "--name-status", "--diff-filter=MR")
    try:
        statuses = run("diff-tree", *finding, before, after, *where)
    except SourceError:
        return known
    successors = dict(_successors(statuses, folder))
    try:
        run("merge-base", "--is-ancestor", before, after)
        between = f"{before}..{after}"
        count = int(run("rev-list", "--count", "--no-merges", between, *where))
        written = run("log", f"-{MAX_COMMITS}", "--no-merges", *_LOG_FORMAT, between, *where)
    except SourceError:
        return SourceChanges(known.before, known.after, successors=successors)
    return SourceChanges(known.before, known.after, tuple(_commits(written)), count, successors)


def _successors(statuses: bytes, folder: str) -> Iterator[tuple[str, str]]:
    """Old and new path of each file that was renamed or changed, but for those that were rewritten from scratch."""
    inside = PurePosixPath(folder).as_posix()
    root = "" if inside == "." else f"{inside}/"
    fields = iter(statuses.split(b"\0"))
    for status in fields:
        if not status:
            return
        old = next(fields)
        new = next(fields) if status.startswith(_RENAMED) else old
        if status != _MODIFIED and not status.startswith(_RENAMED):
            continue  # M with a figure behind it: little is left of what it was
        paths = [path.decode("utf-8", "backslashreplace") for path in (old, new)]  # as the builder spells them
        if all(path.startswith(root) for path in paths):
            yield paths[0].removeprefix(root), paths[1].removeprefix(root)


def _commits(written: bytes) -> Iterator[Commit]:
    fields = written.decode("utf-8", "replace").split("\0")
    for short, date, subject in zip(fields[0::3], fields[1::3], fields[2::3], strict=False):
        yield Commit(short, date, subject[:_MAX_SUBJECT_LENGTH])
