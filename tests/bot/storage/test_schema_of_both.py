"""Tables of either kind of database: made, brought up to date from every released version, refused where not ours."""

from __future__ import annotations

import asyncio
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.storage.addresses import PostgresqlAddress
from bot.storage.errors import StorageDamagedError, StorageError, StorageTooNewError
from bot.storage.postgresql_engine import make_engine
from bot.storage.schema import migrate
from bot.storage.storage import Storage
from bot.storage.tables import metadata
from tests.bot.storage.test_storage import OSMOSIS, run

ASKED = (
    "INSERT INTO answered_messages (message_id, channel_id, guild_id, asker_id, question, generation, locale, "
    "candidates, page, private, seen, above, answered_at) VALUES "
    "(7, 1, 2, 3, 'why?', 'g', 'en-US', '[\"/a\"]', 1, {false}, '[]', 'asked', '2024-01-01 00:00:00')"
)
RELEASED = ("001", "002", "003", "004")


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def empty(request, tmp_path):
    """A database without tables."""
    if request.param == "SQLite":
        return tmp_path / "bot.sqlite"
    return request.getfixturevalue("postgresql").new_database()


@pytest.fixture
def execute(request):
    """Runs a statement in either kind of database."""

    def run_there(place, statement):
        if isinstance(place, PostgresqlAddress):
            return request.getfixturevalue("postgresql").execute(statement.format(false="false"), place)
        with closing(sqlite3.connect(place)) as connection, connection:
            return connection.execute(statement.format(false="0")).fetchall()

    return run_there


@pytest.mark.parametrize("revision", RELEASED)
def test_what_a_released_version_remembers_is_there_after_an_update(empty, execute, revision):
    migrate(empty, revision)
    assert execute(empty, "SELECT version_num FROM alembic_version") == [(revision,)]
    if revision >= "003":  # these columns take no default, so that nobody forgets to say
        statement = ASKED.replace("above,", "above, follow_up_to, is_volunteered, kind,")
        execute(empty, statement.replace("'asked',", "'asked', '', {false}, 'answer',"))
    elif revision == "002":
        statement = ASKED.replace("above,", "above, follow_up_to, is_volunteered,")
        execute(empty, statement.replace("'asked',", "'asked', '', {false},"))
    else:
        execute(empty, ASKED)
    message = run(empty, lambda storage: storage.answered.get(7))
    assert (message.memory.question, message.memory.candidates, message.memory.above) == ("why?", ("/a",), "asked")
    assert execute(empty, "SELECT version_num FROM alembic_version") == [(RELEASED[-1],)]


def test_the_migrations_make_the_tables_that_the_code_uses(postgresql):
    place = postgresql.new_database()
    migrate(place)

    async def compare():
        engine = make_engine(place)
        async with engine.connect() as connection:
            difference = await connection.run_sync(
                lambda sync: compare_metadata(MigrationContext.configure(sync), metadata)
            )
        await engine.dispose()
        return difference

    assert asyncio.run(compare()) == []


def test_several_that_start_at_once_migrate_once(postgresql):
    place = postgresql.new_database()
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(migrate, [place] * 4))
    assert postgresql.execute("SELECT version_num FROM alembic_version", place) == [(RELEASED[-1],)]


def test_tables_of_a_newer_version_are_refused_and_left_alone(postgresql):
    place = postgresql.new_database()
    migrate(place)
    postgresql.execute("UPDATE alembic_version SET version_num = '999'", place)
    with pytest.raises(StorageTooNewError, match=r"postgresql:///test_\w+: was written by a newer .* revision 999"):
        migrate(place)
    assert postgresql.execute("SELECT version_num FROM alembic_version", place) == [("999",)]


def test_the_database_of_another_program_is_refused_and_left_alone(postgresql):
    place = postgresql.new_database()
    postgresql.execute("CREATE TABLE recipes (name TEXT)", place)
    with pytest.raises(StorageDamagedError, match="belongs to another program; give this bot a database of its own"):
        migrate(place)
    assert postgresql.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", place) == [("recipes",)]


def test_a_migration_that_fails_leaves_nothing_behind(postgresql, monkeypatch):
    place = postgresql.new_database()

    def fail(*_args, **_kwargs):
        raise OSError("the connection broke")

    monkeypatch.setattr("alembic.op.create_index", fail)
    with pytest.raises(StorageError, match="the connection broke"):
        migrate(place)
    assert postgresql.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", place) == []


def test_a_server_that_goes_away_is_told_of_and_used_again_when_it_is_back(postgresql, migrated):
    async def use(storage):
        await storage.answered.save(OSMOSIS)
        await asyncio.to_thread(postgresql.stop, "fast")
        try:
            with pytest.raises(StorageError, match=r"postgresql:///test_\w+: (cannot be connected to|failed): "):
                await storage.answered.get(OSMOSIS.message_id)
        finally:
            await asyncio.to_thread(postgresql.start)
        return await storage.answered.get(OSMOSIS.message_id)

    assert run(migrated, use) == OSMOSIS


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("postgresql://bot:hunter2hunter@127.0.0.1:9/quicktakes", "is the server running"),
        ("postgresql://bot:hunter2/hunter@h/quicktakes", "its address is not understood"),
        ("postgresql://bot:hunter2[@127.0.0.1:9/quicktakes", "its address is not understood"),
        ("postgresql://bot:hunter2hunter@127.0.0.1:9/quicktakes?nonsense=1&sslmode=odd", "cannot be connected to"),
    ],
)
def test_a_server_that_cannot_be_reached_is_told_of_without_the_password(url, told):
    pytest.importorskip("asyncpg", reason="needs asyncpg: pip install 'quicktakes-bot[postgresql]'")

    async def main():
        async with Storage.open(PostgresqlAddress(url)):
            pytest.fail("there is no such server")

    with pytest.raises(StorageError, match=told) as raised:
        asyncio.run(main())
    assert "hunter2" not in f"{raised.value!r} {raised.value} {PostgresqlAddress(url)!r}"


def test_a_database_that_is_not_there_is_named(postgresql):
    with pytest.raises(StorageError, match=r'database "nowhere" does not exist'):
        migrate(postgresql.address("nowhere"))


def test_what_a_member_typed_is_in_no_error(migrated):
    async def use(storage):
        async with storage._database.writing() as connection:
            await connection.exec_driver_sql("SELECT $1::int", ("what is my secret",))

    with pytest.raises(StorageError) as raised:
        run(migrated, use)
    assert "secret" not in str(raised.value)


def test_characters_that_no_database_takes_are_left_out(place):
    odd = "why\0 does ice \ud800float?"

    async def use(storage):
        message = OSMOSIS.__class__(1, 2, 3, OSMOSIS.memory.__class__(4, odd, "/a", "g", "en-US", candidates=("/\0",)))
        await storage.answered.save(message)
        return (await storage.answered.get(1)).memory

    memory = run(place, use)
    assert (memory.question, memory.candidates) == ("why does ice ?float?", ("/\0",))
