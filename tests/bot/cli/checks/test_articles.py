"""What `quicktakes doctor` finds about articles and their repository."""

import os

import pytest

from bot.cli.checks.articles import check_content, check_golden_questions, check_repository, folder_count
from bot.cli.checks.finding import Level
from config.loading import load_settings
from tests.bot.sources.repositories import Repository


def settings(folder, **variables):
    environment = {f"QUICKTAKES_{name}": str(value) for name, value in variables.items()}
    return load_settings(environment=environment, working_folder=folder).settings


def test_a_content_folder_must_hold_articles(tmp_path):
    def check(folder: str):
        return check_content(settings(tmp_path, INDEX__CONTENT_DIR=folder))

    tmp_path.joinpath("empty", "below").mkdir(parents=True)
    assert "there is no folder" in check("gone").text
    assert "holds no .md file" in check("empty").text
    tmp_path.joinpath("empty", "below", "a.md").touch()
    assert check("empty").level is Level.OK
    assert check("empty").text == f"1 files in {tmp_path / 'empty'}"
    assert folder_count(settings(tmp_path, INDEX__CONTENT_DIR="empty")) == 2


def test_articles_that_cannot_be_read_are_named(tmp_path, monkeypatch):
    content = tmp_path / "content"
    content.mkdir()
    for number in range(5):
        (content / f"{number}.md").touch()
    monkeypatch.setattr(os, "access", lambda path, _mode: not str(path).endswith(("1.md", "2.md", "3.md", "4.md")))
    finding = check_content(settings(tmp_path, INDEX__CONTENT_DIR="content"))
    assert finding.level is Level.PROBLEM
    assert finding.text.endswith("and 1 more cannot be read")
    assert "1.md" in finding.text
    assert "0.md" not in finding.text


def test_a_repository_that_was_not_fetched_yet_is_no_missing_folder(tmp_path):
    finding = check_content(settings(tmp_path, SOURCE__REPOSITORY="https://ann:hunter2@example.org/a.git"))
    assert finding.level is Level.PROBLEM
    assert "the repository was not fetched" in finding.text
    assert "quicktakes index build" in finding.advice
    assert "hunter2" not in str(finding)


def test_a_repository_is_asked_for_its_branch(tmp_path):
    repository = Repository(tmp_path / "articles")
    commit = repository.write("learn/a.md", "one")

    def check(**variables):
        return check_repository(settings(tmp_path, SOURCE__REPOSITORY=repository.folder, **variables))

    assert check().text == f"branch main is at commit {commit[:12]}"
    other = check(SOURCE__BRANCH="trunk")
    assert (other.level, other.text) == (Level.PROBLEM, "it has no branch trunk")
    assert not (tmp_path / "var").exists()  # nothing is fetched


def test_a_repository_that_cannot_be_reached_is_told_without_its_credentials(tmp_path):
    finding = check_repository(settings(tmp_path, SOURCE__REPOSITORY="https://ann:hunter2@localhost:1/a.git"))
    assert (finding.level, "localhost" in finding.text) == (Level.PROBLEM, True)
    assert "hunter2" not in str(finding)
    assert "source.repository" in finding.advice


@pytest.mark.parametrize(
    ("text", "problem"), [(None, "No such file"), ("", "holds no question"), ("{", "golden.jsonl:1")]
)
def test_golden_questions_must_be_readable(tmp_path, text, problem):
    path = tmp_path / "golden.jsonl"
    if text is not None:
        path.write_text(text)
    finding = check_golden_questions(path)
    assert (finding.level, problem in finding.text) == (Level.PROBLEM, True), finding
    assert "index.golden_questions" in finding.advice


def test_golden_questions_that_can_be_read_are_counted(tmp_path):
    path = tmp_path / "golden.jsonl"
    path.write_text('{"id": "a", "query": "What is heat?", "answerable": false, "source": null, "grades": {}}\n')
    assert check_golden_questions(path).text == f"1 questions in {path}"
