"""An index of the sample articles with the default encoder, for all tests that answer from them."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from embeddings.errors import VectorCacheWarning
from embeddings.factory import open_encoder
from embeddings.vector_cache import VectorCache
from retrieval.building.builder import build
from retrieval.generations.store import GenerationStore

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def sample_index_dir(data_dir, encoder_cache, run_folder, sample_content) -> Path:
    """An index of the sample articles, made with the default encoder; once a run."""
    folder = run_folder / "sample-index"
    with FileLock(run_folder / "sample-index.lock"), warnings.catch_warnings():
        # An earlier run may have left vectors that a change to the cache's format makes useless.
        warnings.simplefilter("ignore", VectorCacheWarning)
        if not folder.exists():
            encoder = open_encoder(cache_dir=encoder_cache)
            vectors = VectorCache(data_dir / "vectors", encoder.fingerprint, encoder.dimension)
            with vectors as cache, GenerationStore(folder).writing() as writer:
                build(sample_content, writer, encoder, cache)
    return folder
