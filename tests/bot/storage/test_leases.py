"""Leases and moments to identify, which several processes agree on through one database."""

from __future__ import annotations

import asyncio
import logging

import pytest
import sqlalchemy as sa

from bot.storage import lease_keeper
from bot.storage.errors import StorageError
from bot.storage.identify_slots import SPACING_SECONDS
from bot.storage.lease_keeper import LeaseKeeper, described_holder
from bot.storage.leases import Lease
from bot.storage.storage import Storage
from bot.storage.tables import leases
from tests.bot.storage.test_storage import run

ONE, TWO, APPLICATION = "web1/12/aaaa", "web2/12/bbbb", 2**62


def test_one_alone_has_a_lease_until_it_gives_it_back(place):
    async def use(storage):
        leases = storage.leases
        assert await leases.take(ONE, ["builds", "commands"]) is None
        assert await leases.take(TWO, ["builds", "other"]) == Lease("builds", ONE)
        assert await leases.take(ONE, ["builds"]) is None  # its own
        assert await leases.held() == (Lease("builds", ONE), Lease("commands", ONE))  # of `other` nobody took anything
        await leases.give_back(TWO, ["builds"])  # not theirs to give
        await leases.give_back(ONE, ["builds"])
        assert await leases.take(TWO, ["builds"]) is None
        return await leases.held()

    assert run(place, use) == (Lease("builds", TWO), Lease("commands", ONE))


def test_a_lease_that_nobody_renews_is_free_and_its_holder_hears_of_it(place):
    async def use(storage):
        leases = storage.leases
        await leases.take(ONE, ["a", "b"], seconds=0)
        assert await leases.renew(ONE, ["a", "b"]) == {"a", "b"}  # late, but nobody took them
        assert await leases.take(TWO, ["a"]) == Lease("a", ONE)
        await leases.renew(ONE, ["a"], seconds=0)
        assert await leases.take(TWO, ["a"]) is None
        return await leases.renew(ONE, ["a", "b"])

    assert run(place, use) == {"b"}


def test_a_lease_of_another_name_can_stand_in_the_way(place):
    async def use(storage):
        await storage.leases.take(ONE, ["shard 0/2"])
        assert await storage.leases.take(ONE, ["shard 1/4"], excludes=lambda name: name.endswith("/2")) is None
        return await storage.leases.take(TWO, ["shard 2/4"], excludes=lambda name: name.endswith("/2"))

    assert run(place, use) == Lease("shard 0/2", ONE)


def test_of_many_that_want_a_lease_at_once_one_gets_it(place):
    async def main():
        async with Storage.open(place) as one, Storage.open(place) as two:
            wanted = [
                storage.leases.take(f"{name}/{number}/x", ["builds", "more"])
                for number in range(6)
                for name, storage in (("one", one), ("two", two))
            ]
            return [obstacle is None for obstacle in await asyncio.gather(*wanted)]

    assert sorted(asyncio.run(main())) == [False] * 11 + [True]


def test_a_process_keeps_its_leases_and_gives_them_back(tmp_path, monkeypatch):
    monkeypatch.setattr(lease_keeper, "RENEW_SECONDS", 0.02)

    async def use(storage):
        renewed = []
        renew = storage.leases.renew

        async def counted(holder, names):
            renewed.append(names)
            return await renew(holder, names)

        storage.leases.renew = counted
        async with LeaseKeeper.open(storage.leases) as keeper:
            await keeper.take(["builds"])
            while len(renewed) < 3:  # noqa: ASYNC110  # nobody tells
                await asyncio.sleep(0.01)
            assert keeper.has("builds")
            assert await storage.leases.held() == (Lease("builds", keeper.holder),)
        return await storage.leases.held()

    assert run(tmp_path / "bot.sqlite", use) == ()


