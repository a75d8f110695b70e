"""Copies of what is remembered: whole, of one moment, and from either kind of database to either."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import stat
from dataclasses import replace

import pytest

from bot.storage.backup import back_up, restore
from bot.storage.errors import StorageDamagedError, StorageError, StorageTooNewError
from bot.storage.records import Feedback
from bot.storage.schema import migrate
from bot.storage.storage import Storage
from tests.bot.storage.test_storage import ANN, BEN, CHANNEL, LIBRARY, OSMOSIS, run

OPINION = Feedback(1, ANN, "/a", helpful=True, generation="g1")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "a copy of 50 %.sqlite"


@pytest.fixture(scope="module")
def full_folder(tmp_path_factory):
    """A folder with a database that remembers something, and a copy of it."""
    folder = tmp_path_factory.mktemp("full")
    run(folder / "bot.sqlite", remember_all)
    asyncio.run(back_up(folder / "bot.sqlite", folder / "a copy of 50 %.sqlite"))
    return folder


async def remember_all(storage):
    await storage.channels.switch_on(LIBRARY, CHANNEL)
    await storage.answered.save(OSMOSIS)
    await storage.feedback.give(OPINION)
    await storage.posts.claim(5)
    await storage.state.set("commands", "abc")


async def remembered(storage):
    return (
        await storage.channels.of_guild(LIBRARY),
        await storage.answered.get(OSMOSIS.message_id),
        await storage.feedback.get(1, ANN, "/a"),
        await storage.posts.claim(5),
        await storage.state.get("commands"),
    )


ALL = ((CHANNEL,), OSMOSIS, OPINION, False, "abc")


def execute(file, statement):
    connection = sqlite3.connect(file)
    with connection:
        connection.execute(statement)
    connection.close()


def test_everything_comes_back_into_the_same_database_and_nothing_that_came_later(place, file):
    run(place, remember_all)
    counts = asyncio.run(back_up(place, file))
    assert counts == {"guilds": 1, "guild_channels": 1, "answered_messages": 1, "feedback": 1, "posts": 1, "state": 1}
    run(place, lambda storage: storage.answered.save(replace(OSMOSIS, message_id=2)))
    run(place, lambda storage: storage.forget_guild(LIBRARY))
    assert asyncio.run(restore(file, place)) == counts
    assert run(place, remembered) == ALL
    assert run(place, lambda storage: storage.answered.get(2)) is None
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in file.parent.iterdir() if "quicktakes" in each.name] == []


def test_a_bot_moves_from_one_kind_of_database_to_the_other_and_goes_on_there(migrated, tmp_path, file):
    old, new = tmp_path / "bot.sqlite", migrated
    run(old, remember_all)
    asyncio.run(back_up(old, file))
    asyncio.run(restore(file, new))

    async def go_on(storage):
        await storage.feedback.give(replace(OPINION, member_id=BEN))
        return (await storage.feedback.counts("/a")).helpful

    assert run(new, remembered) == ALL
    assert run(new, go_on) == 2  # numbers of rows go on after those that were put in
    asyncio.run(back_up(new, file, overwrites=True))
    back = tmp_path / "back" / "bot.sqlite"
    asyncio.run(restore(file, back))
    assert run(back, remembered) == ALL


def test_a_copy_is_of_one_moment_while_members_go_on_asking(place, file):
    async def main():
        async with Storage.open(place) as storage:
            asking = asyncio.create_task(ask_on(storage))
            await asyncio.sleep(0.05)
            await back_up(place, file)
            asking.cancel()
            await asyncio.wait({asking})

    async def ask_on(storage):
        for number in range(10_000):
            await storage.posts.claim(number)
            await storage.state.set("last", str(number))

    asyncio.run(main())
    copied = sqlite3.connect(file)
    claimed = copied.execute("SELECT max(post_id) FROM posts").fetchone()[0]
    last = copied.execute("SELECT value FROM state WHERE name = 'last'").fetchone()[0]
    copied.close()
    assert claimed - int(last) in {0, 1}


def test_a_running_bot_sees_what_was_put_back(place, file):
    async def main():
        async with Storage.open(place) as storage:
            await remember_all(storage)
            await back_up(place, file)
            await storage.forget_member(ANN)
            await restore(file, place)
            return await remembered(storage)

    assert asyncio.run(main()) == ALL


def test_a_file_that_is_there_is_not_overwritten_by_accident(tmp_path, file):
    file.write_text("precious")
    with pytest.raises(FileExistsError, match=r"a copy of 50 %\.sqlite"):
        asyncio.run(back_up(tmp_path / "bot.sqlite", file))
    assert file.read_text() == "precious"
    asyncio.run(back_up(tmp_path / "bot.sqlite", file, overwrites=True))
    assert file.read_bytes().startswith(b"SQLite format 3")


def test_leases_of_running_processes_are_in_no_copy(place, file):
    run(place, lambda storage: storage.leases.take("host/1/a", ["builds"]))
    asyncio.run(back_up(place, file))
    copied = sqlite3.connect(file)
    assert copied.execute("SELECT count(*) FROM leases").fetchone() == (0,)
    copied.close()
    asyncio.run(restore(file, place))
    assert run(place, lambda storage: storage.leases.held())[0].name == "builds"


def text(file):
    file.write_text("These are my holiday notes. " * 100)


def cut_short(file):
    file.write_bytes(file.read_bytes()[:9000])


def empty(file):
    file.write_bytes(b"")


def of_another_program(file):
    file.unlink()
    execute(file, "CREATE TABLE recipes (name TEXT)")


def too_new(file):
    execute(file, "UPDATE alembic_version SET version_num = '999'")


def with_a_word_for_a_number(file):
    execute(file, "UPDATE answered_messages SET answered_at = 'yesterday'")


def with_a_broken_list(file):
    execute(file, "UPDATE answered_messages SET seen = '[not json'")


@pytest.mark.parametrize(
    ("spoil", "error", "told"),
    [
        (text, StorageDamagedError, "is no copy of this bot's database"),
        (cut_short, StorageDamagedError, "is no"),
        (empty, StorageDamagedError, "is no copy of this bot's database"),
        (of_another_program, StorageDamagedError, "is no copy of this bot's database"),
        (too_new, StorageTooNewError, "newer version .* revision 999"),
        (with_a_word_for_a_number, StorageError, "a value that does not belong there"),
        (with_a_broken_list, StorageError, "a value that does not belong there"),
    ],
)
def test_what_is_no_sound_copy_changes_nothing(full_folder, tmp_path, spoil, error, told):
    shutil.copytree(full_folder, tmp_path, dirs_exist_ok=True)
    place, file = tmp_path / "bot.sqlite", tmp_path / "a copy of 50 %.sqlite"
    spoil(file)
    with pytest.raises(error, match=told) as raised:
        asyncio.run(restore(file, place))
    assert "a copy of 50 %.sqlite" in str(raised.value)
    assert run(place, remembered) == ALL


def test_a_copy_of_an_earlier_version_is_brought_up_to_date(place, file):
    migrate(file, "001")
    values = "7, 1, 2, 3, 'why?', '/x', 'g', 'en-US', '[]', 1, NULL, 0, '[]', 0.5, 'asked', '2024-01-01 00:00:00'"
    execute(file, f"INSERT INTO answered_messages VALUES ({values})")  # noqa: S608  # our own values
    before = file.read_bytes()
    asyncio.run(restore(file, place))
    assert run(place, lambda storage: storage.answered.get(7)).memory.question == "why?"
    assert file.read_bytes() == before
