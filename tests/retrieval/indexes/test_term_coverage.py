from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.indexes.term_coverage import (
    DIMENSION,
    TermCoverage,
    TokenMeanings,
    TokenRows,
    reduce_token_vectors,
)

KIDS, CHILDREN, ROCK, THE, EMPTY = range(5)
VECTORS = np.array([[1, 0, 0], [0.8, 0.6, 0], [0, 0, 1], [0, 1, 0], [0, 0, 0]], dtype=np.float16)
FREQUENCIES = np.array([1, 4, 9, 99, 4], dtype=np.uint32)
MEANINGS = TokenMeanings(VECTORS, FREQUENCIES, articles=99)
RARITY = np.log(100 / (FREQUENCIES + 1.0))
KIDS_TO_CHILDREN = (0.8 - 0.25) / 0.75


def texts(*tokens):
    return [np.array(row, dtype=np.int32) for row in tokens]


def test_a_token_is_covered_by_itself_by_one_of_like_meaning_in_part_and_by_others_not_at_all():
    assert MEANINGS.coverage([KIDS], texts([KIDS], [CHILDREN], [ROCK], [])) == pytest.approx(
        [1.0, KIDS_TO_CHILDREN, 0.0, 0.0], abs=1e-3
    )


def test_rare_tokens_count_more():
    of_kids, of_rock = MEANINGS.coverage([KIDS, ROCK], texts([KIDS], [ROCK]))
    assert of_kids == pytest.approx(RARITY[KIDS] / (RARITY[KIDS] + RARITY[ROCK]), abs=1e-3)
    assert of_kids + of_rock == pytest.approx(1.0, abs=1e-3)


def test_what_has_been_said_already_does_not_count():
    said = np.array([KIDS], dtype=np.int32)
    assert MEANINGS.coverage([KIDS, ROCK], texts([KIDS], [ROCK]), said=said) == pytest.approx([0.0, 1.0], abs=1e-3)


def test_what_is_like_something_said_counts_in_part():
    said = np.array([CHILDREN], dtype=np.int32)
    of_kids, of_rock = MEANINGS.coverage([KIDS, ROCK], texts([KIDS], [ROCK]), said=said)
    left = RARITY[KIDS] * (1 - KIDS_TO_CHILDREN)
    assert of_kids == pytest.approx(left / (left + RARITY[ROCK]), abs=1e-2)
    assert of_kids + of_rock == pytest.approx(1.0, abs=1e-3)


def test_where_all_has_been_said_nothing_is_covered():
    said = np.array([KIDS, ROCK], dtype=np.int32)
    assert MEANINGS.coverage([KIDS, ROCK], texts([KIDS], [ROCK]), said=said) == pytest.approx([0.0, 0.0], abs=1e-3)


@pytest.mark.parametrize("said", [[], [77, -1]])
def test_nothing_said_that_can_be_compared_leaves_coverage_as_it_is(said):
    asked, rows = [KIDS, ROCK], texts([KIDS], [CHILDREN])
    assert MEANINGS.coverage(asked, rows, said=np.array(said, dtype=np.int32)) == MEANINGS.coverage(asked, rows)


def test_a_token_that_every_one_of_many_articles_has_counts_for_next_to_nothing():
    meanings = TokenMeanings(VECTORS, FREQUENCIES, articles=99)
    assert meanings.coverage([KIDS, THE], texts([KIDS], [THE])) == pytest.approx([1.0, 0.0], abs=1e-3)


def test_in_an_index_of_one_article_what_it_says_counts_though_every_article_says_it():
    meanings = TokenMeanings(VECTORS, np.array([1, 0, 0, 1, 0], dtype=np.uint32), articles=1)
    assert meanings.coverage([KIDS, THE], texts([KIDS, THE], [ROCK])) == pytest.approx([1.0, 0.0], abs=1e-3)
    half, _ = meanings.coverage([KIDS, ROCK], texts([KIDS], [THE]))
    assert 0.3 < half < 0.5


