"""Vectors that the next build needs are embedded before it, and nothing else is."""

from __future__ import annotations

import numpy as np
import pytest

from embeddings.vector_cache import VectorCache
from retrieval.articles.limits import ReadingLimits
from retrieval.building import builder
from retrieval.building.vectors.embedding_ahead import EmbeddedAhead, NextBuild, embed_ahead, embed_here
from retrieval.progress import ignore_progress
from tests.hashing_encoder import HashingEncoder
from tests.retrieval.article_files import small_corpus


class KilledError(Exception):
    """Stands for the end of the process."""


@pytest.fixture
def corpus(tmp_path):
    return small_corpus(tmp_path)


@pytest.fixture
def cache(tmp_path, corpus):
    with VectorCache(tmp_path / "vectors", corpus.encoder.fingerprint, corpus.encoder.dimension) as cache:
        yield cache


def ahead(corpus, cache, embed=None):
    following = NextBuild(corpus.root, corpus.store, corpus.encoder, ReadingLimits(), 1)
    texts = following.texts(ignore_progress)
    work = embed or embed_here(corpus.encoder)
    return embed_ahead(texts, cache, work, round_texts=100, on_progress=ignore_progress)


def built(corpus, cache):
    """How many texts a build embeds."""
    with corpus.store.writing() as writer:
        return builder.build(corpus.root, writer, corpus.encoder, cache).embedded


def test_the_build_after_it_embeds_nothing(corpus, cache):
    done = ahead(corpus, cache)
    assert done == EmbeddedAhead(known=0, embedded=len(set(corpus.encoder.embedded)))
    assert done.embedded == len(corpus.encoder.embedded) == len(cache) > 0
    assert corpus.store.current_id() is None
    assert built(corpus, cache) == 0
    assert corpus.store.current_id() is not None


def test_only_what_is_new_since_the_last_build_is_embedded(corpus, cache):
    assert built(corpus, cache) > 0
    before = set(corpus.encoder.embedded)
    corpus.encoder.embedded.clear()
    corpus.write("physics/tides", "What makes the tides?", "The moon pulls the sea.")
    assert ahead(corpus, cache).embedded == len(corpus.encoder.embedded)
    assert "What makes the tides?" in corpus.encoder.embedded
    assert not before & set(corpus.encoder.embedded)


def test_what_the_index_holds_is_not_embedded_for_a_cache_that_was_lost(corpus, cache, tmp_path):
    built(corpus, cache)
    with VectorCache(tmp_path / "other", corpus.encoder.fingerprint, corpus.encoder.dimension) as empty:
        assert ahead(corpus, empty) == EmbeddedAhead(0, 0)


def test_who_is_killed_half_way_goes_on_where_it_ended(corpus, cache):
    def killed(texts):
        for number, text in enumerate(texts):
            if number == 3:
                raise KilledError
            yield [text], corpus.encoder.encode_passages([text])

    with pytest.raises(KilledError):
        ahead(corpus, cache, killed)
    assert len(cache) == 3
    first = list(corpus.encoder.embedded)
    corpus.encoder.embedded.clear()
    assert ahead(corpus, cache).known == 3
    assert not set(first) & set(corpus.encoder.embedded)
    assert built(corpus, cache) == 0


def test_a_text_is_embedded_once_and_rounds_are_of_the_size_that_is_wanted(cache):
    encoder, rounds = HashingEncoder(), []

    def embed(texts):
        rounds.append(len(texts))
        yield texts, encoder.encode_passages(texts)

    texts = [[f"text {number % 9_000}"] for number in range(18_000)]
    seen = []
    done = embed_ahead(texts, cache, embed, round_texts=4096, on_progress=lambda *told: seen.append(told))
    assert done.embedded == len(encoder.embedded) == 9_000
    assert rounds == [4096, 4096, 808]
    assert seen[-1] == ("embed", 9_000, 9_000)
    vectors, missing = cache.get_many(["text 7"])
    assert not missing.any()
    np.testing.assert_allclose(vectors[0], encoder.encode_passages(["text 7"])[0], atol=1e-3)
