"""The SQLite file: how it is opened, read and written, and how its errors are told."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.storage.errors import StorageDamagedError, StorageError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from sqlalchemy.ext.asyncio import AsyncConnection

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


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Raise `StorageError` for whatever SQLAlchemy or SQLite raise inside."""
    try:
        yield
    except (sa.exc.SQLAlchemyError, sqlite3.Error) as error:
        cause = str(getattr(error, "orig", None) or error)
        if any(sign in cause for sign in _DAMAGE):
            problem = f"is damaged ({cause}); put a copy back in its place, or move it away to start anew"
            raise StorageDamagedError(path, problem) from error
        raise StorageError(
            path, f"failed: {cause}; check that the disk has room and that the file may be written"
        ) from (error)


class Database:
    """Connections to one file whose tables are up to date."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine: AsyncEngine = create_async_engine(sa.URL.create("sqlite+aiosqlite", database=str(path)))
        prepare(self._engine.sync_engine)
        # SQLite lets one write at a time. Waiting for each other here is fair; SQLite itself polls and may give up.
        self._writer = asyncio.Lock()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection that sees one state of the database throughout."""
        with storage_errors(self.path):
            async with self._engine.connect() as connection:
                await connection.execution_options(**{_READING: True})
                async with connection.begin():
                    yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A connection whose changes are kept together at the end, or dropped together if an error leaves the block."""
        with storage_errors(self.path):
            async with self._writer, self._engine.begin() as connection:
                yield connection

    async def empty_log(self) -> None:
        """Bring the write-ahead log into the file and empty it, so that nothing that was deleted stays in it."""
        with storage_errors(self.path):
            async with self._writer, self._engine.connect() as connection:
                await connection.run_sync(_checkpoint)

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()


def _checkpoint(connection: sa.Connection) -> None:
    cursor = connection.connection.cursor()  # beside SQLAlchemy's transactions: inside of one SQLite refuses this
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    cursor.close()
