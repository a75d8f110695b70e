"""`--json`: every command that prints facts has it, and its keys are those that are documented."""

from __future__ import annotations

import json
import re

import click
import pytest

from bot.cli.main import cli
from tests.bot.cli.damaged_index import write_articles
from tests.conftest import ROOT
from tests.hashing_encoder import HashingEncoder

WITHOUT = {"chat", "run"}
"""They talk or serve, and print no facts."""
GROUPS = {"index"}


def commands() -> dict[str, click.Command]:
    """Each command that prints facts, by its words."""
    found = {name: command for name, command in cli.commands.items() if name not in WITHOUT | GROUPS}
    group = cli.commands["index"]
    assert isinstance(group, click.Group)
    return found | {f"index {name}": command for name, command in group.commands.items()}


def documented() -> dict[str, set[str]]:
    """Command → the keys of its object, as docs/command-line.md lists them."""
    text = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8").split("\n## JSON\n")[1].split("\n##")[0]
    rows = re.findall(r"^\| `([a-z ]+)` \| (.*) \|$", text, re.MULTILINE)
    return {command: set(re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", keys))) for command, keys in rows}


@pytest.fixture
def small(tmp_path, monkeypatch):
    """A few articles in the working folder, to be indexed without a model."""
    monkeypatch.setattr("bot.bootstrap.make_encoder", lambda _settings: HashingEncoder())
    for name, value in {"DATA_DIR": tmp_path, "INDEX__CONTENT_DIR": tmp_path / "content"}.items():
        monkeypatch.setenv(f"QUICKTAKES_{name}", str(value))
    write_articles(tmp_path / "content", 3)
    return tmp_path


def test_every_command_that_prints_facts_has_it():
    without = [name for name, command in commands().items() if "--json" not in _options(command)]
    assert without == []


def test_every_object_is_documented():
    assert set(documented()) == set(commands()) - {"ask", "evaluate"}  # those have sections of their own


def test_an_index_is_built_looked_at_and_switched(small, run):
    def told(*arguments, status=0):
        outcome = run(*arguments, "--json")
        assert outcome.status == status, outcome.err
        found = json.loads(outcome.out)
        assert found["schema"] == 1
        command = " ".join(arguments[:2]) if arguments[0] in GROUPS else arguments[0]
        assert set(found) - {"schema"} == documented()[command]
        return found

    first = told("index", "build")
    assert (first["articles"], first["added"], first["serves"], first["before"]) == (3, 3, True, None)
    (small / "content" / "learn" / "colours" / "broken.md").write_text("no article\n", encoding="utf-8")
    assert told("index", "preview")["failed"][0]["path"] == "learn/colours/broken.md"
    second = told("index", "build")
    assert [each["path"] for each in second["failures"]] == ["learn/colours/broken.md"]
    status = told("index", "status")
    assert (status["running"], status["last_build"]["outcome"]) == (None, "done")
    assert status["generation"]["id"] == second["generation"]
    assert status["generation"]["subjects"] == [{"key": "colours", "name": "Colours", "articles": 3}]
    assert [each["is_current"] for each in told("index", "list")["generations"]] == [True, False]
    assert told("index", "verify") == {
        "schema": 1,
        "generation": second["generation"],
        "is_sound": True,
        "problems": [],
    }
    shown = told("index", "show", "/learn/colours/1")
    assert shown["article"]["question"] == "What is the colour number 1?"
    assert shown["sections"][0]["start"] == 0
    gone = told("index", "show", "/nobody/knows", status=1)
    assert (gone["article"], gone["failure"], gone["gone"]) == (None, None, None)
    assert told("index", "rollback") == {
        "schema": 1,
        "generation": first["generation"],
        "before": second["generation"],
    }
    assert [event["action"] for event in told("index", "history")["events"]] == ["rollback", "build", "build"]
    assert [event["action"] for event in told("index", "audit")["events"]].count("preview") == 1
    assert told("index", "prune", "--keep", "1")["removed"] == [second["generation"]]
    assert told("settings")["file"] is None


def test_damage_is_told_with_the_file(small, run):
    built = json.loads(run("index", "build", "--json").out)
    (small / "index" / built["generation"] / "vocabulary.tsv").write_bytes(b"")
    outcome = run("index", "verify", "--json")
    assert outcome.status == 1
    found = json.loads(outcome.out)
    assert (found["is_sound"], [each["file"] for each in found["problems"]]) == (False, ["vocabulary.tsv"])


@pytest.mark.parametrize(
    ("arguments", "status", "text"),
    [
        (("index", "status", "--json"), 4, "holds no index yet"),
        (("index", "--json", "status"), 2, "No such option"),
        (("ask", "--json", "--subject"), 2, "requires an argument"),
        (("index", "history", "--json", "-n", "0"), 2, "0 is not in the range"),
        (("--config", "gone.toml", "settings", "--json"), 2, "there is no file"),
    ],
)
def test_errors_are_one_line_of_json(run, arguments, status, text):
    outcome = run(*arguments)
    assert outcome.status == status
    (line,) = outcome.err.splitlines()
    told = json.loads(line)
    assert (told["schema"], told["error"]["exit_status"]) == (1, status)
    assert text in " ".join(told["error"]["messages"])


def test_of_an_index_that_is_not_there_status_tells_who_is_at_work(run):
    outcome = run("index", "status", "--json")
    assert json.loads(outcome.out) == {
        "schema": 1,
        "running": None,
        "last_build": None,
        "journal_problem": None,
        "generation": None,
    }


def test_a_question_that_contains_the_word_is_no_wish_for_it(run):
    outcome = run("ask", "--", "what is", "--json")
    assert outcome.status == 4
    assert outcome.err.startswith("quicktakes: ")


def _options(command: click.Command) -> set[str]:
    return {name for parameter in command.params for name in parameter.opts}
