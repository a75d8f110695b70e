"""What the tests of several sources begin with."""

from __future__ import annotations

import pytest

from tests.bot.sources.repositories import Repository


@pytest.fixture
def repository(tmp_path):
    """A repository with one article in it."""
    found = Repository(tmp_path / "articles")
    found.write("learn/a.md", "one")
    return found
