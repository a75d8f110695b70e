"""How many sessions a bot may start a day, and how many of them every five seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.discord_double.clock import Clock
    from tests.discord_double.refusals import Json

WINDOW_SECONDS = 5.0
DAY_SECONDS = 24 * 3600.0


class SessionStarts:
    """Counts identifies, as ``session_start_limit`` of ``GET /gateway/bot`` tells of them.

    Args:
        clock: Tells the time.

    Attributes:
        max_concurrency: How many shards may identify every five seconds, each of another bucket.
        is_strict: Whether one that identifies too early is turned away.
        total: How many sessions may be started a day.
        early: Shards that came too early.
    """

    def __init__(self, clock: Clock) -> None:
        self.max_concurrency = 1
        self.is_strict = False
        self.total = 1000
        self.early: list[int] = []
        self._clock = clock
        self._used = 0
        self._day_began = clock.now()
        self._last: dict[int, float] = {}

    @property
    def remaining(self) -> int:
        """How many more may be started; below zero once it was one too many."""
        if self._clock.now() >= self._day_began + DAY_SECONDS:
            self._day_began, self._used = self._clock.now(), 0
        return self.total - self._used

    def admits(self, shard_id: int) -> bool:
        """Count an identify. Returns whether it did not come too early."""
        self._used = self.total - self.remaining + 1
        bucket, now = shard_id % self.max_concurrency, self._clock.now()
        is_early = now < self._last.get(bucket, 0.0) + WINDOW_SECONDS
        self._last[bucket] = now
        if is_early and self.is_strict:
            self.early.append(shard_id)
        return not (is_early and self.is_strict)

    def told(self) -> Json:
        """What Discord tells of it."""
        return {
            "max_concurrency": self.max_concurrency,
            "remaining": max(self.remaining, 0),
            "reset_after": round((self._day_began + DAY_SECONDS - self._clock.now()) * 1000),
            "total": self.total,
        }
