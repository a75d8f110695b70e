"""Builds, previews, rollbacks and what is written down of them, with real generations."""

from __future__ import annotations

import datetime as dt
import os
import time
from contextlib import contextmanager
from dataclasses import replace

import pytest

from retrieval.answering.answerer import Answerer
from retrieval.building import reading
from retrieval.building.base import FullBuildCause
from retrieval.building.builder import BuildOptions, build
from retrieval.building.vectors.vector_pruning import prune_vectors
from retrieval.errors import BuildCancelledError, CurrentFileError, GenerationError, NoArticlesError, NoGenerationError
from retrieval.evaluation.judged_questions import JudgedQuestion
from retrieval.generations.lock import BuildRunningError, StoreAction
from retrieval.generations.store import GenerationStore, GenerationWriter
from retrieval.lifecycle.inspection import IndexInspector
from retrieval.lifecycle.journal import ActionOutcome, Journal
from retrieval.lifecycle.operations import IndexOperations
from retrieval.lifecycle.outcomes import AnswerChange, Policy
from retrieval.lifecycle.rules import BuildRules
from tests.hashing_encoder import HashingEncoder
from tests.retrieval.article_files import small_corpus
from tests.retrieval.index_changes import discard, prune, rollback


class CorpusIndexBuilder:
    """`retrieval.lifecycle.outcomes.IndexBuilder` of a small corpus."""

    def __init__(self, corpus) -> None:
        self._corpus = corpus

    def build(self, writer, *, full, on_progress):
        corpus, options = self._corpus, BuildOptions(full=full, processes=1, activate=False)
        with corpus.cache() as cache:
            return build(corpus.root, writer, corpus.encoder, cache, options=options, on_progress=on_progress)

    @contextmanager
    def open_answerer(self, generation_id):
        with self._corpus.store.open(generation_id, self._corpus.encoder) as generation:
            yield Answerer(generation, self._corpus.encoder)

    def prune_vectors(self, writer):
        with self._corpus.cache() as cache:
            prune_vectors(writer, cache, self._corpus.encoder.fingerprint)


@pytest.fixture
def corpus(tmp_path):
    return small_corpus(tmp_path)


def life_of(corpus, **policy):
    return IndexOperations(corpus.store, Journal(corpus.store.folder), CorpusIndexBuilder(corpus), Policy(**policy))


def look_at(corpus):
    return IndexInspector(corpus.store, Journal(corpus.store.folder))


def told(corpus, limit=20):
    return [(event.actor, event.action, event.outcome) for event in look_at(corpus).history(limit)]


def test_a_build_serves_and_is_written_down(corpus):
    life = life_of(corpus)
    first = life.rebuild("ann")
    assert first.serves
    assert corpus.store.current_id() == first.report.generation_id
    again = life.rebuild("bob")
    assert not again.serves
    assert told(corpus) == [
        ("bob", StoreAction.BUILD, ActionOutcome.NOTHING_NEW),
        ("ann", StoreAction.BUILD, ActionOutcome.DONE),
    ]
    (_, event) = look_at(corpus).history()
    assert (event.generation, event.before, event.facts["added"]) == (first.report.generation_id, None, 4)
    status = look_at(corpus).status()
    assert status.current.id == first.report.generation_id
    assert (status.earlier, status.failures, status.holder) == ((), (), None)
    assert status.last_build.outcome is ActionOutcome.NOTHING_NEW
    assert status.size > 1000


def test_a_build_that_loses_too_much_waits_for_somebodys_word(corpus):
    life = life_of(corpus, rules=BuildRules(max_removed_share=0.3))
    first = life.rebuild("ann")
    for name in ("geology/basalt", "biology/yeast"):
        (corpus.root / f"{name}.md").unlink()
    refused = life.rebuild("ann")
    assert refused.objections == ("2 of 4 articles would go (50.0%, more than 30.0%)",)
    assert corpus.store.current_id() == first.report.generation_id
    assert told(corpus, 1) == [("ann", StoreAction.BUILD, ActionOutcome.REFUSED)]
    before, now = life.rollback("boss", refused.report.generation_id)
    assert (before, now) == (first.report.generation_id, refused.report.generation_id)
    corpus.write("geology/basalt", "What is basalt", "Basalt is a dark rock.")
    life.rebuild("ann")
    (corpus.root / "geology/basalt.md").unlink()
    (corpus.root / "geology/erosion.md").unlink()
    assert life.rebuild("ann", confirmed=True).serves


