from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.ranking.fitting.listwise import JudgedList, fit_listwise
from retrieval.ranking.ranker import shares

TRUE = np.array([2.0, -1.0, 0.5])


def made_up(count, seed=1, candidates=6, weights=TRUE):
    """Questions of which one candidate answers, with the probability that the weights give it."""
    rng = np.random.default_rng(seed)
    lists = []
    for _ in range(count):
        figures = rng.standard_normal((candidates, len(weights)))
        answer = rng.choice(candidates, p=shares(figures @ weights))
        lists.append(JudgedList(figures, np.arange(candidates) == answer))
    return lists


def loss(lists, weights):
    """How improbable the candidates that answer are."""
    total = 0.0
    for each in lists:
        wanted = each.answers / each.answers.sum()
        total -= float(wanted @ np.log(shares(each.figures @ np.asarray(weights))))
    return total


def scales_of(lists):
    every = np.vstack([each.figures for each in lists])
    return np.sqrt((every**2).mean(axis=0))


def test_a_fit_recovers_the_weights_that_chose_the_answers():
    fitted = fit_listwise(made_up(3000), ridge=1.0, prior=(0.0, 0.0, 0.0))
    assert fitted == pytest.approx(TRUE.tolist(), abs=0.15)


def test_figures_of_any_width_get_the_weights_that_suit_them():
    lists = made_up(1500)
    narrow = [JudgedList(each.figures * [1.0, 0.001, 1000.0], each.answers) for each in lists]
    plain = fit_listwise(lists, ridge=1.0, prior=(0.0, 0.0, 0.0))
    assert fit_listwise(narrow, ridge=1.0, prior=(0.0, 0.0, 0.0)) == pytest.approx(
        [plain[0], plain[1] * 1000, plain[2] / 1000], rel=1e-4
    )


def test_with_few_questions_the_prior_holds_and_with_many_it_does_not():
    prior = (-1.0, 2.0, 0.0)
    of_few, of_many = (np.array(fit_listwise(made_up(n), ridge=30.0, prior=prior)) for n in (2, 3000))
    assert np.abs(of_few - prior).max() < 0.15
    assert np.abs(of_many - TRUE).max() < 0.25


def test_without_anything_to_choose_from_the_prior_is_kept():
    alone = [JudgedList(np.zeros((1, 2)), np.array([True]))] * 5
    assert fit_listwise(alone, ridge=1.0, prior=(0.7, -0.3)) == pytest.approx((0.7, -0.3))


def test_a_figure_that_is_the_same_for_all_is_left_at_the_prior():
    lists = [JudgedList(np.column_stack([each.figures[:, 0], np.zeros(6)]), each.answers) for each in made_up(200)]
    fitted = fit_listwise(lists, ridge=1.0, prior=(0.0, 4.0))
    assert fitted[0] > 0.5
    assert fitted[1] == pytest.approx(4.0)


def test_lists_of_different_lengths_count_alike():
    lists = made_up(400, candidates=3)
    longer = [
        JudgedList(
            np.vstack([each.figures, np.zeros((60, 3)) - 50 * np.sign(TRUE)]), np.append(each.answers, [False] * 60)
        )
        for each in lists[:1]
    ]
    plain = fit_listwise(lists, ridge=1.0, prior=tuple(TRUE))
    # The candidates added are hopeless, so they change the task only by the width of the figures.
    assert (
        np.sign(fit_listwise([*longer, *lists[1:]], ridge=1.0, prior=tuple(TRUE))).tolist() == np.sign(plain).tolist()
    )


def test_several_answers_share_the_wish_for_the_first_place():
    figures = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])
    both = [JudgedList(figures, np.array([True, True, False]))] * 50
    first, second = fit_listwise(both, ridge=1.0, prior=(0.0, 0.0))
    assert first == pytest.approx(second, abs=1e-6)
    assert first > 1.0


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.floats(0.5, 20))
def test_at_the_fit_the_loss_is_flat_in_every_direction(seed, ridge):
    rng = np.random.default_rng(seed)
    lists = []
    for _ in range(12):
        count = int(rng.integers(2, 7))
        answers = rng.uniform(size=count) < 0.4
        answers[0] |= not answers.any()
        lists.append(JudgedList(rng.standard_normal((count, 3)) * [1.0, 5.0, 0.2], answers))
    prior = rng.standard_normal(3)
    scales = scales_of(lists)
    fitted = np.array(fit_listwise(lists, ridge=ridge, prior=prior.tolist()))

    def penalised(weights):
        return loss(lists, weights) + 0.5 * ridge * float((((weights - prior) * scales) ** 2).sum())

    width = 1e-4 / scales
    for place in range(3):
        step = np.zeros(3)
        step[place] = width[place]
        slope = (penalised(fitted + step) - penalised(fitted - step)) / 2e-4
        assert slope == pytest.approx(0.0, abs=1e-3)
