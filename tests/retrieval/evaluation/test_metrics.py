from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.domain import Outcome
from retrieval.evaluation.metrics import auroc, calibration_error, mean, metrics, standard_error
from tests.retrieval.evaluation.results import answered, missed, result, unanswerable


def test_a_question_counts_from_the_rank_of_its_first_answer():
    grades = {"a": 2, "b": 1, "c": 0}
    found = metrics([result("abc", grades), result("bca", grades), result("bcxya", grades), result("bc", grades)])
    assert (found["answer_1"], found["answer_3"], found["answer_5"]) == (0.25, 0.5, 0.75)
    assert found["MRR_10"] == pytest.approx((1 + 1 / 3 + 1 / 5 + 0) / 4)


def test_ranks_beyond_ten_count_for_nothing():
    found = metrics([result("0123456789a", {"a": 2})])
    assert (found["MRR_10"], found["nDCG_10"], found["answer_5"]) == (0.0, 0.0, 0.0)


def test_ndcg_compares_with_the_best_order_of_what_was_judged():
    grades = {"a": 2, "b": 1, "c": 1, "d": 0}
    ideal = 3 + 1 / math.log2(3) + 1 / 2
    assert metrics([result("abcd", grades)])["nDCG_10"] == pytest.approx(1.0)
    assert metrics([result("dba", grades)])["nDCG_10"] == pytest.approx((1 / math.log2(3) + 3 / 2) / ideal)
    assert metrics([result("xa", grades)])["nDCG_10"] == pytest.approx(3 / math.log2(3) / ideal)
    assert metrics([result("ab", {"a": 0})])["nDCG_10"] == 0.0


def test_the_ideal_holds_no_more_than_ten_articles():
    grades = dict.fromkeys("abcdefghijklm", 2)
    assert metrics([result("abcdefghij", grades)])["nDCG_10"] == pytest.approx(1.0)


def test_articles_without_a_grade_are_counted_among_the_first_three():
    assert metrics([result("axb", {"a": 2, "b": 0}), result("xyzw", {"a": 2})])["unjudged_3"] == pytest.approx(4 / 6)


def test_evidence_is_counted_only_where_the_first_article_is_the_source():
    found = metrics(
        [
            result(evidence_shown=True),
            result(evidence_shown=False),
            result(evidence_shown=True),
            result(evidence_shown=None),
        ]
    )
    assert found["evidence_shown"] == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("right", "wrong", "auroc"),
    [
        ([0.9, 0.8], [0.1, 0.2], 1.0),
        ([0.1], [0.9], 0.0),
        ([0.5], [0.5], 0.5),
        ([0.5, 0.9], [0.5, 0.1], 3.5 / 4),
        ([0.5, 0.5], [0.5, 0.5], 0.5),
        ([0.3, 0.6], [0.4, 0.2, 0.6], (1 + 2.5) / 6),
    ],
)
def test_auroc_is_the_share_of_pairs_in_the_right_order_with_ties_as_halves(right, wrong, auroc):
    results = [*map(answered, right), *map(unanswerable, wrong)]
    assert metrics(results)["abstention_AUROC"] == pytest.approx(auroc)


def test_auroc_leaves_out_questions_whose_first_article_does_not_answer():
    assert metrics([answered(0.9), missed(0.01), unanswerable(0.5)])["abstention_AUROC"] == 1.0


def test_outcomes_are_counted_for_each_kind_of_question():
    answerable = [result(outcome=outcome) for outcome in (Outcome.ANSWER, Outcome.ANSWER, Outcome.CANDIDATES)]
    lost = result(outcome=Outcome.NO_ANSWER)
    others = [unanswerable(0.1), unanswerable(0.2), unanswerable(0.3), unanswerable(0.4, Outcome.CANDIDATES)]
    found = metrics([*answerable, lost, *others])
    assert found["unanswerable_no_answer"] == 0.75
    assert found["answerable_answer_or_candidates"] == 0.75
    assert found["answerable_answer"] == 0.5


