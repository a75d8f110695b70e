"""The sample articles, ready to answer with the real encoder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from embeddings.factory import open_encoder
from retrieval.answering.answerer import Answerer
from retrieval.generations.store import GenerationStore
from tests.retrieval.sample_index import sample_index_dir

if TYPE_CHECKING:
    from collections.abc import Iterator

    from embeddings.encoder import Encoder
    from retrieval.generations.generation import Generation

__all__ = ["sample_index_dir"]


@pytest.fixture(scope="session")
def real_encoder(encoder_cache) -> Encoder:
    """The default encoder."""
    return open_encoder(cache_dir=encoder_cache)


@pytest.fixture(scope="session")
def sample_index(sample_index_dir, real_encoder) -> Iterator[Generation]:
    """The sample articles, indexed with the default encoder."""
    with GenerationStore(sample_index_dir).current(real_encoder) as generation:
        yield generation


@pytest.fixture(scope="session")
def answerer(sample_index, real_encoder) -> Answerer:
    """Answers from the sample articles."""
    return Answerer(sample_index, real_encoder)
