from __future__ import annotations

import dataclasses
import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from retrieval.answering.calibration import FEATURES, PRIOR, Calibration, Outcomes, features, fit

from retrieval.domain import Article, Evidence, Hit, Outcome, Subject
from retrieval.errors import CalibrationError


def hit(section, coverage, score=0.5):
    article = Article("/learn/x", "Why?", "So.", Subject("x", "X"), "x.md")
    return Hit(article, score, Evidence(0.0, section, 0, 0.0, section, coverage))


def outcomes(answered, missed, unanswerable, seed=1):
    """Questions that were answered, that were answered further down, and that the corpus does not answer."""
    rng = np.random.default_rng(seed)
    counts = ((answered, 0.8), (missed, 0.6), (unanswerable, 0.2))
    table = np.concatenate([rng.normal(centre, 0.05, (count, len(FEATURES))) for count, centre in counts])
    kinds = np.repeat([0, 1, 2], [answered, missed, unanswerable])
    return Outcomes(table, kinds == 0, kinds < 2)


def test_the_features_are_the_nearest_section_of_three_hits_and_the_coverage_of_the_first():
    hits = [hit(0.5, 0.4), hit(0.7, 0.9), hit(0.6, 0.9), hit(0.99, 0.9)]
    assert dict(zip(FEATURES, features(hits), strict=True)) == {"section": 0.7, "coverage": 0.4}
    assert features(hits[:1]) == (0.5, 0.4)


def test_the_probability_is_the_logistic_of_the_scaled_features():
    calibration = Calibration(0.5, (2.0, -1.0), (0.4, 0.2), (0.1, 0.4), 0.6, 0.3)
    expected = 1 / (1 + math.exp(-(0.5 + 2.0 * (0.5 - 0.4) / 0.1 - 1.0 * (0.8 - 0.2) / 0.4)))
    assert calibration.probability([hit(0.5, 0.8)]) == pytest.approx(expected)
    assert calibration.probability([]) == 0.0


@pytest.mark.parametrize(
    ("probability", "outcome"),
    [
        (1.0, Outcome.ANSWER),
        (0.6, Outcome.ANSWER),
        (0.599, Outcome.CANDIDATES),
        (0.3, Outcome.CANDIDATES),
        (0.299, Outcome.NO_ANSWER),
        (0.0, Outcome.NO_ANSWER),
    ],
)
def test_the_outcome_changes_at_the_two_thresholds(probability, outcome):
    assert dataclasses.replace(PRIOR, answer_from=0.6, candidates_from=0.3).outcome(probability) is outcome


