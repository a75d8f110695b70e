"""What goes wrong between the bot and Discord while members ask."""

from __future__ import annotations

import asyncio
import itertools
import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from collections.abc import Set as AbstractSet

    from tests.discord_double.discord_double import DiscordDouble
    from tests.endurance.load_plan import LoadPlan
    from tests.endurance.members import Members

CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"
EDIT = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original"
FOLLOW_UP = "POST /webhooks/{webhook_id}/{webhook_token}"
SEND = "POST /channels/{channel_id}/messages"


class Disturbances:
    """Faults of Discord, each by its name."""

    def __init__(self, double: DiscordDouble, members: Members, plan: LoadPlan) -> None:
        self._double, self._members, self._plan = double, members, plan
        self._kinds: dict[str, Callable[[], Awaitable[None]]] = {
            "connection dropped": self._drop,
            "reconnect asked for": self._double.service.gateway.ask_to_reconnect,
            "session ended": self._end_session,
            "429 on answers": self._too_many_answers,
            "429 everywhere": self._too_many_everywhere,
            "429 on first responses": self._too_many_first_responses,
            "5xx": self._server_errors,
            "slow": self._slow,
            "requests cut": self._cut,
            "responses lost": self._lose,
            "a member floods": self._members.flood,
        }

    @property
    def kinds(self) -> AbstractSet[str]:
        """Their names."""
        return self._kinds.keys()

    def names(self) -> Iterator[str]:
        """One after another, all of them in each round, in an order of each round's own."""
        order = random.Random(self._plan.seed)  # noqa: S311  # the same ones each time
        for _ in itertools.count():
            names = list(self._kinds)
            order.shuffle(names)
            yield from names

    async def happen(self, name: str) -> None:
        """Let one happen."""
        await self._kinds[name]()

    async def _drop(self) -> None:
        self._double.drop_gateway()

    async def _end_session(self) -> None:
        self._members.session.clear()
        try:
            await self._double.service.gateway.invalidate()
            async with asyncio.timeout(self._plan.patience):
                await self._double.service.gateway.connected.wait()
        finally:
            self._members.session.set()

    async def _too_many_answers(self) -> None:
        for route in (EDIT, SEND, FOLLOW_UP):
            self._double.fail_next(route, 429, times=4, retry_after=0.3)

    async def _too_many_everywhere(self) -> None:
        self._double.fail_next(SEND, 429, retry_after=0.5, everywhere=True)

    async def _too_many_first_responses(self) -> None:
        self._double.fail_next(CALLBACK, 429, times=3, retry_after=0.1)

    async def _server_errors(self) -> None:
        for route, status in ((EDIT, 500), (SEND, 502), (CALLBACK, 503), (FOLLOW_UP, 504)):
            self._double.fail_next(route, status)

    async def _slow(self) -> None:
        for route in (EDIT, SEND, CALLBACK):
            self._double.delay_next(route, self._plan.slow_seconds, times=3)

    async def _cut(self) -> None:
        for route in (EDIT, SEND, CALLBACK):
            self._double.cut_next(route)

    async def _lose(self) -> None:
        for route in (EDIT, SEND, CALLBACK):
            self._double.lose_next(route)
