"""Models of any make give the vectors that plain sentence-transformers gives, on either backend."""

# ruff: noqa: PLC0415 - torch takes seconds to import, which collecting tests should not wait for
import json
import logging

import numpy as np
import pytest

from embeddings.errors import ModelLoadError, UnsupportedModelError
from embeddings.factory import Backend, open_encoder
from embeddings.openvino.encoder import OpenVinoEncoder
from embeddings.processor import Precision
from embeddings.sentence_transformer import SentenceTransformerEncoder

PROMPTS = {"query": "query: ", "document": "passage: "}
TEXTS = ["cells divide", "why is the sky blue ?", "How do Prices RISE ?", "  energy light ", "water " * 60, "x"]


def plain_vectors(folder):
    """What sentence-transformers alone makes of the texts: as questions, and as passages."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu")
    return [
        np.asarray(encode(TEXTS, normalize_embeddings=True, show_progress_bar=False))
        for encode in (model.encode_query, model.encode_document)
    ]


def least_cosines(folder, encoder):
    """How near the farthest question and the farthest passage come to sentence-transformers' own."""
    ours = np.stack([encoder.encode_query(text) for text in TEXTS]), encoder.encode_passages(TEXTS)
    return [np.sum(one * other, axis=1).min().item() for one, other in zip(ours, plain_vectors(folder), strict=True)]


def opened(folder, cache, backend=Backend.AUTO):
    # In full precision: weights made up at random are so large that bfloat16 alone moves a vector noticeably.
    return open_encoder(str(folder), cache_dir=cache, backend=backend, precision=Precision.FLOAT32)


def saved(model, folder):
    model.save(str(folder), create_model_card=False)
    return folder


def changed(file, **values):
    file.write_text(json.dumps({**json.loads(file.read_text()), **values}))


@pytest.mark.parametrize(
    "pooling",
    ["cls", "mean", "max", "weightedmean", "lasttoken", "mean_sqrt_len_tokens", ("mean", "cls")],
    ids=lambda pooling: pooling if isinstance(pooling, str) else "+".join(pooling),
)
def test_every_pooling_and_its_prompts(pooling, make_model, encoder_cache):
    folder = make_model(pooling, prompts=PROMPTS)
    encoder = opened(folder, encoder_cache)
    assert isinstance(encoder, OpenVinoEncoder)
    assert encoder.dimension == (64 if isinstance(pooling, tuple) else 32)
    assert min(least_cosines(folder, encoder)) > 0.9999
    assert encoder.encode_query(TEXTS[1]) @ encoder.encode_passages(TEXTS)[1] < 0.9999


@pytest.fixture
def with_layers(make_model, tmp_path):
    """A model whose vectors go through another layer after the pooling, which makes them shorter."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Dense, Normalize

    model = SentenceTransformer(str(make_model("cls", prompts=PROMPTS)), device="cpu")
    return saved(SentenceTransformer(modules=[*model, Dense(32, 16), Normalize()], prompts=PROMPTS), tmp_path / "m")


def test_layers_after_the_pooling(with_layers, encoder_cache):
    encoder = opened(with_layers, encoder_cache)
    assert isinstance(encoder, OpenVinoEncoder)
    assert encoder.dimension == 16
    assert min(least_cosines(with_layers, encoder)) > 0.9999


def test_a_window_and_a_dimension_that_the_configuration_cuts(make_model, encoder_cache):
    folder = make_model(prompts=PROMPTS)
    changed(folder / "sentence_bert_config.json", max_seq_length=12)
    changed(folder / "config_sentence_transformers.json", truncate_dim=8)
    for backend in (Backend.OPENVINO, Backend.TORCH):
        encoder = opened(folder, encoder_cache, backend)
        assert encoder.dimension == 8
        assert encoder.encode_passages(TEXTS).shape == (6, 8)
        assert min(least_cosines(folder, encoder)) > 0.9999


def test_a_model_of_transformers_alone_pools_the_mean_of_what_its_positions_allow(make_model, encoder_cache):
    folder = make_model(window=10**30).parent / "bert"
    encoder = opened(folder, encoder_cache)
    assert isinstance(encoder, OpenVinoEncoder)
    assert (encoder.passage_window().max_tokens, encoder.dimension) == (64, 32)
    assert min(least_cosines(folder, encoder)) > 0.9999


def test_an_empty_document_prompt_is_nobodys_wish_where_there_is_one_for_passages(make_model, encoder_cache):
    """sentence-transformers writes an empty `document` by itself, and then leaves the model's `passage` out."""
    folder = make_model(prompts={"query": "query: ", "passage": "passage: "})
    assert json.loads((folder / "config_sentence_transformers.json").read_text())["prompts"]["document"] == ""
    named = make_model(prompts=PROMPTS)  # the same weights
    np.testing.assert_allclose(
        opened(folder, encoder_cache).encode_passages(TEXTS),
        opened(named, encoder_cache).encode_passages(TEXTS),
        atol=1e-5,
    )


