"""What the bot builds by itself, without Discord."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot.bootstrap import open_index_life, open_index_look
from bot.index_admin import IndexAdmin
from bot.member_errors import AlreadyBuildingError
from retrieval.generation_store import GenerationStore


async def nobody_asked(_limit):
    return ()


def admin_of(settings):
    return IndexAdmin(settings, open_index_life(settings), open_index_look(settings), nobody_asked)


def test_a_build_that_cannot_be_is_said_in_a_line_and_without_a_traceback(settings, caplog):
    for path in settings.index.content_dir.rglob("*.md"):
        path.unlink()
    asyncio.run(admin_of(settings).build_by_itself("schedule"))
    (said,) = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert "wanted by schedule" in said.getMessage()
    assert "no article files" in said.getMessage()
    assert said.exc_info is None


def test_somebody_elses_build_is_left_to_who_waits_for_it(settings):
    with GenerationStore(settings.index_dir).locked(), pytest.raises(AlreadyBuildingError):
        asyncio.run(admin_of(settings).build_by_itself("schedule"))
