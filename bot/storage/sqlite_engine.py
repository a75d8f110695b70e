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
_POOL_SECONDS = 5.0  # that a connection is waited for while others wait for the file
_READING = "quicktakes_reading"
_FILE = "quicktakes_file"
_DAMAGE = ("malformed", "not a database", "file is encrypted", "no such table", "no such column")
_ADVICE = (
    ("database is locked", "close the program that keeps it locked"),
    ("unable to open", "put it back in its place, or restart the bot to begin a new one"),
)

READING = {_READING: True}
"""Execution options of a transaction that only reads."""

NOW = "(julianday('now') - 2440587.5) * 86400.0"
"""Seconds since 1970 by the clock of the database."""


def make_engine(path: Path) -> AsyncEngine:
    """An engine for a file that is there: one that went is not made anew, and one in its place is opened anew."""
    uri = {"mode": "rw", "uri": "true"}
    url = sa.URL.create("sqlite+aiosqlite", database=path.absolute().as_uri(), query=uri)
    engine = create_async_engine(url, pool_timeout=_POOL_SECONDS)
    prepare(engine.sync_engine)
    _follow_file(engine.sync_engine, path)
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


def _follow_file(engine: sa.Engine, path: Path) -> None:
    """Use no connection to a file that is no longer at its path: what is written there is lost with its last user."""

    @sa.event.listens_for(engine, "connect")
    def connect(_connection: object, record: sa.pool.ConnectionPoolEntry) -> None:
        record.info[_FILE] = _identity(path)

    @sa.event.listens_for(engine, "checkout")
    def checkout(_connection: object, record: sa.pool.ConnectionPoolEntry, _proxy: object) -> None:
        if record.info[_FILE] != _identity(path):
            raise sa.exc.DisconnectionError  # SQLAlchemy connects anew


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def explained(path: Path, error: sa.exc.SQLAlchemyError | sqlite3.Error) -> StorageError:
    """What an error of SQLite means for whoever runs the bot."""
    cause = str(getattr(error, "orig", None) or error)
    if any(sign in cause for sign in _DAMAGE):
        problem = f"is damaged ({cause}); put a copy back in its place, or move it away to start anew"
        return StorageDamagedError(path, problem)
    advice = next(
        (advice for sign, advice in _ADVICE if sign in cause),
        "check that the disk has room and that the file may be written",
    )
    return StorageError(path, f"failed: {cause}; {advice}")


def checkpoint(connection: sa.Connection) -> None:
    """Bring the write-ahead log into the file and empty it."""
    cursor = connection.connection.cursor()  # beside SQLAlchemy's transactions: inside of one SQLite refuses this
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    cursor.close()
