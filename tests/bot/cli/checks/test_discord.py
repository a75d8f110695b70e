"""What `quicktakes doctor` finds about the Discord bot."""

import sqlite3

import pytest

from bot.cli.checks import discord
from bot.cli.checks.discord import check_admins, check_database, check_intent, check_token
from bot.cli.checks.finding import Level
from bot.storage.schema import migrate
from config.loading import load_settings

TOKEN = "a" * 24 + ".b1-_cd." + "e" * 27


def settings(folder, **variables):
    environment = {f"QUICKTAKES_{name}": str(value) for name, value in variables.items()}
    return load_settings(environment=environment, working_folder=folder).settings


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "bot.sqlite"
    migrate(path)
    return path


def test_a_token_must_have_the_shape_of_one(tmp_path):
    def check(token=None, token_file=None):
        given = {"DISCORD__TOKEN": token, "DISCORD__TOKEN_FILE": token_file}
        named = {name: value for name, value in given.items() if value is not None}
        return check_token(settings(tmp_path, **named).discord)

    assert check(TOKEN).text == "there is one"
    assert check().level is Level.OK  # who only uses the terminal needs none
    wrong = check("hunter2 hunter2 hunter2")
    assert (wrong.level, "hunter2" in str(wrong)) == (Level.PROBLEM, False)
    gone = check(None, "gone")
    assert (gone.level, str(tmp_path / "gone") in gone.text) == (Level.PROBLEM, True)
    (tmp_path / "token").write_text("\n")
    (tmp_path / "token").chmod(0o600)
    assert check(None, "token").level is Level.PROBLEM
    both = check(TOKEN, "token")
    assert (both.level, both.advice) == (Level.WARNING, "unset one of them")


def test_it_is_said_what_the_bot_may_read_and_who_manages_it(tmp_path):
    assert "developer portal" in check_intent(settings(tmp_path, DISCORD__MESSAGE_CONTENT="true").discord).text
    assert "question channels are not read" in check_intent(settings(tmp_path).discord).text
    assert check_admins(settings(tmp_path).admin).text.startswith("nobody may")
    assert check_admins(settings(tmp_path, ADMIN__MEMBERS="1, 2").admin).text.startswith("2 members and 0 roles may")


def test_a_database_that_is_not_there_yet_is_none(tmp_path):
    finding = check_database(tmp_path / "bot.sqlite")
    assert (finding.level, "not there yet" in finding.text) == (Level.OK, True)
    assert not (tmp_path / "bot.sqlite").exists()


def test_a_sound_database_is_left_as_it_is(database):
    before = database.read_bytes()
    assert check_database(database).level is Level.OK
    assert database.read_bytes() == before


def test_a_database_that_is_damaged_or_of_another_program_is_a_problem(database, tmp_path):
    database.write_bytes(b"no database at all, but long enough to be looked at by everybody" * 100)
    assert "is damaged" in check_database(database).text
    other = tmp_path / "other.sqlite"
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE songs (name TEXT)")
    connection.close()
    assert "belongs to another program" in check_database(other).text


def test_a_database_of_a_newer_version_is_a_problem(database):
    connection = sqlite3.connect(database)
    with connection:
        connection.execute("UPDATE alembic_version SET version_num = 'm999'")
    connection.close()
    finding = check_database(database)
    assert (finding.level, "newer version" in finding.text) == (Level.PROBLEM, True)


def test_a_database_that_another_program_keeps_locked_is_a_problem(database, monkeypatch):
    monkeypatch.setattr(discord, "_LOCK_SECONDS", 0.05)
    holder = sqlite3.connect(database, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    finding = check_database(database)
    holder.close()
    assert (finding.level, finding.text) == (Level.PROBLEM, f"{database} is kept locked by another program")
    assert "fuser" in finding.advice
    assert check_database(database).level is Level.OK
