"""What Git tells of the way from the commit that serves to the present one."""

from __future__ import annotations

import random

import pytest

from bot.sources.git import FETCH_DEPTH, GitSource
from bot.sources.git_history import MAX_COMMITS
from retrieval.building.source_changes import Commit, SourceChanges
from tests.bot.sources.repositories import Repository

PROSE = "\n".join(f"Sentence {number} tells what {number * 7} is good for." for number in range(40))
OTHER = "\n".join(f"Quite another text, line {number}, about {number * 11} things." for number in range(40))


@pytest.fixture
def repository(tmp_path):
    found = Repository(tmp_path / "articles")
    found.write("learn/a.md", f"a\n{PROSE}")
    return found


@pytest.fixture
def source(repository, tmp_path):
    return GitSource(str(repository.folder), "main", tmp_path / "data" / "source")


def changes_since(source, before, folder="") -> SourceChanges:
    with source.synced() as commit:
        return source.changes(before, commit, folder)


def test_commits_are_listed_newest_first_as_they_were_written(repository, source):
    before = source.sync()
    repository.write("learn/b.md", "b", "Explain *osmosis* @everyone \x1b[31m\n\nAnd more, at length.")
    last = repository.write("learn/c.md", "c", "Ünïcode")
    found = changes_since(source, before)
    assert (found.before, found.after, found.count) == (before[:10], last[:10], 2)
    assert [commit.subject for commit in found.commits] == ["Ünïcode", "Explain *osmosis* @everyone \x1b[31m"]
    assert found.commits[0] == Commit(last[:10], repository.git("log", "-1", "--format=%cs"), "Ünïcode")


def test_many_commits_are_counted_and_the_newest_named(repository, source):
    before = source.sync()
    for number in range(MAX_COMMITS + 5):
        repository.write("learn/b.md", str(number), f"Number {number}")
    found = changes_since(source, before)
    assert found.count == MAX_COMMITS + 5
    assert len(found.commits) == MAX_COMMITS
    assert found.commits[0].subject == f"Number {MAX_COMMITS + 4}"


def test_files_that_were_renamed_or_edited_go_on_and_those_written_from_scratch_do_not(repository, source):
    repository.write("learn/edited.md", f"edited\n{PROSE[:900]}")
    repository.write("learn/scratch.md", f"scratch\n{OTHER}")
    before = source.sync()
    folder = repository.folder / "learn"
    (folder / "sea").mkdir()
    (folder / "a.md").rename(folder / "sea" / "ä b.md")
    (folder / "sea" / "ä b.md").write_text(f"another first line\n{PROSE}")
    (folder / "edited.md").write_text(f"edited once more\n{PROSE[:900]}")
    (folder / "scratch.md").write_text("".join(reversed(PROSE)))
    (folder / "new.md").write_text("new")
    repository.commit()
    found = changes_since(source, before)
    assert found.successors == {"learn/a.md": "learn/sea/ä b.md", "learn/edited.md": "learn/edited.md"}
    inside = changes_since(source, before, "learn")
    assert inside.successors == {"a.md": "sea/ä b.md", "edited.md": "edited.md"}


def test_only_what_concerns_the_folder_of_the_articles_counts(repository, source):
    before = source.sync()
    repository.write("README", "x", "Elsewhere")
    repository.write("learn/b.md", "x", "Here")
    found = changes_since(source, before, "learn")
    assert (found.count, [commit.subject for commit in found.commits]) == (1, ["Here"])


@pytest.mark.parametrize("folder", ["learn", "learn/", "./learn", ".//learn/.", ".", ""])
def test_a_folder_may_be_written_in_any_way(repository, source, folder):
    before = source.sync()
    repository.git("mv", "learn/a.md", "learn/moved.md")
    repository.commit()
    inside = "" if "learn" in folder else "learn/"
    assert changes_since(source, before, folder).successors == {f"{inside}a.md": f"{inside}moved.md"}


@pytest.mark.parametrize("folder", ["l*", ":!other"])
def test_marks_in_the_name_of_a_folder_are_no_pattern(repository, source, folder):
    repository.write(f"{folder}/b.md", f"b\n{OTHER}")
    before = source.sync()
    repository.write("learn/a.md", f"another\n{PROSE}", "Elsewhere")
    repository.write(f"{folder}/b.md", f"another\n{OTHER}", "Here")
    found = changes_since(source, before, folder)
    assert [commit.subject for commit in found.commits] == ["Here"]
    assert found.successors == {"b.md": "b.md"}


def test_a_rewritten_history_still_tells_what_became_of_files(repository, source):
    repository.write("learn/b.md", f"b\n{OTHER}")
    before = source.sync()
    repository.git("reset", "--quiet", "--hard", "HEAD~1")
    repository.git("mv", "learn/a.md", "learn/moved.md")
    repository.commit()
    found = changes_since(source, before)
    assert (found.before, found.count, found.commits) == (before[:10], None, ())
    assert found.successors == {"learn/a.md": "learn/moved.md"}


@pytest.mark.parametrize("before", ["0" * 40, "release-7", "--output=/tmp/x", "HEAD", ""])
def test_a_commit_that_is_unknown_or_none_tells_nothing(source, before):
    found = changes_since(source, before)
    assert (found.count, found.commits, dict(found.successors)) == (None, (), {})


def test_a_fresh_copy_knows_the_last_commits_and_no_more(repository, tmp_path):
    commits = [repository.write("learn/b.md", str(number), f"Number {number}") for number in range(FETCH_DEPTH + 3)]
    fresh = GitSource(str(repository.folder), "main", tmp_path / "fresh" / "source")
    assert changes_since(fresh, commits[-FETCH_DEPTH]).count == FETCH_DEPTH - 1
    assert changes_since(fresh, commits[0]).count is None


def test_a_name_with_any_bytes_is_spelled_as_the_builder_spells_it(repository, source):
    before = source.sync()
    repository.git("mv", "learn/a.md", b"learn/\xff\n.md".decode("utf-8", "surrogateescape"))
    repository.commit()
    assert changes_since(source, before).successors == {"learn/a.md": "learn/\\xff\n.md"}


def test_what_is_alike_only_in_its_form_is_no_successor(repository, source):
    chance = random.Random(5)  # noqa: S311  # no secret
    form = "id: {0}\nauthor: A writer\nseo:\n  title: {1}\n  page_keywords: study, learn, school, exam\n"

    def text() -> str:
        words = [f"word{chance.randrange(10_000)}" for _ in range(60)]
        return form.format(chance.random(), words[0]) + "\n".join(words)

    for number in range(20):
        (repository.folder / "learn" / f"old{number}.md").write_text(text())
    repository.commit()
    before = source.sync()
    for number in range(20):
        (repository.folder / "learn" / f"old{number}.md").unlink()
        (repository.folder / "learn" / f"new{number}.md").write_text(text())
    repository.commit()
    assert changes_since(source, before).successors == {}
