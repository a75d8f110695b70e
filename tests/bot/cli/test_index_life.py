"""Preview, history, audit and show at the terminal, on a copy of some sample articles."""

from __future__ import annotations

import json
import shutil

import pytest


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


def article_file(content, words):
    return next(path for path in content.rglob("*.md") if words in path.read_text())


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


def test_nothing_is_written_down_at_first(run, place):
    _, variables = place
    assert run("index", "history", variables=variables).lines == ["nothing is written down yet"]
