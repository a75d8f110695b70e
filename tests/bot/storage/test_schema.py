"""Opening a database file: from nothing, again, by several at once, and when it is not what it should be."""

from __future__ import annotations

import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

from bot.storage.errors import StorageDamagedError, StorageError, StorageTooNewError
from bot.storage.schema import MIGRATIONS, migrate
from bot.storage.tables import metadata


@pytest.fixture
def path(tmp_path):
    return tmp_path / "50 % of data" / "bot.sqlite"


def execute(path, statement):
    connection = sqlite3.connect(path)
    with connection:
        rows = connection.execute(statement).fetchall()
    connection.close()
    return rows


def test_the_migrations_make_the_tables_that_the_code_uses(path):
    migrate(path)
    engine = sa.create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_only_the_owner_may_read_members_questions(path):
    migrate(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_migrating_again_changes_nothing(path):
    migrate(path)
    execute(path, "INSERT INTO state VALUES ('commands', 'abc')")
    schema = execute(path, "SELECT * FROM sqlite_master ORDER BY name")
    migrate(path)
    assert execute(path, "SELECT * FROM sqlite_master ORDER BY name") == schema
    assert execute(path, "SELECT value FROM state") == [("abc",)]


def test_what_was_remembered_before_a_migration_stays_and_lacks_only_what_is_new(path):
    path.parent.mkdir()
    config, engine = Config(), sa.create_engine(f"sqlite:///{path}")
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "001")
    engine.dispose()
    values = "7, 1, 2, 3, 'why?', '/x', 'g', 'en-US', '[]', 1, NULL, 0, '[]', 0.5, 'asked', '2024-01-01 00:00:00'"
    execute(path, f"INSERT INTO answered_messages VALUES ({values})")  # noqa: S608  # our own values
    migrate(path)
    columns = "message_id, question, above, follow_up_to, is_volunteered, kind"
    assert execute(path, f"SELECT {columns} FROM answered_messages") == [(7, "why?", "asked", "", 0, "answer")]  # noqa: S608


def test_several_that_start_at_once_migrate_once(path):
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(migrate, [path] * 4))
    assert execute(path, "SELECT version_num FROM alembic_version") == [("004",)]


def test_tables_of_a_newer_version_are_refused_and_left_alone(path):
    migrate(path)
    execute(path, "UPDATE alembic_version SET version_num = '999'")
    with pytest.raises(StorageTooNewError, match=r"bot\.sqlite: was written by a newer version .* revision 999"):
        migrate(path)
    assert execute(path, "SELECT version_num FROM alembic_version") == [("999",)]


def test_a_file_that_is_no_database_is_named_and_left_alone(path):
    path.parent.mkdir()
    path.write_text("These are my holiday notes. " * 100, encoding="utf-8")
    with pytest.raises(StorageDamagedError, match=r"bot\.sqlite: is damaged \(file is not a database\); put a copy"):
        migrate(path)
    assert path.read_text(encoding="utf-8").startswith("These are my holiday notes.")


def test_a_database_with_damaged_pages_is_refused(path):
    migrate(path)
    data = bytearray(path.read_bytes())
    page = int.from_bytes(data[16:18], "big")
    data[page : 6 * page] = b"\xff" * (5 * page)
    path.write_bytes(data)
    with pytest.raises(StorageDamagedError, match=r"bot\.sqlite: is damaged \(.*Page .*\); put a copy back"):
        migrate(path)


def test_the_database_of_another_program_is_refused_and_left_alone(path):
    path.parent.mkdir()
    execute(path, "CREATE TABLE recipes (name TEXT)")
    with pytest.raises(StorageDamagedError, match="belongs to another program"):
        migrate(path)
    assert execute(path, "SELECT name FROM sqlite_master") == [("recipes",)]


def test_a_migration_that_fails_leaves_nothing_behind(path, monkeypatch):
    def fail(*_args, **_kwargs):
        raise sa.exc.OperationalError("CREATE INDEX", {}, sqlite3.OperationalError("database or disk is full"))

    monkeypatch.setattr("alembic.op.create_index", fail)
    with pytest.raises(StorageError, match=r"database or disk is full; check that the disk has room"):
        migrate(path)
    assert execute(path, "SELECT name FROM sqlite_master") == []
    monkeypatch.undo()
    migrate(path)
    assert ("guild_channels",) in execute(path, "SELECT name FROM sqlite_master")


def test_a_folder_in_place_of_the_file_is_told(path):
    path.mkdir(parents=True)
    with pytest.raises(StorageError, match=r"bot\.sqlite: cannot be opened \(Is a directory\)"):
        migrate(path)
