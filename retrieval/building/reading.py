"""Reads article files for a build, in several processes where there are many."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from embeddings.encoder import TokenWindow
from retrieval.articles.article_files import read_bytes
from retrieval.articles.discovery import discover_article_files
from retrieval.articles.limits import ReadingLimits
from retrieval.articles.markdown.plain_text import block_spans
from retrieval.articles.parsing import parse_article
from retrieval.articles.sections import DEFAULT_WINDOW, split_article, split_sentences
from retrieval.building.worker_processes import LossReason, TaskLimits, map_in_processes
from retrieval.domain import Article
from retrieval.errors import ArticleError
from retrieval.generations.codec import encode_article
from retrieval.generations.rows import ArticleFailure, ArticleWarning, FileStamp
from retrieval.indexes.spelling import words_of
from retrieval.shown import shown

UNSETTLED = -1
"""Stands for a time that says nothing yet."""

_SETTLED_NS = 2_000_000_000
_WORTH_A_PROCESS = 1_000
_CHUNK = 32
_LARGE = 1 << 16  # bytes; real articles have 10,000 at the most

_logger = logging.getLogger(__name__)


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
        warnings: What was left out of it, or taken though it is odd.
    """

    path: str
    stamp: FileStamp
    article: Article
    section_count: int
    body: bytes
    words: frozenset[str]
    warnings: tuple[ArticleWarning, ...] = ()


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


def read_files(  # noqa: PLR0913  # what, where, and what it may cost
    files: Sequence[FoundFile],
    content_root: Path,
    known: Mapping[str, FileStamp],
    *,
    processes: int,
    limits: ReadingLimits | None = None,
    window: TokenWindow | None = None,
) -> Iterator[FileRead]:
    """Read files, in their order.

    Args:
        files: What to read.
        content_root: Folder that their paths are relative to.
        known: Stamps of the last build, by path; a file whose content hash is the same is not parsed.
        processes: How many processes may work. Few files, and those that are as they were, are read by this one:
            starting others takes longer than comparing ten thousand hashes. Large files are always read by others,
            which can be stopped.
        limits: What a file may hold, and how long reading it may take.
        window: What sections are to fit; that of the packaged model without it.
    """
    limits = limits or ReadingLimits()
    tasks = [(file, known[file.path].content_hash if file.path in known else b"") for file in files]
    work = partial(_read, content_root, limits, window)
    done, parsed = 0, 0
    unknown = sum(not known_hash for _, known_hash in tasks)
    while (
        done < len(tasks)
        and tasks[done][0].size <= _LARGE
        and (processes == 1 or max(unknown, parsed) < _WORTH_A_PROCESS)
    ):
        read = work(tasks[done])
        done += 1
        parsed += not isinstance(read, SameFile)
        yield read
    limited: TaskLimits[tuple[FoundFile, bytes], FileRead] = TaskLimits(
        limits.max_read_seconds, partial(_lost, limits.max_read_seconds)
    )
    yield from map_in_processes(work, tasks[done:], processes=processes, chunk=_CHUNK, limits=limited)


def read_file(
    file: FoundFile,
    content_root: Path,
    known_hash: bytes = b"",
    limits: ReadingLimits | None = None,
    window: TokenWindow | None = None,
) -> FileRead:
    """Read, validate and cut one article file; never raises for what a file holds."""
    limits = limits or ReadingLimits()
    path = content_root / file.path
    try:
        raw = read_bytes(path, limits.max_file_bytes)
    except ArticleError as error:
        return _failure(file.path, error, FileStamp(b"", file.size, file.changed_ns))
    stamp = FileStamp(hashlib.sha256(raw).digest(), file.size, file.changed_ns)
    if stamp.content_hash == known_hash:
        return SameFile(file.path, stamp)
    warnings: list[ArticleWarning] = []

    def warn(line: int | None, problem: str) -> None:
        warnings.append(ArticleWarning(file.path, line, problem))

    try:
        article = parse_article(raw, path, content_root, limits, warn)
        return replace(_sound_file(file, article, stamp, window), warnings=tuple(warnings))
    except ArticleError as error:
        return _failure(file.path, error, stamp)
    except Exception as error:  # whatever one file brings about must not stop the others
        _logger.debug("reading %s failed", shown(path), exc_info=True)
        what = f"{type(error).__name__}: {shown(str(error)[:200])}"
        problem = f"reading it failed unexpectedly ({what}); please report the file"
        return _failure(file.path, ArticleError(path, problem), stamp)


def _sound_file(file: FoundFile, article: Article, stamp: FileStamp, window: TokenWindow | None) -> SoundFile:
    max_tokens, count = (window.max_tokens, window.count) if window else (DEFAULT_WINDOW, None)
    blocks = block_spans(article.answer)
    sections = split_article(article.answer, max_tokens, count, blocks)
    if not sections:
        raise ArticleError(Path(file.path), "the answer is blank; write one")
    body = encode_article(article, sections, split_sentences(article.answer, blocks))
    words = words_of(f"{article.question}\n{article.answer}")
    return SoundFile(file.path, stamp, article, len(sections), body, words)


def _read(
    content_root: Path, limits: ReadingLimits, window: TokenWindow | None, task: tuple[FoundFile, bytes]
) -> FileRead:
    return read_file(task[0], content_root, task[1], limits, window)


def _lost(seconds: float, task: tuple[FoundFile, bytes], reason: LossReason) -> ArticleFailure:
    file = task[0]
    took = f"reading it takes longer than {seconds:g} s (index.max_read_seconds); split or simplify it"
    died = "the process that read it was killed twice, perhaps for lack of memory; split or simplify it"
    problem = took if reason is LossReason.TOOK_TOO_LONG else died
    _logger.warning("%s: %s", shown(file.path), problem)
    return ArticleFailure(file.path, None, problem, FileStamp(b"", file.size, file.changed_ns))


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
