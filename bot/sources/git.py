"""Articles from a branch of a Git repository, kept up to date with the system's git. Blocks; run it in a thread."""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.sources.copy_lock import locked
from bot.sources.errors import SourceError, SourceSpaceError, SourceTimeoutError
from bot.sources.git_command import GitCommand, Remote
from bot.sources.git_history import changes_between
from bot.sources.git_safety import MIN_FREE_BYTES, with_space_check, write_attributes
from config.repository import check_branch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from retrieval.building.source_changes import SourceChanges

FETCH_DEPTH = 100
"""How many commits are fetched: so far back can be told what has changed."""

WAIT_SECONDS = 10.0
"""So long may whoever uses the working copy still need it."""

ASKING_SECONDS = 30.0
"""So long may a repository take to say which commit a branch is at."""

_NAME_OF_OURS = re.compile(r"[a-z0-9_]{8}")
_FRESH, _OLD, _TEMPLATE = "fresh", "old", "template"


def _ignore() -> None:
    """Do nothing: progress is not reported."""


class GitSource:
    """A working copy of one branch. Safe to use from several threads and processes.

    <folder>                    the working copy
    <folder>.lock               held while it is brought up to date and read, with the number of the process
    <folder>.synced             how it was when it was last brought up to date
    <folder>-clone-xxxxxxxx/    a copy that is being made, or was when its process died

    Args:
        repository: Its address; may hold credentials, which are never shown.
        folder: Where the working copy is; made when it is first wanted.
        min_free_bytes: So much of the disk is left free.

    Raises:
        ValueError: Address or branch are none.
    """

    def __init__(self, repository: str, branch: str, folder: Path, *, min_free_bytes: int = MIN_FREE_BYTES) -> None:
        self._remote = Remote.parse(repository)
        self._branch = check_branch(branch)
        self._folder = folder
        self._min_free_bytes = min_free_bytes
        self._synced = folder.with_name(f"{folder.name}.synced")

    def __repr__(self) -> str:
        return f"GitSource({self._remote.hidden(self._remote.address)!r}, {self._branch!r})"

    def sync(self) -> str:
        """Bring the working copy in line with the branch; see `synced`."""
        with self.synced() as commit:
            return commit

    @contextmanager
    def synced(self, *, wait: float = WAIT_SECONDS, on_wait: Callable[[], None] = _ignore) -> Iterator[str]:
        """Bring the working copy in line with the branch, whatever happened to either, and keep it so for the block.

        A file that has not changed keeps its time, so that a build need not read it again.

        Args:
            wait: For so many seconds another process may still use the working copy.
            on_wait: Called several times a second while another process or git works; what it raises stops git.

        Yields:
            The commit, in full.

        Raises:
            SourceBusyError: Another process goes on using the working copy.
            SourceError: It cannot be fetched; a working copy that was there stays as it was.
        """
        with locked(self._folder, wait=wait, on_wait=on_wait) as lock:
            checked = with_space_check(on_wait, self._folder.parent, self._min_free_bytes)
            git = GitCommand(self._remote, on_start=lock.note, on_wait=checked)
            self._clear_away()
            try:
                self._update(git)
                state = self._state(git)
            except SourceError as error:
                raise SourceError(f"branch {self._branch} cannot be fetched: {error}") from None
            self._synced.write_bytes(state)
            yield state.split(b"\n", 1)[0].decode()

    def is_as_synced(self) -> bool:
        """Whether the working copy is as it was when it was last brought up to date.

        Raises:
            SourceBusyError: A process uses it right now.
        """
        with locked(self._folder, wait=0, on_wait=_ignore) as lock:
            git = GitCommand(self._remote, on_start=lock.note)
            try:
                return self._synced.read_bytes() == self._state(git)
            except (OSError, SourceError):
                return False

    def newest_commit(self) -> str | None:
        """The commit that the branch is at, as the repository itself says; ``None`` where it has no such branch.

        Raises:
            SourceError: The repository cannot be reached, or does not let this program in.
        """
        until = time.monotonic() + ASKING_SECONDS

        def give_up() -> None:
            if time.monotonic() > until:
                raise SourceTimeoutError(ASKING_SECONDS)

        git = GitCommand(self._remote, on_wait=give_up)
        said = git.run("ls-remote", "--", self._remote.address, f"refs/heads/{self._branch}").split()
        return said[0].decode() if said else None

    def changes(self, before: str, after: str, folder: str = "") -> SourceChanges:
        """What has happened between two commits; to be asked within `synced`, which fetches both.

        Args:
            before: The one, in full; may be unknown.
            after: The other, in full.
            folder: Folder of the articles inside the repository; empty for the whole of it.
        """
        return changes_between(partial(self._here, GitCommand(self._remote)), before, after, folder)

    def _update(self, git: GitCommand) -> None:
        if (self._folder / ".git").is_dir():
            try:
                self._refresh(git)
            except (SourceTimeoutError, SourceSpaceError):
                raise
            except SourceError:  # damaged, or out of reach: a fresh copy tells which
                self._clone(git)
        else:
            self._clone(git)

    def _refresh(self, git: GitCommand) -> None:
        reference = f"refs/heads/{self._branch}"  # in full: a tag may have the same name
        depth = ("--no-tags", "--depth", str(FETCH_DEPTH))
        write_attributes(self._folder / ".git")
        self._here(git, "fetch", "--quiet", *depth, "--", self._remote.address, reference)
        self._here(git, "reset", "--quiet", "--hard", "FETCH_HEAD")
        self._here(git, "clean", "--quiet", "-ffdx")
        with suppress(SourceError):  # what is old is cleared away now and then; it does no harm meanwhile
            self._here(git, "-c", "gc.auto=6700", "-c", "gc.autoDetach=false", "gc", "--auto", "--quiet")

    def _clone(self, git: GitCommand) -> None:
        """Make a working copy beside, and put it in place when it is whole."""
        with tempfile.TemporaryDirectory(prefix=self._prefix, dir=self._folder.parent) as beside:
            fresh, old = Path(beside) / _FRESH, Path(beside) / _OLD
            branch = ("--single-branch", "--no-tags", "--branch", self._branch)
            depth = ("--no-local", "--depth", str(FETCH_DEPTH))
            write_attributes(Path(beside) / _TEMPLATE)
            template = f"--template={Path(beside) / _TEMPLATE}"
            git.run("clone", "--quiet", template, *depth, *branch, "--", self._remote.address, str(fresh))
            git.run("-C", str(fresh), "remote", "remove", "origin")
            if self._folder.exists():
                self._folder.rename(old)
            fresh.rename(self._folder)
            shutil.rmtree(old, ignore_errors=True)

    def _clear_away(self) -> None:
        """Delete what killed processes have left, under the lock."""
        for left in self._folder.parent.glob(f"{self._prefix}*"):
            is_panel_id = _NAME_OF_OURS.fullmatch(left.name.removeprefix(self._prefix)) and not left.is_symlink()
            if not is_panel_id or not {path.name for path in left.iterdir()} <= {_FRESH, _OLD, _TEMPLATE}:
                continue
            if not self._folder.exists() and (left / _OLD).is_dir():
                (left / _OLD).rename(self._folder)  # killed between two renames
            shutil.rmtree(left, ignore_errors=True)
        for lock in (self._folder / ".git").rglob("*.lock"):  # git's own; no branch and no object has such a name
            lock.unlink(missing_ok=True)

    @property
    def _prefix(self) -> str:
        return f"{self._folder.name}-clone-"

    def _state(self, git: GitCommand) -> bytes:
        """The commit, and behind it what differs from it: with some repositories a file or two always do."""
        commit = self._here(git, "rev-parse", "HEAD")
        return commit + self._here(git, "status", "--porcelain", "--untracked-files=all", "--ignored")

    def _here(self, git: GitCommand, *arguments: str) -> bytes:
        # Named, not looked for: where the copy is damaged, git would take a repository that the copy lies in.
        place = ("-C", str(self._folder), "--git-dir", str(self._folder / ".git"), "--work-tree", str(self._folder))
        return git.run(*place, *arguments)
