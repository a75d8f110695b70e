"""A fit beside what serves, over questions whose outcomes are known."""

from __future__ import annotations

import math

import pytest

from retrieval.domain import Outcome
from retrieval.evaluation.evaluation import EvaluationReport
from retrieval.evaluation.fit_comparison import ALL_FILES, compare_fit
from retrieval.evaluation.metrics import JudgedResult
from tests.retrieval.evaluation.results import judged

RIGHT, WRONG = "/learn/right", "/learn/wrong"


def report(firsts, confidence=None):
    """A report on questions that the first article answers or not, told with a confidence each."""
    confidence = confidence or [float(right) for right in firsts]
    return EvaluationReport.of(
        [
            JudgedResult(
                judged(id=str(number), grades={RIGHT: 2}),
                (RIGHT, WRONG) if right else (WRONG, RIGHT),
                told,
                Outcome.ANSWER,
                None,
            )
            for number, (right, told) in enumerate(zip(firsts, confidence, strict=True))
        ]
    )


def changes(serves, fitted):
    return {(each.file, each.name): each for each in compare_fit(serves, fitted)}


def worse(serves, fitted):
    return {key for key, each in changes(serves, fitted).items() if each.is_worse}


def test_figures_are_paired_by_question():
    serves, fitted = report([True] * 10 + [False] * 10), report([True] * 8 + [False] * 8 + [True] * 4)
    change = changes({"a": serves}, {"a": fitted})[ALL_FILES, "answer_1"]
    assert (change.before, change.after, change.gain) == pytest.approx((0.5, 0.6, 0.1))
    variance = (4 * 0.9**2 + 2 * 1.1**2 + 14 * 0.1**2) / 19
    assert change.standard_error == pytest.approx(math.sqrt(variance / 20))
    assert not change.is_worse
    back = changes({"a": fitted}, {"a": serves})
    assert back[ALL_FILES, "answer_1"].gain == pytest.approx(-0.1)
    assert not back[ALL_FILES, "answer_1"].is_worse  # four and two are as two and four by chance
    assert back[ALL_FILES, "nDCG_10"].gain == pytest.approx(-0.1 * (1 - 1 / math.log2(3)))


def test_what_is_the_same_is_not_worse():
    same = {"a": report([True, False] * 20), "b": report([True] * 20)}
    assert worse(same, same) == set()
    assert {each.gain for each in compare_fit(same, same)} == {0.0}


def test_more_lost_than_chance_explains_is_worse():
    serves, fitted = report([True] * 40), report([True] * 30 + [False] * 10)
    assert worse({"a": serves}, {"a": fitted}) == {(ALL_FILES, "answer_1"), (ALL_FILES, "nDCG_10")}
    assert worse({"a": fitted}, {"a": serves}) == set()


def test_one_file_that_gets_worse_is_not_made_good_by_a_larger_one():
    serves = {"dev": report([True] * 30), "asked": report([False] * 300)}
    fitted = {"dev": report([True] * 15 + [False] * 15), "asked": report([True] * 300)}
    assert worse(serves, fitted) == {("dev", "answer_1"), ("dev", "nDCG_10")}


def test_a_file_of_few_questions_says_nothing_by_itself():
    serves = {"few": report([True] * 19), "asked": report([False] * 300)}
    fitted = {"few": report([False] * 19), "asked": report([True] * 300)}
    assert worse(serves, fitted) == set()
    assert {file for file, _ in changes(serves, fitted)} == {ALL_FILES, "asked"}


def test_a_change_that_is_sure_but_tiny_is_not_worse():
    serves, fitted = report([True] * 40, [0.950] * 40), report([True] * 40, [0.946] * 40)
    assert worse({"a": serves}, {"a": fitted}) == set()
    assert worse({"a": serves}, {"a": report([True] * 40, [0.94] * 40)}) == {(ALL_FILES, "calibration_error")}


def test_a_confidence_that_promises_too_much_is_worse_though_the_order_is_the_same():
    firsts = [True, True, False, False] * 10
    serves, fitted = report(firsts, [0.5] * 40), report(firsts, [0.95] * 40)
    assert worse({"a": serves}, {"a": fitted}) == {(ALL_FILES, "calibration_error")}
    change = changes({"a": serves}, {"a": fitted})[ALL_FILES, "calibration_error"]
    assert (change.before, change.after, change.gain) == pytest.approx((0.0, 0.45, -0.45))
    assert 0.0 < change.standard_error < 0.2
    assert worse({"a": fitted}, {"a": serves}) == set()


def test_questions_that_nothing_answers_are_compared_by_their_confidence_alone():
    def unanswerable(told):
        results = [
            JudgedResult(judged(id=str(number), answerable=False), (WRONG,), told, Outcome.ANSWER, None)
            for number in range(30)
        ]
        return {"a": EvaluationReport.of(results)}

    assert list(changes(unanswerable(0.1), unanswerable(0.8))) == [(ALL_FILES, "calibration_error")]
    assert worse(unanswerable(0.1), unanswerable(0.8)) == {(ALL_FILES, "calibration_error")}
