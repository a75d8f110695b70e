"""Is the program installed as it should be, and are the programs there that it starts?"""

from __future__ import annotations

import platform
import re
import subprocess
import sys
from importlib import metadata
from typing import TYPE_CHECKING

from bot.cli.checks.finding import Finding, Level

if TYPE_CHECKING:
    from pathlib import Path

OLDEST_PYTHON = (3, 11)
OLDEST_GIT = (2, 31)
"""The first that takes settings, and so credentials, from its environment."""
_PIN = re.compile(r"^([\w.\-]+)==(\S+)$")
_GIT_SECONDS = 10


def check_python() -> Finding:
    """Is this Python new enough?"""
    text = f"{platform.python_version()} at {sys.executable}"
    if sys.version_info < OLDEST_PYTHON:
        return Finding(Level.PROBLEM, "Python", text, "install Python 3.11 or newer")
    return Finding(Level.OK, "Python", text)


def check_packages(lock_file: Path) -> Finding:
    """Are the locked versions installed?"""
    topic = "packages"
    if not lock_file.is_file():
        return Finding(Level.OK, topic, "installed without the lock file; versions are as pip chose them")
    pins = [
        match.groups() for line in lock_file.read_text(encoding="utf-8").splitlines() if (match := _PIN.match(line))
    ]
    installed = {name: _installed_version(name) for name, _ in pins}
    missing = [name for name, _ in pins if installed[name] is None]
    other = [f"{name} {installed[name]} instead of {version}" for name, version in pins if installed[name] != version]
    advice = "install the locked versions: pip install -r requirements.lock"
    if missing:
        return Finding(Level.PROBLEM, topic, f"missing: {', '.join(missing)}", advice)
    if other:
        return Finding(Level.WARNING, topic, f"not the locked versions: {'; '.join(other)}", advice)
    return Finding(Level.OK, topic, f"all {len(pins)} as locked")


def check_encoding(of_file_names: str, of_output: str) -> Finding:
    """Can names of files and texts hold every character?

    Args:
        of_file_names: Encoding of file names, as Python takes it from the locale.
        of_output: Encoding of standard output.
    """
    topic = "encoding"
    advice = "set LANG to a UTF-8 locale, such as C.UTF-8, or PYTHONUTF8=1"
    if not _is_utf8(of_file_names):
        text = f"file names are read as {of_file_names}: articles whose names have other letters are not found"
        return Finding(Level.PROBLEM, topic, text, advice)
    if not _is_utf8(of_output):
        text = f"output is written as {of_output}, which lacks some characters of replies"
        return Finding(Level.WARNING, topic, text, f"{advice}; unset PYTHONIOENCODING")
    return Finding(Level.OK, topic, "UTF-8")


def check_git() -> Finding:
    """Can the repository of the articles be fetched with this git?"""
    topic = "git"
    try:
        command = ["git", "--version"]
        said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=_GIT_SECONDS).stdout  # noqa: S603  # no shell, no input
    except (OSError, subprocess.SubprocessError):
        return Finding(Level.PROBLEM, topic, "git is not installed", "install it, or unset source.repository")
    found = re.search(r"(\d+)\.(\d+)", said)
    if found is None or (int(found[1]), int(found[2])) < OLDEST_GIT:
        wanted = ".".join(map(str, OLDEST_GIT))
        return Finding(Level.PROBLEM, topic, f"{said.strip()} is too old", f"install git {wanted} or later")
    return Finding(Level.OK, topic, said.strip())


def _is_utf8(encoding: str) -> bool:
    return encoding.lower().replace("_", "-") in {"utf-8", "utf8"}


def _installed_version(name: str) -> str | None:
    try:
        return metadata.version(name).partition("+")[0]  # a local part such as +cpu names a build, not a version
    except metadata.PackageNotFoundError:
        return None
