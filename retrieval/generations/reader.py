"""Reads the articles of a finished generation."""

from __future__ import annotations

import sqlite3
import threading
import weakref
from collections.abc import Iterator
from functools import lru_cache, partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

from retrieval.domain import Article, Section, Sentence, Subject
from retrieval.errors import GenerationDamagedError
from retrieval.generations.codec import UNREADABLE, StoredArticle, decode_article
from retrieval.generations.rows import (
    ALL_FAILURES,
    ALL_GONE,
    ALL_LISTED,
    ALL_STAMPS,
    ALL_WARNINGS,
    ArticleFailure,
    ArticleWarning,
    FileStamp,
    GoneArticle,
    ListedArticle,
)
from retrieval.indexes.base import ArticleLayout

_DECODED_ARTICLES = 2048  # about 20 KB each: a question looks at some 10 articles, and many ask the same


class ArticleReader:
    """Reads a finished article file. Safe to call from several threads.

    Args:
        path: The SQLite file, in its generation's folder; it must not change while it is open.

    Raises:
        GenerationDamagedError: It is no such file. Whatever reads on may find that, too.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        # One connection under a lock, not one a thread: it goes on working when the folder is pruned under it.
        try:
            self._database = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
        except sqlite3.OperationalError as error:
            raise self._unreadable(error) from error
        self._lock = threading.Lock()
        try:
            self._subjects = {key: Subject(key, name) for key, name in self._all("SELECT key, name FROM subjects")}
        except GenerationDamagedError:
            self._database.close()
            raise
        # A bound method would refer to the reader from itself, and keep its memory until the garbage collector comes.
        decode = partial(ArticleReader._decode, weakref.proxy(self))
        self._decoded = lru_cache(_DECODED_ARTICLES)(decode)

    def __enter__(self) -> Self:
        """Return the reader itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file, and forget what was read from it; nothing can be read afterwards."""
        self._decoded.cache_clear()
        with self._lock:
            self._database.close()

    def row_of(self, url: str) -> int | None:
        """Row of the article with this url, or ``None``."""
        found = self._all("SELECT row FROM articles WHERE url = ?", url)
        return int(found[0][0]) if found else None

    def row_of_file(self, path: str) -> int | None:
        """Row of the article from this file, its path relative to the content root; ``None`` if there is none."""
        found = self._all("SELECT row FROM articles WHERE path = ?", path)
        return int(found[0][0]) if found else None

    def article(self, row: int) -> Article:
        """The article in this row.

        Raises:
            LookupError: The row holds none.
        """
        return self._decoded(int(row)).article

    def sections(self, row: int) -> tuple[Section, ...]:
        """Sections of the article in this row, in their order.

        Raises:
            LookupError: The row holds no article.
        """
        return self._decoded(int(row)).sections

    def sentences(self, row: int) -> tuple[Sentence, ...]:
        """Sentences of the answer of the article in this row, in their order.

        Raises:
            LookupError: The row holds no article.
        """
        return self._decoded(int(row)).sentences

    def same_question(self, row: int) -> tuple[int, ...]:
        """Rows of all articles that ask the same question, this one included, ascending."""
        found = self._all(
            "SELECT row FROM articles WHERE question_key = (SELECT question_key FROM articles WHERE row = ?) "
            "ORDER BY row",
            row,
        )
        return tuple(int(value) for (value,) in found)

    def subjects(self) -> tuple[tuple[Subject, int], ...]:
        """Every subject with its number of articles, by name."""
        counts = self._all("SELECT subject_key, count(*) FROM articles GROUP BY subject_key")
        try:
            found = [(self._subjects[key], count) for key, count in counts]
        except KeyError as error:
            raise self._unreadable(error) from error
        return tuple(sorted(found, key=lambda pair: pair[0].name))

    def titles(self) -> Iterator[tuple[int, str, str]]:
        """Row, url and question of every article, by row."""
        yield from self._all("SELECT row, url, question FROM articles ORDER BY row")

    def layout(self) -> ArticleLayout:
        """Where every article's vectors lie."""
        columns = self._all("SELECT row, subject_key, first_section, section_count FROM articles ORDER BY row")
        rows, subject_keys, first_sections, section_counts = zip(*columns, strict=True) if columns else ((),) * 4
        return ArticleLayout(
            rows=np.array(rows, dtype=np.int64),
            first_sections=np.array(first_sections, dtype=np.int64),
            section_counts=np.array(section_counts, dtype=np.int64),
            subject_keys=subject_keys,
        )

    def listed(self) -> dict[str, ListedArticle]:
        """Every article by its url."""
        return {row[0]: ListedArticle(*row) for row in self._all(ALL_LISTED)}

    def gone(self) -> tuple[GoneArticle, ...]:
        """Every article that was there once, by url."""
        return tuple(GoneArticle(*row) for row in self._all(ALL_GONE))

    def what_became_of(self, url: str) -> GoneArticle | None:
        """What is remembered of an article that is no longer there; ``None`` where there never was one."""
        found = self._all("SELECT url, question, successor, gone_at FROM gone WHERE url = ?", url)
        return GoneArticle(*found[0]) if found else None

    def failures(self) -> tuple[ArticleFailure, ...]:
        """The files that could not be used, by path."""
        return tuple(map(ArticleFailure.from_columns, self._all(ALL_FAILURES)))

    def warnings(self) -> tuple[ArticleWarning, ...]:
        """What was left out of articles that serve all the same, by path; nothing in a file that older code wrote."""
        if not self._all("SELECT 1 FROM sqlite_master WHERE name = 'warnings'"):
            return ()
        return tuple(ArticleWarning(*columns) for columns in self._all(ALL_WARNINGS))

    def stamps(self) -> dict[str, FileStamp]:
        """Every article file that is known, used or not, by path."""
        return {path: FileStamp(*stamp) for path, *stamp in self._all(ALL_STAMPS)}

    def _decode(self, row: int) -> StoredArticle:
        found = self._all("SELECT subject_key, body FROM articles JOIN bodies USING (row) WHERE row = ?", row)
        if not found:
            msg = f"there is no article in row {row}"
            raise LookupError(msg)
        subject_key, body = found[0]
        try:
            return decode_article(body, self._subjects[subject_key])
        except UNREADABLE as error:
            raise self._unreadable(error) from error

    def _all(self, sql: str, *values: object) -> list[Any]:
        try:
            with self._lock:
                return self._database.execute(sql, values).fetchall()
        except sqlite3.ProgrammingError:
            raise  # such as a closed file, which is no damage
        except sqlite3.DatabaseError as error:
            raise self._unreadable(error) from error

    def _unreadable(self, error: Exception) -> GenerationDamagedError:
        return GenerationDamagedError(self._path.parent.name, self._path.name, f"cannot be read ({error})")
