"""The fast backend against sentence-transformers itself."""

import pickle
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from embeddings.factory import Backend, open_encoder
from embeddings.processor import Precision, has_native_bfloat16

TEXTS = [
    "Photosynthesis turns light into chemical energy.",
    "",
    "Inflation is a general rise of prices, measured by an index of goods. " * 3,
    "🙂",
    "Die Zelle teilt sich; 细胞分裂; клетка делится.",
    "x",
    "The area under a curve is found by integration. " * 90,
    "A nation's debt grows when it spends more than it takes in.",
    "Photosynthesis turns light into chemical energy.",
]
UNCLEAN = ["", " \n\t ", "\x00", "a\x00b", "\ud83d", "ok \udc00 then", "\u202e\u200b", "!" * 1000, "e\u0301" * 5000]


def cosines(one, other):
    return np.sum(one * other, axis=-1)


def test_vectors_are_those_of_sentence_transformers_each_in_its_row(fast, plain):
    ours = fast.encode_passages(TEXTS)
    theirs = plain.encode_passages(TEXTS)
    assert ours.shape == (9, 384)
    assert ours.dtype == np.float32
    assert cosines(ours, theirs).min() > 0.9999
    np.testing.assert_allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-5)


def test_a_question_finds_the_passage_that_answers_it(fast):
    passages = fast.encode_passages(TEXTS)
    assert TEXTS[np.argmax(passages @ fast.encode_query("why does the price of goods go up?"))] == TEXTS[2]
    assert TEXTS[np.argmax(passages @ fast.encode_query("how do plants use sunlight?"))] == TEXTS[0]


def test_both_backends_agree_on_fingerprint_dimension_window_and_token_counts(fast, plain):
    for name in ("fingerprint", "dimension"):
        assert getattr(fast, name) == getattr(plain, name)
    ours, theirs = fast.passage_window(), plain.passage_window()
    assert ours.max_tokens == theirs.max_tokens == 256
    assert ours.count(TEXTS) == theirs.count(TEXTS)
    assert ours.count([]) == theirs.count([]) == []


def test_both_backends_agree_on_tokens(fast, plain):
    for ours, theirs in zip(fast.token_ids(TEXTS), plain.token_ids(TEXTS), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert fast.known_words() == plain.known_words()
    np.testing.assert_allclose(fast.token_vectors(), plain.token_vectors(), atol=1e-3)
    assert len(fast.token_vectors()) > max(ids.max() for ids in fast.token_ids(TEXTS) if len(ids))


def test_no_texts_give_no_vectors(fast, plain):
    assert fast.encode_passages([]).shape == plain.encode_passages([]).shape == (0, 384)
    assert list(fast.iter_encode_passages([])) == []


def test_pieces_come_once_each_with_their_own_texts(fast):
    texts = [f"{subject} and {number}" for number in range(40) for subject in ("waves", "the law of supply", "cells")]
    expected = fast.encode_passages(texts)
    seen = []
    for indices, vectors in fast.iter_encode_passages(texts):
        seen += indices.tolist()
        np.testing.assert_allclose(vectors, expected[indices], atol=1e-4)
    assert sorted(seen) == list(range(120))


def test_stopping_half_way_leaves_the_encoder_usable(fast):
    pieces = fast.iter_encode_passages(["some words to embed"] * 500)
    next(pieces)
    pieces.close()
    assert fast.encode_passages(["one more"]).shape == (1, 384)


def test_no_text_is_too_unclean(fast, plain):
    ours = fast.encode_passages(UNCLEAN)
    np.testing.assert_allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-5)
    assert cosines(ours, plain.encode_passages(UNCLEAN)).min() > 0.9999
    assert len(fast.passage_window().count(UNCLEAN)) == len(UNCLEAN)
    for text in UNCLEAN:
        assert np.linalg.norm(fast.encode_query(text)) == pytest.approx(1, abs=1e-5)


def test_ten_megabytes_are_one_passage(fast):
    phrase = "supply and demand "
    whole, beginning = fast.encode_passages([phrase * 600_000, phrase * 200])
    assert whole @ beginning > 0.9999


def test_threads_share_an_encoder_and_get_their_own_vectors(fast):
    queries = [f"what is the answer to question number {number}?" for number in range(8)]
    expected = [fast.encode_query(query) for query in queries]
    start = threading.Barrier(4)

    def work(_):
        start.wait()
        return [fast.encode_query(query) for query in queries], fast.encode_passages(queries)

    with ThreadPoolExecutor(4) as pool:
        for vectors, passages in pool.map(work, range(4)):
            np.testing.assert_allclose(vectors, expected, atol=1e-4)
            np.testing.assert_allclose(passages, expected, atol=1e-4)


def test_one_thread_gives_the_same_vectors(fast, encoder_cache):
    single = open_encoder(cache_dir=encoder_cache, backend=Backend.OPENVINO, threads=1)
    np.testing.assert_allclose(single.encode_passages(TEXTS), fast.encode_passages(TEXTS), atol=1e-4)


def test_prompts_and_pooling_of_a_model_are_respected(prompted_model, encoder_cache):
    # In full precision: the made-up weights are so large that bfloat16 alone moves a vector more than a wrong pooling.
    exact = Precision.FLOAT32
    fast = open_encoder(str(prompted_model), cache_dir=encoder_cache, backend=Backend.OPENVINO, precision=exact)
    plain = open_encoder(str(prompted_model), cache_dir=encoder_cache, backend=Backend.TORCH)
    texts = ["cells divide", "why is the sky blue ?", "", "water " * 60]
    assert fast.dimension == 32
    for window in (encoder.passage_window() for encoder in (fast, plain)):
        assert window.max_tokens == 22, "two of the 24 are the prompt's"
        assert pickle.loads(pickle.dumps(window)).count(texts) == window.count(texts) == [4, 8, 2, 62]  # noqa: S301
    assert cosines(fast.encode_passages(texts), plain.encode_passages(texts)).min() > 0.9999
    assert cosines(fast.encode_query(texts[1]), plain.encode_query(texts[1])) > 0.9999
    assert fast.encode_query(texts[1]) @ fast.encode_passages(texts)[1] < 0.999


def test_bfloat16_where_the_processor_has_it_stays_near(encoder_cache, fast):
    if not has_native_bfloat16():
        pytest.skip("this processor has no bfloat16")
    half = open_encoder(cache_dir=encoder_cache, backend=Backend.OPENVINO, precision=Precision.BFLOAT16)
    exact = open_encoder(cache_dir=encoder_cache, backend=Backend.OPENVINO, precision=Precision.FLOAT32)
    assert fast.precision is Precision.BFLOAT16
    assert half.fingerprint == exact.fingerprint
    assert cosines(half.encode_passages(TEXTS), exact.encode_passages(TEXTS)).min() > 0.999
