"""Requests for a build, whoever makes them, become one build at a time and at most one that waits."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from bot.member_errors import AlreadyBuildingError, AlreadyRunningError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

RETRY_SECONDS = 15.0

_log = logging.getLogger(__name__)


class BuildQueue:
    """Merges requests for a build. For one event loop.

    Requests that come while a build is running are met by one more build after it, however many there are: what has
    changed in the meantime may have come too late for the running one.

    While another process builds, a request waits: that build may have begun before what the request is about.

    Args:
        build: Builds; takes the reasons of all requests that it meets, and says whether it succeeded.
        retry_seconds: How long to wait for another process's build before the next try.
    """

    def __init__(self, build: Callable[[str], Awaitable[bool]], *, retry_seconds: float = RETRY_SECONDS) -> None:
        self._build = build
        self._retry_seconds = retry_seconds
        self._reasons: dict[str, None] = {}
        self._on_end: list[Callable[[bool], None]] = []
        self._requested = asyncio.Event()

    def request_build(self, reason: str, on_end: Callable[[bool], None] | None = None) -> None:
        """Request a build.

        Args:
            reason: Who or what wants it, such as ``schedule``.
            on_end: Told whether the build that met the request succeeded.
        """
        self._reasons[reason] = None
        if on_end is not None:
            self._on_end.append(on_end)
        self._requested.set()

    async def run(self) -> None:
        """Meet requests until cancelled. What a build raises is logged; the next request is met all the same."""
        while True:
            await self._requested.wait()
            self._requested.clear()
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
                self._requested.set()
                await asyncio.sleep(self._retry_seconds)
                continue
            except Exception:  # noqa: BLE001  # whatever it is, the next request is met
                _log.exception("a build that was wanted by %s failed", reasons)
            for tell in told:
                tell(succeeded)
