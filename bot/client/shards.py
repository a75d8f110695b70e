"""Which shards this process serves, and when each may identify: agreed with the other processes in the database."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp
import discord

from bot.client.startup_errors import SessionLimitError, ShardsInUseError
from bot.storage.errors import StorageError
from bot.storage.identify_slots import SPACING_SECONDS
from bot.storage.lease_keeper import described_holder
from bot.storage.leases import LEASE_SECONDS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from bot.storage.identify_slots import IdentifySlots
    from bot.storage.lease_keeper import LeaseKeeper
    from config.shards import Shards

_KILLED_SECONDS = LEASE_SECONDS + 5.0
"""So long is waited for shards that another process serves: it may have been killed, and its lease lasts on."""
_ALONE_SECONDS = 60.0
_log = logging.getLogger(__name__)


class ShardCoordinator:
    """Agrees with the other processes of the bot on who serves which servers, and who may identify when.

    Args:
        keeper: The leases of this process.
        slots: The moments at which shards may identify.
        wanted: The shards that this process shall serve.
    """

    def __init__(self, keeper: LeaseKeeper, slots: IdentifySlots, wanted: Shards) -> None:
        self._keeper = keeper
        self._slots = slots
        self._wanted = wanted
        self._application_id = 0
        self._names: tuple[str, ...] = ()
        self._max_concurrency = 1

    async def claim(self, application_id: int, advised: int, limits: discord.SessionStartLimits) -> tuple[range, int]:
        """Claim this process's shards; those of a process that was killed are free after some seconds.

        Args:
            application_id: Whose shards.
            advised: How many Discord advises.
            limits: How many sessions may still be started.

        Returns:
            The shards, and how many there are in all processes together.

        Raises:
            ShardsInUseError: Another process serves one of them, or divides the servers by another number.
            SessionLimitError: There are more of them than sessions that may still be started.
            StorageError: The database cannot be used.
        """
        ids, count = self._wanted.of(advised)
        if limits.remaining < len(ids):
            raise SessionLimitError(limits.remaining, len(ids), limits.reset_after / 60_000)
        ours = f"shard {application_id} "
        names = tuple(f"{ours}{shard_id}/{count}" for shard_id in ids)

        def divides_otherwise(name: str) -> bool:
            return name.startswith(ours) and not name.endswith(f"/{count}")

        obstacle = await self._keeper.wait_for(names, 0, divides_otherwise)
        if obstacle is not None:
            _log.warning("%s serves these shards; waiting for it to end", described_holder(obstacle.holder))
            obstacle = await self._keeper.wait_for(names, _KILLED_SECONDS, divides_otherwise)
        if obstacle is not None:
            raise ShardsInUseError(f"shard {obstacle.name.removeprefix(ours)}", described_holder(obstacle.holder))
        self._application_id, self._names = application_id, names
        self._max_concurrency = limits.max_concurrency
        return ids, count

    async def taken(self) -> None:
        """Return when another process has taken a shard that this one serves."""
        await self._keeper.taken(self._names)

    async def wait_for_turn(
        self, shard_id: int, limits_now: Callable[[], Awaitable[discord.SessionStartLimits]]
    ) -> None:
        """Return when a shard may identify.

        Args:
            shard_id: Which.
            limits_now: Asks Discord how many sessions may still be started.
        """
        try:
            limits = await limits_now()
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            _log.warning("Discord does not tell how many sessions may be started: %s", error)
        else:
            self._max_concurrency = limits.max_concurrency
            if limits.remaining <= 0:
                seconds = limits.reset_after / 1000
                _log.error("no more sessions may be started today; shard %d waits for %.0f s", shard_id, seconds)
                await asyncio.sleep(seconds)
        try:
            seconds = await self._slots.reserve(self._application_id, shard_id, self._max_concurrency)
        except StorageError as error:
            _log.error("shard %d identifies without asking the other processes: %s", shard_id, error)  # says it all
            seconds = SPACING_SECONDS
        await asyncio.sleep(seconds)

    @asynccontextmanager
    async def alone(self, what: str) -> AsyncIterator[None]:
        """Keep other processes out of such a block; one that takes very long is not waited for any longer."""
        if await self._keeper.wait_for([what], _ALONE_SECONDS) is not None:
            _log.warning("another process is still busy with %s; going on all the same", what)
        try:
            yield
        finally:
            await self._keeper.give_back([what])
