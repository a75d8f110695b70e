"""Requests for a build become builds, one at a time."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from bot.member_errors import AlreadyBuildingError, AlreadyRunningError
from bot.triggers.build_queue import BuildQueue
from retrieval.generations.lock import LockHolder


def test_requests_during_a_build_are_met_by_one_more():
    async def scenario():
        built, begun, go_on = [], asyncio.Event(), asyncio.Event()

        async def build(reasons):
            built.append(reasons)
            begun.set()
            await go_on.wait()
            if len(built) == 1:
                raise OSError("no space left")

        queue = BuildQueue(build)
        meeting = asyncio.create_task(queue.run())
        queue.request_build("schedule")
        await begun.wait()
        for reason in ("push", "changed files", "push"):
            queue.request_build(reason)
        begun.clear()
        go_on.set()
        await begun.wait()
        await asyncio.sleep(0)
        assert built == ["schedule", "push, changed files"]
        meeting.cancel()
        with suppress(asyncio.CancelledError):
            await meeting

    asyncio.run(scenario())


@pytest.mark.parametrize("busy", [AlreadyRunningError(""), AlreadyBuildingError(LockHolder(7))])
def test_a_request_waits_while_somebody_else_builds(busy):
    async def scenario():
        tried, done = [], asyncio.Event()

        async def build(reasons):
            tried.append(reasons)
            if len(tried) < 3:
                queue.request_build("push")
                raise busy
            done.set()

        queue = BuildQueue(build, retry_seconds=0.01)
        meeting = asyncio.create_task(queue.run())
        queue.request_build("schedule")
        await asyncio.wait_for(done.wait(), 10)
        await asyncio.sleep(0.05)
        assert tried == ["schedule", "schedule, push", "schedule, push"]
        meeting.cancel()
        with suppress(asyncio.CancelledError):
            await meeting

    asyncio.run(scenario())


def test_who_requests_is_told_how_the_build_ended():
    async def scenario():
        outcomes = [AlreadyRunningError(""), False, True, OSError("no space left")]
        told, all_told = [], asyncio.Event()

        async def build(_reasons):
            outcome = outcomes.pop(0)
            if isinstance(outcome, Exception):
                raise outcome
            return outcome

        queue = BuildQueue(build, retry_seconds=0.01)
        meeting = asyncio.create_task(queue.run())
        for name in ("first", "second", "third"):
            queue.request_build("push", lambda succeeded, name=name: (told.append((name, succeeded)), all_told.set()))
            await asyncio.wait_for(all_told.wait(), 10)
            all_told.clear()
        assert told == [("first", False), ("second", True), ("third", False)]
        meeting.cancel()
        with suppress(asyncio.CancelledError):
            await meeting

    asyncio.run(scenario())
