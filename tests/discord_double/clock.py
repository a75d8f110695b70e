"""Time and identifiers of the double: real time, which a test can push forward."""

from __future__ import annotations

import asyncio
import itertools
import time

DISCORD_EPOCH_MS = 1_420_070_400_000


class Clock:
    """Seconds since the Unix epoch, plus what a test has added."""

    def __init__(self) -> None:
        self._added = 0.0
        self._advanced = asyncio.Event()
        self._count = itertools.count()

    def now(self) -> float:
        """Seconds since the Unix epoch, as the double sees them."""
        return time.time() + self._added

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass at once; whoever waits for a moment looks again."""
        self._added += seconds
        self._advanced.set()
        self._advanced = asyncio.Event()

    async def wait_until(self, moment: float) -> None:
        """Return when `now()` has reached `moment`."""
        while (remaining := moment - self.now()) > 0:
            advanced = self._advanced
            try:
                await asyncio.wait_for(advanced.wait(), timeout=remaining)
            except TimeoutError:
                continue

    def snowflake(self) -> str:
        """A fresh identifier that carries the present moment, as Discord's do."""
        milliseconds = int(self.now() * 1000) - DISCORD_EPOCH_MS
        return str((milliseconds << 22) | (next(self._count) & 0x3FFFFF))
