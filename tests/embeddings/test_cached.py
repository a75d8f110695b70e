import numpy as np
import pytest

from embeddings.cached import embed_passages
from embeddings.vector_cache import VectorCache, stored_form
from tests.hashing_encoder import HashingEncoder


@pytest.fixture
def encoder():
    return HashingEncoder(dimension=16)


@pytest.fixture
def cache(tmp_path, encoder):
    with VectorCache(tmp_path, encoder.fingerprint, encoder.dimension) as cache:
        yield cache


class ProgressiveHashingEncoder(HashingEncoder):
    """Hands out vectors two at a time, last text first, and stops working after `limit` texts."""

    def __init__(self, dimension, limit=10**9):
        super().__init__(dimension)
        self.limit = limit

    def iter_encode_passages(self, texts):
        for end in range(len(texts), 0, -2):
            places = np.arange(max(0, end - 2), end)[::-1]
            if len(self.embedded) >= self.limit:
                raise KeyboardInterrupt
            yield places, self.encode_passages([texts[place] for place in places])


def test_each_row_is_its_texts_vector_whatever_the_order_of_work(cache):
    encoder = ProgressiveHashingEncoder(16)
    texts = ["ions move", "prices rise", "cells divide", "prices rise", "waves break"]
    vectors = embed_passages(encoder, cache, texts)
    np.testing.assert_array_equal(vectors, stored_form(HashingEncoder(16).encode_passages(texts)))
    assert sorted(encoder.embedded) == sorted(set(texts))


def test_nothing_is_embedded_twice(encoder, cache):
    first = embed_passages(encoder, cache, ["a b", "c d"])
    again = embed_passages(encoder, cache, ["c d", "e f", "a b"])
    assert encoder.embedded == ["a b", "c d", "e f"]
    np.testing.assert_array_equal(again[[2, 0]], first)


def test_a_build_that_was_stopped_goes_on_where_it_ended(cache):
    texts = [f"section {number}" for number in range(20)]
    stopped = ProgressiveHashingEncoder(16, limit=8)
    with pytest.raises(KeyboardInterrupt):
        embed_passages(stopped, cache, texts)
    resumed = ProgressiveHashingEncoder(16)
    embed_passages(resumed, cache, texts)
    assert len(stopped.embedded) == 8
    assert sorted(stopped.embedded + resumed.embedded) == sorted(texts)


def test_progress_counts_cached_texts_first_and_repeated_texts_each(encoder, cache):
    embed_passages(encoder, cache, ["known"])
    seen = []
    embed_passages(encoder, cache, ["known", "new", "new", "other"], lambda done, total: seen.append((done, total)))
    assert seen == [(1, 4), (4, 4)]


def test_progress_comes_after_each_batch(cache):
    seen = []
    texts = [f"section {number}" for number in range(5)]
    embed_passages(ProgressiveHashingEncoder(16), cache, texts, lambda done, _: seen.append(done))
    assert seen == [0, 2, 4, 5]


def test_no_texts_give_no_vectors(encoder, cache):
    assert embed_passages(encoder, cache, []).shape == (0, 16)