def test_of_builds_that_wait_for_a_word_only_the_newest_is_kept(corpus):
    life = life_of(corpus, rules=BuildRules(max_removed_share=0.3))
    first = life.rebuild("ann").report.generation_id
    for name in ("geology/basalt", "biology/yeast"):
        (corpus.root / f"{name}.md").unlink()
    life.rebuild("ann")
    again = life.rebuild("ann")
    assert again.objections
    assert [summary.id for summary in corpus.store.list()] == [again.report.generation_id, first]


def test_golden_questions_are_asked_of_a_new_generation(corpus):
    golden = JudgedQuestion("1", "why does dough rise", "plain", True, None, None, {"/learn/biology/yeast": 2})
    life = life_of(corpus, rules=BuildRules(1.0, 0.9), golden=(golden,))
    assert life.rebuild("ann").serves
    (corpus.root / "biology/yeast.md").unlink()
    refused = life.rebuild("ann")
    assert refused.objections == ("0.0% of the golden questions would be answered (less than 90.0%)",)


def test_a_preview_tells_what_a_build_then_does(corpus):
    life = life_of(corpus)
    first = life.rebuild("ann")
    corpus.write("geology/granite", "What is granite", "Granite is a pale rock.")
    corpus.write("geology/basalt", "What is basalt", "Basalt is a dark volcanic rock.")
    (corpus.root / "biology/yeast.md").unlink()
    (corpus.root / "biology/broken.md").write_text("---\nquestion: x\n---\n")
    seen = []
    found = life.preview(
        "ann",
        ["what is granite", "what is basalt", "why does dough rise"],
        on_progress=lambda *told: seen.append(told[0]),
    )
    difference = found.difference
    assert [article.url for article in difference.added] == ["/learn/geology/granite"]
    assert [article.url for article in difference.changed] == ["/learn/geology/basalt"]
    assert [article.url for article in difference.removed] == ["/learn/biology/yeast"]
    assert [failure.path for failure in found.failures] == ["biology/broken.md"]
    assert found.asked == 3
    changes = {change.question: change for change in found.answers}
    assert changes["what is granite"].after == "/learn/geology/granite"
    assert changes["why does dough rise"].before == "/learn/biology/yeast"
    assert "what is basalt" not in changes
    assert all(isinstance(change, AnswerChange) for change in found.answers)
    assert (found.articles, found.objections) == (4, ("1 of 4 articles would go (25.0%, more than 10.0%)",))
    assert "embed" in seen
    assert [summary.id for summary in corpus.store.list()] == [first.report.generation_id]
    corpus.encoder.embedded.clear()
    built = life.rebuild("ann", confirmed=True)
    assert built.report.difference == difference
    assert corpus.encoder.embedded == []
    assert (found.full_build_reason, built.report.full_build_reason) == (None, None)
    nothing = life.preview("ann", ["what is granite"])
    assert nothing.difference.is_empty
    assert nothing.answers == ()


@pytest.mark.parametrize("damage", ["none", "articles.sqlite", "encoder"])
def test_a_preview_compares_no_answers_where_there_is_nothing_to_compare_with(corpus, damage):
    life = life_of(corpus)
    if damage != "none":
        served = life.rebuild("ann").report.generation_id
    if damage == "articles.sqlite":
        (corpus.store.folder / served / damage).unlink()
    elif damage == "encoder":
        corpus.encoder = HashingEncoder(dimension=32)
    found = life.preview("ann", ["what is basalt"])
    assert (found.articles, found.answers, found.asked, found.objections) == (4, (), 0, ())
    causes = {
        "none": FullBuildCause.NO_INDEX,
        "articles.sqlite": FullBuildCause.DAMAGED,
        "encoder": FullBuildCause.MODEL,
    }
    assert found.full_build_reason.cause is causes[damage]


def test_going_back_is_written_down_and_so_is_that_there_is_nothing_to_go_back_to(corpus):
    life = life_of(corpus)
    first = life.rebuild("ann").report.generation_id
    with pytest.raises(GenerationError):
        life.rollback("bob")
    corpus.write("geology/granite", "What is granite", "Granite is a pale rock.")
    second = life.rebuild("ann").report.generation_id
    assert life.rollback("bob") == (second, first)
    assert told(corpus)[0] == ("bob", StoreAction.ROLLBACK, ActionOutcome.DONE)
    assert told(corpus)[2] == ("bob", StoreAction.ROLLBACK, ActionOutcome.FAILED)
    assert [event.action for event in look_at(corpus).history(actions=[StoreAction.BUILD])] == [
        StoreAction.BUILD,
        StoreAction.BUILD,
    ]


