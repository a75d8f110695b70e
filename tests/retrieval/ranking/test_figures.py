from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.ranking.figures import EXTRA_FIGURES, RANKING_FIGURES, extra_figures, ranking_figures
from tests.retrieval.hits import evidence

BY_HAND = [
    ("two_passages", {"passage_scores": (0.2, 0.9, 0.5)}, 0.7),
    ("two_passages", {"passage_scores": (0.6,)}, 0.6),
    ("two_passages", {"passage_scores": ()}, 0.0),
    ("mean_section", {"section_scores": (0.1, 0.2, 0.6)}, 0.3),
    ("mean_section", {"section_scores": ()}, 0.0),
    ("sections", {"section_scores": (0.1, 0.2, 0.6)}, math.log(3)),
    ("sections", {"section_scores": (0.1,)}, 0.0),
    ("sections", {"section_scores": ()}, 0.0),
    ("question", {"question": -0.4}, -0.4),
    ("same_question", {"question": 0.5}, 0.0625),
    ("same_question", {"question": -0.5}, 0.0),
    ("coverage", {"coverage": 0.8}, 0.8),
    ("title_exact_coverage", {"title_exact_coverage": 0.3}, 0.3),
    ("title_repeats", {"title_exact_coverage": 0.5}, 0.0625),
    ("title_covered", {"title_covered": 0.7}, 0.7),
    ("mean_sentence", {"mean_sentence": 0.35}, 0.35),
    ("last_sentence", {"last_sentence": 0.45}, 0.45),
    ("best_sentence_question", {"best_sentence_question": 0.55}, 0.55),
]


OF_THE_SAME_EVIDENCE = (
    {"mean_section", "sections"},
    {"question", "same_question"},
    {"title_exact_coverage", "title_repeats"},
)


def figures_of(**fields):
    [row] = ranking_figures([evidence(**fields)]).tolist()
    return dict(zip(RANKING_FIGURES, row, strict=True))


@pytest.mark.parametrize(("name", "fields", "figure"), BY_HAND)
def test_each_figure_follows_from_its_own_evidence(name, fields, figure):
    found = figures_of(**fields)
    assert found.pop(name) == pytest.approx(figure)
    together = next((names for names in OF_THE_SAME_EVIDENCE if name in names), set())
    assert {other for other, value in found.items() if value and other not in together} == set()


def test_every_figure_is_tried_by_hand():
    assert {name for name, _, _ in BY_HAND} == set(RANKING_FIGURES)


def test_candidates_keep_their_order_and_their_own_figures():
    found = ranking_figures([evidence(question=0.1), evidence(coverage=0.2), evidence(question=0.3, coverage=0.4)])
    names = list(RANKING_FIGURES)
    assert found.shape == (3, len(names))
    assert found[:, names.index("question")].tolist() == [0.1, 0.0, 0.3]
    assert found[:, names.index("coverage")].tolist() == [0.0, 0.2, 0.4]


def extras(name, *values):
    return extra_figures([evidence(**{name: value}) for value in values])[:, list(EXTRA_FIGURES).index(name)].tolist()


@pytest.mark.parametrize("name", EXTRA_FIGURES)
def test_an_extra_figure_is_told_in_deviations_from_the_mean_of_those_that_have_it(name):
    spread = math.sqrt(((3 - 5) ** 2 + (5 - 5) ** 2 + (7 - 5) ** 2) / 3)
    assert extras(name, 3.0, 5.0, 7.0) == pytest.approx([-2 / spread, 0.0, 2 / spread], abs=1e-5)


@pytest.mark.parametrize("name", EXTRA_FIGURES)
def test_who_was_not_looked_at_again_counts_as_the_worst_of_those_that_were(name):
    assert extras(name, None, 4.0, 8.0, None) == pytest.approx([-1.0, -1.0, 1.0, -1.0], abs=1e-5)


@pytest.mark.parametrize("name", EXTRA_FIGURES)
@pytest.mark.parametrize("values", [(None, None, None), (2.5, 2.5, 2.5), (2.5, None, None), (7.0,)])
def test_an_extra_figure_that_tells_nothing_is_zero_for_all(name, values):
    assert extras(name, *values) == [0.0] * len(values)


def test_one_extra_figure_leaves_the_other_alone():
    found = extra_figures([evidence(reranker=1.0), evidence(reranker=3.0)])
    assert dict(zip(EXTRA_FIGURES, found.T.tolist(), strict=True))["second_encoder"] == [0.0, 0.0]


def test_without_candidates_there_are_no_figures():
    assert ranking_figures([]).shape == (0, len(RANKING_FIGURES))
    assert extra_figures([]).shape == (0, len(EXTRA_FIGURES))


@given(
    st.lists(st.one_of(st.none(), st.floats(-50, 50)), min_size=1, max_size=12),
    st.floats(0.5, 20),
    st.floats(-100, 100),
)
def test_the_scale_of_a_second_model_changes_nothing(values, factor, shift):
    known = [value for value in values if value is not None]
    moved = [None if value is None else value * factor + shift for value in values]
    if len(known) < 2 or np.std(known) < 0.1:  # what is all but alike has no scale
        return
    assert extras("reranker", *moved) == pytest.approx(extras("reranker", *values), abs=1e-3)
