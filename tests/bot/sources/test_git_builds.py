"""Builds from a repository agree with builds from a folder of the same files; what Git adds is what a file became."""

from __future__ import annotations

import random

import pytest

from bot.sources.git import GitSource
from tests.bot.sources.repositories import Repository
from tests.retrieval.article_files import Corpus, article_text

LETTERS = "abcdefghij"


def answer(name) -> str:
    """An answer that is like no other."""
    return " ".join(f"{name}{number}" for number in range(80))


class Editors:
    """People who change articles of a repository at random."""

    def __init__(self, repository, seed) -> None:
        self._root = repository.folder
        self._chance = random.Random(seed)  # noqa: S311  # no secret
        self._written = 0

    def work(self) -> dict[str, str]:
        """Change a few articles; old and new path of those that were renamed."""
        renamed = {}
        for _ in range(self._chance.randrange(1, 6)):
            paths = sorted(path.relative_to(self._root).as_posix() for path in self._root.glob("?/*.md"))
            old = self._chance.choice(paths) if len(paths) > 3 else None
            what = self._chance.choice(["write", "edit", "remove", "rename", "ruin"]) if old else "write"
            if what == "write" or old is None:
                self._write(self._new_path())
            elif what == "edit":
                path = self._root / old
                path.write_text(path.read_text().replace("answer: ", "answer: Well. "))
            elif what == "remove":
                (self._root / old).unlink()
            elif what == "ruin":
                (self._root / old).write_text("nothing of an article")
            else:
                renamed[old] = self._rename(old)
        return renamed

    def _rename(self, old) -> str:
        """Give a file another path, and its article another question and url."""
        text, new = (self._root / old).read_text(), self._new_path()
        (self._root / old).unlink()
        (self._root / new).parent.mkdir(exist_ok=True)
        (self._root / new).write_text(text.replace("question: ", "question: Say, ").replace("url: /", f"url: /{new}/"))
        return new

    def _write(self, path) -> None:
        name = path.replace("/", "-")
        self._root.joinpath(path).parent.mkdir(exist_ok=True)
        self._root.joinpath(path).write_text(article_text(f"What is {name}", answer(name), f"/{name}"))

    def _new_path(self) -> str:
        self._written += 1
        return f"{self._chance.choice(LETTERS)}/{self._written}.md"


@pytest.mark.parametrize("seed", range(4))
def test_a_build_from_a_repository_is_that_from_a_folder_but_for_what_a_renamed_file_became(tmp_path, seed):
    folder, copied = Corpus(tmp_path / "folder"), Corpus(tmp_path / "copied")
    folder.root.rmdir()
    repository, copied.root = Repository(folder.root), tmp_path / "data" / "source"
    source = GitSource(str(repository.folder), "main", copied.root)
    editors = Editors(repository, seed)
    repository.write("stays.md", article_text("What stays", answer("stays"), "/stays"))
    for _ in range(4):
        editors.work()
    moved_by_git = 0
    for _ in range(6):
        renamed = editors.work()
        repository.commit()
        with source.synced() as commit:
            told = copied.build(source_revision=commit, history=lambda before, to=commit: source.changes(before, to))
        plain = folder.build()
        assert (told.is_new, told.articles, failures(told)) == (plain.is_new, plain.articles, failures(plain))
        with copied.open() as one, folder.open() as other:
            assert one.manifest.corpus_hash == other.manifest.corpus_hash
            assert one.listed() == other.listed()
        assert told.difference.changed == plain.difference.changed
        assert set(plain.difference.moved) <= set(told.difference.moved)
        more = {each.url: each.successor for each in told.difference.moved if each not in plain.difference.moved}
        moved_by_git += len(more)
        came = {each.url: each for each in plain.difference.added}
        went = {each.url: each for each in plain.difference.removed}
        assert {went[old].path: came[new].path for old, new in more.items()}.items() <= _ways(renamed).items()
        assert {each.url for each in told.difference.added} == came.keys() - set(more.values())
        assert {each.url for each in told.difference.removed} == went.keys() - more.keys()
    assert moved_by_git


def failures(report) -> list[tuple[str, int | None, str, str | None]]:
    """Files that cannot be used, without their times, which two copies do not share."""
    return [(each.path, each.line, each.problem, each.claimed_url) for each in report.failures]


def _ways(renamed) -> dict[str, str]:
    """First and last path of files, of which some were renamed more than once."""
    ways = {}
    for old in renamed:
        last = old
        while last in renamed:
            last = renamed[last]
        ways[old] = last
    return ways
