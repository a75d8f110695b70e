"""When a bot that Discord does not reach is given up."""

from __future__ import annotations

import asyncio

import pytest

from bot.monitoring.gateway_watch import GatewayWatch
from bot.monitoring.state import GatewayState


class Clock:
    """Seconds that grow when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Watched:
    """A watch over a gateway, second by second."""

    def __init__(self, seconds: float) -> None:
        self.clock, self.gateway, self.ends = Clock(), GatewayState(), 0
        self.watch = GatewayWatch(self.gateway, seconds, self._end, self.clock)

    def _end(self) -> None:
        self.ends += 1

    def pass_seconds(self, seconds: int, *, connected: bool) -> None:
        self.gateway.connected = {0} if connected else set()
        for _ in range(seconds):
            self.clock.now += 1.0
            self.watch.look()


def test_it_ends_after_so_long_without_discord_and_says_so_once(caplog):
    watched = Watched(300.0)
    watched.pass_seconds(1000, connected=True)
    watched.pass_seconds(299, connected=False)
    assert (watched.ends, watched.watch.is_lost) == (0, False)
    watched.pass_seconds(10, connected=False)
    assert (watched.ends, watched.watch.is_lost) == (1, True)
    (record,) = caplog.records
    assert (record.levelname, record.getMessage()) == (
        "CRITICAL",
        "Discord was out of reach for 300 s: the bot ends",
    )


def test_the_seconds_count_anew_after_each_connection():
    watched = Watched(300.0)
    for _ in range(5):
        watched.pass_seconds(299, connected=False)
        watched.pass_seconds(1, connected=True)
    assert watched.ends == 0


def test_a_bot_that_never_connects_ends_too():
    watched = Watched(300.0)
    watched.pass_seconds(300, connected=False)
    assert watched.ends == 1


def test_nought_is_never():
    watched = Watched(0.0)
    watched.pass_seconds(100_000, connected=False)
    assert watched.ends == 0


@pytest.mark.parametrize("connected", [True, False])
def test_it_looks_by_itself_while_the_block_runs(connected):
    async def scenario():
        lost = asyncio.Event()
        watch = GatewayWatch(GatewayState(connected={0} if connected else set()), 0.02, lost.set)
        async with watch.watching(every=0.005):
            if connected:
                await asyncio.sleep(0.1)
            else:
                await asyncio.wait_for(lost.wait(), 20)
        return watch.is_lost

    assert asyncio.run(scenario()) is not connected
