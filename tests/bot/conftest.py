"""Fixtures for what the bot answers, and what it does with an index."""

from __future__ import annotations

import pytest

from tests.bot.assistants import at_desk
from tests.bot.sample_settings import sample_settings
from tests.bot.small_index import THREE, build, write

__all__ = ["sample_settings"]


@pytest.fixture
def desk(sample_settings, tmp_path):
    """Runs a scenario with an assistant over the sample articles."""
    return lambda scenario, **discord: at_desk(sample_settings, tmp_path, scenario, **discord)


@pytest.fixture
def settings(sample_settings, tmp_path):
    """Settings of an index of three articles of its own."""
    content = tmp_path / "content"
    index = sample_settings.index.model_copy(update={"dir": tmp_path / "index", "content_dir": content})
    changed = sample_settings.model_copy(update={"index": index})
    for article in THREE:
        write(changed, *article)
    build(changed)
    return changed
