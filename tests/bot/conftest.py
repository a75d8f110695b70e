"""Fixtures for what the bot answers, and what it does with an index."""

from __future__ import annotations

import shutil

import pytest

from bot.bootstrap import make_store
from bot.bot_bootstrap import index_opener
from tests.bot.assistants import at_desk
from tests.bot.sample_settings import sample_settings
from tests.bot.small_index import THREE, build, write
from tests.retrieval.sample_index import sample_index_dir

__all__ = ["sample_index_dir", "sample_settings"]


@pytest.fixture
def desk(sample_settings, tmp_path):
    """Runs a scenario with an assistant over the sample articles."""
    return lambda scenario, **discord: at_desk(sample_settings, tmp_path, scenario, **discord)


@pytest.fixture(scope="session")
def index(sample_settings):
    """The open index of the sample articles."""
    index = index_opener(sample_settings)(make_store(sample_settings).current_id())
    yield index
    index.close()


@pytest.fixture(scope="session")
def three_articles(sample_settings, tmp_path_factory):
    """A folder with three articles in `content` and an index of them in `index`, to be copied."""
    folder = tmp_path_factory.mktemp("three-articles")
    made = settings_in(folder, sample_settings)
    for article in THREE:
        write(made, *article)
    build(made)
    return folder


@pytest.fixture
def settings(sample_settings, three_articles, tmp_path):
    """Settings of an index of three articles of its own."""
    shutil.copytree(three_articles, tmp_path, dirs_exist_ok=True, symlinks=True)
    return settings_in(tmp_path, sample_settings)


def settings_in(folder, sample_settings):
    """Settings of the articles and the index in a folder."""
    index = sample_settings.index.model_copy(update={"dir": folder / "index", "content_dir": folder / "content"})
    return sample_settings.model_copy(update={"index": index})
