"""Adapters of the tiny models that the tests of encoders make."""

import numpy as np
import pytest

from embeddings.adapters.adapter import Adapter, LayerCorrection
from embeddings.adapters.adapter_file import write_adapter
from embeddings.file_hashes import FileHashes
from embeddings.model_files import model_digest

LAYERS = {
    "encoder.layer.0.attention.self.query": (32, 32),
    "encoder.layer.1.intermediate.dense": (32, 64),
    "encoder.layer.1.output.dense": (64, 32),
}
RANK = 2


@pytest.fixture(scope="session")
def tiny_model(make_model):
    return make_model()


@pytest.fixture
def make_adapter(tiny_model, tmp_path):
    """Makes an adapter of the tiny model; what is given replaces what it has."""

    def make(**given):
        random = np.random.default_rng(3)
        layers = {
            name: LayerCorrection(
                random.normal(0, 0.3, (RANK, inputs)).astype(np.float16),
                random.normal(0, 0.3, (outputs, RANK)).astype(np.float16),
            )
            for name, (inputs, outputs) in LAYERS.items()
        }
        base = model_digest(tiny_model, FileHashes(tmp_path / "hashes.json"))
        return Adapter(**{"base": base, "rank": RANK, "alpha": 4.0, "dimension": 32, "layers": layers, **given})

    return make


@pytest.fixture
def adapter_file(make_adapter, tmp_path):
    """Writes an adapter of the tiny model and gives its file."""

    def write(name="own.safetensors", **given):
        write_adapter(tmp_path / name, make_adapter(**given))
        return tmp_path / name

    return write