def test_a_cancelled_and_a_failed_build_are_written_down(corpus):
    life = life_of(corpus)
    first = life.rebuild("ann").report.generation_id
    corpus.write("geology/granite", "What is granite", "Granite is a pale rock.")

    def stop(stage, _done, _total):
        if stage == "embed":
            raise BuildCancelledError

    with pytest.raises(BuildCancelledError):
        life.rebuild("ann", on_progress=stop)
    for path in corpus.root.rglob("*.md"):
        path.unlink()
    with pytest.raises(NoArticlesError):
        life.rebuild("ann")
    failed, cancelled, _ = look_at(corpus).history()
    assert (failed.outcome, cancelled.outcome) == (ActionOutcome.FAILED, ActionOutcome.CANCELLED)
    assert "no article files" in failed.facts["error"]
    assert corpus.store.current_id() == first


def test_only_so_many_generations_are_kept_where_that_is_wanted(corpus):
    life = life_of(corpus, keep=2)
    for number in range(4):
        corpus.write("geology/granite", "What is granite", f"Granite is a pale rock number {number}.")
        life.rebuild("ann")
    assert len(corpus.store.list()) == 2
    newest, before = (summary.id for summary in corpus.store.list())
    assert life.prune("bob", 1) == (before,)
    assert corpus.store.current_id() == newest
    assert told(corpus, 1) == [("bob", StoreAction.PRUNE, ActionOutcome.DONE)]


def test_how_an_article_is_indexed_or_why_it_is_not(corpus):
    life = life_of(corpus, rules=BuildRules(1.0))
    (corpus.root / "biology/broken.md").write_text("---\nquestion: x\n---\n")
    life.rebuild("ann")
    found = look_at(corpus).article("https://example.org/learn/geology/basalt")
    assert found.article.question == "What is basalt"
    assert len(found.sections) == 1
    for path in ("geology/basalt.md", "geology/basalt", "/geology/basalt.md"):
        assert look_at(corpus).article(path).article == found.article
    assert "answer" in look_at(corpus).article("biology/broken.md").failure.problem
    (corpus.root / "geology/basalt.md").unlink()
    life.rebuild("ann")
    assert look_at(corpus).article("/learn/geology/basalt").gone.question == "What is basalt"
    assert look_at(corpus).article("/learn/geology/never").article is None


def stop_at(wanted):
    def stop(stage, _done, _total):
        if stage == wanted:
            raise BuildCancelledError

    return stop


@pytest.mark.parametrize("stage", ["read", "embed", "judge"])
def test_a_cancelled_preview_is_written_down_and_leaves_nothing(corpus, stage):
    life = life_of(corpus)
    first = life.rebuild("ann").report.generation_id
    corpus.write("geology/granite", "What is granite", "Granite is a pale rock.")
    with pytest.raises(BuildCancelledError):
        life.preview("bob", ["what is granite"], on_progress=stop_at(stage))
    assert told(corpus, 1) == [("bob", StoreAction.PREVIEW, ActionOutcome.CANCELLED)]
    (event,) = look_at(corpus).history(1)
    assert (event.generation, event.before, event.facts["stage"]) == (first, first, stage)
    assert [summary.id for summary in corpus.store.list()] == [first]


def test_a_failed_preview_says_why(corpus):
    life = life_of(corpus)
    life.rebuild("ann")
    for path in corpus.root.rglob("*.md"):
        path.unlink()
    with pytest.raises(NoArticlesError):
        life.preview("bob")
    assert told(corpus, 1) == [("bob", StoreAction.PREVIEW, ActionOutcome.FAILED)]
    assert "no article files" in look_at(corpus).history(1)[0].facts["error"]


def test_who_interrupts_a_build_at_the_terminal_cancels_it(corpus):
    def interrupt(stage, _done, _total):
        if stage == "embed":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        life_of(corpus).rebuild("ann", on_progress=interrupt)
    assert told(corpus) == [("ann", StoreAction.BUILD, ActionOutcome.CANCELLED)]


