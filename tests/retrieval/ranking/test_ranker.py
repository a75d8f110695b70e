from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from retrieval.answering.fusion import FusionWeights, fuse

from retrieval.domain import Evidence
from retrieval.indexes.base import Candidate


def candidate(article, passage=0.0, lexical=0.0, coverage=0.0):
    return Candidate(article, Evidence(0.0, 0.0, 0, lexical, passage, coverage))


def test_each_kind_of_evidence_counts_by_its_weight():
    weights = FusionWeights(passage=2.0, lexical=0.5, coverage=0.25)
    ranked = fuse([candidate(7, 0.5, 3.0, 0.4), candidate(8, 0.6, 12.0, 0.8)], weights)
    assert [found.article for found, _ in ranked] == [8, 7]
    assert [score for _, score in ranked] == pytest.approx([1.2 + 0.5 + 0.2, 1.0 + 0.125 + 0.1])


@pytest.mark.parametrize("kind", ["passage", "lexical", "coverage"])
def test_by_default_more_of_any_evidence_puts_an_article_first(kind):
    more, less = candidate(2, **{kind: 0.9}), candidate(1, **{kind: 0.1})
    assert [found.article for found, _ in fuse([less, more], FusionWeights())] == [2, 1]


def test_equal_scores_come_in_the_order_of_their_rows():
    assert [found.article for found, _ in fuse([candidate(9), candidate(3), candidate(5)], FusionWeights())] == [
        3,
        5,
        9,
    ]


def test_words_that_nobody_has_count_for_nobody():
    ranked = fuse([candidate(1, 0.2), candidate(2, 0.4)], FusionWeights(passage=1.0, lexical=5.0))
    assert [(found.article, score) for found, score in ranked] == [(2, 0.4), (1, 0.2)]


def test_without_candidates_there_is_nothing():
    assert fuse([], FusionWeights()) == []


@given(
    st.lists(st.tuples(st.floats(-1, 1), st.integers(0, 1000), st.floats(0, 1)), min_size=1, max_size=20),
    st.floats(0.1, 50),
)
def test_the_scale_of_bm25_changes_nothing(figures, factor):
    plain = fuse([candidate(row, *figure) for row, figure in enumerate(figures)], FusionWeights())
    scaled = fuse(
        [candidate(row, near, lexical * factor, covered) for row, (near, lexical, covered) in enumerate(figures)],
        FusionWeights(),
    )
    assert {found.article: score for found, score in scaled} == pytest.approx(
        {found.article: score for found, score in plain}, abs=1e-9
    )