def test_who_lost_a_lease_hears_of_it(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr(lease_keeper, "RENEW_SECONDS", 0.02)

    async def use(storage):
        async with LeaseKeeper.open(storage.leases) as keeper:
            await keeper.take(["builds", "shard"])
            watching = [asyncio.create_task(keeper.lost("builds")), asyncio.create_task(keeper.taken(["builds"]))]
            await storage.leases.give_back(keeper.holder, ["builds"])  # as if it had slept for longer than that
            await storage.leases.take(TWO, ["builds"])
            await asyncio.wait_for(asyncio.gather(*watching), 10)
            return keeper.has("builds"), keeper.has("shard")

    assert run(tmp_path / "bot.sqlite", use) == (False, True)
    assert "another process has taken the lease of builds" in caplog.text


def test_without_the_database_a_lease_is_sure_only_for_as_long_as_it_lasts(tmp_path, monkeypatch, caplog):
    caplog.set_level(logging.ERROR)
    monkeypatch.setattr(lease_keeper, "RENEW_SECONDS", 0.02)
    monkeypatch.setattr(lease_keeper, "LEASE_SECONDS", 0.2)

    async def use(storage):
        async def gone(*_):
            raise StorageError(tmp_path, "is gone")

        async with LeaseKeeper.open(storage.leases) as keeper:
            await keeper.take(["builds"])
            storage.leases.renew, renew = gone, storage.leases.renew
            await asyncio.wait_for(keeper.lost("builds"), 10)
            assert not keeper.has("builds")
            monkeypatch.setattr(lease_keeper, "LEASE_SECONDS", 20)
            storage.leases.renew = renew
            while not keeper.has("builds"):  # noqa: ASYNC110  # nobody took it meanwhile
                await asyncio.sleep(0.01)

    run(tmp_path / "bot.sqlite", use)
    assert caplog.text.count("leases cannot be renewed") == 1


def test_a_killed_holder_is_waited_for_but_not_for_ever(tmp_path):
    async def use(storage):
        await storage.leases.take(ONE, ["builds"], seconds=0.3)
        await storage.leases.take(ONE, ["commands"])
        async with LeaseKeeper.open(storage.leases) as keeper:
            assert await keeper.wait_for(["builds"], 20) is None
            return await keeper.wait_for(["commands"], 0.1)

    assert run(tmp_path / "bot.sqlite", use) == Lease("commands", ONE)
    assert described_holder(ONE) == "process 12 on web1"


def rounded(delays):
    """Delays in spacings, such as 2 for 10.5 seconds."""
    return [pytest.approx(delay / SPACING_SECONDS, abs=0.2) for delay in delays]


def test_shards_of_a_bucket_identify_one_after_another(place):
    async def use(storage):
        return [await storage.identify_slots.reserve(APPLICATION, shard, 2) for shard in range(6)]

    assert rounded(run(place, use)) == [0, 0, 1, 1, 2, 2]


def test_who_is_started_again_while_it_waits_gets_no_further_moment(place):
    async def use(storage):
        slots = storage.identify_slots
        first = [await slots.reserve(APPLICATION, shard, 1) for shard in range(3)]
        again = [await slots.reserve(APPLICATION, 2, 1) for _ in range(5)]
        return [*first, *again, await slots.reserve(APPLICATION, 3, 1), await slots.reserve(APPLICATION + 1, 0, 1)]

    assert rounded(run(place, use)) == [0, 1, 2, *[2] * 5, 3, 0]


def test_processes_that_ask_at_the_same_time_get_different_moments(place):
    async def main():
        async with Storage.open(place) as one, Storage.open(place) as two:
            slots = (one.identify_slots, two.identify_slots)
            return await asyncio.gather(*(slots[shard % 2].reserve(APPLICATION, shard, 1) for shard in range(8)))

    assert rounded(sorted(asyncio.run(main()))) == list(range(8))


def test_a_clock_that_was_set_back_holds_nobody_up(place):
    async def use(storage):
        slots = storage.identify_slots
        first = [await slots.reserve(APPLICATION, shard, 1) for shard in range(2)]
        async with storage._database.writing() as connection:
            await connection.exec_driver_sql("UPDATE identify_slots SET begins_at = begins_at + 3600")
        return [*first, *[await slots.reserve(APPLICATION, shard, 1) for shard in (1, 0)]]

    first, second, again, last = run(place, use)
    assert rounded([first, second]) == [0, 1]
    assert max(again, last) < 4 * SPACING_SECONDS
    assert abs(again - last) > 0.9 * SPACING_SECONDS


def test_a_database_that_was_put_back_without_leases_takes_none_from_who_lives(place, monkeypatch, caplog):
    caplog.set_level(logging.ERROR)
    monkeypatch.setattr(lease_keeper, "RENEW_SECONDS", 0.02)

    async def use(storage):
        async with LeaseKeeper.open(storage.leases) as keeper:
            await keeper.take(["builds", "shard"])
            async with storage._database.writing() as connection:
                await connection.exec_driver_sql("DELETE FROM leases")
            async with asyncio.timeout(10):
                while len(held := await storage.leases.held()) < 2:  # noqa: ASYNC110  # nobody tells when
                    await asyncio.sleep(0.01)
            assert keeper.has("shard")
            return {lease.holder for lease in held} == {keeper.holder}

    assert run(place, use)
    assert caplog.text == ""


async def set_clock_back(storage, seconds):
    """What was written by the clock before it was set."""
    async with storage._database.writing() as connection:
        await connection.execute(sa.update(leases).values(until=leases.c.until + seconds))


@pytest.mark.parametrize(("seconds", "is_free"), [(1, False), (9, False), (3600, True), (10**8, True)])
def test_a_clock_that_was_set_back_does_not_keep_a_killed_process_in_office(place, seconds, is_free):
    async def use(storage):
        assert await storage.leases.take(ONE, ["shard"]) is None
        await set_clock_back(storage, seconds)
        return await storage.leases.take(TWO, ["shard"])

    assert (run(place, use) is None) == is_free


def test_who_lives_keeps_its_lease_when_the_clock_is_set(place):
    async def use(storage):
        await storage.leases.take(ONE, ["shard"])
        for seconds in (3600, -7200):
            await set_clock_back(storage, seconds)
            assert await storage.leases.renew(ONE, ["shard"]) == {"shard"}
            assert await storage.leases.take(TWO, ["shard"]) is not None

    run(place, use)
