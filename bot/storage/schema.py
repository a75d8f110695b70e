"""Brings the tables of a database file up to date."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.storage.database import prepare, storage_errors
from bot.storage.errors import StorageDamagedError, StorageError, StorageTooNewError

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
_OWNER_ONLY = 0o600  # members' questions are nobody else's business
_LOOKING_SECONDS = 2.0


def migrate(path: Path) -> None:
    """Make the file if there is none, and run the migrations that it lacks: all of them, or in case of an error none.

    Blocks; other processes that open the same file wait.

    Raises:
        StorageDamagedError: It is no sound database of this bot.
        StorageTooNewError: Its tables are newer than this version.
        StorageError: It cannot be opened or written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, _OWNER_ONLY))
    except OSError as error:
        raise StorageError(path, f"cannot be opened ({error.strerror}); check the data folder's permissions") from error
    engine = sa.create_engine(sa.URL.create("sqlite", database=str(path)))
    prepare(engine)
    try:
        with storage_errors(path), engine.begin() as connection:
            config = _config()
            config.attributes["connection"] = connection
            _check(path, connection, ScriptDirectory.from_config(config))
            command.upgrade(config, "head")
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
            _check(path, connection, ScriptDirectory.from_config(_config()))
    finally:
        engine.dispose()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _check(path: Path, connection: sa.Connection, scripts: ScriptDirectory) -> None:
    report = " ".join(str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()).split())
    if report != "ok":
        problem = f"is damaged ({report}); put a copy back in its place, or move it away to start anew"
        raise StorageDamagedError(path, problem)
    known = {script.revision for script in scripts.walk_revisions()}
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is None and sa.inspect(connection).get_table_names():
        raise StorageDamagedError(path, "belongs to another program; give this bot a data folder of its own")
    if revision is not None and revision not in known:
        raise StorageTooNewError(path, revision)
