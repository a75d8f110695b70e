"""Builds, previews, rollbacks and what is written down of them, with real generations."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from bot.index_life import IndexLife
from bot.index_look import IndexLook
from bot.index_outcomes import AnswerChange, Policy
from retrieval.answering import Answerer
from retrieval.build_rules import BuildRules
from retrieval.errors import BuildCancelledError, GenerationError, NoArticlesError
from retrieval.evaluation import JudgedQuestion
from retrieval.journal import Action, Journal, Outcome
from tests.retrieval.article_files import small_corpus


class CorpusWorkshop:
    """`bot.index_outcomes.Workshop` of a small corpus."""

    def __init__(self, corpus) -> None:
        self._corpus = corpus

    def build(self, *, full, activate, on_progress):
        def tell(progress):
            on_progress(progress.stage.value, progress.done, progress.total)

        return self._corpus.build(full=full, activate=activate, on_progress=tell)

    @contextmanager
    def open_answerer(self, generation_id):
        with self._corpus.store.open(generation_id, self._corpus.encoder) as generation:
            yield Answerer(generation, self._corpus.encoder)


@pytest.fixture
def corpus(tmp_path):
    return small_corpus(tmp_path)


def life_of(corpus, **policy):
    return IndexLife(corpus.store, Journal(corpus.store.folder), CorpusWorkshop(corpus), Policy(**policy))


def look_at(corpus):
    return IndexLook(corpus.store, Journal(corpus.store.folder))


def told(corpus, limit=20):
    return [(event.actor, event.action, event.outcome) for event in look_at(corpus).history(limit)]


def test_a_build_serves_and_is_written_down(corpus):
    life = life_of(corpus)
    first = life.rebuild("ann")
    assert first.serves
    assert corpus.store.current_id() == first.report.generation_id
    again = life.rebuild("bob")
    assert not again.serves
    assert told(corpus) == [("bob", Action.BUILD, Outcome.NOTHING_NEW), ("ann", Action.BUILD, Outcome.DONE)]
    (_, event) = look_at(corpus).history()
    assert (event.generation, event.before, event.facts["added"]) == (first.report.generation_id, None, 4)
    status = look_at(corpus).status()
    assert status.current.id == first.report.generation_id
    assert (status.earlier, status.failures, status.holder) == ((), (), None)
    assert status.last_build.outcome is Outcome.NOTHING_NEW
    assert status.size > 1000


def test_a_build_that_loses_too_much_waits_for_somebodys_word(corpus):
    life = life_of(corpus, rules=BuildRules(most_lost=0.3))
    first = life.rebuild("ann")
    for name in ("geology/basalt", "biology/yeast"):
        (corpus.root / f"{name}.md").unlink()
    refused = life.rebuild("ann")
    assert refused.objections == ("2 of 4 articles would go (50.0%, more than 30.0%)",)
    assert corpus.store.current_id() == first.report.generation_id
    assert told(corpus, 1) == [("ann", Action.BUILD, Outcome.REFUSED)]
    before, now = life.rollback("boss", refused.report.generation_id)
    assert (before, now) == (first.report.generation_id, refused.report.generation_id)
    corpus.write("geology/basalt", "What is basalt", "Basalt is a dark rock.")
    life.rebuild("ann")
    (corpus.root / "geology/basalt.md").unlink()
    (corpus.root / "geology/erosion.md").unlink()
    assert life.rebuild("ann", confirmed=True).serves


def test_of_builds_that_wait_for_a_word_only_the_newest_is_kept(corpus):
    life = life_of(corpus, rules=BuildRules(most_lost=0.3))
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
    nothing = life.preview("ann", ["what is granite"])
    assert nothing.difference.is_empty
    assert nothing.answers == ()


def test_going_back_is_written_down_and_so_is_that_there_is_nothing_to_go_back_to(corpus):
    life = life_of(corpus)
    first = life.rebuild("ann").report.generation_id
    with pytest.raises(GenerationError):
        life.rollback("bob")
    corpus.write("geology/granite", "What is granite", "Granite is a pale rock.")
    second = life.rebuild("ann").report.generation_id
    assert life.rollback("bob") == (second, first)
    assert told(corpus)[0] == ("bob", Action.ROLLBACK, Outcome.DONE)
    assert told(corpus)[2] == ("bob", Action.ROLLBACK, Outcome.FAILED)
    assert [event.action for event in look_at(corpus).history(actions=[Action.BUILD])] == [Action.BUILD, Action.BUILD]


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
    assert (failed.outcome, cancelled.outcome) == (Outcome.FAILED, Outcome.CANCELLED)
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
    assert told(corpus, 1) == [("bob", Action.PRUNE, Outcome.DONE)]


def test_how_an_article_is_indexed_or_why_it_is_not(corpus):
    life = life_of(corpus, rules=BuildRules(1.0))
    (corpus.root / "biology/broken.md").write_text("---\nquestion: x\n---\n")
    life.rebuild("ann")
    found = look_at(corpus).article("https://example.org/learn/geology/basalt")
    assert found.article.question == "What is basalt"
    assert len(found.sections) == 1
    assert "answer" in look_at(corpus).article("biology/broken.md").failure.problem
    (corpus.root / "geology/basalt.md").unlink()
    life.rebuild("ann")
    assert look_at(corpus).article("/learn/geology/basalt").gone.question == "What is basalt"
    assert look_at(corpus).article("/learn/geology/never").article is None
