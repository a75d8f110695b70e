from __future__ import annotations

import json
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import CalibrationError
from retrieval.indexes.base import Candidate
from retrieval.ranking.figures import EXTRA_FIGURES, RANKING_FIGURES, UNRELATED_FIGURES
from retrieval.ranking.ranker import DEFAULT_EXTRAS, RankingWeights, rank, shares
from retrieval.ranking.ranker import MEASURED_AGAINST as FULL
from tests.retrieval.hits import evidence
from tests.retrieval.models import ranking_weights


def candidate(row, **figures):
    return Candidate(row, evidence(**figures))


def scored(candidates, weights):
    return {each.candidate.article: each.score for each in rank(candidates, weights)}


def many(*candidates):
    """Each candidate often enough that none is missing to measure against."""
    count = -(-FULL // len(candidates))
    rows = range(count)
    return [replace(each, article=each.article + 100 * row) for row in rows for each in candidates]


def test_a_score_is_the_weighted_sum_of_the_figures_less_its_mean():
    weights = ranking_weights(question=2.0, coverage=-1.0)
    found = scored(many(candidate(7, question=0.5, coverage=0.1), candidate(8, question=0.9, coverage=0.7)), weights)
    mean = ((2 * 0.5 - 0.1) + (2 * 0.9 - 0.7)) / 2
    assert {row: found[row] for row in (7, 8)} == pytest.approx({7: 2 * 0.5 - 0.1 - mean, 8: 2 * 0.9 - 0.7 - mean})


@pytest.mark.parametrize("count", [1, FULL - 1])
def test_few_candidates_are_measured_against_unrelated_articles_too(count):
    weights = ranking_weights(question=2.0, coverage=-1.0)
    unrelated = 2 * UNRELATED_FIGURES["question"] - UNRELATED_FIGURES["coverage"]
    found = scored([candidate(row, question=0.9, coverage=0.7) for row in range(count)], weights)
    expected = (1 - count / FULL) * (2 * 0.9 - 0.7 - unrelated)
    assert found == pytest.approx(dict.fromkeys(range(count), expected))


def test_an_only_article_scores_high_where_it_fits_and_low_where_it_does_not():
    weights = ranking_weights(question=4.0, coverage=4.0)
    (fits,), (does_not,) = (
        rank([candidate(1, question=cosine, coverage=coverage)], weights)
        for cosine, coverage in ((0.8, 0.9), (0.02, 0.1))
    )
    assert fits.score > 3.0
    assert does_not.score < 0.0
    assert fits.share == does_not.share == 1.0


def test_every_figure_that_speaks_of_the_question_is_known_of_unrelated_articles():
    assert set(RANKING_FIGURES) - set(UNRELATED_FIGURES) == {"sections"}


def test_how_long_an_only_article_is_does_not_change_its_score():
    short, long = (
        rank([candidate(1, section_scores=scores, question=0.5)], ranking_weights(sections=-3.0, question=1.0))
        for scores in ((0.4,), (0.4,) * 9)
    )
    assert short[0].score == pytest.approx(long[0].score)


def test_the_best_score_comes_first_whatever_the_order_of_the_candidates():
    candidates = [candidate(3, question=0.2), candidate(1, question=0.9), candidate(2, question=0.5)]
    for given_order in (candidates, candidates[::-1]):
        assert [each.candidate.article for each in rank(given_order, ranking_weights(question=1.0))] == [1, 2, 3]


def test_equal_scores_come_in_the_order_of_their_rows():
    assert [each.candidate.article for each in rank([candidate(9), candidate(3), candidate(5)], ranking_weights())] == [
        3,
        5,
        9,
    ]


def test_a_share_is_the_softmax_of_the_scores():
    candidates = [candidate(1, question=1.0), candidate(2, question=0.0), candidate(3, question=-1.0)]
    found = [each.share for each in rank(candidates, ranking_weights(question=math.log(2)))]
    assert found == pytest.approx([4 / 7, 2 / 7, 1 / 7])


def test_one_candidate_has_all_of_the_share_and_no_candidate_none():
    [alone] = rank([candidate(4, question=0.3)], ranking_weights(question=9.0))
    assert alone.share == 1.0
    assert rank([], ranking_weights(question=9.0)) == []
    assert ranking_weights(question=9.0).scores([]).tolist() == []


@given(st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=50))
def test_shares_are_probabilities_that_follow_the_scores(scores):
    found = shares(np.array(scores))
    assert found.sum() == pytest.approx(1.0)
    assert found.min() >= 0.0
    assert found[int(np.argmax(scores))] == found.max()


@given(
    st.lists(st.tuples(st.floats(-1, 1), st.floats(0, 1), st.one_of(st.none(), st.floats(-9, 9))), max_size=30),
    st.booleans(),
)
def test_whatever_the_evidence_scores_of_many_have_the_mean_zero_and_shares_add_up(figures, standardised):
    weights = ranking_weights(question=3.0, coverage=-2.0, standardised=standardised)
    candidates = [
        candidate(row, question=question, coverage=coverage, reranker=extra)
        for row, (question, coverage, extra) in enumerate(figures)
    ]
    found = rank(candidates, weights)
    if standardised or len(figures) >= FULL:
        assert sum(each.score for each in found) == pytest.approx(0.0, abs=1e-6)
    assert sum(each.share for each in found) == pytest.approx(1.0 if figures else 0.0)
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


