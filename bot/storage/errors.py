"""Errors of the database layer. They say what happened, in which file, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class StorageError(Exception):
    """The database cannot do what it was asked to.

    Attributes:
        problem: What is wrong, and what to do about it.
    """

    def __init__(self, path: Path, problem: str) -> None:
        self.path = path
        self.problem = problem
        super().__init__(f"database {path}: {problem}")


class StorageDamagedError(StorageError):
    """The file is no sound database of this bot."""


class StorageTooNewError(StorageError):
    """A newer version of the bot has changed the database's tables.

    Attributes:
        revision: The revision of the tables that this version does not know.
    """

    def __init__(self, path: Path, revision: str) -> None:
        self.revision = revision
        problem = (
            f"was written by a newer version (its tables have revision {revision}, unknown here); "
            "install that version again, or start this one with another data folder"
        )
        super().__init__(path, problem)
