"""Wishes for a build, from whatever asks for one, become one build at a time and at most one that waits."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from bot.member_errors import AlreadyBuildingError, AlreadyRunningError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

AGAIN_SECONDS = 15.0

_log = logging.getLogger(__name__)


class BuildWishes:
    """Collects wishes. For one event loop.

    A wish that comes while a build is running is met by one more build after it, however many there are: what has
    changed in the meantime may have come too late for the running one.

    While somebody else builds, a wish waits: their build may have begun before what it is about.

    Args:
        build: Builds; takes the reasons of all wishes that it meets, and says whether it succeeded.
        again_seconds: So long is waited for somebody else's build before the next try.
    """

    def __init__(self, build: Callable[[str], Awaitable[bool]], *, again_seconds: float = AGAIN_SECONDS) -> None:
        self._build = build
        self._again_seconds = again_seconds
        self._reasons: dict[str, None] = {}
        self._on_end: list[Callable[[bool], None]] = []
        self._wanted = asyncio.Event()

    def want(self, reason: str, on_end: Callable[[bool], None] | None = None) -> None:
        """Wish for a build.

        Args:
            reason: Who or what wants it, such as ``schedule``.
            on_end: Told whether the build that met the wish succeeded.
        """
        self._reasons[reason] = None
        if on_end is not None:
            self._on_end.append(on_end)
        self._wanted.set()

    async def run(self) -> None:
        """Meet wishes, until cancelled. What a build raises is logged; the next wish is met all the same."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            met, self._reasons = self._reasons, {}
            told, self._on_end = self._on_end, []
            reasons = ", ".join(met)
            succeeded = False
            try:
                succeeded = await self._build(reasons)
            except (AlreadyRunningError, AlreadyBuildingError) as error:
                _log.info("the build wanted by %s waits: %s", reasons, error)
                self._reasons = met | self._reasons
                self._on_end = told + self._on_end
                self._wanted.set()
                await asyncio.sleep(self._again_seconds)
                continue
            except Exception:  # noqa: BLE001  # whatever it is, the next wish is met
                _log.exception("a build that was wanted by %s failed", reasons)
            for tell in told:
                tell(succeeded)
