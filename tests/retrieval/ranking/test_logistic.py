from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.errors import CalibrationError
from retrieval.ranking.logistic import LogisticModel, fit_logistic, fit_model, probability_of

NAMES = ("near", "far")
MODEL = LogisticModel(NAMES, (2.0, -1.0), (0.4, 0.2), (0.1, 0.4), 0.5)


def test_log_odds_are_the_sum_of_the_scaled_figures():
    figures = {"near": 0.5, "far": 0.8, "not looked at": 99.0}
    assert MODEL.contributions(figures) == pytest.approx({"near": 2 * 0.1 / 0.1, "far": -1 * 0.6 / 0.4})
    assert MODEL.log_odds(figures) == pytest.approx(0.5 + 2.0 - 1.5)
    assert MODEL.log_odds({"near": 0.4, "far": 0.2}) == 0.5


@pytest.mark.parametrize(
    ("log_odds", "probability"), [(0.0, 0.5), (math.log(3), 0.75), (-math.log(3), 0.25), (1e9, 1.0), (-1e9, 0.0)]
)
def test_a_probability_follows_from_log_odds_however_far_out(log_odds, probability):
    assert probability_of(log_odds) == pytest.approx(probability, abs=1e-12)


@given(st.floats(-80, 80), st.floats(0, 5))
def test_more_log_odds_never_lower_the_probability(log_odds, more):
    assert 0.0 < probability_of(log_odds) <= probability_of(log_odds + more) <= 1.0


def test_a_model_comes_back_through_json_in_any_order():
    data = json.loads(json.dumps(MODEL.to_json(), sort_keys=True))
    assert list(data["figures"]) == ["far", "near"]
    assert LogisticModel.from_json(data, NAMES) == MODEL


def changed(**figure):
    data = MODEL.to_json()
    return data | {"figures": data["figures"] | {"near": data["figures"]["near"] | figure}}


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ({}, "cannot be read .*figures"),
        ({"figures": MODEL.to_json()["figures"]}, "cannot be read .*intercept"),
        (None, "cannot be read"),
        ([], "cannot be read"),
        (MODEL.to_json() | {"figures": None}, "cannot be read"),
        (MODEL.to_json() | {"figures": list(NAMES)}, "cannot be read"),
        (MODEL.to_json() | {"figures": {}}, "another version"),
        (MODEL.to_json() | {"figures": {"near": {}}}, "another version"),
        (MODEL.to_json() | {"figures": {**MODEL.to_json()["figures"], "luck": {}}}, "another version"),
        (MODEL.to_json() | {"figures": {"near": 1.0, "far": 2.0}}, "cannot be read"),
        (MODEL.to_json() | {"figures": {"near": {}, "far": {}}}, "cannot be read .*weight"),
        (MODEL.to_json() | {"intercept": "much"}, "cannot be read"),
        (MODEL.to_json() | {"intercept": None}, "cannot be read"),
        (MODEL.to_json() | {"intercept": 10**400}, "cannot be read"),
        (MODEL.to_json() | {"intercept": math.inf}, "no numbers"),
        (changed(weight="much"), "cannot be read"),
        (changed(weight=math.nan), "no numbers"),
        (changed(centre=math.inf), "no numbers"),
        (changed(scale=0.0), "not above 0"),
        (changed(scale=-1.0), "not above 0"),
        (changed(scale=math.nan), "no numbers"),
    ],
)
def test_a_model_that_does_not_fit_is_refused_with_what_to_do(data, problem):
    with pytest.raises(CalibrationError, match=problem) as caught:
        LogisticModel.from_json(data, NAMES)
    assert "quicktakes evaluate FILE --fit" in str(caught.value)


def sampled(count=4000, seed=4):
    """Figures of very different width, and answers that come with a probability that they tell exactly."""
    rng = np.random.default_rng(seed)
    x = np.column_stack([rng.uniform(0, 1, count), rng.uniform(100, 300, count)])
    log_odds = 6 * (x[:, 0] - 0.5) + 0.02 * (x[:, 1] - 200)
    return x, (rng.uniform(size=count) < 1 / (1 + np.exp(-log_odds))).astype(np.float64)


def told(model, x):
    return np.array([probability_of(model.log_odds(dict(zip(model.names, row, strict=True)))) for row in x.tolist()])


def test_fitted_probabilities_are_as_often_right_as_they_say():
    x, y = sampled()
    said = told(fit_model(NAMES, x, y, np.ones(len(x)), ridge=1.0), x)
    for low in (0.1, 0.3, 0.5, 0.7):
        chosen = (said >= low) & (said < low + 0.2)
        assert chosen.sum() > 100
        assert y[chosen].mean() == pytest.approx(said[chosen].mean(), abs=0.06)