def test_a_build_that_is_cancelled_while_it_is_judged_leaves_nothing(corpus):
    golden = JudgedQuestion("1", "why does dough rise", "plain", True, None, None, {"/learn/biology/yeast": 2})
    life = life_of(corpus, golden=(golden,))
    with pytest.raises(BuildCancelledError):
        life.rebuild("ann", on_progress=stop_at("judge"))
    assert corpus.store.list() == ()
    assert told(corpus) == [("ann", StoreAction.BUILD, ActionOutcome.CANCELLED)]


def test_a_failed_clean_up_and_a_failed_rollback_say_why(corpus):
    life = life_of(corpus)
    life.rebuild("ann")
    (corpus.store.folder / "current").write_text("nonsense")
    with pytest.raises(CurrentFileError):
        life.prune("bob", 1)
    with pytest.raises(GenerationError):
        life.rollback("bob", "20200101T000000000000Z-0000")
    with pytest.raises(BuildRunningError), GenerationStore(corpus.store.folder).writing():
        life.rollback("bob")
    assert told(corpus, 3) == [
        ("bob", StoreAction.ROLLBACK, ActionOutcome.BUSY),
        ("bob", StoreAction.ROLLBACK, ActionOutcome.FAILED),
        ("bob", StoreAction.PRUNE, ActionOutcome.FAILED),
    ]
    busy, unknown, damaged = (event.facts["error"] for event in look_at(corpus).history(3))
    assert "is being changed by process" in busy
    assert "holds no generation 20200101" in unknown
    assert "current names no generation" in damaged
    status = look_at(corpus).status()
    assert (status.current, "quicktakes index rollback" in status.problem) == (None, True)
    assert life.rollback("bob")[1] == corpus.store.current_id()


def test_where_there_is_no_index_none_is_made_to_go_back_in_or_to_clean(corpus):
    life = life_of(corpus)
    with pytest.raises(NoGenerationError):
        life.rollback("ann")
    with pytest.raises(NoGenerationError):
        life.prune("ann", 1)
    assert not corpus.store.folder.exists()


def test_a_journal_that_cannot_be_written_hides_no_outcome(corpus, caplog):
    corpus.store.folder.mkdir()
    (corpus.store.folder / "journal.jsonl").mkdir()
    life = life_of(corpus)
    built = life.rebuild("ann")
    assert built.serves
    assert corpus.store.current_id() == built.report.generation_id
    assert f"build done, generation {built.report.generation_id}, by ann" in caplog.text
    corpus.write("geology/granite", "What is granite", "Granite is a pale rock.")
    assert [article.question for article in life.preview("ann").difference.added] == ["What is granite"]
    for path in corpus.root.rglob("*.md"):
        path.unlink()
    caplog.clear()
    with pytest.raises(NoArticlesError):
        life.rebuild("ann")
    assert "journal.jsonl cannot be written" in caplog.text
    assert "build failed" in caplog.text
    with pytest.raises(BuildCancelledError):
        life.preview("ann", on_progress=stop_at("find"))


class MeddledIndexBuilder(CorpusIndexBuilder):
    """While it is asked for answers, another process tries to change the index."""

    def __init__(self, corpus) -> None:
        super().__init__(corpus)
        self.tries = []

    @contextmanager
    def open_answerer(self, generation_id):
        other = GenerationStore(self._corpus.store.folder)
        for change in (rollback, prune, lambda store: discard(store, generation_id)):
            with pytest.raises(BuildRunningError) as caught:
                change(other)
            self.tries.append(caught.value.holder)
        with super().open_answerer(generation_id) as answerer:
            yield answerer


def test_nobody_changes_the_index_between_the_steps_of_a_build_or_a_preview(corpus):
    golden = JudgedQuestion("1", "why does dough rise", "plain", True, None, None, {"/learn/biology/yeast": 2})
    builder = MeddledIndexBuilder(corpus)
    life = IndexOperations(
        corpus.store, Journal(corpus.store.folder), builder, Policy(BuildRules(1.0), (golden,), keep=1)
    )
    assert life.rebuild("ann").serves
    corpus.write("geology/granite", "What is granite", "Granite is a pale rock.")
    life.preview("ann", ["what is granite"])
    assert life.rebuild("ann").serves
    assert [holder.action for holder in builder.tries] == [StoreAction.BUILD] * 3 + [StoreAction.PREVIEW] * 9 + [
        StoreAction.BUILD
    ] * 3
    assert {holder.pid for holder in builder.tries} == {os.getpid()}
    assert corpus.store.lock.holder() is None
    assert len(corpus.store.list()) == 1


