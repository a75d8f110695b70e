"""What goes wrong on purpose: rate limits, server errors, slowness."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace

from tests.discord_double.refusals import Json

GLOBAL_REQUESTS_A_SECOND = 50


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that will go wrong with requests to a route.

    Attributes:
        route: Method and template, as in the description: `"PATCH /channels/{channel_id}/messages/{message_id}"`.
        status: The HTTP status to answer with; None lets the request pass, late.
        times: How many requests it meets.
        retry_after: Seconds, for a 429.
        everywhere: Whether a 429 is of the global limit.
        code: Discord's error code, for a refusal.
        message: Discord's sentence, for a refusal.
        delay: Seconds by which the response is late.
        cuts: The connection breaks before the request has taken effect; nothing is answered.
        loses: The request takes effect, but the connection breaks before it is answered.
    """

    route: str
    status: int | None = None
    times: int = 1
    retry_after: float = 0.0
    everywhere: bool = False
    code: int = 0
    message: str = ""
    delay: float = 0.0
    cuts: bool = False
    loses: bool = False

    def body(self) -> Json:
        """The JSON to answer with."""
        if self.status == 429:  # rate limited
            text = "You are being rate limited."
            return {"message": text, "code": 0, "retry_after": self.retry_after, "global": self.everywhere}
        return {"message": self.message or f"{self.status}: on purpose", "code": self.code}

    def headers(self) -> dict[str, str]:
        """The headers to answer with; discord.py takes a 429 without `Via` for a ban."""
        if self.status != 429:  # rate limited
            return {}
        scope = "global" if self.everywhere else "user"
        marks = {"X-RateLimit-Global": "true"} if self.everywhere else {}
        return marks | {"Via": "1.1 double", "Retry-After": f"{self.retry_after:.3f}", "X-RateLimit-Scope": scope}


@dataclass(slots=True)
class Faults:
    """The faults to come, and the global rate limit."""

    waiting: list[Fault] = field(default_factory=list)
    _recent: deque[float] = field(default_factory=deque)

    def take(self, route: str) -> Fault | None:
        """The fault that meets the next request to a route, used up by it."""
        for index, fault in enumerate(self.waiting):
            if fault.route == route:
                left = [replace(fault, times=fault.times - 1)] if fault.times > 1 else []
                self.waiting[index : index + 1] = left
                return fault
        return None

    def over_global_limit(self, now: float) -> Fault | None:
        """The 429 of a bot that sends more than 50 requests a second, `now` in seconds."""
        while self._recent and self._recent[0] <= now - 1:
            self._recent.popleft()
        if len(self._recent) >= GLOBAL_REQUESTS_A_SECOND:
            return Fault("", 429, retry_after=round(self._recent[0] + 1 - now, 3), everywhere=True)
        self._recent.append(now)
        return None
