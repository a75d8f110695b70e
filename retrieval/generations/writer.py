"""Writes the articles of a generation while it is built: one transaction, which a crash throws away with the folder."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from retrieval.domain import Article, Section, Subject
from retrieval.generations.codec import decode_article
from retrieval.generations.rows import (
    ALL_FAILURES,
    ALL_LISTED,
    ALL_STAMPS,
    ALL_WARNINGS,
    SCHEMA,
    ArticleFailure,
    ArticleRow,
    ArticleWarning,
    FileStamp,
    GoneArticle,
    ListedArticle,
    question_key,
)


@dataclass(frozen=True, slots=True)
class UrlHolder:
    """The article that a url belongs to at present."""

    row: int
    path: str
    stamp: FileStamp


class ArticleWriter:
    """Changes an article file; a context manager that commits at its end unless an error left it.

    Args:
        path: The SQLite file; made with empty tables if it is missing.
    """

    def __init__(self, path: Path) -> None:
        fresh = not path.exists()
        self._database = sqlite3.connect(path, isolation_level=None)
        # The folder becomes visible only when it is complete, so a journal would protect nothing.
        self._database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        if fresh:
            self._database.executescript(SCHEMA)
        self._database.execute("BEGIN")

    def __enter__(self) -> Self:
        """Return the writer itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Commit, unless an error came, and close the file."""
        if kind is None:
            self._database.execute("COMMIT")
        self._database.close()

    def failures(self) -> tuple[ArticleFailure, ...]:
        """The files that could not be used, by path."""
        return tuple(map(ArticleFailure.from_columns, self._database.execute(ALL_FAILURES)))

    def warnings(self) -> tuple[ArticleWarning, ...]:
        """What was left out of articles that serve all the same, by path."""
        return tuple(ArticleWarning(*columns) for columns in self._database.execute(ALL_WARNINGS))

    def row_at(self, path: str) -> int | None:
        """Row of the article that came from this file, or ``None``."""
        found = self._database.execute("SELECT row FROM articles WHERE path = ?", (path,)).fetchone()
        return None if found is None else int(found[0])

    def holder(self, url: str) -> UrlHolder | None:
        """The article that has this url, or ``None``."""
        found = self._database.execute(
            "SELECT row, path, content_hash, size, changed_ns FROM articles WHERE url = ?", (url,)
        ).fetchone()
        return None if found is None else UrlHolder(found[0], found[1], FileStamp(*found[2:]))

    def articles_from(self, row: int) -> Iterator[tuple[Article, tuple[Section, ...]]]:
        """Every article from this row on with its sections, by row; its subject is named as its file spells it."""
        found = self._database.execute(
            "SELECT subject_key, subject_spelling, body FROM articles JOIN bodies USING (row) "
            "WHERE row >= ? ORDER BY row",
            (row,),
        )
        for key, spelling, body in found:
            stored = decode_article(body, Subject(key, spelling))
            yield stored.article, stored.sections

    def places_from(self, row: int) -> list[tuple[int, int]]:
        """Row, and row of the first section, of every article from this row on, by row."""
        found = self._database.execute("SELECT row, first_section FROM articles WHERE row >= ? ORDER BY row", (row,))
        return [(place, first_section) for place, first_section in found]

    def texts_from(self, row: int) -> int:
        """How many texts the articles from this row on have to embed: their questions and their sections."""
        found = self._database.execute("SELECT count(*) + total(section_count) FROM articles WHERE row >= ?", (row,))
        return int(found.fetchone()[0])

    def rows(self) -> list[int]:
        """Rows that hold an article, ascending."""
        return [row for (row,) in self._database.execute("SELECT row FROM articles ORDER BY row")]

    def stamps(self) -> Iterator[tuple[str, bytes]]:
        """Path and content hash of every file, used or not, by path."""
        for path, content_hash, *_ in self._database.execute(f"{ALL_STAMPS} ORDER BY path"):
            yield path, content_hash

    def listed(self) -> dict[str, ListedArticle]:
        """Every article by its url."""
        return {row[0]: ListedArticle(*row) for row in self._database.execute(ALL_LISTED)}

    def remember_gone(self, gone: Iterable[GoneArticle]) -> None:
        """Remember articles that were there once; those that are back, or whose successor is gone too, are mended."""
        self._database.executemany(
            "INSERT OR REPLACE INTO gone VALUES (?, ?, ?, ?)",
            [(each.url, each.question, each.successor, each.gone_at) for each in gone],
        )
        self._database.execute("DELETE FROM gone WHERE url IN (SELECT url FROM articles)")
        self._database.execute(
            "UPDATE gone SET successor = (SELECT later.successor FROM gone AS later WHERE later.url = gone.successor) "
            "WHERE successor IS NOT NULL AND successor NOT IN (SELECT url FROM articles)"
        )

    def add(self, article: ArticleRow, body: bytes) -> None:
        """Store an article, and forget that its file could not be used."""
        stamp = article.stamp
        self._database.execute("DELETE FROM failures WHERE path = ?", (article.path,))
        self._database.execute(
            "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article.row,
                article.url,
                article.path,
                article.subject_key,
                article.subject_spelling,
                article.question,
                question_key(article.question),
                article.first_section,
                article.section_count,
                stamp.content_hash,
                stamp.size,
                stamp.changed_ns,
            ),
        )
        self._database.execute("INSERT INTO bodies VALUES (?, ?)", (article.row, body))

    def remove(self, row: int) -> None:
        """Forget an article."""
        self._database.execute("DELETE FROM articles WHERE row = ?", (row,))
        self._database.execute("DELETE FROM bodies WHERE row = ?", (row,))

    def fail(self, failure: ArticleFailure) -> None:
        """Record a file that cannot be used."""
        stamp = failure.stamp
        self._database.execute(
            "INSERT OR REPLACE INTO failures VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                failure.path,
                failure.line,
                failure.problem,
                failure.claimed_url,
                stamp.content_hash,
                stamp.size,
                stamp.changed_ns,
            ),
        )

    def warn(self, path: str, warnings: Iterable[ArticleWarning]) -> None:
        """Record what was left out of the article of a file, in the place of what was recorded before."""
        self._database.execute("DELETE FROM warnings WHERE path = ?", (path,))
        self._database.executemany(
            "INSERT INTO warnings VALUES (?, ?, ?)", [(path, each.line, each.problem) for each in warnings]
        )

    def forget_failure(self, path: str) -> None:
        """Forget that a file could not be used."""
        self._database.execute("DELETE FROM failures WHERE path = ?", (path,))

    def touch(self, path: str, stamp: FileStamp) -> None:
        """Record that a file has a new time, its content being the same."""
        for table in ("articles", "failures"):
            self._database.execute(
                f"UPDATE {table} SET size = ?, changed_ns = ? WHERE path = ?",  # noqa: S608  # two fixed names
                (stamp.size, stamp.changed_ns, path),
            )

    def counts(self) -> tuple[int, int, int]:
        """Number of articles, of their sections, and of files that could not be used."""
        articles, sections = self._database.execute("SELECT count(*), total(section_count) FROM articles").fetchone()
        failures = self._database.execute("SELECT count(*) FROM failures").fetchone()[0]
        return int(articles), int(sections), int(failures)

    def name_subjects(self, display_name: Callable[[str, Mapping[str, int]], str]) -> None:
        """Give each subject its display name, from how often its articles spell it how."""
        spellings: dict[str, Counter[str]] = {}
        found = self._database.execute(
            "SELECT subject_key, subject_spelling, count(*) FROM articles GROUP BY subject_key, subject_spelling"
        )
        for key, spelling, count in found:
            spellings.setdefault(key, Counter())[spelling] += count
        self._database.execute("DELETE FROM subjects")
        self._database.executemany(
            "INSERT INTO subjects VALUES (?, ?)",
            [(key, display_name(key, counts)) for key, counts in sorted(spellings.items())],
        )
