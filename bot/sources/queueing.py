"""Wishes for a build, from whatever asks for one, become one build at a time and at most one that waits."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_log = logging.getLogger(__name__)


class BuildWishes:
    """Collects wishes. For one event loop.

    A wish that comes while a build is running is met by one more build after it, however many there are: what has
    changed in the meantime may have come too late for the running one.

    Args:
        build: Builds; takes the reasons of all wishes that it meets.
    """

    def __init__(self, build: Callable[[str], Awaitable[None]]) -> None:
        self._build = build
        self._reasons: dict[str, None] = {}
        self._wanted = asyncio.Event()

    def want(self, reason: str) -> None:
        """Wish for a build.

        Args:
            reason: Who or what wants it, such as ``schedule``.
        """
        self._reasons[reason] = None
        self._wanted.set()

    async def run(self) -> None:
        """Meet wishes, until cancelled. What a build raises is logged; the next wish is met all the same."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            reasons, self._reasons = ", ".join(self._reasons), {}
            try:
                await self._build(reasons)
            except Exception:  # noqa: BLE001  # whatever it is, the next wish is met
                _log.exception("a build that was wanted by %s failed", reasons)
