"""Brings the stored articles and their words in line with the files that were read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from retrieval.building.reading import FileRead, SameFile, SoundFile
from retrieval.domain import Article, Section
from retrieval.generations.rows import ArticleFailure, ArticleRow
from retrieval.generations.writer import ArticleWriter
from retrieval.indexes.lexical import LexicalWriter
from retrieval.indexes.spelling import words_of
from retrieval.shown import shown


class ArticleChanges:
    """Applies what became of files, one after another, in the order of their paths.

    Of two files with one url the one that is named after it has it, else the first in the order of paths; the other
    is a failure that names the first.

    Args:
        articles: The stored articles.
        lexical: Their words.
        next_row: Row of the next article.
        next_section: Row of the next section.

    Attributes:
        next_row: Row after the last article.
        next_section: Row after the last section.
        words: By how much the number of articles that use a word has changed.
    """

    def __init__(self, articles: ArticleWriter, lexical: LexicalWriter, next_row: int, next_section: int) -> None:
        self.next_row = next_row
        self.next_section = next_section
        self.words: Counter[str] = Counter()
        self._articles = articles
        self._lexical = lexical
        self._came: set[str] = set()
        self._went: set[str] = set()
        self._losers: list[SoundFile] = []
        self._first_row = next_row
        self._dropped: dict[int, tuple[Article, tuple[Section, ...]]] = {}

    @property
    def added(self) -> int:
        """Articles from files that gave none before."""
        return len(self._came - self._went)

    @property
    def changed(self) -> int:
        """Articles from files that gave another before."""
        return len(self._came & self._went)

    @property
    def removed(self) -> int:
        """Articles from files that give none any more."""
        return len(self._went - self._came)

    def new_articles(self) -> Iterator[tuple[Article, tuple[Section, ...]]]:
        """Articles of the rows that came, by row; those too that lost their url again, since their rows are there."""
        stored = self._articles.articles_from(self._first_row)
        for row in range(self._first_row, self.next_row):
            yield self._dropped[row] if row in self._dropped else next(stored)

    def forget(self, paths: Iterable[str]) -> None:
        """The files are no longer there."""
        for path in paths:
            self._remove_at(path)
            self._articles.forget_failure(path)

    def settle(self) -> None:
        """After the last file: give urls that are free by now to files that lost them, in the order of paths."""
        losers, self._losers = sorted(self._losers, key=lambda read: read.path), []
        for read in losers:
            self._settle(read)

    def apply(self, read: FileRead) -> None:
        """Store what reading a file gave."""
        if isinstance(read, SameFile):
            self._articles.touch(read.path, read.stamp)
            return
        self._remove_at(read.path)
        if isinstance(read, ArticleFailure):
            self._articles.fail(read)
        else:
            self._settle(read)

    def _settle(self, read: SoundFile) -> None:
        url = read.article.url
        holder = self._articles.holder(url)
        if holder is not None and _rank(holder.path, url) < _rank(read.path, url):
            self._articles.fail(ArticleFailure(read.path, None, _has_url(holder.path, url), read.stamp, url))
            self._losers.append(read)  # the holder may be read later, and have another url by now
            return
        if holder is not None:
            self._remove(holder.row, holder.path)
            self._articles.fail(ArticleFailure(holder.path, None, _has_url(read.path, url), holder.stamp, url))
        self._add(read)

    def _add(self, read: SoundFile) -> None:
        article = read.article
        row = ArticleRow(
            row=self.next_row,
            url=article.url,
            path=read.path,
            subject_key=article.subject.key,
            subject_spelling=article.subject.name,
            question=article.question,
            first_section=self.next_section,
            section_count=read.section_count,
            stamp=read.stamp,
        )
        self._articles.add(row, read.body)
        self._articles.warn(read.path, read.warnings)
        self._lexical.add(row.row, row.subject_key, f"{article.question}\n{article.answer}")
        self.words.update(read.words)
        self.next_row += 1
        self.next_section += read.section_count
        self._came.add(read.path)

    def _remove_at(self, path: str) -> None:
        row = self._articles.row_at(path)
        if row is not None:
            self._remove(row, path)

    def _remove(self, row: int, path: str) -> None:
        article, sections = next(self._articles.articles_from(row))
        if row >= self._first_row:
            self._dropped[row] = (article, sections)
        self.words.subtract(words_of(f"{article.question}\n{article.answer}"))
        self._articles.remove(row)
        self._articles.warn(path, ())
        self._lexical.remove(row)
        self._went.add(path)


def _rank(path: str, url: str) -> tuple[bool, str]:
    """Which of several files has a url: the lowest. A file is named after its url where it bears its last part."""
    name = path.rpartition("/")[2]
    stem = name.rpartition(".")[0] or name
    return stem.casefold() != url.rstrip("/").rpartition("/")[2].casefold(), path


def _has_url(path: str, url: str) -> str:
    return f"{shown(path)} has the same url {url}; give one of them another"
