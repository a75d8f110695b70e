"""Questions are answered while the database is away; only what it remembers is missing meanwhile."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager

import pytest

from bot.storage import database, sqlite_engine
from tests.e2e.words import ICE, OSMOSIS, link

CANNOT = "I cannot remember anything at the moment"
WHOLE = "Read the whole article"


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """Nobody waits for more than a fifth of a second for the database."""
    monkeypatch.setattr(sqlite_engine, "_PRAGMAS", ("PRAGMA busy_timeout = 200", *sqlite_engine._PRAGMAS[1:]))
    monkeypatch.setattr(database, "_WRITE_TURN_SECONDS", 0.2)


@contextmanager
def locked(path):
    """Another program writes, and does not come to an end."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def gone(path):
    """The file is not where it was, and comes back."""
    files = {file: file.with_name(f"away-{file.name}") for file in path.parent.glob(f"{path.name}*")}
    for file, away in files.items():
        file.rename(away)
    yield
    assert not path.exists()
    for file, away in files.items():
        away.rename(file)


@pytest.mark.parametrize("away", [locked, gone])
def test_every_way_of_asking_is_answered_without_the_database_and_buttons_work_once_it_is_back(
    in_discord, tmp_path, away
):
    async def scenario(hall):
        double = hall.double
        direct = double.open_dm(double.member)
        first = await double.slash(double.member, "ask", {"question": "what is osmosis"})
        with away(tmp_path / "bot.sqlite"):
            asked = await double.slash(double.member, "ask", {"question": "why does ice float"})
            assert link(ICE) in asked.text
            said = await double.send_message(double.member, f"{double.bot.mention} what is osmosis")
            assert link(OSMOSIS) in (await hall.reply_to(said)).text
            written = await double.send_message(double.member, "why does ice float", channel=direct)
            assert link(ICE) in (await double.answer_to(written)).text
            rated = await double.press(double.member, first.message, "Helpful")
            assert CANNOT in rated.text
        await double.press(double.member, first.message, WHOLE)
        assert "Back to the excerpt" in first.message.labels()
        after = await double.slash(double.member, "ask", {"question": "why does ice float"})
        await double.press(double.member, after.message, WHOLE)
        assert "Back to the excerpt" in after.message.labels()

    in_discord(scenario)
