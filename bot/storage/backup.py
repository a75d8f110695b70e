"""A consistent copy of what the bot remembers, taken and put back while it runs, from and to either kind of database.

A copy is a SQLite file with the same tables. So any tool for SQLite can look into it, and what was taken from one kind
of database can be put into the other.
"""

from __future__ import annotations

import asyncio
import errno
import os
import sqlite3
import tempfile
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import sqlalchemy as sa

from bot.storage.database import Database
from bot.storage.errors import StorageDamagedError, StorageError, StorageTooNewError
from bot.storage.schema import migrate
from bot.storage.tables import REMEMBERED

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping

    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.storage.addresses import DatabasePlace

_BATCH = 1000
# Rows were put in with their numbers, of which PostgreSQL's own counting took no notice.
_COUNT_ON = sa.text(
    "SELECT setval(pg_get_serial_sequence('feedback', 'id'), coalesce(max(id), 0) + 1, false) FROM feedback"
)


async def back_up(place: DatabasePlace, file: Path, *, overwrites: bool = False) -> Mapping[str, int]:
    """Copy what a database holds at this moment into a file. Nobody who uses the database waits.

    Args:
        overwrites: Whether a file that is there already is replaced.

    Returns:
        How many rows of each table were copied.

    Raises:
        OSError: The file is there already, or its folder cannot be written.
        StorageError: The database cannot be read, or the disk is full.
    """
    beside = _folder_of(file, overwrites=overwrites)
    await asyncio.to_thread(migrate, place)
    with tempfile.TemporaryDirectory(prefix=".quicktakes-backup-", dir=beside) as folder:
        fresh = Path(folder) / file.name
        await asyncio.to_thread(migrate, fresh)
        async with (
            _opened(place) as database,
            _opened(fresh) as copy,
            database.reading() as source,
            copy.writing() as target,
        ):
            counts = await _copy_rows(source, target)
        await asyncio.to_thread(_finish, fresh)
        fresh.replace(file)
    return counts


async def restore(file: Path, place: DatabasePlace) -> Mapping[str, int]:
    """Put what a file holds in place of all that a database holds: all of it, or in case of an error nothing.

    The file is checked first and left as it is; one of an earlier version is brought up to date on the way. Whoever
    uses the database sees what it held before until all of it is replaced.

    Returns:
        How many rows of each table there are now.

    Raises:
        OSError: The file cannot be read.
        StorageError: The file is no sound copy, or the database cannot be written.
    """
    with tempfile.TemporaryDirectory(prefix="quicktakes-restore-") as folder:
        fresh = Path(folder) / "copy.sqlite"
        await asyncio.to_thread(_checked_copy, file, fresh)
        await asyncio.to_thread(migrate, place)
        async with _opened(fresh) as copy, _opened(place) as database:
            async with copy.reading() as source, database.writing() as target:
                for table in reversed(REMEMBERED):
                    await target.execute(sa.delete(table))
                with _values_of(file):
                    counts = await _copy_rows(source, target)
                if not isinstance(place, Path):
                    await target.execute(_COUNT_ON)
            await database.empty_log()
    return counts


@asynccontextmanager
async def _opened(place: DatabasePlace) -> AsyncIterator[Database]:
    database = Database(place)
    try:
        yield database
    finally:
        await database.close()


async def _copy_rows(source: AsyncConnection, target: AsyncConnection) -> Mapping[str, int]:
    counts = {}
    for table in REMEMBERED:
        counts[table.name] = 0
        async with source.stream(sa.select(table)) as rows:
            async for batch in rows.mappings().partitions(_BATCH):
                await target.execute(sa.insert(table), [dict(row) for row in batch])
                counts[table.name] += len(batch)
    return counts


def _folder_of(file: Path, *, overwrites: bool) -> Path:
    """The folder in which a file can be made."""
    folder = file.absolute().parent
    if not folder.is_dir():
        raise FileNotFoundError(errno.ENOENT, "there is no such folder", str(folder))
    if file.exists() and not overwrites:
        raise FileExistsError(errno.EEXIST, "there is such a file already; name another one", str(file))
    return folder


def _finish(copy: Path) -> None:
    """Make one file of a database, and bring it to the disk."""
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    with copy.open("rb") as file:
        os.fsync(file.fileno())


def _checked_copy(file: Path, copy: Path) -> None:
    """Copy a copy, and bring it up to date.

    Raises:
        StorageError: It is no sound copy of this bot's database, or it is of a newer version.
    """
    with file.open("rb"):  # says why it cannot be read, which SQLite does not
        pass
    try:
        source = sqlite3.connect(f"file:{quote(str(file.absolute()))}?mode=ro", uri=True)
        with closing(source), closing(sqlite3.connect(copy)) as target:
            source.backup(target)
            target.execute("SELECT version_num FROM alembic_version")
        migrate(copy)
    except StorageTooNewError as error:
        raise StorageTooNewError(file, error.revision) from error
    except StorageDamagedError as error:
        raise StorageDamagedError(file, f"is no sound copy of this bot's database: {error.problem}") from error
    except sqlite3.Error as error:
        raise StorageDamagedError(file, f"is no copy of this bot's database ({error}); name another file") from error


@contextmanager
def _values_of(file: Path) -> Iterator[None]:
    """Tell of values that are not what their column holds: a SQLite file may have anything anywhere."""
    try:
        yield
    except (ValueError, TypeError, sa.exc.IntegrityError, sa.exc.DataError) as error:
        kind = type(error).__name__
        raise StorageError(file, f"holds a value that does not belong there ({kind}); name another file") from error
