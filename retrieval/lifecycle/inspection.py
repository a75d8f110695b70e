"""How an index is, and what was done to it: everything that only looks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.errors import GenerationError, JournalError
from retrieval.generations.lock import StoreAction
from retrieval.generations.verification import damage_named
from retrieval.lifecycle.journal import ActionOutcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retrieval.domain import Article, Section
    from retrieval.generations.generation import Generation
    from retrieval.generations.lock import LockHolder
    from retrieval.generations.rows import ArticleFailure, GoneArticle
    from retrieval.generations.store import GenerationStore, GenerationSummary
    from retrieval.lifecycle.journal import Event, Journal


@dataclass(frozen=True, slots=True)
class ServesInstead:
    """What a bot serves because it cannot serve what it should.

    Attributes:
        generation_id: The generation that it serves.
        reason: Why it is not the one that should serve.
    """

    generation_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """How an index is.

    Attributes:
        current: The generation that serves; ``None`` where nothing was built.
        earlier: All others, newest first.
        failures: Article files that could not be used.
        size: Bytes of the current generation's files.
        holder: Who is building, or changing it otherwise, right now; ``None`` where nobody is.
        last_build: The last build that ended, however; ``None`` where none is known. One that never began,
            since another one was running, does not count.
        problem: Why nobody can tell which generation should serve; empty where that is known.
        warnings: How many warnings there are about articles that serve all the same.
        instead: What the bot that is asked serves instead of it; ``None`` where it serves it, or no bot is asked.
        journal_problem: Why nobody can tell how the last build ended; empty where the journal can be read.
        second_encoder_problem: Why the bot that is asked answers without the second encoder; empty where it has one or
            is to have none, or no bot is asked.
    """

    current: GenerationSummary | None
    earlier: tuple[GenerationSummary, ...]
    failures: tuple[ArticleFailure, ...]
    size: int
    holder: LockHolder | None
    last_build: Event | None
    problem: str = ""
    warnings: int = 0
    instead: ServesInstead | None = None
    journal_problem: str = ""
    second_encoder_problem: str = ""


@dataclass(frozen=True, slots=True)
class ArticleIndexing:
    """How one article is indexed.

    Attributes:
        url: What was asked for.
        article: The article, if it can be found.
        sections: Its sections.
        changed: When its file was last changed, UTC; ``None`` where that is unknown.
        failure: Why its file could not be used, where that is so.
        gone: What is remembered of it, where it was there once.
    """

    url: str
    article: Article | None = None
    sections: tuple[Section, ...] = ()
    changed: dt.datetime | None = None
    failure: ArticleFailure | None = None
    gone: GoneArticle | None = None


class IndexInspector:
    """Looks at one index.

    Args:
        store: Its generations.
        journal: What was done to it.
    """

    def __init__(self, store: GenerationStore, journal: Journal) -> None:
        self._store = store
        self._journal = journal

    def status(self) -> IndexStatus:
        """How the index is."""
        summaries = self._store.list()
        current = next((summary for summary in summaries if summary.is_current), None)
        manifest = current.manifest if current else None
        last_build, journal_problem = self._last_build()
        return IndexStatus(
            current=current,
            earlier=tuple(summary for summary in summaries if not summary.is_current),
            failures=failures_of(self._store),
            size=sum(entry.size for entry in manifest.files.values()) if manifest else 0,
            holder=self.holder(),
            last_build=last_build,
            problem=self._problem(),
            journal_problem=journal_problem,
            warnings=_count_warnings(self._store),
        )

    def holder(self) -> LockHolder | None:
        """Who is changing the index right now; ``None`` where nobody is."""
        return self._store.lock.holder()

    def history(self, limit: int = 20, actions: Iterable[StoreAction] | None = None) -> tuple[Event, ...]:
        """What was done, newest first.

        Args:
            limit: At most so many events.
            actions: Only these; all without.

        Raises:
            JournalError: The journal cannot be read.
        """
        wanted = frozenset(actions or StoreAction)
        return tuple(event for event in self._journal.events() if event.action in wanted)[:limit]

    def article(self, url: str) -> ArticleIndexing:
        """How one article is indexed, or why it is not.

        Args:
            url: Its url, with or without the site's address; or the path of its file.

        Raises:
            NoGenerationError: Nothing was built yet.
        """
        url = url.encode(errors="replace").decode()  # typed in bytes that are no text, it is the url of nothing
        with self._store.current() as generation, damage_named(generation.folder):
            for key in (url, "/" + url.split("//", 1)[-1].partition("/")[2]):
                row = _row_of(generation, key)
                if row is not None:
                    article = generation.article(row)
                    changed = _last_change(generation, article.path)
                    return ArticleIndexing(key, article, generation.sections(row), changed)
                gone = generation.what_became_of(key)
                failure = _failure_of(generation.failures(), key)
                if gone is not None or failure is not None:
                    return ArticleIndexing(key, failure=failure, gone=gone)
        return ArticleIndexing(url)

    def _last_build(self) -> tuple[Event | None, str]:
        """The last build that began, and why nobody can tell which that is."""
        try:
            builds = (event for event in self._journal.events() if event.action is StoreAction.BUILD)
        except JournalError as error:
            return None, str(error)
        return next((event for event in builds if event.outcome is not ActionOutcome.BUSY), None), ""

    def _problem(self) -> str:
        try:
            self._store.current_id()
        except GenerationError as error:
            return str(error)
        return ""


def failures_of(store: GenerationStore) -> tuple[ArticleFailure, ...]:
    """Article files that the generation that serves could not use; none where there is no such generation."""
    try:
        with store.current() as generation, damage_named(generation.folder):
            return generation.failures()
    except GenerationError:
        return ()


def _count_warnings(store: GenerationStore) -> int:
    try:
        with store.current() as generation:
            return len(generation.warnings())
    except GenerationError:
        return 0


def _row_of(generation: Generation, key: str) -> int | None:
    """Row of the article with this url, or from this file."""
    rows = (generation.row_of(key), *map(generation.row_of_file, _paths(key)))
    return next((row for row in rows if row is not None), None)


def _paths(key: str) -> tuple[str, str]:
    """Paths of the file that may be meant, relative to the content root."""
    path = key.strip("/")
    return path, f"{path}.md"


def _last_change(generation: Generation, path: str) -> dt.datetime | None:
    stamp = generation.stamps().get(path)
    changed_ns = stamp.changed_ns if stamp else 0
    return dt.datetime.fromtimestamp(changed_ns / 1e9, dt.UTC) if changed_ns > 0 else None


def _failure_of(failures: Iterable[ArticleFailure], key: str) -> ArticleFailure | None:
    return next((each for each in failures if each.claimed_url == key or each.path in _paths(key)), None)
