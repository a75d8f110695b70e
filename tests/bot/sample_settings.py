"""Settings of the sample articles, for the tests of the bot and of the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from config.loading import load_settings

if TYPE_CHECKING:
    from config.settings import Settings


@pytest.fixture(scope="session")
def sample_settings(data_dir, sample_index_dir) -> Settings:
    """Settings under which the sample articles are indexed, with the default encoder."""
    environment = {"QUICKTAKES_DATA_DIR": str(data_dir), "QUICKTAKES_INDEX__DIR": str(sample_index_dir)}
    return load_settings(environment=environment, working_folder=data_dir).settings
