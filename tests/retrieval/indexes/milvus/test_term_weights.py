"""An inner product of the vectors is BM25 to the letter."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.indexes.milvus.term_weights import NO_TERM, document_vector, place_of, question_vector
from tests.contracts.test_lexical_index import WORDS, Bm25


@settings(max_examples=25)
@given(
    documents=st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=30), min_size=1, max_size=12),
    asked=st.lists(st.sampled_from(WORDS), min_size=1, max_size=6, unique=True),
)
def test_an_inner_product_is_the_score_of_bm25(documents, asked):
    texts = {row: " ".join(words) for row, words in enumerate(documents)}
    reference = Bm25(texts)
    frequencies = {word: sum(word in words for words in documents) for word in asked}
    known = {word: frequency for word, frequency in frequencies.items() if frequency}
    question = question_vector(known, len(documents))
    for row, words in enumerate(documents):
        vector = document_vector(words, reference.mean)
        product = sum(weight * vector.get(place, 0.0) for place, weight in question.items())
        assert product == pytest.approx(reference.score(" ".join(known), row), rel=1e-9)


def test_a_text_without_terms_has_a_vector_that_no_question_meets():
    assert document_vector([], 4.0) == {NO_TERM: 1.0}
    assert question_vector({}, 10) == {}
    assert NO_TERM not in question_vector(dict.fromkeys(WORDS, 1), 10)


def test_a_term_that_all_documents_and_removed_ones_have_never_counts_against_them():
    """Frequencies count removed articles for a while, so that a term may be in more documents than there are."""
    (weight,) = question_vector({"atom": 12}, 10).values()
    assert 0 < weight < 0.1


def test_every_term_has_a_place_of_its_own_that_milvus_takes():
    places = {place_of(f"{word}{number}") for word in WORDS for number in range(500)}
    assert len(places) == 500 * len(WORDS)
    assert NO_TERM < min(places) < max(places) < 2**32 - 1
