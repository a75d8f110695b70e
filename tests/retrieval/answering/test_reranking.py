"""What a reranker adds to the evidence of the first articles, and what it leaves alone."""

import logging
import threading

import pytest

from retrieval.answering.reranking import Reranker, RerankerEvidence
from retrieval.domain import Article, Evidence, Section, Subject
from retrieval.errors import RerankerTooSlowError
from retrieval.indexes.base import Candidate
from retrieval.questions.question_text import read_question
from retrieval.ranking.ranker import rank
from tests.fake_cross_encoder import FakeClock, FakeCrossEncoder
from tests.retrieval.models import ranking_weights

ASKED = read_question("Why does iron rust?")


class Articles:
    """Articles whose sections have the texts given."""

    def __init__(self, *sections):
        self._sections = sections

    def article(self, row):
        return Article(f"/learn/{row}", f"Title {row}", "", Subject("science", "Science"), f"{row}.md")

    def sections(self, row):
        return tuple(Section(number, 0, 0, (), text) for number, text in enumerate(self._sections[row]))


def candidates(*passage_scores):
    return [
        Candidate(row, Evidence(0.5, max(scores), 0, 1.0, passage=max(scores), passage_scores=scores))
        for row, scores in enumerate(passage_scores)
    ]


def said(evidence, found):
    """What the reranker says of each candidate."""
    return [each.evidence.reranker for each in evidence.added(ASKED, found)]


def reading(articles, scored, *, seconds=0.0, limit=1.0, batch=1):
    clock = FakeClock()
    fake = FakeCrossEncoder(scored, clock, seconds=seconds, batch=batch)
    return fake, RerankerEvidence(articles, Reranker(fake, seconds=limit, clock=clock))


THREE = Articles(["rust", "paint"], ["tides", "moon", "sea"], ["bees"])
OF_THREE = candidates((0.1, 0.9), (0.2, 0.3, 0.8), (0.7,))
SCORES = {"rust": 3.0, "paint": -1.0, "tides": 9.0, "moon": 2.0, "sea": 1.0, "bees": -4.0}


def of_last_word(text):
    return SCORES[text.split()[-1]]


def test_an_article_gets_the_best_of_what_its_best_sections_get():
    fake, evidence = reading(THREE, of_last_word)
    # The tides are not read: by the vectors this is the worst of the second article's three sections.
    assert said(evidence, OF_THREE) == [3.0, 2.0, -4.0]
    assert {question for question, _ in fake.read} == {ASKED.focus}


def test_the_best_section_of_every_article_is_read_before_any_second_one_under_its_articles_question():
    fake, evidence = reading(THREE, of_last_word)
    evidence.added(ASKED, OF_THREE)
    assert [text for _, text in fake.read] == [
        "Title 0\npaint",
        "Title 1\nsea",
        "Title 2\nbees",
        "Title 0\nrust",
        "Title 1\nmoon",
    ]


def test_all_other_evidence_stays_as_it_is():
    _, evidence = reading(THREE, of_last_word)
    added = evidence.added(ASKED, OF_THREE)
    assert [each.article for each in added] == [0, 1, 2]
    assert [each.evidence.passage_scores for each in added] == [each.evidence.passage_scores for each in OF_THREE]


@pytest.mark.parametrize(
    ("limit", "read", "scores"),
    [
        (0.45, 4, [3.0, 1.0, -4.0]),
        (0.35, 3, [-1.0, 1.0, -4.0]),
        (0.25, 2, [-1.0, 1.0, None]),
        (0.15, 1, [None, None, None]),
        (0.01, 1, [None, None, None]),
    ],
)
def test_what_was_not_read_when_time_is_over_has_no_score_and_of_one_article_alone_nothing_is_said(limit, read, scores):
    fake, evidence = reading(THREE, of_last_word, seconds=0.1, limit=limit)
    assert said(evidence, OF_THREE) == scores
    assert len(fake.read) == read


