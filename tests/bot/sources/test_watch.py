"""Changed files start a build."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from bot.sources.triggers import log_failure
from bot.sources.watch import watch_folder


def test_a_burst_of_changes_gives_one_wish(tmp_path):
    async def scenario():
        (tmp_path / "learn").mkdir()
        wishes = []
        came = asyncio.Event()

        def want(reason):
            wishes.append(reason)
            came.set()

        watching = asyncio.create_task(watch_folder(tmp_path, want, quiet_seconds=0.2))
        await asyncio.sleep(0.1)
        for number in range(20):
            (tmp_path / "learn" / f"{number}.md").write_text("x")
        await asyncio.wait_for(came.wait(), 20)
        (tmp_path / "learn" / "1.md").read_text()
        await asyncio.sleep(0.5)
        assert wishes == ["changed files"]
        came.clear()
        (tmp_path / "learn" / "1.md").unlink()
        await asyncio.wait_for(came.wait(), 20)
        assert wishes == ["changed files"] * 2
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching

    asyncio.run(scenario())


class Watching:
    """A folder that is watched while the block runs."""

    def __init__(self, folder, **options) -> None:
        self.wishes = []
        self._came = asyncio.Event()
        self._task = asyncio.create_task(
            watch_folder(folder, self._want, quiet_seconds=0.2, look_seconds=0.05, **options)
        )

    def _want(self, reason) -> None:
        self.wishes.append(reason)
        self._came.set()

    async def __aenter__(self):
        await asyncio.sleep(0.2)
        return self

    async def __aexit__(self, *_) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def comes(self) -> None:
        """Wait for the next wish."""
        await asyncio.wait_for(self._came.wait(), 20)
        self._came.clear()


def test_a_folder_that_may_come_later_is_waited_for(tmp_path):
    async def scenario():
        folder = tmp_path / "source"
        async with Watching(folder, may_come_later=True) as watching:
            assert watching.wishes == []
            folder.mkdir()
            await watching.comes()
            (folder / "a.md").write_text("x")
            await watching.comes()

    asyncio.run(scenario())


@pytest.mark.parametrize("how", ["replaced", "made anew"])
def test_a_folder_that_is_replaced_is_news_and_watched_on(tmp_path, how):
    async def scenario():
        folder = tmp_path / "articles"
        folder.mkdir()
        async with Watching(folder) as watching:
            if how == "replaced":
                (tmp_path / "next").mkdir()
                folder.rename(tmp_path / "before")
                (tmp_path / "next").rename(folder)
            else:
                folder.rmdir()
                folder.mkdir()
            await watching.comes()
            await asyncio.sleep(0.5)
            watching.wishes.clear()
            watching._came.clear()
            (folder / "a.md").write_text("x")
            await watching.comes()
            await asyncio.sleep(0.5)
            assert watching.wishes == ["changed files"]

    asyncio.run(scenario())


def test_what_git_keeps_is_not_watched_and_what_is_no_news_is_no_wish(tmp_path):
    async def scenario():
        (tmp_path / ".git" / "refs").mkdir(parents=True)
        (tmp_path / "learn").mkdir()
        answers = [False, True]
        asked = []

        async def is_news() -> bool:
            asked.append(1)
            return answers.pop(0)

        async with Watching(tmp_path, is_news=is_news) as watching:
            for number in range(5):
                (tmp_path / ".git" / f"{number}.lock").write_text("x")
                (tmp_path / ".git" / f"{number}.lock").rename(tmp_path / ".git" / "refs" / str(number))
            await asyncio.sleep(0.6)
            assert asked == []
            (tmp_path / "learn" / "a.md").write_text("x")
            async with asyncio.timeout(20):
                while not asked:  # noqa: ASYNC110  # nobody tells when
                    await asyncio.sleep(0.02)
            assert watching.wishes == []
            (tmp_path / "learn" / "a.md").write_text("y")
            await watching.comes()

    asyncio.run(scenario())


def test_watching_that_fails_is_said_at_once(tmp_path, caplog):
    async def scenario():
        watching = asyncio.create_task(watch_folder(tmp_path / "nowhere", [].append), name="watch")
        watching.add_done_callback(log_failure)
        await asyncio.wait([watching])
        await asyncio.sleep(0)

    asyncio.run(scenario())
    assert "watch has ended" in caplog.text
    assert "nowhere" in caplog.text or "No such file" in caplog.text
