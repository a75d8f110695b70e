"""Rate limits for members and servers: bursts pass, a steady stream is slowed down."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.member_errors import MemberCooldownError, ServerCooldownError

if TYPE_CHECKING:
    from collections.abc import Callable

_SWEEP_FROM = 1024  # fewer entries than this are not worth looking through


@dataclass(frozen=True, slots=True)
class Allowance:
    """How often something may happen.

    Attributes:
        burst: How often in a row, after a rest.
        seconds: How long it takes until it may happen once more.
    """

    burst: int
    seconds: float


class TokenBuckets:
    """One token bucket for each id, all with one allowance. Remembers only ids that are not fully rested.

    Args:
        allowance: How large the buckets are and how fast they fill.
        clock: Seconds that only ever grow.
    """

    def __init__(self, allowance: Allowance, clock: Callable[[], float]) -> None:
        self._allowance = allowance
        self._clock = clock
        self._full_at: dict[int, float] = {}
        self._sweep_at = _SWEEP_FROM

    def __len__(self) -> int:
        return len(self._full_at)

    def wait(self, key: int) -> float:
        """Seconds until a token is there; 0 if one is there now."""
        missing = self._full_at.get(key, 0.0) - self._clock()
        # A bucket that is full in `missing` seconds has a token as soon as all but one of its tokens may be missing.
        return max(0.0, missing - (self._allowance.burst - 1) * self._allowance.seconds)

    def take(self, key: int) -> None:
        """Take a token, there or not."""
        now = self._clock()
        self._full_at[key] = max(self._full_at.get(key, now), now) + self._allowance.seconds
        if len(self._full_at) >= self._sweep_at:
            self._full_at = {key: full_at for key, full_at in self._full_at.items() if full_at > now}
            self._sweep_at = max(_SWEEP_FROM, 2 * len(self._full_at))


class Cooldowns:
    """Allowances of members and of servers. For one thread: the event loop's.

    Args:
        member: What one member may ask, wherever.
        server: What the members of one server may ask together.
        clock: Seconds that only ever grow.
    """

    def __init__(self, member: Allowance, server: Allowance, clock: Callable[[], float] = time.monotonic) -> None:
        self._members = TokenBuckets(member, clock)
        self._servers = TokenBuckets(server, clock)

    def take(self, member_id: int, guild_id: int | None) -> None:
        """Count a question, unless it comes too soon: a refused question costs nothing.

        Raises:
            MemberCooldownError: The member must wait.
            ServerCooldownError: The server must wait.
        """
        if seconds := self._members.wait(member_id):
            raise MemberCooldownError(math.ceil(seconds))
        if guild_id is not None and (seconds := self._servers.wait(guild_id)):
            raise ServerCooldownError(math.ceil(seconds))
        self._members.take(member_id)
        if guild_id is not None:
            self._servers.take(guild_id)