def test_a_fit_recovers_what_the_answers_were_made_with():
    x, y = sampled(20_000)
    model = fit_model(NAMES, x, y, np.ones(len(x)), ridge=1e-3)
    near, far = (weight / scale for weight, scale in zip(model.coefficients, model.scales, strict=True))
    assert near == pytest.approx(6.0, abs=0.4)
    assert far == pytest.approx(0.02, abs=0.002)


def test_a_sample_of_weight_two_counts_as_two_samples():
    x, y = sampled(60)
    weights = np.where(np.arange(60) < 20, 2.0, 1.0)
    twice = np.concatenate([np.arange(60), np.arange(20)])
    weighted = fit_model(NAMES, x, y, weights, ridge=2.0)
    repeated = fit_model(NAMES, x[twice], y[twice], np.ones(80), ridge=2.0)
    assert weighted.coefficients == pytest.approx(repeated.coefficients, abs=1e-6)
    assert weighted.centres == pytest.approx(repeated.centres)
    assert weighted.intercept == pytest.approx(repeated.intercept, abs=1e-6)


def test_a_sample_that_is_right_one_time_in_three_is_two_wrong_ones_and_a_right_one():
    x = np.array([[0.0], [1.0]])
    soft = fit_logistic(x, np.array([1 / 3, 1.0]), ridge=1.0, weights=np.array([3.0, 1.0]))
    hard = fit_logistic(np.array([[0.0], [0.0], [0.0], [1.0]]), np.array([0.0, 0.0, 1.0, 1.0]), ridge=1.0)
    assert soft.tolist() == pytest.approx(hard.tolist(), abs=1e-6)


def test_the_ridge_holds_the_coefficients_towards_zero_and_not_the_intercept():
    x, y = sampled(500)
    centred = (x - x.mean(axis=0)) / x.std(axis=0)
    y[:400] = 1.0
    loose, tight = (fit_logistic(centred, y, ridge=ridge) for ridge in (1e-3, 1e6))
    assert np.abs(tight[1:]).max() < 1e-3 < np.abs(loose[1:]).min()
    assert tight[0] == pytest.approx(math.log(y.mean() / (1 - y.mean())), abs=1e-3)


def test_what_is_known_already_is_not_fitted_again():
    x, y = sampled()
    log_odds = 6 * (x[:, 0] - 0.5) + 0.02 * (x[:, 1] - 200)
    centred = (x - x.mean(axis=0)) / x.std(axis=0)
    assert np.abs(fit_logistic(centred, y, ridge=1.0, known=log_odds)).max() < 0.15
    assert np.abs(fit_logistic(centred, y, ridge=1.0)).max() > 1.0


@pytest.mark.parametrize("answer", [0.0, 1.0])
def test_samples_of_one_kind_and_figures_that_never_vary_do_no_harm(answer):
    x = np.full((12, 2), 0.25)
    model = fit_model(NAMES, x, np.full(12, answer), np.ones(12), ridge=3.0)
    assert all(map(math.isfinite, (*model.coefficients, *model.centres, *model.scales, model.intercept)))
    assert told(model, x).tolist() == pytest.approx([answer] * 12, abs=1e-3)


@pytest.mark.parametrize("known", [12.0, 20.0, 28.0])
def test_what_was_known_and_is_all_wrong_is_corrected_and_not_overthrown(known):
    y = np.array([0.0, 0.0, 0.0, 1.0] * 5)
    intercept, coefficient = fit_logistic(np.zeros((20, 1)), y, ridge=3.0, known=np.full(20, known)).tolist()
    assert intercept == pytest.approx(math.log(1 / 3) - known, abs=1e-3)
    assert coefficient == pytest.approx(0.0, abs=1e-6)


@settings(max_examples=40)
@given(st.integers(0, 10_000))
def test_no_nearby_coefficients_fit_better(seed):
    rng = np.random.default_rng(seed)
    x, y = rng.standard_normal((30, 2)), rng.uniform(size=30)
    weights = rng.uniform(0.1, 3, 30)
    solution = fit_logistic(x, y, ridge=2.0, weights=weights)

    def loss(at):
        p = 1 / (1 + np.exp(-(at[0] + x @ at[1:])))
        return -(weights * (y * np.log(p) + (1 - y) * np.log(1 - p))).sum() + (at[1:] ** 2).sum()

    for step in 1e-3 * np.vstack([np.eye(3), -np.eye(3)]):
        assert loss(solution + step) >= loss(solution)
