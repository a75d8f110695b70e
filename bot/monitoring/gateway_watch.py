"""Ends a bot that has been without Discord for too long, so that what supervises it starts it anew."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from bot.monitoring.state import GatewayState

_log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
"""Seconds between two looks."""


class GatewayWatch:
    """Notices when Discord is out of reach for too long, counted from the start: a bot may never get a connection.

    Args:
        gateway: The connections.
        seconds: How long they may be away; 0 for any time.
        on_lost: Called once it is too long.
        clock: Seconds that only ever grow.

    Attributes:
        is_lost: Whether it was too long.
    """

    def __init__(
        self,
        gateway: GatewayState,
        seconds: float,
        on_lost: Callable[[], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.is_lost = False
        self._gateway = gateway
        self._seconds = seconds
        self._on_lost = on_lost
        self._clock = clock
        self._seen = clock()

    def look(self) -> None:
        """Look once whether Discord is there."""
        now = self._clock()
        if self._gateway.is_connected:
            self._seen = now
        elif self._seconds and not self.is_lost and now - self._seen >= self._seconds:
            self.is_lost = True
            _log.critical("Discord was out of reach for %g s: the bot ends", now - self._seen)
            self._on_lost()

    @asynccontextmanager
    async def watching(self, every: float = LOOK_SECONDS) -> AsyncIterator[None]:
        """Look again and again while the block runs."""
        task = asyncio.create_task(self._watch(every), name="gateway watch")
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _watch(self, every: float) -> None:
        while True:
            await asyncio.sleep(every)
            self.look()
