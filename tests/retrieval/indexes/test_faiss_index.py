"""What is FAISS's own: which engine is chosen, how much it finds by default, what it refuses."""

from __future__ import annotations

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


def clustered(rows, dimension=64, seed=3):
    random = np.random.default_rng(seed)
    centres = random.normal(size=(200, dimension))
    vectors = centres[random.integers(0, 200, rows)] + random.normal(size=(rows, dimension))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float16)


@pytest.mark.parametrize(
    ("rows", "engine", "chosen"),
    [
        (100, VectorEngine.AUTO, VectorEngine.EXACT),
        (10_000, VectorEngine.AUTO, VectorEngine.EXACT),
        (10_001, VectorEngine.AUTO, VectorEngine.INVERTED_FILE),
        (100, VectorEngine.INVERTED_FILE, VectorEngine.INVERTED_FILE),
        (15, VectorEngine.INVERTED_FILE, VectorEngine.EXACT),
        (1_000_000, VectorEngine.EXACT, VectorEngine.EXACT),
    ],
)
def test_the_engine_follows_size_and_options(rows, engine, chosen):
    assert VectorIndexOptions(engine=engine).choose(rows) is chosen


def test_small_corpora_are_read_whole_and_large_ones_in_part():
    options = VectorIndexOptions()
    assert options.share(36_000) == 1.0
    assert options.share(260_000) == pytest.approx(0.5)
    assert options.share(10_000_000) == options.least_share


def test_an_inverted_file_finds_99_of_100(tmp_path):
    vectors = clustered(8_000)
    write_inverted_file(tmp_path / "index", vectors)
    index = FaissIndex(vectors, inverted_file=tmp_path / "index")
    assert index.engine is VectorEngine.INVERTED_FILE
    exact = ExactIndex(vectors)
    queries = clustered(100, seed=4).astype(np.float32)
    found = [np.isin(index.search(query, 10)[0], exact.search(query, 10)[0]).mean() for query in queries]
    assert np.mean(found) >= 0.99


def test_rows_added_later_are_found_as_well(tmp_path):
    vectors = clustered(3_000)
    write_inverted_file(tmp_path / "old", vectors[:2_000])
    extend_inverted_file(tmp_path / "old", tmp_path / "new", vectors)
    index = FaissIndex(vectors, inverted_file=tmp_path / "new")
    for row in (0, 1_999, 2_000, 2_999):
        assert index.search(vectors[row].astype(np.float32), 1)[0].tolist() == [row]


def test_a_file_of_other_vectors_is_refused(tmp_path):
    vectors = clustered(500)
    write_inverted_file(tmp_path / "index", vectors)
    with pytest.raises(ValueError, match="500 vectors of dimension 64"):
        FaissIndex(vectors[:400], inverted_file=tmp_path / "index")


@pytest.mark.parametrize("dimension", [2, 7, 30, 64])
def test_any_dimension_will_do(tmp_path, dimension):
    vectors = clustered(600, dimension)
    write_inverted_file(tmp_path / "index", vectors)
    query = vectors[17].astype(np.float32)
    rows, scores = FaissIndex(vectors, inverted_file=tmp_path / "index").search(query, 5)
    expected_rows, expected_scores = ExactIndex(vectors).search(query, 5)
    assert scores == pytest.approx(expected_scores, abs=1e-6)
    assert rows[0] == expected_rows[0]