@given(st.floats(-1, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_under_the_prior_more_evidence_never_lowers_the_probability(section, coverage, nearer, more):
    little = PRIOR.probability([hit(section, coverage)])
    much = PRIOR.probability([hit(section + nearer, coverage + more)])
    assert 0.0 < little <= much < 1.0


def test_the_prior_answers_near_text_and_refuses_far_text():
    assert PRIOR.outcome(PRIOR.probability([hit(0.8, 0.9)])) is Outcome.ANSWER
    assert PRIOR.outcome(PRIOR.probability([hit(0.2, 0.1)])) is Outcome.NO_ANSWER


def test_far_out_figures_give_a_probability_all_the_same():
    sharp = Calibration(0.0, (1e6, 1e6), (0.0, 0.0), (1e-6, 1e-6), 0.5, 0.3)
    assert sharp.probability([hit(1.0, 1.0)]) == pytest.approx(1.0)
    assert sharp.probability([hit(-1.0, -1.0)]) == pytest.approx(0.0)


def test_a_fit_tells_the_three_kinds_of_question_apart():
    calibration = fit(outcomes(40, 12, 30))
    answered, missed, unanswerable = (calibration.probability([hit(level, level)]) for level in (0.8, 0.6, 0.2))
    assert calibration.questions == 82
    assert answered > 0.8
    assert unanswerable < 0.05
    assert calibration.outcome(answered) is Outcome.ANSWER
    assert calibration.outcome(missed) is Outcome.CANDIDATES
    assert calibration.outcome(unanswerable) is Outcome.NO_ANSWER


def test_fitted_probabilities_are_as_often_right_as_they_say():
    rng = np.random.default_rng(4)
    table = rng.uniform(0, 1, (4000, len(FEATURES)))
    answered = rng.uniform(size=4000) < 1 / (1 + np.exp(-6 * (table.sum(axis=1) - 1)))
    calibration = fit(Outcomes(table, answered, answered))
    said = np.array([calibration.probability([hit(*row)]) for row in table.tolist()])
    for low in (0.1, 0.3, 0.5, 0.7):
        chosen = (said >= low) & (said < low + 0.2)
        assert answered[chosen].mean() == pytest.approx(said[chosen].mean(), abs=0.06)


def test_more_evidence_raises_a_fitted_probability():
    calibration = fit(outcomes(30, 10, 20))
    said = [calibration.probability([hit(level / 20, level / 20)]) for level in range(21)]
    assert said == sorted(said)
    assert said[0] < said[-1]


def test_the_answer_threshold_is_never_below_an_even_chance_nor_below_that_of_candidates():
    for seed in range(5):
        calibration = fit(outcomes(25, 8, 25, seed))
        assert calibration.answer_from >= max(0.5, calibration.candidates_from)
        assert 0 < calibration.candidates_from < 1


def test_the_candidate_threshold_separates_where_it_can():
    table = np.array([[level, level] for level in (0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9)])
    answered = table[:, 0] > 0.5
    calibration = fit(Outcomes(table, answered, answered))
    below, above = (calibration.probability([hit(level, level)]) for level in (0.4, 0.6))
    assert calibration.candidates_from == pytest.approx((below + above) / 2)


def test_a_threshold_is_one_of_the_best_where_two_far_apart_are_equally_good():
    levels = (0.1, 0.2, 0.3, 0.45, 0.5, 0.55, 0.7, 0.8, 0.9, 0.95)
    answerable = np.array([False, False, False, True, False, True, False, True, True, True])
    table = np.array([[level, level] for level in levels])
    calibration = fit(Outcomes(table, answerable, answerable))
    said = np.array([calibration.probability([hit(level, level)]) for level in levels])

    def gain(cut):
        return (said[answerable] >= cut).mean() - (said[~answerable] >= cut).mean()

    assert gain(calibration.candidates_from) == pytest.approx(max(gain(cut) for cut in said))


def test_a_figure_that_never_varies_does_no_harm():
    data = outcomes(20, 5, 20)
    data.features[:, 1] = 0.25
    calibration = fit(data)
    assert calibration.probability([hit(0.8, 0.25)]) > 0.7
    assert calibration.probability([hit(0.2, 0.25)]) < 0.1


@pytest.mark.parametrize(("answered", "unanswerable"), [(0, 30), (30, 0), (1, 30), (30, 1)])
def test_too_few_questions_of_a_kind_are_refused_with_their_numbers(answered, unanswerable):
    with pytest.raises(CalibrationError, match=f"there are {answered} and {unanswerable}; judge more questions"):
        fit(outcomes(answered, 5, unanswerable))


def test_a_calibration_comes_back_through_json():
    calibration = fit(outcomes(20, 5, 20))
    assert Calibration.from_json(json.loads(json.dumps(calibration.to_json()))) == calibration


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"format": 99}, "another version"),
        ({"features": ["question"]}, "another version"),
        ({"intercept": "much"}, "cannot be read"),
        ({"scales": None}, "cannot be read"),
        ({"coefficients": [1.0]}, "needs 2 coefficients, centres and scales"),
        ({"scales": [1.0, 0.0]}, "not above 0"),
        ({"centres": [float("nan"), 0.5]}, "no numbers"),
        ({"answer_from": float("inf")}, "no numbers"),
    ],
)
def test_a_calibration_that_does_not_fit_is_refused(change, problem):
    with pytest.raises(CalibrationError, match=problem) as caught:
        Calibration.from_json(PRIOR.to_json() | change)
    assert "quicktakes evaluate FILE --calibrate" in str(caught.value)


@pytest.mark.parametrize("missing", ["intercept", "coefficients", "answer_from", "questions"])
def test_an_incomplete_calibration_names_what_is_missing(missing):
    data = PRIOR.to_json()
    del data[missing]
    with pytest.raises(CalibrationError, match=missing):
        Calibration.from_json(data)
