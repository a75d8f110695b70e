"""Fixtures for all tests: the sample articles, the real encoder, the shared real corpus."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings as hypothesis_settings

from tests.process_environment import prepare_environment

prepare_environment()
from tests.milvus_server import milvus_engine, milvus_server  # noqa: E402  # numpy comes with it, see above

__all__ = ["milvus_engine", "milvus_server"]

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

# A machine that is busy with something else must not fail a test that is right.
hypothesis_settings.register_profile("quicktakes", deadline=None, derandomize=True)
hypothesis_settings.load_profile("quicktakes")


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch):
    """Settings of whoever runs the tests must not decide how they end."""
    for name in [name for name in os.environ if name.startswith("QUICKTAKES_")]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder beside the checkout that holds the real corpus and its judged questions."""
    if not SHARED.is_dir():
        pytest.skip("needs the real corpus in a folder `shared` beside the checkout")
    return SHARED


@pytest.fixture(scope="session")
def sample_content() -> Path:
    """The sample articles."""
    return ROOT / "content"


@pytest.fixture(scope="session")
def data_dir(request) -> Path:
    """A data folder that outlives the run, so that the model is converted and each text embedded once."""
    return request.config.cache.mkdir("quicktakes")


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory) -> Path:
    """A folder of this run, the same for all processes among which pytest-xdist divides the tests."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def encoder_cache(data_dir, run_folder) -> Path:
    """A folder for converted models, in which the default encoder's is; converted once for all runs."""
    from embeddings.factory import open_encoder  # noqa: PLC0415  # numpy comes with it, after the environment is set

    folder = data_dir / "encoder"
    with FileLock(run_folder / "encoder.lock"):
        open_encoder(cache_dir=folder)
    return folder
