"""A file that others keep locked, that goes and comes back, or whose disk is full, while the bot runs."""

from __future__ import annotations

import asyncio
import resource
import shutil
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest
import sqlalchemy as sa

from bot.storage import database, sqlite_engine
from bot.storage.errors import StorageError
from tests.bot.storage.test_storage import OSMOSIS, run


@pytest.fixture
def path(tmp_path):
    return tmp_path / "bot.sqlite"


@pytest.fixture
def impatient(monkeypatch):
    """Nobody waits for more than a tenth of a second."""
    pragmas = ("PRAGMA busy_timeout = 100", *sqlite_engine._PRAGMAS[1:])
    monkeypatch.setattr(sqlite_engine, "_PRAGMAS", pragmas)
    monkeypatch.setattr(database, "_WRITE_TURN_SECONDS", 0.1)


@contextmanager
def locked(path):
    """Another program writes, and does not come to an end."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@pytest.mark.usefixtures("impatient")
def test_writes_to_a_file_that_is_kept_locked_give_up_together_and_go_on_afterwards(path):
    async def use(storage):
        tries = []
        sa.event.listen(storage._database._engine.sync_engine, "begin", tries.append)
        messages = [replace(OSMOSIS, message_id=number) for number in range(1, 41)]
        with locked(path):
            saves = (storage.answered.save(message) for message in messages)
            failures = await asyncio.gather(*saves, return_exceptions=True)
            assert {type(failure) for failure in failures} == {StorageError}
            assert all("kept locked" in str(failure) or "keeps it locked" in str(failure) for failure in failures)
            assert len(tries) < 10  # one after another, each of them would wait for as long as the first
            assert await storage.answered.get(1) is None  # reading goes on
        await storage.answered.save(messages[0])
        return await storage.answered.get(1)

    assert run(path, use) == replace(OSMOSIS, message_id=1)


def test_a_file_that_goes_is_told_of_and_used_again_when_it_is_back(path, tmp_path):
    async def use(storage):
        await storage.answered.save(OSMOSIS)
        await storage._database.empty_log()
        away = tmp_path / "away.sqlite"
        shutil.copyfile(path, away)
        for file in tmp_path.glob("bot.sqlite*"):
            file.unlink()
        for use_it in (storage.answered.get(OSMOSIS.message_id), storage.answered.save(OSMOSIS)):
            with pytest.raises(StorageError, match=r"bot\.sqlite: failed: unable to open .*; put it back"):
                await use_it
        assert not path.exists()  # an empty one in its place would lack every table
        away.rename(path)
        await storage.state.set("since", "then")
        with closing(sqlite3.connect(path)) as other:
            assert other.execute("SELECT value FROM state WHERE name = 'since'").fetchone() == ("then",)
        return await storage.answered.get(OSMOSIS.message_id)

    assert run(path, use) == OSMOSIS


def test_a_full_disk_is_told_of_and_what_was_remembered_stays(path):
    async def use(storage):
        await storage.answered.save(OSMOSIS)
        big = replace(OSMOSIS, message_id=7, memory=replace(OSMOSIS.memory, above="x" * 4_000_000))
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, before[1]))
        try:
            with pytest.raises(StorageError, match=r"bot\.sqlite: failed: .*(room|disk)"):
                await storage.answered.save(big)
            assert await storage.answered.get(OSMOSIS.message_id) == OSMOSIS
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        await storage.answered.save(big)
        return await storage.answered.get(7) == big

    assert run(path, use)
