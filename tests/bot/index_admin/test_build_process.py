"""Builds in a process of their own."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading

import pytest

from bot.bootstrap import make_store, open_index_operations
from bot.index_admin.build_process import BuildFailedError, BuildProcess, BuildRequest, _work
from bot.member_errors import AlreadyBuildingError
from bot.sources.fetching import articles_of
from retrieval.errors import BuildCancelledError
from retrieval.generations.lock import BuildRunningError
from retrieval.lifecycle.journal import ActionOutcome, Journal
from retrieval.lifecycle.outcomes import Preview, Rebuild
from tests.bot.small_index import write
from tests.bot.sources.repositories import Repository, serving

DOUGH = ("yeast", "Why does dough rise?", "Dough rises because yeast turns sugar into gas.")


def test_a_build_tells_how_far_it_is_and_what_it_did(settings):
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
def test_a_build_can_be_cancelled_at_any_moment(settings, moment):
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
    assert Journal(settings.index_dir).events()[0].outcome is ActionOutcome.CANCELLED


@pytest.mark.parametrize("seconds", [0.0, 0.02, 0.5])
def test_nothing_goes_on_building_for_a_task_that_was_cancelled(settings, seconds):
    before = make_store(settings).current_id()
    write(settings, *DOUGH)
    process = BuildProcess(settings, BuildRequest("ann"))

    async def scenario():
        build = asyncio.create_task(process.run(lambda _: None))
        await asyncio.sleep(seconds)
        build.cancel()
        with pytest.raises(asyncio.CancelledError):
            await build

    asyncio.run(scenario())
    assert process._process.pid is None or not process._process.is_alive()
    assert make_store(settings).current_id() == before


def test_a_build_whose_bot_was_killed_is_cancelled_and_says_so(settings):
    before = make_store(settings).current_id()
    write(settings, *DOUGH)
    ours, theirs = multiprocessing.get_context("spawn").Pipe(duplex=False)
    orphan = multiprocessing.get_context("spawn").Process(target=_work, args=(settings, BuildRequest("ann"), theirs))
    orphan.start()
    theirs.close()
    ours.close()
    orphan.join()
    assert orphan.exitcode == 0
    assert make_store(settings).current_id() == before
    event = Journal(settings.index_dir).events()[0]
    assert (event.actor, event.outcome) == ("ann", ActionOutcome.CANCELLED), event.facts


def test_a_process_that_dies_is_a_build_that_failed(settings):
    async def scenario():
        process = BuildProcess(settings, BuildRequest("ann"))
        build = asyncio.create_task(process.run(lambda _: None))
        while process._process.pid is None:  # noqa: ASYNC110  # nobody tells when
            await asyncio.sleep(0.01)
        os.kill(process._process.pid, signal.SIGKILL)
        with pytest.raises(BuildFailedError, match="ended unexpectedly"):
            await build

    asyncio.run(scenario())


def test_another_process_that_builds_is_named(settings):
    with make_store(settings).writing(), pytest.raises(AlreadyBuildingError) as caught:
        asyncio.run(BuildProcess(settings, BuildRequest("ann")).run(lambda _: None))
    assert caught.value.holder.pid == os.getpid()


def test_what_cannot_be_built_says_why(settings):
    for path in settings.index.content_dir.rglob("*.md"):
        path.unlink()
    with pytest.raises(BuildFailedError, match="no article files"):
        asyncio.run(BuildProcess(settings, BuildRequest("ann")).run(lambda _: None))


def from_repository(settings, address):
    source = type(settings.source).model_validate(settings.source.model_dump() | {"repository": str(address)})
    return settings.model_copy(update={"source": source})


def test_a_fetch_is_shown_and_cancelled_like_the_rest_of_a_build(settings, tmp_path):
    repository = Repository(tmp_path / "repository")
    repository.write("learn/a.md", "one")
    go_on = threading.Event()
    steps = []

    async def scenario(address):
        process = BuildProcess(from_repository(settings, address), BuildRequest("ann"))

        def on_step(step) -> None:
            steps.append(step.stage)
            process.cancel()

        with pytest.raises(BuildCancelledError):
            await process.run(on_step)

    with serving(repository.folder / ".git", "ann", "x") as server:
        server.asked = lambda _: go_on.wait(20)
        asyncio.run(scenario(f"http://ann:x@{server.host}/.git"))
        go_on.set()
    assert set(steps) == {"fetch"}
    assert not list(settings.data_dir.glob("source-clone-*"))


def test_who_builds_is_named_at_once_and_a_preview_is_waited_for(settings, tmp_path):
    repository = Repository(tmp_path / "repository")
    repository.write("learn/a.md", "one")
    wanted = from_repository(settings, repository.folder)
    stages = []

    def wait_a_little(stage, *_) -> None:
        stages.append(stage)
        if len(stages) == 3:
            raise BuildCancelledError

    with articles_of(wanted):
        with make_store(settings).writing(), pytest.raises(BuildRunningError):
            open_index_operations(wanted).rebuild("ann", on_progress=wait_a_little)
        assert stages == []
        with pytest.raises(BuildCancelledError):
            open_index_operations(wanted).rebuild("ann", on_progress=wait_a_little)
    assert stages == ["fetch"] * 3
