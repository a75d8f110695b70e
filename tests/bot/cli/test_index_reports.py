"""Preview, history, audit and show at the terminal, on a copy of some sample articles."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import time
from pathlib import Path

import pytest

from bot import bootstrap
from retrieval.generations.lock import StoreAction
from retrieval.generations.store import GenerationStore
from tests.bot.sources.repositories import Repository


@pytest.fixture
def place(tmp_path, sample_content, settings_variables):
    """A folder of three subjects, and the variables that point to it."""
    content = tmp_path / "content"
    for subject in ("biology", "physics", "chemistry"):
        shutil.copytree(sample_content / "learn" / subject, content / "learn" / subject)
    variables = settings_variables | {
        "QUICKTAKES_INDEX__DIR": str(tmp_path / "index"),
        "QUICKTAKES_INDEX__CONTENT_DIR": str(content),
    }
    return content, variables


def article_file(content, question):
    asked = f"\nquestion: >-\n    {question}\n"
    return next(path for path in content.rglob("*.md") if asked in path.read_text())


def test_preview_build_history_and_rollback_agree(run, place, tmp_path):
    content, variables = place
    assert run("index", "build", variables=variables).status == 0
    ice = article_file(content, "Why does ice float on water?")
    ice.unlink()
    questions = tmp_path / "questions.txt"
    questions.write_text("why does ice float on water\n\nwhat is heat\n")
    seen = run("index", "preview", "--questions", str(questions), "--json", variables=variables)
    found = json.loads(seen.out)
    assert [article["question"] for article in found["removed"]] == ["Why does ice float on water?"]
    assert (found["added"], found["changed"], found["moved"], found["asked"]) == ([], [], [], 2)
    assert [change["question"] for change in found["answers"]] == ["why does ice float on water"]
    plain = run("index", "preview", variables=variables)
    assert "1 removed" in plain.lines
    assert any(line.endswith("Why does ice float on water?") for line in plain.lines)
    built = run("index", "build", variables=variables)
    assert "0 added, 0 changed, 1 removed" in built.out
    url = found["removed"][0]["url"]
    shown = run("index", "show", url, variables=variables)
    assert shown.status == 1
    assert shown.out.startswith(f"{url} (Why does ice float on water?) was found gone on ")
    assert run("index", "rollback", variables=variables).status == 0
    shown = run("index", "show", f"https://quicktakes.io{url}", variables=variables)
    assert (shown.status, shown.lines[0]) == (0, f"{url}  Why does ice float on water?")
    history = run("index", "history", variables=variables).lines
    assert [line.split("  ")[1] for line in history] == ["rollback done", "build done", "build done"]
    audit = run("index", "audit", variables=variables).lines
    assert [line.split("  ")[1] for line in audit].count("preview done") == 2
    assert all("by terminal" in line for line in audit)


def test_articles_of_a_repository_are_built_previewed_and_gone_back_to(run, place, tmp_path, data_dir):
    content, variables = place
    repository = Repository(tmp_path / "repository")
    shutil.copytree(content, repository.folder, dirs_exist_ok=True)
    first = repository.commit("All articles")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "encoder").symlink_to(data_dir / "encoder")
    (tmp_path / "data" / "vectors").symlink_to(data_dir / "vectors")
    variables = variables | {
        "QUICKTAKES_DATA_DIR": str(tmp_path / "data"),
        "QUICKTAKES_SOURCE__REPOSITORY": str(repository.folder),
        "QUICKTAKES_SOURCE__FOLDER": "learn",
    }
    assert run("index", "build", variables=variables).status == 0
    assert f"from commit {first}" in run("index", "status", variables=variables).lines
    ice = article_file(repository.folder / "learn", "Why does ice float on water?")
    text = ice.read_text().replace("Why does ice float on water?", "Why does ice swim?")
    url = next(line.split(": ", 1)[1].strip("'\"") for line in text.splitlines() if line.startswith("url: "))
    ice.unlink()
    ice.with_name("swims.md").write_text(text.replace(url, "/learn/swims"))
    subject = "Ice swims \x1b[31m @everyone\u2028all is well"
    last = repository.commit(subject)
    told = [f"1 commit, from commit {first[:10]} to {last[:10]}", "Ice swims"]
    seen = run("index", "preview", variables=variables)
    assert seen.lines[0] == told[0]
    assert told[1] in seen.lines[1]
    assert "\x1b" not in seen.out
    assert "all is well" not in seen.lines
    assert f"  {url} → /learn/swims" in seen.lines
    assert {"0 added", "0 removed", "1 moved"} <= set(seen.lines)
    as_json = json.loads(run("index", "preview", "--json", variables=variables).out)
    assert (as_json["source"]["before"], as_json["source"]["after"]) == (first[:10], last[:10])
    assert [commit["subject"] for commit in as_json["source"]["commits"]] == [
        "Ice swims \x1b[31m @everyone\u2028all is well"
    ]
    built = run("index", "build", variables=variables)
    assert told[0] in built.lines
    assert "the same question" not in run("index", "show", url, variables=variables).out
    assert run("index", "show", url, variables=variables).out.strip().endswith("/learn/swims")
    assert run("index", "rollback", variables=variables).status == 0
    assert run("index", "show", url, variables=variables).status == 0
    assert run("index", "preview", variables=variables).lines[0] == told[0]


def test_credentials_of_a_repository_are_in_no_message_and_no_file(run, place, tmp_path):
    _, variables = place
    variables = variables | {
        "QUICKTAKES_DATA_DIR": str(tmp_path / "data"),
        "QUICKTAKES_SOURCE__REPOSITORY": "http://ann:Zq%40Wv@127.0.0.1:1/a.git",
        "QUICKTAKES_LOGGING__LEVEL": "debug",
    }
    commands = (["index", "build"], ["index", "preview"], ["index", "history"], ["index", "audit"])
    outcomes = [run(*command, variables=variables) for command in commands]
    assert outcomes[0].status == outcomes[1].status == 1
    assert "branch main cannot be fetched" in outcomes[0].err
    assert "build failed" in outcomes[3].out
    files = [path.read_bytes().decode(errors="replace") for path in tmp_path.rglob("*") if path.is_file()]
    said = [outcome.out + outcome.err for outcome in outcomes]
    assert not [text for text in files + said if "Zq@Wv" in text or "Zq%40Wv" in text]


def test_a_folder_that_is_given_counts_more_than_a_repository_that_is_set(run, place):
    content, variables = place
    variables = variables | {"QUICKTAKES_SOURCE__REPOSITORY": "/no/such/repository"}
    assert run("index", "build", variables=variables).status == 1
    assert run("index", "build", "--content", content, variables=variables).status == 0
    assert "nothing changed" in run("index", "build", "--content", content, variables=variables).out
    assert run("index", "preview", "--content", content, variables=variables).status == 0


def test_a_build_that_loses_much_needs_a_word(run, place):
    content, variables = place
    assert run("index", "build", variables=variables).status == 0
    shutil.rmtree(content / "learn" / "physics")
    refused = run("index", "build", variables=variables)
    assert refused.status == 1
    assert "does not serve" in refused.err
    command = refused.err.rpartition("run `quicktakes ")[2].partition("`")[0]
    assert run(*command.split(), variables=variables).status == 0
    (content / "learn" / "biology").rename(content / "learn" / "zoology")
    shutil.rmtree(content / "learn" / "zoology")
    confirmed = run("index", "build", "--confirm", variables=variables)
    assert (confirmed.status, "is current now" in confirmed.out) == (0, True)


def test_an_article_that_moved_is_one_that_moved_wherever_one_looks(run, place):
    content, variables = place
    run("index", "build", variables=variables)
    ice = article_file(content, "Why does ice float on water?")
    before = next(line for line in ice.read_text().splitlines() if line.startswith("url: "))
    ice.write_text(ice.read_text().replace(before, "url: /learn/physics/ice"))
    assert "1 moved" in run("index", "preview", variables=variables).lines
    built = run("index", "build", variables=variables)
    others = len(list(content.rglob("*.md"))) - 1
    assert f"0 added, 0 changed, 0 removed, 1 moved, {others} unchanged" in built.lines[0]
    assert "0 added, 0 changed, 0 removed, 1 moved, 0 failed" in run("index", "history", variables=variables).lines[0]
    shown = run("index", "show", before.removeprefix("url: "), variables=variables)
    assert shown.out.rstrip().endswith("is answered at /learn/physics/ice")


def test_a_second_build_is_told_who_builds_since_when_and_how_far_it_is(run, place):
    _, variables = place
    assert "holds no index yet" in run("index", "rollback", variables=variables).err
    assert "holds no index yet" in run("index", "prune", variables=variables).err
    store = GenerationStore(Path(variables["QUICKTAKES_INDEX__DIR"]))
    assert not store.folder.exists()
    with store.writing(StoreAction.PREVIEW) as writer:
        writer.note("embed", 5, 1_200)
        for words in (["build"], ["preview"], ["rollback"], ["prune"]):
            refused = run("index", *words, variables=variables)
            assert refused.status == 1
            assert re.search(
                rf"is being changed by process {os.getpid()} "
                r"\(preview since 20..-..-.. ..:..:.. UTC, at embed, 5 of 1,200\); wait until",
                refused.err,
            )
        status = run("index", "status", variables=variables)
        assert status.lines[0].startswith(f"being changed by process {os.getpid()} (preview since ")
    assert run("index", "status", variables=variables).lines == []
    audit = run("index", "audit", variables=variables).lines
    assert [line.split("  ")[1] for line in audit] == ["prune busy", "rollback busy", "preview busy", "build busy"]


def test_a_damaged_pointer_is_named_with_the_command_that_mends_it(run, place):
    content, variables = place
    assert run("index", "build", variables=variables).status == 0
    assert run("index", "status", variables=variables).lines[0] == "nothing is being built"
    pointer = Path(variables["QUICKTAKES_INDEX__DIR"]) / "current"
    (current,) = pointer.read_text().split()
    for left, problem in ((b"", "is empty"), (b"\xff\xfe", "names no generation"), (b"what?", "names no generation")):
        pointer.write_bytes(left)
        said = f"{pointer} {problem}; run `quicktakes index rollback`, which writes it anew"
        for words in (["status"], ["verify"], ["prune"], ["show", "/learn"]):
            outcome = run("index", *words, variables=variables)
            assert (outcome.status, said in outcome.err) == (4, True), words
        assert run("ask", "what is heat", variables=variables).status == 4
        listed = run("index", "list", variables=variables)
        assert (current in listed.out, said in listed.err) == (True, True)
        assert run("index", "rollback", variables=variables).out == f"generation {current} is current now\n"
    pointer.write_bytes(b"")
    article_file(content, "Why does ice float on water?").unlink()
    built = run("index", "build", variables=variables)
    assert "0 added, 0 changed, 1 removed" in built.lines[0]
    assert f"every file was read: {pointer} is empty" in built.lines


def test_a_build_that_is_told_to_stop_is_written_down(run, place, monkeypatch):
    _, variables = place

    def stop(*_args, **_kwargs):
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(5)

    monkeypatch.setattr(bootstrap.SettingsIndexBuilder, "build", stop)
    before = signal.getsignal(signal.SIGTERM)
    assert run("index", "build", variables=variables).status == 130
    assert signal.getsignal(signal.SIGTERM) is before
    (line,) = run("index", "audit", variables=variables).lines
    assert line.split("  ")[1] == "build cancelled"


def test_nothing_is_written_down_at_first(run, place):
    _, variables = place
    assert run("index", "history", variables=variables).lines == ["nothing is written down yet"]
