"""A SQLite file as SQLAlchemy opens it, and what its errors mean."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.storage.errors import StorageDamagedError, StorageError

if TYPE_CHECKING:
    from pathlib import Path

_BUSY_TIMEOUT_MS = 5000
_PRAGMAS = (
    f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}",  # first: the next line may have to wait for another process
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",  # with WAL, sound after any crash; a power cut may lose the last moments
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # what a member wants forgotten is overwritten, not just marked as free
)
_READING = "quicktakes_reading"
_DAMAGE = ("malformed", "not a database", "file is encrypted", "no such table", "no such column")

READING = {_READING: True}
"""Execution options of a transaction that only reads."""

NOW = "(julianday('now') - 2440587.5) * 86400.0"
"""Seconds since 1970 by the clock of the database."""


def make_engine(path: Path) -> AsyncEngine:
    """An engine for a file."""
    engine = create_async_engine(sa.URL.create("sqlite+aiosqlite", database=str(path)))
    prepare(engine.sync_engine)
    return engine


def prepare(engine: sa.Engine) -> None:
    """Set up every connection of an engine, and let transactions begin as we say: SQLite's own driver begins late."""

    @sa.event.listens_for(engine, "connect")
    def connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        # A transaction that reads first and writes later fails at once when another writes between: so say it at first.
        reading = connection.get_execution_options().get(_READING, False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def explained(path: Path, error: sa.exc.SQLAlchemyError | sqlite3.Error) -> StorageError:
    """What an error of SQLite means for whoever runs the bot."""
    cause = str(getattr(error, "orig", None) or error)
    if any(sign in cause for sign in _DAMAGE):
        problem = f"is damaged ({cause}); put a copy back in its place, or move it away to start anew"
        return StorageDamagedError(path, problem)
    return StorageError(path, f"failed: {cause}; check that the disk has room and that the file may be written")


def checkpoint(connection: sa.Connection) -> None:
    """Bring the write-ahead log into the file and empty it."""
    cursor = connection.connection.cursor()  # beside SQLAlchemy's transactions: inside of one SQLite refuses this
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    cursor.close()
