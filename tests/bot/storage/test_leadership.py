"""A duty that one process at a time has, and another after it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

import pytest

from bot.storage import leadership, lease_keeper
from bot.storage.leadership import one_process_has
from bot.storage.lease_keeper import LeaseKeeper
from tests.bot.storage.test_storage import run

NAME = "what starts builds by itself"


@pytest.fixture(autouse=True)
def _quickly(monkeypatch):
    monkeypatch.setattr(leadership, "RETRY_SECONDS", 0.02)
    monkeypatch.setattr(lease_keeper, "RENEW_SECONDS", 0.02)


class Duty:
    """Tells who has it, and how often somebody began."""

    def __init__(self, *errors):
        self.having = []
        self.begun = 0
        self._errors = list(errors)

    @asynccontextmanager
    async def of(self, name):
        self.begun += 1
        error = self._errors.pop(0) if self._errors else None
        if error is not None:
            raise error
        self.having.append(name)
        try:
            yield
        finally:
            self.having.remove(name)


async def until(is_so):
    async with asyncio.timeout(20):
        while not is_so():  # noqa: ASYNC110  # nobody tells
            await asyncio.sleep(0.01)


def with_two(tmp_path, scenario):
    async def use(storage):
        async with LeaseKeeper.open(storage.leases) as one, LeaseKeeper.open(storage.leases) as two:
            await scenario(one, two)

    run(tmp_path / "bot.sqlite", use)


def test_the_second_takes_over_when_the_first_ends(tmp_path):
    async def scenario(one, two):
        duty = Duty()
        async with one_process_has(lambda: duty.of("one"), NAME, one):
            assert duty.having == ["one"]
            async with one_process_has(lambda: duty.of("two"), NAME, two):
                await asyncio.sleep(0.1)
                assert duty.having == ["one"]
        assert duty.having == []
        async with one_process_has(lambda: duty.of("one"), NAME, one):
            second = one_process_has(lambda: duty.of("two"), NAME, two)
            await second.__aenter__()
        await until(lambda: duty.having == ["two"])
        await second.__aexit__(None, None, None)
        assert duty.having == []

    with_two(tmp_path, scenario)


def test_who_lost_it_gives_it_up_and_has_it_again_once_it_is_free(tmp_path):
    async def scenario(one, two):
        duty = Duty()
        async with one_process_has(lambda: duty.of("one"), NAME, one):
            await one._leases.give_back(one.holder, [NAME])  # as if it had slept for longer than the lease lasts
            assert await two.take([NAME]) is None
            await until(lambda: duty.having == [])
            await two.give_back([NAME])
            await until(lambda: duty.having == ["one"])

    with_two(tmp_path, scenario)


def test_what_goes_wrong_at_the_start_is_told_and_later_it_is_tried_again(tmp_path, caplog):
    async def scenario(one, two):
        with pytest.raises(OSError, match="port is taken"):
            async with one_process_has(lambda: Duty(OSError("port is taken")).of("one"), NAME, one):
                pytest.fail("there is no port")
        late = Duty(OSError("port is still taken"))
        await two.take([NAME])
        async with one_process_has(lambda: late.of("one"), NAME, one):
            await two.give_back([NAME])
            await until(lambda: late.having == ["one"])
        assert late.begun == 2
        assert "port is still taken" in caplog.text

    with_two(tmp_path, scenario)
