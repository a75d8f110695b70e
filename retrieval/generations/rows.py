"""What a generation stores of each article file, and the layout of the SQLite file that holds it.

An article's row number is its row in the question matrix; its sections have consecutive rows in the section matrix.
Rows are never used twice, so that a derived generation can keep its parent's matrices.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

SCHEMA = """
CREATE TABLE articles (
    row INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL UNIQUE,
    subject_key TEXT NOT NULL,
    subject_spelling TEXT NOT NULL,
    question TEXT NOT NULL,
    question_key INTEGER NOT NULL,
    first_section INTEGER NOT NULL,
    section_count INTEGER NOT NULL,
    content_hash BLOB NOT NULL,
    size INTEGER NOT NULL,
    changed_ns INTEGER NOT NULL
) STRICT;
CREATE INDEX articles_by_question ON articles (question_key);
CREATE TABLE bodies (row INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;
CREATE TABLE failures (
    path TEXT PRIMARY KEY,
    line INTEGER,
    problem TEXT NOT NULL,
    claimed_url TEXT,
    content_hash BLOB NOT NULL,
    size INTEGER NOT NULL,
    changed_ns INTEGER NOT NULL
) STRICT;
CREATE TABLE warnings (path TEXT NOT NULL, line INTEGER, problem TEXT NOT NULL) STRICT;
CREATE INDEX warnings_by_path ON warnings (path);
CREATE TABLE subjects (key TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT;
CREATE TABLE gone (url TEXT PRIMARY KEY, question TEXT NOT NULL, successor TEXT, gone_at TEXT NOT NULL) STRICT;
"""
ALL_FAILURES = "SELECT path, line, problem, claimed_url, content_hash, size, changed_ns FROM failures ORDER BY path"
ALL_WARNINGS = "SELECT path, line, problem FROM warnings ORDER BY path, line, problem"
ALL_STAMPS = (
    "SELECT path, content_hash, size, changed_ns FROM articles "
    "UNION ALL SELECT path, content_hash, size, changed_ns FROM failures"
)
ALL_LISTED = "SELECT url, question, path, question_key, content_hash FROM articles ORDER BY url"
ALL_GONE = "SELECT url, question, successor, gone_at FROM gone ORDER BY url"

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class FileStamp:
    """What a file looked like when it was read.

    Attributes:
        content_hash: SHA-256 of its bytes; empty where it could not be read.
        size: In bytes.
        changed_ns: Time of its last change, see `retrieval.building.reading.FoundFile`.
    """

    content_hash: bytes
    size: int
    changed_ns: int


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """What is stored of an article beside its text.

    Attributes:
        row: Row number.
        url: The article's key.
        path: Its file, relative to the content root.
        subject_key: Folder name of its subject.
        subject_spelling: The subject's name as this file spells it.
        question: Its question.
        first_section: Row of its first section in the section matrix.
        section_count: How many sections follow one another from there.
        stamp: Its file.
    """

    row: int
    url: str
    path: str
    subject_key: str
    subject_spelling: str
    question: str
    first_section: int
    section_count: int
    stamp: FileStamp


@dataclass(frozen=True, slots=True)
class ArticleFailure:
    """An article file that could not be used.

    Attributes:
        path: Relative to the content root.
        line: 1-based line of the problem, where one applies.
        problem: What is wrong, and what to do about it.
        stamp: The file.
        claimed_url: Set where the file itself is sound but another article has its url.
    """

    path: str
    line: int | None
    problem: str
    stamp: FileStamp
    claimed_url: str | None = None

    @classmethod
    def from_columns(cls, columns: Sequence[Any]) -> ArticleFailure:
        """A failure from a row of `ALL_FAILURES`."""
        path, line, problem, claimed_url, content_hash, size, changed_ns = columns
        return cls(path, line, problem, FileStamp(content_hash, size, changed_ns), claimed_url)


@dataclass(frozen=True, slots=True)
class ArticleWarning:
    """Something that was left out of an article which serves all the same, or was taken though it is odd.

    Attributes:
        path: The file, relative to the content root.
        line: 1-based line, where one applies.
        problem: What is wrong, and what to do about it.
    """

    path: str
    line: int | None
    problem: str


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article as a list of a generation names it.

    Attributes:
        url: Its key.
        question: Its question.
        path: Its file, relative to the content root.
        question_key: Equal for questions that differ only in case, punctuation and white space.
        content_hash: SHA-256 of its file.
    """

    url: str
    question: str
    path: str
    question_key: int
    content_hash: bytes


@dataclass(frozen=True, slots=True)
class GoneArticle:
    """An article that was there once.

    Attributes:
        url: What its url was.
        question: What its question was.
        successor: Url of the article that asks the same question now, if there is one.
        gone_at: When a build found it gone, ISO 8601.
    """

    url: str
    question: str
    successor: str | None
    gone_at: str


def question_key(question: str) -> int:
    """Equal for questions that differ only in case, punctuation and white space; a signed 64-bit number."""
    normalised = " ".join(_WORD.findall(question.casefold()))
    digest = hashlib.blake2b(normalised.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)
