"""Databases of both kinds, so that each test of what is remembered runs with both."""

from __future__ import annotations

import pytest

from tests.bot.postgresql_server import migrated, migrated_once, postgresql

__all__ = ["migrated", "migrated_once", "postgresql"]


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def place(request, tmp_path):
    """A database with up-to-date tables in PostgreSQL, or a file that is still to be made in SQLite."""
    if request.param == "SQLite":
        return tmp_path / "bot.sqlite"
    return request.getfixturevalue("migrated")
