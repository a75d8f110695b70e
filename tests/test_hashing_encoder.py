from typing import TYPE_CHECKING

import numpy as np

from tests.hashing_encoder import HashingEncoder

if TYPE_CHECKING:
    from embeddings.encoder import Encoder


def test_texts_that_share_words_are_nearer_than_texts_that_do_not():
    encoder: Encoder = HashingEncoder()
    question = encoder.encode_query("How do cells divide?")
    near, far = encoder.encode_passages(["Cells divide by mitosis.", "Inflation is a rise of prices."])
    assert question @ near > question @ far


def test_every_vector_has_length_one_even_without_words():
    vectors = HashingEncoder().encode_passages(["", "🙂", "\ud800", "a b c", "word " * 999])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
