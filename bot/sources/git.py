"""Articles from a branch of a Git repository, kept up to date with the system's git. Blocks; run it in a thread."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Sequence

TIMEOUT_SECONDS = 600.0

_SCHEMES = ("https://", "http://", "ssh://", "git://", "file://", "/")
_SCP_LIKE = re.compile(r"[A-Za-z0-9_.-]+@[A-Za-z0-9][A-Za-z0-9.-]*:(?!:)[^\s]+")
_BRANCH = re.compile(r"(?!-)(?!.*(?:\.\.|//|@\{))[A-Za-z0-9][A-Za-z0-9._/+@-]{0,200}(?<![/.])")
_USER_INFO = re.compile(r"(?<=//)\S+@")  # up to the last @: rather too much left out than part of a password shown
_LONGEST_REASON = 300
_SAFE = (
    "-c", "protocol.ext.allow=never", "-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false",
    "-c", "submodule.recurse=false", "-c", "gc.auto=0", "-c", "advice.detachedHead=false",
)  # fmt: skip


class SourceError(Exception):
    """The articles cannot be fetched; those that were fetched before stay as they are."""


def check_repository(address: str) -> str:
    """The address of a repository, if it is one and no more.

    Raises:
        ValueError: It is none, or could be taken for options or another program.
    """
    has_blanks = any(character.isspace() or not character.isprintable() for character in address)
    is_address = address.startswith(_SCHEMES) or _SCP_LIKE.fullmatch(address) is not None
    if has_blanks or address.startswith("-") or "::" in address or not is_address:
        raise ValueError("expected https://…, ssh://…, git@host:path, file://… or a folder that begins with /")
    if "://" in address and not _names_one_host(address):
        raise ValueError(
            "expected https://host/… with a host's name; write @, / and : of a password as %40, %2F and %3A"
        )
    return address


def _names_one_host(address: str) -> bool:
    """Whether user, host and port can be told apart, and the host is no option of ssh.

    Otherwise git would take part of a password for the host, and name it in its message.
    """
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  # raises where it is no number
    except ValueError:
        return False
    host = parts.hostname or ""
    return parts.netloc.count("@") <= 1 and not host.startswith("-") and (bool(host) or parts.scheme == "file")


def check_branch(name: str) -> str:
    """The name of a branch, if it is one.

    Raises:
        ValueError: It is none.
    """
    if not _BRANCH.fullmatch(name) or name.endswith(".lock"):
        raise ValueError("expected the name of a branch, such as main")
    return name


def without_credentials(text: str) -> str:
    """The text with what stands before the host of an address left out."""
    return _USER_INFO.sub("…@", text)


class GitSource:
    """A working copy of one branch.

    Args:
        repository: Its address; may hold credentials, which are never shown.
        branch: Its branch.
        folder: Where the working copy is; made when it is first wanted.

    Raises:
        ValueError: Address or branch are none.
    """

    def __init__(self, repository: str, branch: str, folder: Path) -> None:
        self._repository = check_repository(repository)
        self._branch = check_branch(branch)
        self._folder = folder

    def __repr__(self) -> str:
        """Name what it is of, without credentials."""
        return f"GitSource({without_credentials(self._repository)!r}, {self._branch!r})"

    def sync(self) -> str:
        """Bring the working copy in line with the branch, whatever has happened to either.

        A file that has not changed keeps its time, so that a build need not read it again.

        Returns:
            The commit, in full.

        Raises:
            SourceError: It cannot be fetched; a working copy that was there stays as it was.
        """
        if (self._folder / ".git").is_dir():
            try:
                self._git("fetch", "--quiet", "--depth", "1", "--", self._repository, self._branch)
                self._git("reset", "--quiet", "--hard", "FETCH_HEAD")
                self._git("clean", "--quiet", "-ffdx")
                return self._git("rev-parse", "HEAD").strip()
            except SourceError:
                pass  # damaged, or out of reach: a fresh copy tells which
        self._clone()
        return self._git("rev-parse", "HEAD").strip()

    def _clone(self) -> None:
        """Make a working copy beside, and put it in place when it is whole."""
        self._folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="source-", dir=self._folder.parent) as beside:
            fresh, old = Path(beside) / "fresh", Path(beside) / "old"
            branch = ("--single-branch", "--branch", self._branch)
            self._run("clone", "--quiet", "--depth", "1", *branch, "--", self._repository, str(fresh))
            self._run("-C", str(fresh), "remote", "remove", "origin")  # its address may hold credentials
            if self._folder.exists():
                self._folder.rename(old)
            fresh.rename(self._folder)
            shutil.rmtree(old, ignore_errors=True)

    def _git(self, *arguments: str) -> str:
        return self._run("-C", str(self._folder), *arguments)

    def _run(self, *arguments: str) -> str:
        environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "true", "LC_ALL": "C"}
        environment = {name: value for name, value in environment.items() if name not in {"GIT_DIR", "GIT_WORK_TREE"}}
        command: Sequence[str] = ("git", *_SAFE, *arguments)
        try:
            done = subprocess.run(  # noqa: S603  # a list without a shell; what comes from outside was checked
                command, env=environment, capture_output=True, text=True, timeout=TIMEOUT_SECONDS, check=False
            )
        except FileNotFoundError:
            raise SourceError("git is not installed; install it, or use a folder of articles") from None
        except subprocess.TimeoutExpired:
            raise SourceError(f"git took longer than {TIMEOUT_SECONDS:.0f} s; is the repository reachable?") from None
        if done.returncode != 0:
            reason = " ".join(without_credentials(done.stderr.replace(self._repository, "the repository")).split())
            shown = reason[:_LONGEST_REASON] or f"git ended with status {done.returncode}"
            raise SourceError(f"branch {self._branch} cannot be fetched: {shown}")
        return done.stdout
