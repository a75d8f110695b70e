"""What admins do with an index: look at it, build it, see before what that changes, go back, and read what was done.

Everything here blocks. The command line and the bot's own process for builds call it; each action ends in the journal.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from retrieval.build_rules import BuildRules, objections_to
from retrieval.corpus_difference import CorpusDifference
from retrieval.errors import BuildCancelledError, GenerationError
from retrieval.evaluation import evaluate
from retrieval.journal import Action, Event, Outcome
from retrieval.source_changes import SourceChanges

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from contextlib import AbstractContextManager

    from retrieval.answering import Answerer
    from retrieval.article_rows import ArticleFailure, GoneArticle
    from retrieval.build_report import BuildReport
    from retrieval.domain import Article, Section
    from retrieval.evaluation import JudgedQuestion
    from retrieval.generation_store import GenerationStore, GenerationSummary
    from retrieval.journal import Journal


OnProgress = Callable[[str, int, int], None]
"""Told a stage's name, how much of it is done, and how much there is (0 where nobody knows)."""


def _ignore(_stage: str, _done: int, _total: int) -> None:
    """Nobody wants to know."""


class Workshop(Protocol):
    """What builds and opens generations, as the settings say."""

    def build(self, *, full: bool, activate: bool, on_progress: OnProgress) -> BuildReport:
        """Build a generation from the articles as they are now; what `on_progress` raises stops it."""
        ...

    def open_answerer(self, generation_id: str) -> AbstractContextManager[Answerer]:
        """What answers from a generation."""
        ...


@dataclass(frozen=True, slots=True)
class Policy:
    """How builds are judged and what is kept.

    Attributes:
        rules: What must hold before a generation may serve unasked.
        golden: Judged questions that a new generation is asked.
        keep: How many generations are kept after a build; ``None`` keeps all.
    """

    rules: BuildRules = field(default_factory=BuildRules)
    golden: tuple[JudgedQuestion, ...] = ()
    keep: int | None = None