def test_a_batch_that_would_end_too_late_is_not_begun():
    fake, evidence = reading(THREE, of_last_word, seconds=0.6, limit=1.0, batch=2)
    assert said(evidence, OF_THREE) == [-1.0, 1.0, None]
    assert len(fake.read) == 2


def test_too_little_time_is_told_once_with_what_to_do(caplog):
    _, evidence = reading(THREE, of_last_word, seconds=0.1, limit=0.04)
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            assert evidence.added(ASKED, OF_THREE) is OF_THREE
    (line,) = caplog.messages
    assert line == (
        "the reranker fake read fewer than 2 articles in 40 ms; choose a smaller model, or raise "
        "retrieval.reranker_milliseconds; such questions are answered without it"
    )


def test_threads_that_are_told_at_once_tell_once(caplog):
    _, evidence = reading(THREE, of_last_word, seconds=0.1, limit=0.04)
    threads = [threading.Thread(target=evidence.added, args=(ASKED, OF_THREE)) for _ in range(8)]
    with caplog.at_level(logging.WARNING):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(caplog.messages) == 1


def test_a_model_that_fails_leaves_the_evidence_alone_and_is_told_of_once(caplog):
    def fail(_text):
        raise RuntimeError("index out of range")

    _, evidence = reading(THREE, fail)
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            assert evidence.added(ASKED, OF_THREE) is OF_THREE
    assert caplog.messages == ["the reranker fake failed (index out of range); such questions are answered without it"]


@pytest.mark.parametrize("broken", [float("nan"), float("inf"), float("-inf")])
def test_a_score_that_is_no_number_is_none(broken):
    def partly(text):
        return broken if text.endswith(("paint", "bees")) else of_last_word(text)

    _, evidence = reading(THREE, partly)
    assert said(evidence, OF_THREE) == [3.0, 2.0, None]


def test_of_one_article_nothing_is_asked():
    fake, evidence = reading(THREE, of_last_word)
    alone = OF_THREE[:1]
    assert evidence.added(ASKED, alone) is alone
    assert evidence.added(ASKED, []) == []
    assert fake.read == []


def test_long_sections_titles_and_questions_are_cut_before_they_are_read():
    fake, evidence = reading(Articles(["row of a table " * 5000], ["x" * 100_000]), len)
    evidence.added(read_question("why does it rust? " * 4000), candidates((0.5,), (0.4,)))
    assert max(len(text) for _, text in fake.read) == 2000
    assert max(len(question) for question, _ in fake.read) <= 1000


@pytest.mark.parametrize(
    ("passages", "first"), [(((0.60,), (0.58,), (0.57,)), "rust"), (((0.90,), (0.10,), (0.12,)), "paint")]
)
def test_an_article_that_the_reranker_prefers_comes_up_but_never_by_it_alone(passages, first):
    weights = ranking_weights(two_passages=10.0)
    words = ["paint", "rust", "bees"]
    _, evidence = reading(Articles(*[[word] for word in words]), of_last_word)
    found = candidates(*passages)
    assert words[rank(found, weights)[0].candidate.article] == "paint"
    assert words[rank(list(evidence.added(ASKED, found)), weights)[0].candidate.article] == first


@pytest.mark.parametrize(("seconds", "sections"), [(0.01, 8), (0.04, 2), (0.08, 1)])
def test_the_speed_is_told_in_sections_a_question(seconds, sections):
    clock = FakeClock()
    reranker = Reranker(FakeCrossEncoder(len, clock, seconds=seconds, batch=2), seconds=0.04, clock=clock)
    assert reranker.check_speed() == pytest.approx(sections)


def test_a_reranker_that_reads_nothing_in_its_time_is_too_slow_after_a_few_trials():
    clock = FakeClock()
    fake = FakeCrossEncoder(len, clock, seconds=0.6)
    with pytest.raises(RerankerTooSlowError) as caught:
        Reranker(fake, seconds=0.04, clock=clock).check_speed()
    assert str(caught.value) == (
        "fake reads a section in 600 ms, and has 40 ms for a question; choose a smaller model, "
        "or raise retrieval.reranker_milliseconds"
    )
    assert len(fake.read) <= 4
