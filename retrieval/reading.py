"""Reads article files for a build, in several processes where there are many."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from retrieval.article_codec import encode_article
from retrieval.article_rows import ArticleFailure, FileStamp
from retrieval.articles import LARGEST_FILE, discover_article_files, parse_article
from retrieval.domain import Article
from retrieval.errors import ArticleError
from retrieval.sections import split_article
from retrieval.sentences import split_sentences
from retrieval.spelling import words_of
from retrieval.worker_processes import WorkerDiedError, map_in_processes

UNSETTLED = -1
"""Stands for a time that says nothing yet."""

_SETTLED_NS = 2_000_000_000
_WORTH_A_PROCESS = 1_000
_CHUNK = 32


@dataclass(frozen=True, slots=True)
class FoundFile:
    """An article file in the content folder.

    Attributes:
        path: Relative to the content root, with ``/`` separators.
        size: In bytes.
        changed_ns: Time of its last change, or `UNSETTLED` if that is so recent that another change could bear the same
            time. Where the system keeps it, this is the time that its content or name was last touched, which no
            archive and no copy can set back.
    """

    path: str
    size: int
    changed_ns: int


@dataclass(frozen=True, slots=True)
class SoundFile:
    """An article as it was read.

    Attributes:
        path: The file, relative to the content root.
        stamp: The file.
        article: The article.
        section_count: Into how many sections its answer was cut.
        body: The encoded article with its sections.
        words: Its different words.
    """

    path: str
    stamp: FileStamp
    article: Article
    section_count: int
    body: bytes
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class SameFile:
    """A file that has the content it had at the last build, whatever its time says."""

    path: str
    stamp: FileStamp


FileRead = SoundFile | SameFile | ArticleFailure
"""What reading a file can give."""


def find_files(content_root: Path) -> tuple[list[FoundFile], list[ArticleFailure]]:
    """Every article file, by path, and what could not be looked into.

    Raises:
        ArticleError: The content root is no folder.
    """
    root = content_root.absolute()
    settled = time.time_ns() - _SETTLED_NS
    found: list[FoundFile] = []
    failures: list[ArticleFailure] = []

    def fail(error: ArticleError) -> None:
        failures.append(_failure(_relative(error.path, root), error))

    for path in discover_article_files(root, fail):
        try:
            status = path.stat()
        except OSError as error:
            fail(ArticleError(path, f"the file cannot be looked at ({error.strerror}); check its permissions"))
            continue
        changed_ns = max(status.st_mtime_ns, status.st_ctime_ns)
        name = _relative(path, root)
        if "\\" in name and not _is_text(path):
            fail(ArticleError(path, "the name of the file is not UTF-8; rename it"))
            continue
        found.append(FoundFile(name, status.st_size, changed_ns if changed_ns < settled else UNSETTLED))
    return sorted(found, key=lambda file: file.path), failures


def read_files(
    files: Sequence[FoundFile], content_root: Path, known: Mapping[str, FileStamp], *, processes: int
) -> Iterator[FileRead]:
    """Read files, in their order.

    Args:
        files: What to read.
        content_root: Folder that their paths are relative to.
        known: Stamps of the last build, by path; a file whose content hash is the same is not parsed.
        processes: How many processes may work. Few files, and those that are as they were, are read by this one:
            starting others takes longer than comparing ten thousand hashes.
    """
    tasks = [(file, known[file.path].content_hash if file.path in known else b"") for file in files]
    work = partial(_read, content_root)
    if processes == 1:
        yield from map(work, tasks)
        return
    done, parsed = 0, 0
    unknown = sum(not known_hash for _, known_hash in tasks)
    while done < len(tasks) and max(unknown, parsed) < _WORTH_A_PROCESS:
        read = work(tasks[done])
        done += 1
        parsed += not isinstance(read, SameFile)
        yield read
    # One that dies (for lack of memory, or killed) ends the others, too; this process then does the rest.
    with suppress(WorkerDiedError):
        for read in map_in_processes(work, tasks[done:], processes=processes, chunk=_CHUNK):
            done += 1
            yield read
    yield from map(work, tasks[done:])


def read_file(file: FoundFile, content_root: Path, known_hash: bytes = b"") -> FileRead:
    """Read, validate and cut one article file; never raises for what a file holds."""
    path = content_root / file.path
    try:
        with path.open("rb") as reader:
            raw = reader.read(LARGEST_FILE + 1)
    except OSError as error:
        problem = f"the file cannot be read ({error.strerror}); check it and its permissions"
        return ArticleFailure(file.path, None, problem, FileStamp(b"", file.size, file.changed_ns))
    stamp = FileStamp(hashlib.sha256(raw).digest(), file.size, file.changed_ns)
    if stamp.content_hash == known_hash:
        return SameFile(file.path, stamp)
    try:
        article = parse_article(raw, path, content_root)
        sections = split_article(article.answer)
        if not sections:
            raise ArticleError(path, "the answer is blank; write one")  # noqa: TRY301  # one way for all problems
    except ArticleError as error:
        return _failure(file.path, error, stamp)
    body = encode_article(article, sections, split_sentences(article.answer))
    words = words_of(f"{article.question}\n{article.answer}")
    return SoundFile(file.path, stamp, article, len(sections), body, words)


def _read(content_root: Path, task: tuple[FoundFile, bytes]) -> FileRead:
    return read_file(task[0], content_root, task[1])


def _failure(path: str, error: ArticleError, stamp: FileStamp | None = None) -> ArticleFailure:
    return ArticleFailure(path, error.line, error.problem, stamp or FileStamp(b"", 0, 0))


def _relative(path: Path, root: Path) -> str:
    """The path below the root, both absolute; bytes of a name that are no UTF-8 are spelled out."""
    below = path.as_posix()[len(root.as_posix()) :].lstrip("/")  # thrice as fast as `relative_to`
    return below.encode("utf-8", "backslashreplace").decode()


def _is_text(path: Path) -> bool:
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True