def test_what_each_figure_adds_sums_to_the_score():
    two = [evidence(question=0.4, coverage=0.2, reranker=3.0), evidence(question=0.1, coverage=0.9, reranker=1.0)]
    every = two * FULL
    weights = ranking_weights(extras=(0.5, 1.0), question=2.0, coverage=1.0)
    contributions = weights.contributions(every)
    named = dict(zip((*RANKING_FIGURES, *EXTRA_FIGURES), contributions.T.tolist(), strict=True))
    assert named["question"][:2] == pytest.approx([0.3, -0.3])
    assert named["coverage"][:2] == pytest.approx([-0.35, 0.35])
    assert named["reranker"][:2] == pytest.approx([0.5, -0.5], abs=1e-5)
    assert contributions.sum(axis=1).tolist() == pytest.approx(weights.scores(every).tolist())


def test_an_extra_figure_decides_by_its_weight():
    candidates = [candidate(1, question=0.6, reranker=-4.0), candidate(2, question=0.5, reranker=4.0), candidate(3)]
    heavy, none = (ranking_weights(extras=(weight, 0.0), question=1.0) for weight in (1.0, 0.0))
    assert rank(candidates, heavy)[0].candidate.article == 2
    assert [each.candidate.article for each in rank(candidates, none)] == [1, 2, 3]


def test_standardised_weights_are_the_same_on_any_scale_of_cosines():
    weights = ranking_weights(standardised=True, question=1.0)
    wide = [candidate(row, question=value) for row, value in enumerate((0.0, 0.5, 1.0))]
    high = [candidate(row, question=20 + 4 * value) for row, value in enumerate((0.0, 0.5, 1.0))]
    for row, score in scored(high, weights).items():
        assert score == pytest.approx(scored(wide, weights)[row], abs=0.15)
    spread = np.std([0.0, 0.5, 1.0]) + 0.05
    assert scored(wide, weights) == pytest.approx({0: -0.5 / spread, 1: 0.0, 2: 0.5 / spread})


def test_candidates_that_are_all_but_alike_are_not_torn_apart_by_standardising():
    weights = ranking_weights(standardised=True, question=1.0)
    found = scored([candidate(1, question=0.5), candidate(2, question=0.5 + 1e-6)], weights)
    assert max(map(abs, found.values())) < 1e-4


WEIGHTS = RankingWeights(
    tuple(0.5 + place for place in range(len(RANKING_FIGURES))), extras=(1.5, -2.5), standardised=True
)


def stored(weights):
    return json.loads(json.dumps(weights.to_json()))


def test_weights_come_back_through_json_in_any_order():
    assert RankingWeights.from_json(stored(WEIGHTS)) == WEIGHTS
    backwards = json.loads(json.dumps(WEIGHTS.to_json(), sort_keys=True))
    backwards["weights"] = dict(reversed(backwards["weights"].items()))
    backwards["extras"] = dict(reversed(backwards["extras"].items()))
    assert RankingWeights.from_json(backwards) == WEIGHTS


def test_extra_figures_have_a_weight_until_one_is_fitted():
    assert RankingWeights((0.0,) * len(RANKING_FIGURES)).extras == DEFAULT_EXTRAS
    assert dict(zip(EXTRA_FIGURES, DEFAULT_EXTRAS, strict=True)) == {"reranker": 1.0, "second_encoder": 0.4}


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"weights": {"question": 1.0}}, "another version"),
        ({"weights": stored(WEIGHTS)["weights"] | {"luck": 1.0}}, "another version"),
        ({"extras": {}}, "another version"),
        ({"weights": list(RANKING_FIGURES)}, "cannot be read"),
        ({"weights": None}, "cannot be read"),
        ({"weights": stored(WEIGHTS)["weights"] | {"question": "much"}}, "cannot be read"),
        ({"weights": stored(WEIGHTS)["weights"] | {"question": None}}, "cannot be read"),
        ({"weights": stored(WEIGHTS)["weights"] | {"question": 10**400}}, "cannot be read"),
        ({"weights": stored(WEIGHTS)["weights"] | {"question": math.nan}}, "no numbers"),
        ({"extras": stored(WEIGHTS)["extras"] | {"reranker": math.inf}}, "no numbers"),
    ],
)
def test_weights_that_do_not_fit_are_refused(change, problem):
    with pytest.raises(CalibrationError, match=problem):
        RankingWeights.from_json(stored(WEIGHTS) | change)


@pytest.mark.parametrize("missing", ["weights", "extras", "standardised"])
def test_incomplete_weights_name_what_is_missing(missing):
    data = stored(WEIGHTS)
    del data[missing]
    with pytest.raises(CalibrationError, match=missing):
        RankingWeights.from_json(data)