def test_a_figure_that_no_question_speaks_of_is_none():
    of_answerable = metrics([result("a", {"a": 2})])
    assert of_answerable["abstention_AUROC"] is None
    assert of_answerable["unanswerable_no_answer"] is None
    assert of_answerable["evidence_shown"] is None
    assert metrics([unanswerable(0.1)])["answer_1"] is None
    assert set(metrics([]).values()) == {None}


def test_of_what_is_called_an_answer_the_right_ones_are_counted_and_unanswerable_ones_are_never_right():
    graded = result("a", {"a": 2}, answerable=False, outcome=Outcome.ANSWER)  # a slip of who judged it
    replies = [answered(), answered(), missed(), graded, answered(outcome=Outcome.CANDIDATES)]
    assert metrics(replies)["right_of_answers"] == pytest.approx(2 / 4)
    assert metrics([unanswerable(0.7, Outcome.ANSWER)])["right_of_answers"] == 0.0
    assert metrics([unanswerable()])["right_of_answers"] is None


def test_candidates_are_right_where_one_of_those_offered_answers():
    offered = {"outcome": Outcome.CANDIDATES}
    third, fourth = (result(urls, {"a": 2}, **offered) for urls in ("xya", "xyza"))
    replies = [third, fourth, result("a", {"a": 2}, answerable=False, **offered), answered()]
    assert metrics(replies)["right_of_candidates"] == pytest.approx(1 / 3)
    assert metrics([answered()])["right_of_candidates"] is None


def test_what_is_volunteered_is_counted_from_a_confidence_of_nine_in_ten():
    replies = [answered(0.95), missed(0.9), unanswerable(0.99, Outcome.ANSWER), answered(0.899), missed(0.1)]
    assert metrics(replies)["right_of_volunteered"] == pytest.approx(1 / 3)
    assert metrics([answered(0.5)])["right_of_volunteered"] is None


def test_unanswerable_questions_that_get_an_answer_are_counted():
    replies = [unanswerable(), unanswerable(0.6, Outcome.CANDIDATES), unanswerable(0.9, Outcome.ANSWER), answered()]
    assert metrics(replies)["unanswerable_answer"] == pytest.approx(1 / 3)
    assert metrics([answered()])["unanswerable_answer"] is None


@pytest.mark.parametrize(
    ("confidence", "right", "error"),
    [
        ([1.0, 1.0], [True, True], 0.0),
        ([1.0, 1.0], [True, False], 0.5),
        ([0.0, 0.0], [False, True], 0.5),
        ([0.75, 0.75, 0.75, 0.75], [True, True, True, False], 0.0),
        ([0.71, 0.79], [False, True], 0.25),  # one bin: mean confidence 0.75, half of them right
        ([0.35, 0.85], [True, False], (0.65 + 0.85) / 2),  # two bins that do not make up for each other
        ([0.05, 0.15, 0.95], [False, False, True], (0.05 + 0.15 + 0.05) / 3),
    ],
)
def test_the_calibration_error_is_how_far_confidence_and_truth_are_apart_in_ten_bins(confidence, right, error):
    assert calibration_error(confidence, right) == pytest.approx(error)


def test_the_calibration_error_counts_unanswerable_questions_and_those_with_a_wrong_article():
    assert metrics([unanswerable(0.8), missed(0.8), answered(0.8), answered(0.8)])[
        "calibration_error"
    ] == pytest.approx(0.3)
    assert calibration_error([], []) is None


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40))
def test_the_calibration_error_is_a_share_and_no_less_than_the_error_of_the_mean(pairs):
    confidence, right = zip(*pairs, strict=True)
    error = calibration_error(confidence, right)
    assert 0.0 <= error <= 1.0 + 1e-9
    assert error >= abs(mean(confidence) - mean(right)) - 1e-9


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12), st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_turned_around_auroc_is_what_is_missing_to_one(positives, negatives):
    assert auroc(positives, negatives) + auroc(negatives, positives) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("share", "count", "error"), [(0.5, 100, 0.05), (0.75, 120, 0.0395), (0.0, 50, 0.0), (1.0, 50, 0.0), (0.5, 0, 0.0)]
)
def test_the_standard_error_is_that_of_a_share(share, count, error):
    assert standard_error(share, count) == pytest.approx(error, abs=1e-4)
