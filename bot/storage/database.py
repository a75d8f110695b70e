"""The bot's database, in SQLite or PostgreSQL: how it is opened, read and written, and how its errors are told."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import asynccontextmanager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.storage import postgresql_engine, sqlite_engine
from bot.storage.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping
    from contextlib import AbstractAsyncContextManager

    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.storage.addresses import DatabasePlace

_WRITE_TURN_SECONDS = 5.0
"""So long is waited for other writes of this process: they would pile up behind a file that somebody has locked."""

_ONE_AT_A_TIME = 0x71756B01
"""Number of PostgreSQL's advisory lock for what must not happen twice at the same time."""


@contextmanager
def storage_errors(place: DatabasePlace) -> Iterator[None]:
    """Raise `StorageError` for whatever SQLAlchemy or the driver raise inside."""
    try:
        yield
    except (sa.exc.SQLAlchemyError, sqlite3.Error) as error:
        if isinstance(place, Path):
            raise sqlite_engine.explained(place, error) from error
        raise postgresql_engine.explained(place, error) from error
    except OSError as error:  # a connection that breaks; TimeoutError is one, too
        if isinstance(place, Path):
            raise
        raise postgresql_engine.explained(place, error) from error


class _Turns:
    """Lets one write after another to a file, in the order in which they come."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = asyncio.Lock()

    async def __aenter__(self) -> None:
        try:
            async with asyncio.timeout(_WRITE_TURN_SECONDS):
                await self._lock.acquire()
        except TimeoutError:
            problem = "is kept locked: earlier writes wait for it, too; close the program that has it open"
            raise StorageError(self._path, problem) from None

    async def __aexit__(self, *_: object) -> None:
        self._lock.release()


class Database:
    """Connections to a database whose tables are up to date."""

    def __init__(self, place: DatabasePlace) -> None:
        self.place = place
        self._reading: Mapping[str, object]
        if isinstance(place, Path):
            self._engine, self._reading = sqlite_engine.make_engine(place), sqlite_engine.READING
            self.now: sa.ColumnElement[float] = sa.literal_column(sqlite_engine.NOW, sa.Double)
            # SQLite lets one write at a time. Waiting for each other here is fair; SQLite itself polls and may give up.
            self._writer: AbstractAsyncContextManager[None] = _Turns(place)
        else:
            self._engine, self._reading = postgresql_engine.make_engine(place), postgresql_engine.READING
            self.now = sa.literal_column(postgresql_engine.NOW, sa.Double)
            self._writer = nullcontext()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A connection that sees one state of the database throughout."""
        with storage_errors(self.place):
            async with self._engine.connect() as connection:
                await connection.execution_options(**self._reading)
                async with connection.begin():
                    yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A connection whose changes are kept together at the end, or dropped together if an error leaves the block."""
        with storage_errors(self.place):
            async with self._writer, self._engine.begin() as connection:
                yield connection

    @asynccontextmanager
    async def writing_alone(self) -> AsyncIterator[AsyncConnection]:
        """As `writing`, and no other process is inside of such a block: what was read stays true until the end."""
        async with self.writing() as connection:
            if not isinstance(self.place, Path):  # SQLite has one writer at a time anyway
                await connection.run_sync(postgresql_engine.lock_until_end, _ONE_AT_A_TIME)
            yield connection

    def insert(self, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
        """An insert into a table that can say what happens where the row is there already."""
        return sqlite.insert(table) if isinstance(self.place, Path) else postgresql.insert(table)

    async def empty_log(self) -> None:
        """Bring SQLite's write-ahead log into the file and empty it, so that nothing that was deleted stays in it."""
        if isinstance(self.place, Path):
            # Whoever waits may be cancelled. Half a checkpoint leaves a statement open, and nobody could write then.
            emptying = asyncio.create_task(self._checkpoint())
            try:
                await asyncio.shield(emptying)
            except asyncio.CancelledError:
                await asyncio.wait({emptying})
                raise

    async def _checkpoint(self) -> None:
        with storage_errors(self.place):
            async with self._writer, self._engine.connect() as connection:
                await connection.run_sync(sqlite_engine.checkpoint)

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()
