"""Brings the tables of a database up to date."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.storage.database import storage_errors
from bot.storage.errors import StorageDamagedError, StorageError, StorageTooNewError
from bot.storage.postgresql_engine import lock_until_end, make_engine
from bot.storage.sqlite_engine import prepare

if TYPE_CHECKING:
    from bot.storage.addresses import DatabasePlace, PostgresqlAddress

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
_OWNER_ONLY = 0o600  # members' questions are nobody else's business
_LOOKING_SECONDS = 2.0
_MIGRATING = 0x71756B02
"""Number of PostgreSQL's advisory lock for changes to the tables."""


def migrate(place: DatabasePlace, revision: str = "head") -> None:
    """Run the migrations that a database lacks: all of them, or in case of an error none. A missing file is made.

    Blocks; other processes that open the same database wait.

    Args:
        revision: The last migration to run.

    Raises:
        StorageDamagedError: It is no sound database of this bot.
        StorageTooNewError: Its tables are newer than this version.
        StorageError: It cannot be opened or written.
    """
    if isinstance(place, Path):
        _migrate_file(place, revision)
    else:
        asyncio.run(_migrate_server(place, revision))


def _migrate_file(path: Path, revision: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, _OWNER_ONLY))
    except OSError as error:
        raise StorageError(path, f"cannot be opened ({error.strerror}); check the data folder's permissions") from error
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(path)))
    prepare(engine)
    try:
        with storage_errors(path), engine.begin() as connection:
            _check_pages(path, connection)
            _upgrade(connection, path, revision)
    finally:
        engine.dispose()


def check_file(path: Path) -> None:
    """Look whether a database file that is there can be used, without changing it. Blocks.

    Raises:
        StorageDamagedError: It is no sound database of this bot.
        StorageTooNewError: Its tables are newer than this version.
        StorageError: It cannot be read.
    """

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_LOOKING_SECONDS)

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=sa.NullPool)
    try:
        with storage_errors(path), engine.connect() as connection:
            _check_pages(path, connection)
            _check_revision(connection, path, ScriptDirectory.from_config(_config()))
    finally:
        engine.dispose()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


async def _migrate_server(address: PostgresqlAddress, revision: str) -> None:
    engine = make_engine(address, is_patient=True)
    try:
        with storage_errors(address):
            async with engine.begin() as connection:
                await connection.run_sync(lock_until_end, _MIGRATING)
                await connection.run_sync(_upgrade, address, revision)
    finally:
        await engine.dispose()


def _check_pages(path: Path, connection: sa.Connection) -> None:
    report = " ".join(str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()).split())
    if report != "ok":
        problem = f"is damaged ({report}); put a copy back in its place, or move it away to start anew"
        raise StorageDamagedError(path, problem)


def _upgrade(connection: sa.Connection, place: DatabasePlace, wanted: str) -> None:
    config = _config()
    config.attributes["connection"] = connection
    scripts = ScriptDirectory.from_config(config)
    if _check_revision(connection, place, scripts) != scripts.get_current_head():
        command.upgrade(config, wanted)


def _check_revision(connection: sa.Connection, place: DatabasePlace, scripts: ScriptDirectory) -> str | None:
    """The last migration that a database has; ``None`` where it is empty."""
    known = {script.revision for script in scripts.walk_revisions()}
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is None and sa.inspect(connection).get_table_names():
        raise StorageDamagedError(place, "belongs to another program; give this bot a database of its own")
    if revision is not None and revision not in known:
        raise StorageTooNewError(place, revision)
    return revision
