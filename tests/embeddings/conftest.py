"""Real models: the packaged one, and tiny ones with random weights that have what the packaged one lacks."""

import pytest

from embeddings.adapters.adapter import NO_ADAPTER
from embeddings.factory import Backend, open_encoder
from tests.small_encoder import save_encoder

WORDS = "how do cells divide why is the sky blue prices rise energy water light query passage : ? ."


@pytest.fixture(scope="session")
def encoder_cache(encoder_cache, tmp_path_factory):
    """A folder for converted models of this run, in which the default encoder's is from the start."""
    folder = tmp_path_factory.mktemp("encoder-cache")
    for converted in encoder_cache.glob("openvino-*"):
        (folder / converted.name).symlink_to(converted, target_is_directory=True)
    return folder


@pytest.fixture(scope="session")
def make_model(tmp_path_factory):
    """Makes a sentence-transformers model of two tiny layers and gives its folder."""

    def make(pooling="mean", prompts=None, **how):
        return save_encoder(tmp_path_factory.mktemp("model"), WORDS, pooling, prompts, **how)

    return make


@pytest.fixture(scope="session")
def fast(encoder_cache):
    """The packaged model on OpenVINO, as it is."""
    return open_encoder(cache_dir=encoder_cache, backend=Backend.OPENVINO, adapter=NO_ADAPTER)


@pytest.fixture(scope="session")
def plain(encoder_cache):
    """The packaged model on torch, as it is."""
    return open_encoder(cache_dir=encoder_cache, backend=Backend.TORCH, adapter=NO_ADAPTER)


@pytest.fixture(scope="session")
def prompted_model(make_model):
    """A tiny model that pools the first token and asks for prompts."""
    return make_model("cls", prompts={"query": "query: ", "passage": "passage: "})
