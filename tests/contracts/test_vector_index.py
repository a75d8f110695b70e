"""What every vector index must do: find the rows that the exact reference finds, with its scores."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from retrieval.indexes.faiss_index import (
    FaissIndex,
    VectorEngine,
    VectorIndexOptions,
    extend_inverted_file,
    write_inverted_file,
)
from tests.contracts.exact_index import ExactIndex

DIMENSION = 32
EXACT = VectorIndexOptions(engine=VectorEngine.EXACT)
THOROUGH = VectorIndexOptions(engine=VectorEngine.INVERTED_FILE, spare=1_000)


def make_exact(vectors, live, _folder):
    return ExactIndex(vectors, live)


def make_faiss_exact(vectors, live, _folder):
    return FaissIndex(vectors, live, options=EXACT)


def make_faiss_inverted(vectors, live, folder):
    if len(vectors) < 16:  # too few to train on, so never written
        return FaissIndex(vectors, live, options=THOROUGH)
    write_inverted_file(folder / "all.faiss", vectors)
    return FaissIndex(vectors, live, inverted_file=folder / "all.faiss", options=THOROUGH)


def make_faiss_extended(vectors, live, folder):
    half = len(vectors) // 2
    if half < 16:
        return FaissIndex(vectors, live, options=THOROUGH)
    write_inverted_file(folder / "half.faiss", vectors[:half])
    extend_inverted_file(folder / "half.faiss", folder / "whole.faiss", vectors)
    return FaissIndex(vectors, live, inverted_file=folder / "whole.faiss", options=THOROUGH)


ENGINES = [make_exact, make_faiss_exact, make_faiss_inverted, make_faiss_extended]


@pytest.fixture(params=ENGINES, ids=lambda make: make.__name__.removeprefix("make_"))
def make_index(request, tmp_path):
    def make(vectors, live=None):
        return request.param(vectors, live, tmp_path)

    return make


def unit(vectors):
    return (vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)).astype(np.float32)


def clustered(rows, seed=7):
    """Vectors of length 1 around 24 centres, in the precision that generations store."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(24, DIMENSION))
    spread = centres[random.integers(0, 24, rows)] + 0.6 * random.normal(size=(rows, DIMENSION))
    return unit(spread).astype(np.float16)


def query(seed=1):
    return unit(np.random.default_rng(seed).normal(size=DIMENSION))


def expected(vectors, vector, k, rows=None):
    """The k best rows by plain arithmetic that shares no code with any engine."""
    rows = range(len(vectors)) if rows is None else rows
    products = {int(row): float(np.dot(vectors[row].astype(np.float64), vector.astype(np.float64))) for row in rows}
    best = sorted(products, key=lambda row: -products[row])[:k]
    return best, [products[row] for row in best]


def assert_found(found, wanted):
    ids, scores = found
    wanted_ids, wanted_scores = wanted
    assert ids.tolist() == wanted_ids
    assert scores == pytest.approx(wanted_scores, abs=1e-6)
    assert ids.dtype == np.int64
    assert scores.dtype == np.float32


@pytest.mark.parametrize("rows", [1, 15, 400, 3_000])
def test_finds_the_nearest_rows_with_their_inner_products(make_index, rows):
    vectors = clustered(rows)
    index = make_index(vectors)
    for seed in range(5):
        assert_found(index.search(query(seed), 10), expected(vectors, query(seed), 10))


def test_returns_all_rows_where_more_are_asked_for(make_index):
    vectors = clustered(50)
    assert_found(make_index(vectors).search(query(), 80), expected(vectors, query(), 80))


def test_an_empty_matrix_has_nothing_to_find(make_index):
    ids, scores = make_index(np.zeros((0, DIMENSION), np.float16)).search(query(), 3)
    assert ids.tolist() == []
    assert scores.tolist() == []


@pytest.mark.parametrize("chosen", [[], [7], list(range(100, 140)), list(range(0, 3_000, 2))])
def test_a_filter_lets_only_allowed_rows_through(make_index, chosen):
    vectors = clustered(3_000)
    allowed = np.array(chosen, dtype=np.int64)
    found = make_index(vectors).search(query(), 12, allowed)
    assert_found(found, expected(vectors, query(), 12, chosen))


def test_a_wide_filter_is_kept_too(make_index):
    vectors = clustered(3_000)
    chosen = [row for row in range(3_000) if row % 7]
    found = make_index(vectors).search(query(), 12, np.array(chosen, dtype=np.int64))
    assert_found(found, expected(vectors, query(), 12, chosen))


def test_dead_rows_are_never_found_even_when_they_are_nearest(make_index):
    vectors = clustered(3_000)
    nearest, _ = expected(vectors, query(), 40)
    live = np.ones(3_000, dtype=np.bool_)
    live[nearest[::2]] = False
    found = make_index(vectors, live).search(query(), 10)
    assert_found(found, expected(vectors, query(), 10, np.flatnonzero(live)))


def test_dead_rows_are_not_found_through_a_filter(make_index):
    vectors = clustered(3_000)
    allowed = np.arange(0, 2_900, dtype=np.int64)
    nearest, _ = expected(vectors, query(), 40, allowed)
    live = np.ones(3_000, dtype=np.bool_)
    live[nearest[:20]] = False
    for few in (allowed, np.sort(np.array(nearest))):
        found = make_index(vectors, live).search(query(), 10, few)
        assert_found(found, expected(vectors, query(), 10, [row for row in few.tolist() if live[row]]))


def test_equal_vectors_come_in_the_order_of_their_rows(make_index):
    vectors = clustered(600)
    vectors[[500, 30, 444, 31]] = query().astype(np.float16)
    ids, scores = make_index(vectors).search(query(), 4)
    assert ids.tolist() == [30, 31, 444, 500]
    assert len(set(scores.tolist())) == 1


def test_negative_scores_are_scores(make_index):
    vectors = unit(-query() + 0.01 * np.random.default_rng(3).normal(size=(20, DIMENSION))).astype(np.float16)
    found = make_index(vectors).search(query(), 5)
    assert_found(found, expected(vectors, query(), 5))
    assert found[1].max() < -0.9


def test_threads_find_what_one_thread_finds(make_index):
    vectors = clustered(3_000)
    index = make_index(vectors)
    queries = [query(seed) for seed in range(40)]
    alone = [index.search(vector, 10)[0].tolist() for vector in queries]
    with ThreadPoolExecutor(4) as pool:
        together = [found[0].tolist() for found in pool.map(lambda vector: index.search(vector, 10), queries)]
    assert together == alone