def test_the_stage_of_a_build_is_seen_from_outside(corpus):
    golden = JudgedQuestion("1", "why does dough rise", "plain", True, None, None, {"/learn/biology/yeast": 2})
    seen = []

    def look(stage, _done, _total):
        seen.append((stage, look_at(corpus).holder().stage))

    life_of(corpus, rules=BuildRules(1.0), golden=(golden,)).rebuild("ann", on_progress=look)
    assert all(told == noted for told, noted in seen)
    assert list(dict(seen)) == ["find", "read", "embed", "index", "save", "judge"]


def test_one_that_never_began_is_not_the_last_build(corpus):
    life = life_of(corpus)
    life.rebuild("ann")
    with GenerationStore(corpus.store.folder).writing(), pytest.raises(BuildRunningError):
        life.rebuild("bob")
    assert told(corpus, 1) == [("bob", StoreAction.BUILD, ActionOutcome.BUSY)]
    assert look_at(corpus).status().last_build.actor == "ann"


def test_what_cannot_be_cleared_away_does_not_undo_a_build(corpus, monkeypatch, caplog):
    life = life_of(corpus, keep=1)
    life.rebuild("ann")
    corpus.write("geology/granite", "What is granite", "Granite is a pale rock.")

    def refuse(_writer, _keep):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(GenerationWriter, "prune", refuse)
    assert life.rebuild("ann").serves
    assert told(corpus, 1) == [("ann", StoreAction.BUILD, ActionOutcome.DONE)]
    assert "earlier generations could not be removed: [Errno 13]" in caplog.text


def test_too_many_lost_articles_are_seen_although_nobody_knows_what_served(corpus):
    life = life_of(corpus, rules=BuildRules(max_removed_share=0.3))
    life.rebuild("ann")
    (corpus.store.folder / "current").write_bytes(b"")
    for name in ("geology/basalt", "biology/yeast"):
        (corpus.root / f"{name}.md").unlink()
    assert life.rebuild("ann").objections == ("2 of 4 articles would go (50.0%, more than 30.0%)",)


@pytest.mark.parametrize("name", ["vocabulary.tsv", "question_vectors.npy"])
def test_too_many_lost_articles_are_seen_although_what_served_is_damaged(corpus, name):
    life = life_of(corpus, rules=BuildRules(max_removed_share=0.3))
    served = life.rebuild("ann").report.generation_id
    (corpus.store.folder / served / name).unlink()
    for path in ("geology/basalt", "biology/yeast"):
        (corpus.root / f"{path}.md").unlink()
    assert life.rebuild("ann").objections == ("2 of 4 articles would go (50.0%, more than 30.0%)",)
    assert corpus.store.current_id() == served


class SlowIndexBuilder(CorpusIndexBuilder):
    """A full build takes long, embedding takes a while, and so does opening a generation."""

    def build(self, writer, *, full, on_progress):
        time.sleep(1.5 if self._corpus.store.current_id() is None else 0.0)
        report = super().build(writer, full=full, on_progress=on_progress)
        time.sleep(0.4 if report.embedded else 0.0)
        return replace(report, embedding_seconds=0.4) if report.embedded else report

    @contextmanager
    def open_answerer(self, generation_id):
        time.sleep(0.2)
        with super().open_answerer(generation_id) as answerer:
            yield answerer


def test_an_estimate_is_that_of_the_very_build_and_not_of_another_kind(corpus):
    golden = JudgedQuestion("1", "why does dough rise", "plain", True, None, None, {"/learn/biology/yeast": 2})
    life = IndexOperations(
        corpus.store, Journal(corpus.store.folder), SlowIndexBuilder(corpus), Policy(golden=(golden,))
    )
    assert life.rebuild("ann").seconds > 1.5
    corpus.write("geology/granite", "What is granite", "Granite is a pale rock.")
    expected = life.preview("ann", ["what is granite"]).estimate
    assert expected.embedding == 0.4
    assert 0.2 <= expected.seconds < 1.2, "judging counts; a full build, embedding and the preview's questions do not"


def test_when_an_article_was_last_changed_is_known(corpus, monkeypatch):
    monkeypatch.setattr(reading, "_SETTLED_NS", 0)
    begun = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=60)
    life_of(corpus).rebuild("ann")
    assert begun < look_at(corpus).article("/learn/geology/basalt").changed <= dt.datetime.now(dt.UTC)
