"""Runs something like anybody else, whoever runs the tests: root may write everywhere, whatever the permissions say."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65_534


@contextmanager
def unprivileged() -> Iterator[None]:
    """Give up root's rights while the block runs; without such rights there is nothing to give up.

    What is imported must be imported before: nobody else may read where root keeps Python.
    """
    user = os.geteuid()
    os.seteuid(user or NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


def give_away(folder: Path) -> None:
    """Let a folder, and all in it, belong to whom `unprivileged` makes this process."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, os.geteuid() or NOBODY, -1)


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that everybody reaches, which pytest's own folders are not."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        yield Path(name)
