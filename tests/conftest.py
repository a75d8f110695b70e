"""Fixtures for all tests: the sample articles, an index of them made with the real encoder, the shared real corpus."""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from hypothesis import settings as hypothesis_settings

from bot.bootstrap import build_index
from config.loading import load_settings
from embeddings.errors import VectorCacheWarning

if TYPE_CHECKING:
    from config.settings import Settings

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
def sample_settings(data_dir, run_folder) -> Settings:
    """Settings under which the sample articles are indexed, with the real encoder; indexed once a run."""
    index = run_folder / "sample-index"
    environment = {"QUICKTAKES_DATA_DIR": str(data_dir), "QUICKTAKES_INDEX__DIR": str(index)}
    settings = load_settings(environment=environment, working_folder=data_dir).settings
    with FileLock(run_folder / "sample-index.lock"), warnings.catch_warnings():
        # An earlier run may have left vectors that a change to the cache's format makes useless.
        warnings.simplefilter("ignore", VectorCacheWarning)
        if not index.exists():
            build_index(settings, full=False, on_progress=lambda *_: None)
    return settings
