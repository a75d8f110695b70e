"""What the bot builds by itself, without Discord."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot.bootstrap import open_index_inspector, open_index_operations
from bot.index_admin.admin import IndexAdmin, new_build_key
from bot.member_errors import AlreadyBuildingError, BuildEndedError
from bot.monitoring.outcomes import BuildOutcome
from retrieval.errors import BuildCancelledError
from retrieval.generations.store import GenerationStore
from tests.bot.assistants import ADA


async def nobody_asked(_limit):
    return ()


def admin_of(settings, ended=None):
    operations, inspector = open_index_operations(settings), open_index_inspector(settings)
    on_end = [].append if ended is None else ended.append
    return IndexAdmin(settings, operations, inspector, nobody_asked, instead=lambda: None, on_end=on_end)


def test_a_build_that_cannot_be_is_said_in_a_line_and_without_a_traceback(settings, caplog):
    for path in settings.index.content_dir.rglob("*.md"):
        path.unlink()
    ended: list[BuildOutcome] = []
    assert asyncio.run(admin_of(settings, ended).build_automatically("schedule")) is False
    assert ended == [BuildOutcome.FAILED]
    (said,) = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert "wanted by schedule" in said.getMessage()
    assert "no article files" in said.getMessage()
    assert said.exc_info is None


def test_somebody_elses_build_is_left_to_who_waits_for_it(settings):
    ended: list[BuildOutcome] = []
    with GenerationStore(settings.index_dir).writing(), pytest.raises(AlreadyBuildingError):
        asyncio.run(admin_of(settings, ended).build_automatically("schedule"))
    assert ended == []  # there was none of ours


def test_a_build_is_stopped_by_its_own_key_alone(settings):
    async def scenario():
        ended: list[BuildOutcome] = []
        admin, key = admin_of(settings, ended), new_build_key()
        with pytest.raises(BuildEndedError):  # none runs
            admin.cancel(key)
        build = asyncio.create_task(admin.rebuild(ADA, key, full=True))
        await asyncio.sleep(0)
        for other in (new_build_key(), ""):
            with pytest.raises(BuildEndedError):
                admin.cancel(other)
        assert admin.running is not None
        admin.cancel(key)
        with pytest.raises(BuildCancelledError):
            await build
        with pytest.raises(BuildEndedError):  # it has ended
            admin.cancel(key)
        assert ended == [BuildOutcome.CANCELLED]

    asyncio.run(scenario())


def test_a_build_that_started_by_itself_is_stopped_by_no_button(settings):
    async def scenario():
        ended: list[BuildOutcome] = []
        admin = admin_of(settings, ended)
        build = asyncio.create_task(admin.build_automatically("schedule"))
        await asyncio.sleep(0)
        for key in (new_build_key(), ""):
            with pytest.raises(BuildEndedError):
                admin.cancel(key)
        assert await build is True
        assert ended == [BuildOutcome.SERVES]

    asyncio.run(scenario())
