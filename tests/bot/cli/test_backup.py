"""`quicktakes backup` and `quicktakes restore`, as somebody types them."""

from __future__ import annotations

import asyncio

import pytest

from bot.storage.storage import Storage


@pytest.fixture
def at_home(monkeypatch, tmp_path):
    """A bot that remembers that its commands are uploaded, and something."""
    monkeypatch.setenv("QUICKTAKES_DATA_DIR", str(tmp_path / "var"))
    with_storage(tmp_path, lambda storage: storage.state.set("synced-commands:1:everywhere", '{"digest": "abc"}'))
    with_storage(tmp_path, lambda storage: storage.channels.switch_on(900, 70))
    return tmp_path


def with_storage(folder, use):
    async def main():
        async with Storage.open(folder / "var" / "bot.sqlite") as storage:
            return await use(storage)

    return asyncio.run(main())


def test_what_was_copied_is_put_back_and_commands_are_uploaded_anew(run, at_home):
    copied = run("backup", "bot.copy")
    assert (copied.status, copied.out) == (0, "bot.copy: 3 rows of 6 tables\n")
    with_storage(at_home, lambda storage: storage.forget_guild(900))
    restored = run("restore", "bot.copy", "--yes")
    assert (restored.status, restored.lines) == (0, [f"{at_home}/var/bot.sqlite: 3 rows of 6 tables"])
    assert with_storage(at_home, lambda storage: storage.channels.of_guild(900)) == (70,)
    # Discord may have others by now than when the copy was taken.
    assert with_storage(at_home, lambda storage: storage.state.get("synced-commands:1:everywhere")) == "{}"


def test_nothing_is_replaced_without_a_word(run, at_home):
    run("backup", "bot.copy")
    again = run("backup", "bot.copy")
    assert again.status == 1
    assert "bot.copy: there is such a file already; name another one" in again.err
    assert run("backup", "bot.copy", "--overwrite").status == 0
    with_storage(at_home, lambda storage: storage.forget_guild(900))
    unasked = run("restore", "bot.copy")
    assert (unasked.status, unasked.err) == (1, "nothing was changed; say --yes to restore without being asked\n")
    assert with_storage(at_home, lambda storage: storage.channels.of_guild(900)) == ()


@pytest.mark.usefixtures("at_home")
def test_files_that_cannot_be_used_are_named(run):
    assert "nowhere: there is no such folder" in run("backup", "nowhere/bot.copy").err
    assert "none.copy: No such file or directory" in run("restore", "none.copy", "--yes").err
    with open("notes.txt", "w", encoding="utf-8") as file:  # noqa: PTH123  # in the folder that the command runs in
        file.write("These are my holiday notes. " * 100)
    refused = run("restore", "notes.txt", "--yes")
    assert refused.status == 1
    assert "notes.txt: is no copy of this bot's database (file is not a database); name another file" in refused.err


def test_a_server_that_is_gone_is_named_without_the_password(run, tmp_path, monkeypatch):
    pytest.importorskip("asyncpg", reason="needs asyncpg: pip install 'quicktakes-bot[postgresql]'")
    monkeypatch.setenv("QUICKTAKES_DATABASE__URL", "postgresql://bot:hunter2hunter@127.0.0.1:9/quicktakes")
    outcome = run("-vv", "backup", tmp_path / "bot.copy")
    assert outcome.status == 1
    assert "database postgresql://127.0.0.1:9/quicktakes: cannot be connected to: " in outcome.err
    assert "hunter2hunter" not in outcome.out + outcome.err


@pytest.mark.parametrize(
    "url", ["mysql://u:hunter2hunter@h/db", "postgresql://u:hunter2/hunter@h/db", "postgresql://u:hunter2hunter@h", "x"]
)
def test_an_address_that_is_none_is_refused_without_being_shown(run, monkeypatch, url):
    monkeypatch.setenv("QUICKTAKES_DATABASE__URL", url)
    outcome = run("backup", "bot.copy")
    assert outcome.status == 2
    assert "QUICKTAKES_DATABASE__URL: database.url: expected an address such as postgresql://" in outcome.err
    assert "hunter2" not in outcome.err
