"""The arithmetic of docs/scaling.md is that of the constants, and the benchmark's own measures are right."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
from scaling import bytes_an_article, measure, write_clustered
from scaling_arithmetic import SIZES, Measured, Prices, constant_table, demand, size_table

from retrieval.indexes.matrix import open_matrix
from tests.retrieval.article_files import small_corpus

PAGE = (Path(__file__).parents[2] / "docs" / "scaling.md").read_text(encoding="utf-8")


def test_the_page_holds_what_the_constants_give():
    for table in (size_table([demand(articles) for articles in SIZES]), constant_table()):
        assert "\n".join(table) in PAGE


def test_a_constant_that_changes_changes_the_page():
    other = dataclasses.replace(Measured(), code_bytes=200)
    assert "\n".join(size_table([demand(articles, other) for articles in SIZES])) not in PAGE


def test_disk_memory_and_time_of_a_million_articles_by_hand():
    given = Measured(
        sections_an_article=5,
        article_bytes=4_000,
        vector_bytes=768,
        code_bytes=100,
        cached_bytes=788,
        fixed_mib=200,
        own_bytes=1_000,
        texts_a_core_second=200,
        reading_core_ms=2,
        index_core_s=25,
        question_core_ms=16,
        search_core_ms=3,
    )
    found = demand(1_000_000, given)
    assert found.vectors == 6_000_000
    assert found.disk_gib == pytest.approx((4e9 + 6e6 * 768 + 6e6 * 100) / 2**30)
    assert found.memory_gib - found.disk_gib == pytest.approx(200 / 1024 + 1e9 / 2**30)
    assert found.embedding_core_hours == pytest.approx(30_000 / 3600)
    assert found.other_core_hours == pytest.approx((2_000 + 6 * 25) / 3600)
    assert found.question_core_ms == pytest.approx(16 + 3 * (5_000_000 - 195_769) / 1e6)
    cost = found.month(2, Prices(core_hour=0.05, memory_month=3, disk_month=0.1))
    cores = 2 * found.question_core_ms / 1000 * 730 * 0.05
    assert cost == pytest.approx(cores + 3 * found.memory_gib + 0.1 * (3 * found.disk_gib + found.cache_gib))


def test_few_vectors_have_no_inverted_file():
    few = demand(1_000)  # and some five thousand sections
    assert few.least_memory_gib == pytest.approx((192 * 2**20 + 1_000 * 1_233) / 2**30)


def test_made_up_vectors_lie_around_topics_and_questions_find_their_own(tmp_path):
    queries = write_clustered(tmp_path / "vectors.npy", 3_000, 32, np.random.default_rng(1))
    vectors = open_matrix(tmp_path / "vectors.npy").astype(np.float32)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-2)
    nearest = np.sort(queries @ vectors.T, axis=1)[:, ::-1]
    assert np.median(nearest[:, 5]) > 0.45  # of the same topic
    assert abs(np.median(nearest[:, 1_500])) < 0.1  # of others


def test_a_size_is_measured_with_the_projects_own_index(tmp_path):
    figures = measure(tmp_path, 12_000, 16)
    assert figures["engine"] == "inverted-file"
    assert figures["recall_10"] > 0.9
    assert figures["matrix_bytes_a_row"] == pytest.approx(32, abs=0.1)
    assert figures["build_core_s"] > 0
    assert json.loads(json.dumps(figures)) == figures


def test_bytes_an_article_add_up_to_the_generation(tmp_path):
    corpus = small_corpus(tmp_path)
    corpus.build()
    figures = bytes_an_article(corpus.store.folder)
    folder = corpus.store.folder / corpus.store.current_id()
    whole = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    assert sum(figures["bytes"].values()) * figures["articles"] == pytest.approx(whole)
    a_vector = 2 * corpus.encoder.dimension
    assert figures["bytes"]["section_vectors.npy"] > a_vector * figures["sections_an_article"] > a_vector - 1
