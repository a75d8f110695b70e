"""Deleting what is old, when the bot ends meanwhile."""

from __future__ import annotations

import asyncio
import datetime as dt
import sqlite3
from contextlib import closing
from dataclasses import replace

from bot.cogs.housekeeping import Housekeeping
from bot.storage.records import now
from tests.bot.storage.test_storage import OSMOSIS, run


def test_an_end_waits_for_what_is_being_deleted(tmp_path):
    path = tmp_path / "bot.sqlite"

    async def use(storage):
        old = replace(OSMOSIS, answered_at=now() - dt.timedelta(days=91))
        await storage.answered.save(old)
        housekeeping = Housekeeping(storage)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            await housekeeping.cog_load()
            await asyncio.sleep(0.1)  # it waits for the other one
            ending = asyncio.create_task(housekeeping.cog_unload())
            await asyncio.sleep(0.1)
            other.execute("ROLLBACK")
        await ending
        return await storage.answered.get(old.message_id)

    assert run(path, use) is None
