"""Keeps the leases of a process: takes them, renews them for as long as it lives, and gives them back at its end."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import socket
import time
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from bot.storage.errors import StorageError
from bot.storage.leases import LEASE_SECONDS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Collection

    from bot.storage.leases import Lease, Leases

RENEW_SECONDS = LEASE_SECONDS / 4
_RETRY_SECONDS = 0.5
_log = logging.getLogger(__name__)


def new_holder() -> str:
    """What a process is called in leases: machine, process and something that a later process of the same id lacks."""
    return f"{socket.gethostname()}/{os.getpid()}/{secrets.token_hex(4)}"


def described_holder(holder: str) -> str:
    """A process in words, such as ``process 12 on web1``."""
    host, process, _ = holder.rsplit("/", 2)
    return f"process {process} on {host}"


class LeaseKeeper:
    """The leases of this process. For one event loop; `open` one.

    Attributes:
        holder: What this process is called in them.
    """

    def __init__(self, leases: Leases) -> None:
        self.holder = new_holder()
        self._leases = leases
        self._names: set[str] = set()
        self._changed = asyncio.Event()
        self._sure_until = 0.0  # by this process's own clock: nobody else can have taken any of them before

    @classmethod
    @asynccontextmanager
    async def open(cls, leases: Leases) -> AsyncIterator[LeaseKeeper]:
        """Keep leases while the block runs, and give them back at its end."""
        keeper = cls(leases)
        stop = asyncio.Event()
        renewing = asyncio.create_task(keeper._renew_until(stop), name="leases")
        try:
            yield keeper
        finally:
            stop.set()  # not cancelled: that would leave a connection in the middle of a statement
            await renewing
            with suppress(StorageError):  # then they end by themselves
                await leases.give_back(keeper.holder, tuple(keeper._names))

    async def take(self, names: Collection[str], excludes: Callable[[str], bool] = lambda _: False) -> Lease | None:
        """Take all of these leases, or none of them. Returns the one of somebody else's that stands in the way."""
        asked = time.monotonic()
        obstacle = await self._leases.take(self.holder, names, excludes=excludes)
        if obstacle is None:
            if not self._names:
                self._sure_until = asked + LEASE_SECONDS
            self._names.update(names)
        return obstacle

    async def wait_for(
        self, names: Collection[str], seconds: float, excludes: Callable[[str], bool] = lambda _: False
    ) -> Lease | None:
        """As `take`, but try for so long: the process that holds them may have been killed."""
        end = time.monotonic() + seconds
        while (obstacle := await self.take(names, excludes)) is not None and time.monotonic() < end:  # noqa: ASYNC110  # the other process tells nobody
            await asyncio.sleep(_RETRY_SECONDS)
        return obstacle

    async def give_back(self, names: Collection[str]) -> None:
        """End leases."""
        self._names.difference_update(names)
        await self._leases.give_back(self.holder, names)

    def has(self, name: str) -> bool:
        """Whether this process has a lease for sure: neither was it taken, nor could it have been."""
        return name in self._names and time.monotonic() < self._sure_until

    async def lost(self, name: str) -> None:
        """Return when somebody else may have this lease."""
        while self.has(name):
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), max(self._sure_until - time.monotonic(), 0.01))

    async def taken(self, names: Collection[str]) -> None:
        """Return when somebody else has any of these leases, which this process took."""
        while self._names.issuperset(names):
            await self._changed.wait()

    async def _renew_until(self, stop: asyncio.Event) -> None:
        problem = ""
        while not stop.is_set():
            try:
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), RENEW_SECONDS)
                await self._renew()
                problem = ""
            except StorageError as error:
                if str(error) != problem:
                    _log.error("leases cannot be renewed: %s", error)  # the text says it all
                problem = str(error)

    async def _renew(self) -> None:
        names = frozenset(self._names)
        if not names:
            return
        asked = time.monotonic()
        kept = await self._leases.renew(self.holder, names)
        # A database that was put back from a copy knows of no leases; who still lives has them as before.
        kept |= {name for name in names - kept if await self._is_taken_again(name)}
        self._sure_until = asked + LEASE_SECONDS
        gone = (names - kept) & self._names  # what was given back meanwhile is not gone
        if gone:
            _log.error("another process has taken the lease of %s", ", ".join(sorted(gone)))
            self._names -= gone
            self._changed.set()
            self._changed = asyncio.Event()

    async def _is_taken_again(self, name: str) -> bool:
        if name not in self._names or await self._leases.take(self.holder, [name]) is not None:
            return False
        if name not in self._names:  # given back in this moment
            await self._leases.give_back(self.holder, [name])
        return True
