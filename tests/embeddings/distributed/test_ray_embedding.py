"""Ray's workers give the vectors that one process gives, and what stops half-way goes on from what is kept."""

# ruff: noqa: PLC0415 - torch and ray take seconds to import, which collecting tests should not wait for
from __future__ import annotations

import importlib.util
import os
import socket
import sys
from pathlib import Path

import numpy as np
import pytest

from embeddings.distributed.encoder_recipe import EncoderRecipe
from embeddings.distributed.ray_embedding import ClusterOptions, EncodingWorker, RayEmbedding
from embeddings.errors import DistributedEmbeddingError, OtherEncoderError
from embeddings.factory import Backend, open_encoder

ROOT = Path(__file__).resolve().parents[3]
needs_ray = pytest.mark.skipif(
    importlib.util.find_spec("ray") is None, reason="needs the extra `ray`: pip install 'quicktakes-bot[ray]'"
)
TEXTS = ["Why is the sky blue?", "Cells divide by mitosis.", "\ud800 half a character", ""]


@pytest.fixture
def recipe(encoder_cache):
    encoder = open_encoder(cache_dir=encoder_cache, threads=1)
    return EncoderRecipe(encoder.fingerprint, cache_dir=encoder_cache)


def test_a_worker_gives_the_vectors_of_the_encoder(recipe, encoder_cache):
    worker = EncodingWorker(recipe)
    block = {"text": np.array([text.encode("utf-8", "surrogatepass") for text in TEXTS], dtype=object)}
    given = worker(block)
    assert given["text"].tolist() == block["text"].tolist()
    np.testing.assert_array_equal(
        given["vector"], open_encoder(cache_dir=encoder_cache, threads=1).encode_passages(TEXTS)
    )


def test_a_worker_whose_model_has_other_files_refuses(make_model, encoder_cache):
    ours, theirs = make_model("mean"), make_model("cls")
    fingerprint = open_encoder(str(ours), cache_dir=encoder_cache, backend=Backend.TORCH).fingerprint
    recipe = EncoderRecipe(fingerprint, str(theirs), encoder_cache, Backend.TORCH)
    with pytest.raises(OtherEncoderError, match="the same model files"):
        recipe.open()
    with pytest.raises(RuntimeError, match="the same model files"):  # of a class that every process knows
        EncodingWorker(recipe)


def test_without_ray_the_error_names_the_extra(recipe, monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    monkeypatch.setattr(os, "environ", dict(os.environ))
    with (
        pytest.raises(DistributedEmbeddingError, match=r"quicktakes-bot\[ray\]"),
        RayEmbedding(recipe, ClusterOptions()),
    ):
        pass


@needs_ray
@pytest.mark.long
@pytest.mark.filterwarnings("ignore")  # Ray warns of its own old settings
def test_a_worker_that_refuses_ends_the_command_with_the_reason(recipe):
    from dataclasses import replace

    other = replace(recipe, fingerprint="another")
    with (
        RayEmbedding(other, ClusterOptions(workers=1)) as workers,
        pytest.raises(DistributedEmbeddingError, match="the same model files"),
    ):
        list(workers.embed(["Why is the sky blue?"]))


def test_an_address_where_nobody_listens_is_an_error_at_once(recipe):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        with (
            pytest.raises(DistributedEmbeddingError, match=f"no Ray cluster at {address}"),
            RayEmbedding(recipe, ClusterOptions(address)),
        ):
            pass