def test_where_all_articles_share_a_token_the_others_decide():
    meanings = TokenMeanings(VECTORS, np.array([4, 0, 1, 4, 0], dtype=np.uint32), articles=4)
    with_rock, without = meanings.coverage([KIDS, ROCK], texts([KIDS, ROCK], [KIDS]))
    assert with_rock == pytest.approx(1.0, abs=1e-3)
    assert without < 0.3
    assert meanings.coverage([KIDS], texts([KIDS], [ROCK])) == pytest.approx([1.0, 0.0], abs=1e-3)


def test_a_question_of_nothing_but_tokens_that_all_articles_have_is_hardly_covered_by_any():
    assert MEANINGS.coverage([THE], texts([THE]))[0] < 0.05
    assert MEANINGS.coverage([THE, KIDS], texts([THE, KIDS])) == pytest.approx([1.0], abs=1e-3)


def test_a_token_without_meaning_is_still_itself():
    assert MEANINGS.coverage([EMPTY], texts([EMPTY], [ROCK])) == pytest.approx([1.0, 0.0])


def test_a_repeated_token_counts_once():
    assert MEANINGS.coverage([KIDS, KIDS, KIDS, ROCK], texts([KIDS])) == MEANINGS.coverage([KIDS, ROCK], texts([KIDS]))


def test_tokens_that_the_model_has_no_embedding_for_are_passed_over():
    assert MEANINGS.coverage([KIDS, 77, -1], texts([KIDS, 77], [77, -1])) == pytest.approx([1.0, 0.0])


def test_of_a_long_question_the_rarest_tokens_count():
    vectors = np.eye(60, dtype=np.float16)
    frequencies = np.arange(60, dtype=np.uint32)
    meanings = TokenMeanings(vectors, frequencies, articles=99)
    assert meanings.coverage(range(60), texts(range(48), range(48, 60))) == pytest.approx([1.0, 0.0], abs=1e-3)


def test_nothing_asked_is_covered_by_nothing():
    assert MEANINGS.coverage([], texts([KIDS], [])) == [0.0, 0.0]
    assert MEANINGS.coverage([KIDS], []) == []


def rows_of(*tokens):
    """The tokens of some rows."""
    offsets = np.concatenate([[0], np.cumsum([len(row) for row in tokens], dtype=np.int64)])
    return TokenRows(np.array([token for row in tokens for token in row], dtype=np.uint16), offsets)


NO_ROWS = np.empty(0, dtype=np.int64)


def test_articles_and_titles_are_covered_each_by_their_own_tokens():
    articles, titles = rows_of([KIDS, ROCK], [], [CHILDREN], [THE]), rows_of([ROCK], [KIDS], [], [CHILDREN])
    coverage = TermCoverage(MEANINGS, articles, titles)
    rows = np.array([3, 2, 1, 0])
    assert coverage.of_articles([KIDS], rows).tolist() == pytest.approx([0.0, KIDS_TO_CHILDREN, 0.0, 1.0], abs=1e-3)
    of_titles = coverage.of_titles([KIDS], rows)
    assert of_titles.near.tolist() == pytest.approx([KIDS_TO_CHILDREN, 0.0, 1.0, 0.0], abs=1e-3)
    assert of_titles.exact.tolist() == pytest.approx([0.0, 0.0, 1.0, 0.0], abs=1e-3)
    assert coverage.of_articles([], rows).tolist() == [0.0] * 4
    assert coverage.of_articles([KIDS], np.array([1])).tolist() == [0.0]
    assert coverage.of_articles([KIDS], NO_ROWS).tolist() == []
    assert coverage.of_titles([KIDS], NO_ROWS).near.tolist() == []


def test_to_the_letter_only_the_very_same_tokens_count_by_their_rarity():
    titles = rows_of([KIDS], [CHILDREN], [KIDS, ROCK], [])
    found = TermCoverage(MEANINGS, titles, titles).of_titles([KIDS, ROCK], np.arange(4))
    of_kids = RARITY[KIDS] / (RARITY[KIDS] + RARITY[ROCK])
    assert found.exact.tolist() == pytest.approx([of_kids, 0.0, 1.0, 0.0], abs=1e-3)
    assert found.near.tolist() == pytest.approx([of_kids, of_kids * KIDS_TO_CHILDREN, 1.0, 0.0], abs=1e-3)