@dataclass(frozen=True, slots=True)
class Rebuild:
    """How a build ended.

    Attributes:
        report: What it did.
        before: Id of the generation that served before, if any.
        objections: Why the new generation does not serve until somebody says so; empty where it serves.
        seconds: How long it took.
    """

    report: BuildReport
    before: str | None
    objections: tuple[str, ...]
    seconds: float

    @property
    def serves(self) -> bool:
        """Whether what was built serves now."""
        return self.report.is_new and not self.objections


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """A question that gets another first article.

    Attributes:
        question: What was asked.
        before: Url of the article that answers it now; ``None`` where none was found.
        after: Url of the article that would.
    """

    question: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a build would do.

    Attributes:
        difference: What would become of the articles.
        failures: Files that could not be used and were not known as such.
        articles: How many articles there would be.
        answers: Questions that would get another first article.
        asked: How many questions were asked.
        objections: Why the new generation would not serve unasked.
        seconds: How long the build will take: as long as the one just made, without embedding, which is done.
        source: What the articles' source says about its changes.
    """

    difference: CorpusDifference
    failures: tuple[ArticleFailure, ...]
    articles: int
    answers: tuple[AnswerChange, ...]
    asked: int
    objections: tuple[str, ...]
    seconds: float
    source: SourceChanges = field(default_factory=SourceChanges)


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """How an index is.

    Attributes:
        current: The generation that serves; ``None`` where nothing was built.
        earlier: All others, newest first.
        failures: Article files that could not be used.
        size: Bytes of the current generation's files.
        builder_pid: The process that is building right now (0 where its number is unknown), or ``None``.
        last_build: The last build that ended, however; ``None`` where none is known.
    """

    current: GenerationSummary | None
    earlier: tuple[GenerationSummary, ...]
    failures: tuple[ArticleFailure, ...]
    size: int
    builder_pid: int | None
    last_build: Event | None


@dataclass(frozen=True, slots=True)
class ArticleIndexing:
    """How one article is indexed.

    Attributes:
        url: What was asked for.
        article: The article, if it can be found.
        sections: Its sections.
        failure: Why its file could not be used, where that is so.
        gone: What is remembered of it, where it was there once.
    """

    url: str
    article: Article | None = None
    sections: tuple[Section, ...] = ()
    failure: ArticleFailure | None = None
    gone: GoneArticle | None = None


class IndexLife:
    """The life of one index.

    Args:
        store: Its generations.
        journal: What was done to it.
        workshop: Builds and opens.
        policy: How builds are judged.
    """

    def __init__(self, store: GenerationStore, journal: Journal, workshop: Workshop, policy: Policy) -> None:
        self._store = store
        self._journal = journal
        self._workshop = workshop
        self._policy = policy

    def rebuild(
        self, actor: str, *, full: bool = False, confirmed: bool = False, on_progress: OnProgress = _ignore
    ) -> Rebuild:
        """Build, and let the new generation serve unless the policy objects.

        Args:
            actor: Who wants it.
            full: Read every article anew.
            confirmed: Somebody has said that it shall serve whatever the policy says.
            on_progress: Told how far it is; may raise `BuildCancelledError`.

        Raises:
            BuildRunningError: Somebody else is building.
            BuildCancelledError: It was stopped.
            RetrievalError: Nothing could be built; the index stays as it was.
            EmbeddingError: The model cannot be used.
        """
        started, before = time.monotonic(), self._current_id()
        try:
            report = self._workshop.build(full=full, activate=False, on_progress=on_progress)
            objections = () if confirmed or not report.is_new else self._objections(report, before)
            if report.is_new and not objections:
                self._store.rollback(report.generation_id)
        except Exception as error:
            cancelled = isinstance(error, BuildCancelledError)
            outcome = Outcome.CANCELLED if cancelled else Outcome.FAILED
            problem = {} if cancelled else {"error": str(error)}
            self._write(actor, Action.BUILD, outcome, before, before, time.monotonic() - started, problem)
            raise
        seconds = time.monotonic() - started
        outcome = Outcome.NOTHING_NEW if not report.is_new else Outcome.REFUSED if objections else Outcome.DONE
        facts = _counts(report) | ({"objections": list(objections)} if objections else {})
        self._write(actor, Action.BUILD, outcome, report.generation_id, before, seconds, facts)
        if report.is_new:
            self._store.discard_candidates(report.generation_id)
        if outcome is Outcome.DONE and self._policy.keep is not None:
            self._store.prune(self._policy.keep)
        return Rebuild(report, before, objections, seconds)

    def preview(self, actor: str, questions: Sequence[str] = (), *, on_progress: OnProgress = _ignore) -> Preview:
        """What a build would do. It is made, looked at and thrown away; its vectors stay for the one that counts.

        Args:
            actor: Who wants to know.
            questions: Questions to ask before and after, besides the golden ones.
            on_progress: Told how far it is; may raise `BuildCancelledError`.

        Raises:
            As `rebuild`.
        """
        started, before = time.monotonic(), self._current_id()
        known = {failure.path for failure in self._failures()}
        report = self._workshop.build(full=False, activate=False, on_progress=on_progress)
        try:
            objections = self._objections(report, before) if report.is_new else ()
            asked = tuple(dict.fromkeys((*questions, *(judged.query for judged in self._policy.golden))))
            answers = self._changes(before, report.generation_id, asked) if report.is_new and before else ()
        finally:
            if report.is_new:
                self._store.discard(report.generation_id)
        embedding = sum(took for stage, took in report.seconds.items() if stage.value == "embed")
        seconds = sum(report.seconds.values()) - embedding
        self._write(actor, Action.PREVIEW, Outcome.DONE, before, before, time.monotonic() - started, _counts(report))
        failures = tuple(failure for failure in report.failures if failure.path not in known)
        return Preview(
            report.difference, failures, report.articles, answers, len(asked), objections, seconds, report.source
        )

    def rollback(self, actor: str, to: str | None = None) -> tuple[str | None, str]:
        """Let an earlier generation serve, or any that is named.

        Returns:
            Ids of the generation that served, and of the one that serves now.

        Raises:
            GenerationError: There is none to go back to.
        """
        started, before = time.monotonic(), self._current_id()
        try:
            now = self._store.rollback(to)
        except GenerationError as error:
            facts = {"error": str(error)}
            self._write(actor, Action.ROLLBACK, Outcome.FAILED, before, before, time.monotonic() - started, facts)
            raise
        self._write(actor, Action.ROLLBACK, Outcome.DONE, now, before, time.monotonic() - started, {})
        return before, now

    def prune(self, actor: str, keep: int) -> tuple[str, ...]:
        """Remove all but the newest generations; see `GenerationStore.prune`."""
        started = time.monotonic()
        removed = self._store.prune(keep)
        current = self._current_id()
        facts = {"removed": list(removed)}
        self._write(actor, Action.PRUNE, Outcome.DONE, current, current, time.monotonic() - started, facts)
        return removed

    def status(self) -> IndexStatus:
        """How the index is."""
        summaries = self._store.list()
        current = next((summary for summary in summaries if summary.is_current), None)
        manifest = current.manifest if current else None
        builds = (event for event in self._journal.events() if event.action is Action.BUILD)
        return IndexStatus(
            current=current,
            earlier=tuple(summary for summary in summaries if not summary.is_current),
            failures=self._failures(),
            size=sum(entry.size for entry in manifest.files.values()) if manifest else 0,
            builder_pid=self._store.builder_pid(),
            last_build=next(builds, None),
        )

    def history(self, limit: int = 20, actions: Iterable[Action] | None = None) -> tuple[Event, ...]:
        """What was done, newest first.

        Args:
            limit: At most so many events.
            actions: Only these; all without.
        """
        wanted = frozenset(actions or Action)
        return tuple(event for event in self._journal.events() if event.action in wanted)[:limit]

    def article(self, url: str) -> ArticleIndexing:
        """How one article is indexed, or why it is not.

        Args:
            url: Its url, with or without the site's address; or the path of its file.

        Raises:
            NoGenerationError: Nothing was built yet.
        """
        with self._store.current() as generation:
            for key in (url, "/" + url.split("//", 1)[-1].partition("/")[2]):
                row = generation.row_of(key)
                if row is not None:
                    return ArticleIndexing(key, generation.article(row), generation.sections(row))
                gone = generation.what_became_of(key)
                failure = _failure_of(generation.failures(), key)
                if gone is not None or failure is not None:
                    return ArticleIndexing(key, failure=failure, gone=gone)
        return ArticleIndexing(url)

    def _objections(self, report: BuildReport, before: str | None) -> tuple[str, ...]:
        golden = None
        if self._policy.golden:
            with self._workshop.open_answerer(report.generation_id) as answerer:
                golden = evaluate(answerer, self._policy.golden).metrics["answer_1"]
        articles = self._articles(before)
        found = objections_to(report.difference, articles, golden, self._policy.rules)
        return tuple(objection.reason for objection in found)

    def _changes(self, before: str, after: str, questions: Sequence[str]) -> tuple[AnswerChange, ...]:
        if not questions:
            return ()
        firsts = []
        for generation_id in (before, after):
            with self._workshop.open_answerer(generation_id) as answerer:
                hits = (answerer.rank(question, limit=1) for question in questions)
                firsts.append([found[0].article.url if found else None for found in hits])
        rows = zip(questions, *firsts, strict=True)
        return tuple(AnswerChange(question, one, other) for question, one, other in rows if one != other)

    def _articles(self, generation_id: str | None) -> int:
        summary = next((each for each in self._store.list() if each.id == generation_id), None)
        return summary.manifest.counts.articles if summary and summary.manifest else 0

    def _failures(self) -> tuple[ArticleFailure, ...]:
        try:
            with self._store.current() as generation:
                return generation.failures()
        except GenerationError:
            return ()

    def _current_id(self) -> str | None:
        try:
            return self._store.current_id()
        except GenerationError:
            return None

    def _write(  # noqa: PLR0913, PLR0917  # the columns of a journal
        self,
        actor: str,
        action: Action,
        outcome: Outcome,
        generation: str | None,
        before: str | None,
        seconds: float,
        facts: Mapping[str, object],
    ) -> None:
        self._journal.append(Event(dt.datetime.now(dt.UTC), actor, action, outcome, generation, before, seconds, facts))


def _counts(report: BuildReport) -> dict[str, object]:
    return {
        "added": report.added,
        "changed": report.changed,
        "removed": report.removed,
        "failed": len(report.failures),
        "articles": report.articles,
        "sections": report.sections,
        "embedded": report.embedded,
        "full": report.is_full,
    }


def _failure_of(failures: Iterable[ArticleFailure], key: str) -> ArticleFailure | None:
    path = key.strip("/")
    return next((each for each in failures if each.claimed_url == key or each.path in {path, f"{path}.md"}), None)