@pytest.fixture
def two_towers(make_model, tmp_path):
    """A model that has one network for questions and another for passages."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Router

    queries, passages = (SentenceTransformer(str(make_model(pooling)), device="cpu") for pooling in ("cls", "mean"))
    router = Router.for_query_document(query_modules=[*queries], document_modules=[*passages])
    return saved(SentenceTransformer(modules=[router], device="cpu"), tmp_path / "towers")


@pytest.fixture
def static_model(make_model, tmp_path):
    """A model without a network: a vector for each token, and their mean."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer

    torch.manual_seed(3)
    tokenizer = Tokenizer.from_file(str(make_model() / "tokenizer.json"))
    return saved(
        SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=16)], device="cpu"), tmp_path / "static"
    )


REASONS = {
    "two_towers": "questions and passages go through different networks",
    "static_model": "it has no transformer",
}


@pytest.mark.parametrize(("kind", "facts"), [("two_towers", (32, [4, 8])), ("static_model", (16, [2, 6]))])
def test_what_is_not_one_network_runs_on_torch_and_says_why(kind, facts, request, encoder_cache, caplog):
    folder, reason = request.getfixturevalue(kind), REASONS[kind]
    with pytest.raises(UnsupportedModelError, match=reason):
        opened(folder, encoder_cache, Backend.OPENVINO)
    with caplog.at_level(logging.WARNING, "embeddings"):
        encoder = opened(folder, encoder_cache)
    assert isinstance(encoder, SentenceTransformerEncoder)
    assert f"runs on torch, which is slower: {reason}" in caplog.text
    counts = encoder.passage_window().count(TEXTS[:2])
    assert (encoder.dimension, counts) == facts
    assert min(least_cosines(folder, encoder)) > 0.9999
    assert encoder.passage_window().count(TEXTS[:2]) == counts
    ids = encoder.token_ids(TEXTS)
    assert len(encoder.token_vectors()) > max(each.max() for each in ids)
    assert {"sky", "energy"} <= encoder.known_words()


def spoil_weights(folder):
    (folder / "model.safetensors").write_bytes(b"not weights")


def spoil_type(folder):
    changed(folder / "config.json", model_type="of-tomorrow")


def spoil_modules(folder):
    (folder / "modules.json").write_text('[{"idx": 0, "name": "0", "path": "", "type": "somebody.elses.Module"}]')


@pytest.mark.parametrize("spoil", [spoil_weights, spoil_type, spoil_modules])
@pytest.mark.parametrize("backend", [Backend.AUTO, Backend.TORCH])
def test_a_model_that_cannot_be_loaded_is_named_on_one_line_with_what_to_do(spoil, backend, make_model, tmp_path):
    folder = make_model()
    spoil(folder)
    with pytest.raises(ModelLoadError, match=r"cannot be loaded \(.+\); copy the whole model again") as caught:
        opened(folder, tmp_path, backend)
    assert str(folder) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_model_that_fails_on_long_passages_is_found_out_when_it_is_opened(make_model, tmp_path):
    folder = make_model()
    changed(folder / "sentence_bert_config.json", max_seq_length=500)  # it has positions for 64 tokens
    for backend in (Backend.AUTO, Backend.OPENVINO):
        with pytest.raises(ModelLoadError, match=r"fails on a text of 500 tokens.+max_seq_length"):
            opened(folder, tmp_path, backend)