def test_a_title_is_covered_by_how_much_of_it_is_asked():
    titles = rows_of([KIDS], [CHILDREN, ROCK], [ROCK], [], [KIDS, THE])
    found = TermCoverage(MEANINGS, titles, titles).covered_titles([KIDS, KIDS, 77, -1], np.arange(5))
    of_children = KIDS_TO_CHILDREN * RARITY[CHILDREN] / (RARITY[CHILDREN] + RARITY[ROCK])
    assert found.tolist() == pytest.approx([1.0, of_children, 0.0, 0.0, 1.0], abs=5e-3)


def test_what_else_is_asked_does_not_lessen_how_much_of_a_title_is_covered():
    tokens, counts = np.array([KIDS, ROCK, CHILDREN]), np.array([2, 0, 1])
    alone, more = (MEANINGS.covered_runs(asked, tokens, counts).tolist() for asked in ([KIDS], [KIDS, THE, EMPTY]))
    assert alone == pytest.approx(more, abs=1e-3)
    half = RARITY[KIDS] / (RARITY[KIDS] + RARITY[ROCK])
    assert alone == pytest.approx([half, 0.0, KIDS_TO_CHILDREN], abs=1e-3)


def test_a_title_of_tokens_that_all_articles_have_is_hardly_covered():
    titles = rows_of([THE])
    assert TermCoverage(MEANINGS, titles, titles).covered_titles([THE], np.array([0]))[0] < 0.05


@pytest.mark.parametrize("asked", [[], [77, -1]])
def test_nothing_asked_covers_no_title(asked):
    titles = rows_of([KIDS], [ROCK])
    assert TermCoverage(MEANINGS, titles, titles).covered_titles(asked, np.arange(2)).tolist() == [0.0, 0.0]
    assert TermCoverage(MEANINGS, titles, titles).covered_titles([KIDS], NO_ROWS).tolist() == []


@given(
    st.lists(st.integers(-1, 6), max_size=8),
    st.lists(st.lists(st.integers(0, 4), max_size=5, unique=True), min_size=1, max_size=6),
)
def test_articles_and_short_texts_are_covered_alike_and_never_beyond_one(asked, rows):
    tokens, every = rows_of(*rows), np.arange(len(rows))
    coverage = TermCoverage(MEANINGS, tokens, tokens)
    of_articles = coverage.of_articles(asked, every)
    assert of_articles.tolist() == pytest.approx(MEANINGS.coverage(asked, texts(*rows)), abs=1e-6)
    assert coverage.of_titles(asked, every).near.tolist() == pytest.approx(of_articles.tolist(), abs=1e-6)
    for found in (of_articles, coverage.of_titles(asked, every).exact, coverage.covered_titles(asked, every)):
        assert all(0 <= covered <= 1 + 1e-6 for covered in found.tolist())


def test_reduced_vectors_compare_what_is_left_when_the_common_part_is_gone():
    rng = np.random.default_rng(0)
    common = 40 * rng.standard_normal((1, 200))
    meaning = rng.standard_normal((500, 200))
    meaning[1] = meaning[0] + 0.1 * rng.standard_normal(200)
    reduced = reduce_token_vectors((common + meaning).astype(np.float32)).astype(np.float32)
    assert reduced.shape == (500, DIMENSION)
    np.testing.assert_allclose(np.linalg.norm(reduced, axis=1), 1, atol=2e-3)
    cosines = reduced @ reduced[0]
    assert cosines[1] > 0.95
    assert abs(cosines[2:].mean()) < 0.05


def test_small_vectors_keep_every_dimension():
    vectors = np.random.default_rng(1).standard_normal((30, 8)).astype(np.float32)
    reduced = reduce_token_vectors(vectors).astype(np.float32)
    centred = vectors - vectors.mean(axis=0)
    centred /= np.linalg.norm(centred, axis=1, keepdims=True)
    np.testing.assert_allclose(reduced @ reduced.T, centred @ centred.T, atol=5e-3)
