"""Logs refused requests at a bounded rate."""

from __future__ import annotations

import asyncio
import logging

SECONDS = 60.0


class RefusalLog:
    """Warns of refused requests in a line a minute at most, with their number. For one event loop.

    Args:
        name: What they were meant for, as the lines begin.
        seconds: At least so long lies between two lines.
    """

    def __init__(self, log: logging.Logger, name: str, *, seconds: float = SECONDS) -> None:
        self._log = log
        self._name = name
        self._seconds = seconds
        self._count = 0
        self._latest = ""
        self._pause: asyncio.TimerHandle | None = None

    def note(self, reason: str) -> None:
        """Take note of a refused request.

        Args:
            reason: Why; a text of ours, without anything that was sent.
        """
        self._count += 1
        self._latest = reason
        if self._pause is None:
            self._write()

    def close(self) -> None:
        """Write what was not written yet."""
        if self._pause is not None:
            self._pause.cancel()
            self._pause = None
        if self._count:
            self._warn()

    def _write(self) -> None:
        self._warn()
        self._pause = asyncio.get_running_loop().call_later(self._seconds, self._go_on)

    def _go_on(self) -> None:
        self._pause = None
        if self._count:
            self._write()

    def _warn(self) -> None:
        if self._count == 1:
            self._log.warning("%s: a request was refused: %s", self._name, self._latest)
        else:
            self._log.warning("%s: %d requests were refused, the latest: %s", self._name, self._count, self._latest)
        self._count = 0
