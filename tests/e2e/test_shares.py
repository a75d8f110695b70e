"""Bots that share the servers among them: each server has one, shards identify in turn, some things are done once."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from bot.client import shards as shards_module
from bot.client.client import QuicktakesBot
from bot.client.running import serve
from bot.client.shards import ShardCoordinator
from bot.client.startup_errors import SessionLimitError, ShardsInUseError, ShardsTakenError
from bot.cogs.all_cogs import all_cogs
from bot.storage import lease_keeper
from bot.storage.errors import StorageError
from bot.storage.lease_keeper import LeaseKeeper
from bot.storage.storage import Storage
from config.shards import read_shards
from tests.bot.fake_assistant import FakeAssistant
from tests.discord_double.discord_double import DiscordDouble
from tests.e2e.test_shards import SYNC, events, place_on

PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Process:
    """A bot with a share, as a process of its own would have it; only the database is common.

    Attributes:
        life: Its connection.
        stop: Ends it as a signal would.
    """

    bot: QuicktakesBot
    keeper: LeaseKeeper
    life: asyncio.Task[None]
    stop: asyncio.Event


@asynccontextmanager
async def process(double, path, share):
    """Start one, which may not be connected yet."""
    async with Storage.open(path) as storage, LeaseKeeper.open(storage.leases) as keeper:
        assistant, stop = FakeAssistant(), asyncio.Event()
        coordinator = ShardCoordinator(keeper, storage.identify_slots, read_shards(share))
        bot = QuicktakesBot(
            assistant, storage.state, lambda client: all_cogs(client, assistant, storage), shards=coordinator
        )
        life = asyncio.create_task(serve(bot, double.token, stop, lambda: asyncio.sleep(0)))
        try:
            yield Process(bot, keeper, life, stop)
        finally:
            stop.set()
            await asyncio.gather(life, return_exceptions=True)


def in_discord(scenario, tmp_path, **settings):
    """Run `scenario(double, start)`; afterwards no shard may have identified too early."""

    async def main():
        async with asyncio.timeout(120), DiscordDouble(first_response_seconds=PATIENCE, **settings) as double:
            double.patience = PATIENCE
            await scenario(double, lambda share: process(double, tmp_path / "bot.sqlite", share))
            assert double.service.gateway.starts.early == []
            double.assert_all_valid()

    asyncio.run(main(), debug=True)


async def is_answered(double, place):
    run = await double.slash(place.member, "ask", {"question": "why"}, channel=place.channel)
    assert run.texts()[1:] == ["ask why None"]


@pytest.mark.parametrize(("share", "count"), [("auto", 2), ("3", 3)])
def test_one_process_serves_as_many_shards_as_discord_advises_or_as_it_is_told(tmp_path, share, count):
    async def scenario(double, start):
        async with start(share) as one:
            await double.connected()
            await is_answered(double, place_on(double, 0))
            await is_answered(double, place_on(double, 1))
            assert sorted(one.bot.shards) == list(range(count))

    in_discord(scenario, tmp_path, shards=2, max_concurrency=16)


def test_two_processes_serve_each_its_own_servers_and_upload_the_commands_once(tmp_path):
    async def scenario(double, start):
        async with start("0/2") as one, start("1-1/2") as two:
            await double.connected()
            places = [place_on(double, shard_id) for shard_id in range(2)]
            for place in places:
                await is_answered(double, place)
            for shard_id, (served, place) in enumerate(zip((one, two), places, strict=True)):
                assert sorted(served.bot.shards) == [shard_id]
                assert {data["guild_id"] for data in events(double, shard_id, "INTERACTION_CREATE")} == {place.guild.id}
            assert sum(record.route == SYNC for record in double.requests) == 1
            # The one ends: the other goes on, and the share is free at once.
            one.stop.set()
            await one.life
            await one.keeper.give_back(one.keeper._names.copy())
            await is_answered(double, places[1])
            (left,) = [lease for lease in await two.keeper._leases.held() if lease.name.startswith("shard")]
            assert (left.name.split()[-1], left.holder) == ("1/2", two.keeper.holder)

    in_discord(scenario, tmp_path, shards=2, max_concurrency=2)


@pytest.mark.parametrize(
    ("share", "told"),
    [
        pytest.param(
            "0-2/4", r"process \d+ on .* serves shard 0/4, .*: stop it, or give this one other", id="overlaps"
        ),
        pytest.param("7/8", r"serves shard 0/4", id="divides the servers otherwise"),
    ],
)
def test_shards_that_another_process_serves_are_refused(tmp_path, monkeypatch, share, told):
    monkeypatch.setattr(shards_module, "_KILLED_SECONDS", 0.1)

    async def scenario(_double, start):
        async with start("0-1/4") as one:
            while len(one.bot.shards) < 2:  # noqa: ASYNC110  # nobody tells
                await asyncio.sleep(0.01)
            async with start(share) as two:
                with pytest.raises(ShardsInUseError, match=told):
                    await two.life
            assert not one.life.done()

    in_discord(scenario, tmp_path, max_concurrency=2)


def test_more_shards_than_sessions_that_may_be_started_are_refused_before_they_cost_the_token(tmp_path):
    async def scenario(double, start):
        async with start("4") as one:
            with pytest.raises(SessionLimitError, match=r"start 3 more sessions, and 4 are needed; .* in 1440 minutes"):
                await one.life
        assert double.service.gateway.identifies == 0

    in_discord(scenario, tmp_path, session_starts=3)


def test_a_process_whose_shards_were_taken_ends_and_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(lease_keeper, "RENEW_SECONDS", 0.05)

    async def scenario(double, start):
        async with start("0/1") as one:
            await double.connected()
            (name,) = [name for name in one.keeper._names if name.startswith("shard")]
            await one.keeper._leases.give_back(one.keeper.holder, [name])
            await one.keeper._leases.take("elsewhere/1/x", [name])
            with pytest.raises(ShardsTakenError, match="another process has taken this one's shards"):
                await asyncio.wait_for(one.life, PATIENCE)

    in_discord(scenario, tmp_path)


class Slots:
    """Moments without a database."""

    def __init__(self, *answers):
        self._answers = list(answers)
        self.asked = []

    async def reserve(self, _application_id, shard_id, max_concurrency):
        self.asked.append((shard_id, max_concurrency))
        answer = self._answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


@dataclass(frozen=True)
class Limits:
    max_concurrency: int = 16
    remaining: int = 100
    reset_after: int = 7_000


def turn(monkeypatch, slots, *, limits=None, error=None):
    """For how long a shard waits until it may identify."""
    slept = []

    async def sleep(seconds):
        slept.append(seconds)

    async def limits_now():
        if error is not None:
            raise error
        return limits

    monkeypatch.setattr(shards_module.asyncio, "sleep", sleep)
    asyncio.run(ShardCoordinator(None, slots, read_shards("auto")).wait_for_turn(5, limits_now))
    return slept


def test_a_shard_identifies_at_its_moment(monkeypatch):
    slots = Slots(10.5)
    assert turn(monkeypatch, slots, limits=Limits()) == [10.5]
    assert slots.asked == [(5, 16)]


def test_a_shard_identifies_although_nobody_tells_when(monkeypatch, tmp_path):
    assert turn(monkeypatch, Slots(2.0), error=OSError("no network")) == [2.0]
    assert turn(monkeypatch, Slots(StorageError(tmp_path, "is gone")), limits=Limits()) == [5.25]


def test_a_shard_waits_for_tomorrow_rather_than_cost_the_token(monkeypatch):
    assert turn(monkeypatch, Slots(0.0), limits=Limits(remaining=0)) == [7.0, 0.0]
