"""What admins do with an index: build it, see before what that changes, go back, and clean up.

Everything here blocks, holds the index's lock from its beginning to its end, and is written down in the journal. The
command line and the bot's own process for builds call it.
"""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING

from embeddings.errors import EmbeddingError
from retrieval.errors import GenerationError, NoGenerationError, RetrievalError
from retrieval.evaluation.evaluation import evaluate
from retrieval.generations.lock import StoreAction
from retrieval.lifecycle.inspection import failures_of
from retrieval.lifecycle.journal import ActionOutcome
from retrieval.lifecycle.journaled import journaled
from retrieval.lifecycle.outcomes import AnswerChange, Preview, Rebuild, estimate
from retrieval.lifecycle.rules import objections_to
from retrieval.progress import OnProgress, ignore_progress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from retrieval.answering.answerer import Answerer
    from retrieval.building.report import BuildReport
    from retrieval.generations.store import GenerationStore, GenerationWriter
    from retrieval.lifecycle.journal import Journal
    from retrieval.lifecycle.outcomes import IndexBuilder, Policy

JUDGE_STAGE = "judge"
"""The step after a build's own: questions are asked of the new generation."""

_log = logging.getLogger(__name__)


class IndexOperations:
    """Changes one index.

    Args:
        store: Its generations.
        journal: What was done to it.
        builder: Builds and opens.
        policy: How builds are judged.
    """

    def __init__(self, store: GenerationStore, journal: Journal, builder: IndexBuilder, policy: Policy) -> None:
        self._store = store
        self._journal = journal
        self._builder = builder
        self._policy = policy

    def rebuild(
        self, actor: str, *, full: bool = False, confirmed: bool = False, on_progress: OnProgress = ignore_progress
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
        started = time.monotonic()
        with journaled(self._store, self._journal, actor, StoreAction.BUILD) as entry:
            tell = entry.told(on_progress)
            report = self._builder.build(entry.writer, full=full, on_progress=tell)
            entry.generation = report.generation_id
            entry.facts |= _counts(report)
            objections: tuple[str, ...] = ()
            if report.is_new:
                try:
                    objections = () if confirmed else self._objections(report, tell)
                    if not objections:
                        entry.writer.activate(report.generation_id)
                except BaseException:  # it goes on; what was stopped before it served is not left behind
                    _throw_away(entry.writer, report.generation_id)
                    raise
            entry.outcome = ActionOutcome.DONE if report.is_new else ActionOutcome.NOTHING_NEW
            if objections:
                entry.outcome = ActionOutcome.REFUSED
                entry.facts["objections"] = list(objections)
            self._clear_away(report, entry.writer, serves=entry.outcome is ActionOutcome.DONE)
        return Rebuild(report, entry.before, objections, time.monotonic() - started)

    def preview(
        self, actor: str, questions: Sequence[str] = (), *, on_progress: OnProgress = ignore_progress
    ) -> Preview:
        """What a build would do. It is made, looked at and thrown away; its vectors stay for the one that counts.

        Args:
            actor: Who wants to know.
            questions: Questions to ask before and after, besides the golden ones.
            on_progress: Told how far it is; may raise `BuildCancelledError`.

        Raises:
            As `rebuild`.
        """
        with journaled(self._store, self._journal, actor, StoreAction.PREVIEW) as entry:
            tell = entry.told(on_progress)
            known = {failure.path for failure in failures_of(self._store)}
            began = time.monotonic()
            report = self._builder.build(entry.writer, full=False, on_progress=tell)
            built = judged = time.monotonic()
            entry.facts |= _counts(report)
            objections: tuple[str, ...] = ()
            answers: tuple[AnswerChange, ...] = ()
            asked = tuple(dict.fromkeys((*questions, *(judged.query for judged in self._policy.golden))))
            if report.is_new:
                try:
                    objections = self._objections(report, tell)
                    judged = time.monotonic()
                    changes = self._changes(entry.before, report.generation_id, asked, tell)
                    asked, answers = (asked, changes) if changes is not None else ((), ())
                finally:
                    _throw_away(entry.writer, report.generation_id)
        return Preview(
            difference=report.difference,
            failures=tuple(failure for failure in report.failures if failure.path not in known),
            warnings=report.warnings,
            articles=report.articles,
            answers=answers,
            asked=len(asked),
            objections=objections,
            estimate=estimate(built - began, judged - built, report.embedding_seconds),
            source=report.source,
            full_build_reason=report.full_build_reason,
        )

    def rollback(self, actor: str, to: str | None = None) -> tuple[str | None, str]:
        """Let an earlier generation serve, or any that is named.

        Returns:
            Ids of the generation that served, and of the one that serves now.

        Raises:
            GenerationError: There is none to go back to.
            BuildRunningError: Somebody is building.
            IndexWriteError: The index folder cannot be written.
        """
        self._require_folder()
        with journaled(self._store, self._journal, actor, StoreAction.ROLLBACK) as entry:
            now = entry.writer.rollback(to)
        return entry.before, now

    def prune(self, actor: str, keep: int) -> tuple[str, ...]:
        """Remove all but the newest generations; see `GenerationWriter.prune`.

        Raises:
            GenerationError: Nobody can tell which one serves.
            BuildRunningError: Somebody is building.
            OSError: One cannot be removed.
        """
        self._require_folder()
        with journaled(self._store, self._journal, actor, StoreAction.PRUNE) as entry:
            removed = entry.writer.prune(keep)
            entry.facts["removed"] = list(removed)
        return removed

    def _require_folder(self) -> None:
        """Refuse to make an index folder only to find nothing in it."""
        if not self._store.folder.is_dir():
            raise NoGenerationError(self._store.folder)

    def _objections(self, report: BuildReport, tell: OnProgress) -> tuple[str, ...]:
        golden = None
        if self._policy.golden:
            with self._builder.open_answerer(report.generation_id) as answerer:
                judging = evaluate(answerer, self._policy.golden, _at_judging(tell))
                golden = judging.metrics["answer_1"]
        found = objections_to(report.difference, report.articles_before, golden, self._policy.rules)
        return tuple(objection.reason for objection in found)

    def _changes(
        self, before: str | None, after: str, questions: Sequence[str], tell: OnProgress
    ) -> tuple[AnswerChange, ...] | None:
        """Questions that get another first article; ``None`` where nothing that can be asked served before."""
        if before is None:
            return None
        if not questions:
            return ()
        told, count = _at_judging(tell), len(questions)
        try:
            with self._builder.open_answerer(before) as answerer:
                old = _first_urls(answerer, questions, lambda done: told(done, 2 * count))
        except GenerationError as error:  # damaged, or of another version or model, which the build mends
            _log.warning("no answers are compared: %s", error)
            return None
        with self._builder.open_answerer(after) as answerer:
            new = _first_urls(answerer, questions, lambda done: told(count + done, 2 * count))
        rows = zip(questions, old, new, strict=True)
        return tuple(AnswerChange(question, one, other) for question, one, other in rows if one != other)

    def _clear_away(self, report: BuildReport, writer: GenerationWriter, *, serves: bool) -> None:
        """Remove what nobody needs after a build. Its outcome stands, whether or not this works."""
        try:
            if report.is_new:
                writer.discard_candidates(report.generation_id)
            if serves and self._policy.keep is not None:
                writer.prune(self._policy.keep)
        except (RetrievalError, OSError) as error:
            _log.warning("earlier generations could not be removed: %s", error)
        try:
            if serves:
                self._builder.prune_vectors(writer)
        except (RetrievalError, EmbeddingError, OSError) as error:
            _log.warning("vectors that nothing needs could not be removed: %s", error)


def _throw_away(writer: GenerationWriter, generation_id: str) -> None:
    """Remove a generation that nobody wants any more; where that fails, the next build removes it."""
    try:
        writer.discard(generation_id)
    except (RetrievalError, OSError) as error:
        _log.warning("generation %s could not be removed: %s", generation_id, error)


def _first_urls(answerer: Answerer, questions: Sequence[str], told: Callable[[int], None]) -> list[str | None]:
    """Url of the first article for each question, if any is found."""
    found: list[str | None] = []
    for question in questions:
        hits = answerer.rank(question, limit=1)
        found.append(hits[0].article.url if hits else None)
        told(len(found))
    return found


def _at_judging(tell: OnProgress) -> Callable[[int, int], None]:
    return lambda done, total: tell(JUDGE_STAGE, done, total)


def _counts(report: BuildReport) -> dict[str, object]:
    return {
        "full": report.is_full,
        "embedded": report.embedded,
        "added": len(report.difference.added),
        "changed": len(report.difference.changed),
        "removed": len(report.difference.removed),
        "moved": len(report.difference.moved),
        "failed": len(report.failures),
        "warnings": len(report.warnings),
        "articles": report.articles,
        "sections": report.sections,
    }
