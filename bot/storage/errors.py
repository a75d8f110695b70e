"""Errors of the database layer. They say what happened, in which database, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.storage.addresses import DatabasePlace


class StorageError(Exception):
    """The database cannot do what it was asked to.

    Attributes:
        place: The database.
        problem: What is wrong, and what to do about it.
    """

    def __init__(self, place: DatabasePlace, problem: str) -> None:
        self.place = place
        self.problem = problem
        super().__init__(f"database {place}: {problem}")


class StorageDamagedError(StorageError):
    """It is no sound database of this bot."""


class StorageTooNewError(StorageError):
    """A newer version of the bot has changed the database's tables.

    Attributes:
        revision: The revision of the tables that this version does not know.
    """

    def __init__(self, place: DatabasePlace, revision: str) -> None:
        self.revision = revision
        problem = (
            f"was written by a newer version (its tables have revision {revision}, unknown here); "
            "install that version again, or start this one with another database"
        )
        super().__init__(place, problem)
