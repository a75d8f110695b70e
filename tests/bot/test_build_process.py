"""Builds in a process of their own."""

from __future__ import annotations

import asyncio
import os
import signal

import pytest

from bot.bootstrap import make_store
from bot.build_process import BuildFailedError, BuildProcess, BuildRequest
from bot.index_life import Preview, Rebuild
from bot.member_errors import AlreadyBuildingError
from retrieval.errors import BuildCancelledError
from retrieval.journal import Journal, Outcome
from tests.bot.test_index_follower import settings, write  # noqa: F401  # a fixture

DOUGH = ("yeast", "Why does dough rise?", "Dough rises because yeast turns sugar into gas.")


def test_a_build_tells_how_far_it_is_and_what_it_did(settings):  # noqa: F811
    write(settings, *DOUGH)
    steps = []
    look = BuildRequest("ann", is_preview=True, questions=("dough",))
    seen = asyncio.run(BuildProcess(settings, look).run(steps.append))
    assert isinstance(seen, Preview)
    assert [article.question for article in seen.difference.added] == ["Why does dough rise?"]
    built = asyncio.run(BuildProcess(settings, BuildRequest("ann")).run(steps.append))
    assert isinstance(built, Rebuild)
    assert built.report.difference == seen.difference
    assert make_store(settings).current_id() == built.report.generation_id
    assert {"embed", "save"} <= {step.stage for step in steps}
    assert all(0 <= step.done <= step.total for step in steps)


@pytest.mark.parametrize("moment", ["before", "starting", "soon"])
def test_a_build_can_be_cancelled_at_any_moment(settings, moment):  # noqa: F811
    before = make_store(settings).current_id()
    write(settings, *DOUGH)

    async def scenario():
        process = BuildProcess(settings, BuildRequest("ann"))
        if moment == "before":
            process.cancel()
        build = asyncio.create_task(process.run(lambda _: None))
        await asyncio.sleep(0 if moment == "starting" else 0.2)
        process.cancel()
        with pytest.raises(BuildCancelledError):
            await build

    asyncio.run(scenario())
    assert make_store(settings).current_id() == before
    assert Journal(settings.index_dir).events(1)[0].outcome is Outcome.CANCELLED


def test_a_process_that_dies_is_a_build_that_failed(settings):  # noqa: F811
    async def scenario():
        process = BuildProcess(settings, BuildRequest("ann"))
        build = asyncio.create_task(process.run(lambda _: None))
        while process._process.pid is None:  # noqa: ASYNC110  # nobody tells when
            await asyncio.sleep(0.01)
        os.kill(process._process.pid, signal.SIGKILL)
        with pytest.raises(BuildFailedError, match="ended unexpectedly"):
            await build

    asyncio.run(scenario())


def test_another_process_that_builds_is_named(settings):  # noqa: F811
    with make_store(settings).locked(), pytest.raises(AlreadyBuildingError) as caught:
        asyncio.run(BuildProcess(settings, BuildRequest("ann")).run(lambda _: None))
    assert caught.value.pid == os.getpid()


def test_what_cannot_be_built_says_why(settings):  # noqa: F811
    for path in settings.index.content_dir.rglob("*.md"):
        path.unlink()
    with pytest.raises(BuildFailedError, match="no article files"):
        asyncio.run(BuildProcess(settings, BuildRequest("ann")).run(lambda _: None))
