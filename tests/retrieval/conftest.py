"""The sample articles, ready to answer with the real encoder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.bootstrap import make_encoder, make_store
from retrieval.answering.answerer import Answerer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from embeddings.encoder import Encoder
    from retrieval.generations.generation import Generation


@pytest.fixture(scope="session")
def real_encoder(sample_settings) -> Encoder:
    """The default encoder."""
    return make_encoder(sample_settings)


@pytest.fixture(scope="session")
def sample_index(sample_settings, real_encoder) -> Iterator[Generation]:
    """The sample articles, indexed with the default encoder."""
    with make_store(sample_settings).current(real_encoder) as generation:
        yield generation


@pytest.fixture(scope="session")
def answerer(sample_index, real_encoder) -> Answerer:
    """Answers from the sample articles."""
    return Answerer(sample_index, real_encoder)
