"""Deletes what is old, and what belongs to a server that removed the bot."""

from __future__ import annotations

import asyncio
import logging

import discord
from discord.ext import commands, tasks

from bot.client.error_messages import reported
from bot.storage.storage import Storage

_log = logging.getLogger(__name__)


class Housekeeping(commands.Cog):
    """Deletes what is old."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._purging: asyncio.Task[None] | None = None

    async def cog_load(self) -> None:
        """Delete what is old, now and then once a day."""
        self._purge.start()

    async def cog_unload(self) -> None:
        self._purge.cancel()
        if self._purging is not None:  # not cancelled: that would leave a connection in the middle of a statement
            await self._purging

    @tasks.loop(hours=24)
    async def _purge(self) -> None:
        self._purging = asyncio.create_task(self._purge_now(), name="purge")
        await asyncio.shield(self._purging)

    async def _purge_now(self) -> None:
        with reported(_log):  # tomorrow is another try
            if (forgotten := await self._storage.purge_if_due()) is not None:
                _log.info("%d old answers forgotten", forgotten)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        with reported(_log):
            await self._storage.forget_guild(guild.id)
