"""Changed files start a build."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from types import SimpleNamespace

import pytest
from watchdog.events import FileModifiedEvent

from bot.triggers.triggers import log_failure
from bot.triggers.watch import _Changes, watch_folder
from tests.retrieval.unprivileged import give_away, open_folder, unprivileged


def test_a_burst_of_changes_gives_one_request(tmp_path):
    async def scenario():
        (tmp_path / "learn").mkdir()
        queue = []
        came = asyncio.Event()

        def request_build(reason):
            queue.append(reason)
            came.set()

        watching = asyncio.create_task(watch_folder(tmp_path, request_build, quiet_seconds=0.2))
        await asyncio.sleep(0.1)
        for number in range(20):
            (tmp_path / "learn" / f"{number}.md").write_text("x")
        await asyncio.wait_for(came.wait(), 20)
        (tmp_path / "learn" / "1.md").read_text()
        await asyncio.sleep(0.5)
        assert queue == ["changed files"]
        came.clear()
        (tmp_path / "learn" / "1.md").unlink()
        await asyncio.wait_for(came.wait(), 20)
        assert queue == ["changed files"] * 2
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching

    asyncio.run(scenario())


class Watching:
    """A folder that is watched while the block runs."""

    def __init__(self, folder, **options) -> None:
        self.queue = []
        self._came = asyncio.Event()
        self._task = asyncio.create_task(
            watch_folder(folder, self._request_build, quiet_seconds=0.2, check_seconds=0.05, **options)
        )

    def _request_build(self, reason) -> None:
        self.queue.append(reason)
        self._came.set()

    async def __aenter__(self):
        await asyncio.sleep(0.2)
        return self

    async def __aexit__(self, *_) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def comes(self) -> None:
        """Wait for the next request."""
        await asyncio.wait_for(self._came.wait(), 20)
        self._came.clear()


def test_a_folder_that_may_come_later_is_waited_for(tmp_path):
    async def scenario():
        folder = tmp_path / "source"
        async with Watching(folder, may_come_later=True) as watching:
            assert watching.queue == []
            folder.mkdir()
            await watching.comes()
            (folder / "a.md").write_text("x")
            await watching.comes()

    asyncio.run(scenario())


def test_a_link_to_a_folder_is_watched_as_the_folder_that_it_leads_to(tmp_path):
    async def scenario():
        for name in ("first", "second"):
            (tmp_path / name).mkdir()
        current = tmp_path / "current"
        current.symlink_to("first")
        async with Watching(current) as watching:
            (tmp_path / "first" / "a.md").write_text("x")
            await watching.comes()
            (tmp_path / "next").symlink_to("second")
            (tmp_path / "next").rename(current)
            await watching.comes()
            await asyncio.sleep(0.5)
            watching._came.clear()
            (tmp_path / "second" / "b.md").write_text("x")
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
            watching.queue.clear()
            watching._came.clear()
            (folder / "a.md").write_text("x")
            await watching.comes()
            await asyncio.sleep(0.5)
            assert watching.queue == ["changed files"]

    asyncio.run(scenario())


def test_what_git_keeps_is_not_watched_and_what_is_no_news_is_no_request(tmp_path):
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
            assert watching.queue == []
            (tmp_path / "learn" / "a.md").write_text("y")
            await watching.comes()

    asyncio.run(scenario())


def change(folder, how) -> None:  # noqa: C901  # a case for each
    """What editors leave beside an article, and what they do to it."""
    article = folder / "learn" / "a.md"
    match how:
        case "lock link":
            (folder / "learn" / ".#a.md").symlink_to("ada@host.123:456")
            (folder / "learn" / ".#a.md").unlink()
        case "swap file":
            (folder / "learn" / ".a.md.swp").write_text("x")
            (folder / "learn" / ".a.md.swp").rename(folder / "learn" / ".a.md.swo")
        case "backup":
            (folder / "learn" / "a.md~").write_text("x")
        case "hidden folder":
            (folder / ".obsidian" / "deep").mkdir(parents=True)
            (folder / ".obsidian" / "deep" / "b.md").write_text("x")
        case "read":
            article.read_text()
            list(folder.rglob("*"))
        case "saved by way of a hidden file":
            (folder / "learn" / ".a.md.new").write_text("y")
            (folder / "learn" / ".a.md.new").rename(article)
        case "saved with a backup":
            article.rename(folder / "learn" / "a.md~")
        case "odd name":
            (folder / "learn" / "line\nbreak \udcff\u202e.md").write_text("x")
        case "deep":
            (folder / "learn" / "b" / "c").mkdir(parents=True)
        case "link in a circle":
            (folder / "learn" / "circle").symlink_to("..")


@pytest.mark.parametrize(
    ("how", "is_seen"),
    [
        ("lock link", False),
        ("swap file", False),
        ("backup", False),
        ("hidden folder", False),
        ("read", False),
        ("saved by way of a hidden file", True),
        ("saved with a backup", True),
        ("odd name", True),
        ("deep", True),
        ("link in a circle", True),
    ],
)
def test_what_editors_do_beside_an_article_is_no_change_of_it(tmp_path, how, is_seen):
    async def scenario():
        folder = tmp_path / ".notes"  # hidden itself, but somebody wants it watched
        (folder / "learn").mkdir(parents=True)
        (folder / "learn" / "a.md").write_text("x")
        async with Watching(folder) as watching:
            change(folder, how)
            if is_seen:
                await watching.comes()
            else:
                await asyncio.sleep(0.6)
                assert watching.queue == []
            watching.queue.clear()
            watching._came.clear()
            (folder / "learn" / "z.md").write_text("z")
            await watching.comes()

    asyncio.run(scenario())


def test_thousands_of_changes_tell_the_loop_a_few_times(tmp_path):
    async def scenario():
        changed, lost = asyncio.Event(), threading.Event()
        told = []
        loop = asyncio.get_running_loop()
        changes = _Changes(tmp_path, changed, lost)
        changes._loop = SimpleNamespace(call_soon_threadsafe=lambda act: (told.append(act), loop.call_soon(act)))
        for _ in range(10):
            for number in range(5_000):
                changes.on_any_event(FileModifiedEvent(str(tmp_path / f"{number}.md")))
            await asyncio.sleep(0)
            assert changed.is_set()
            changed.clear()
        assert len(told) == 10

    asyncio.run(scenario())


def test_a_folder_that_may_not_be_read_keeps_nobody_from_watching_the_others():
    async def scenario(folder):
        async with Watching(folder) as watching:
            (folder / "learn" / "a.md").write_text("x")
            await watching.comes()
            assert watching.queue == ["changed files"]

    with open_folder() as folder:
        (folder / "learn").mkdir()
        (folder / "private").mkdir(mode=0o000)
        give_away(folder)
        with unprivileged():
            asyncio.run(scenario(folder))


def test_watching_that_fails_is_said_at_once(tmp_path, caplog):
    async def scenario():
        watching = asyncio.create_task(watch_folder(tmp_path / "nowhere", [].append), name="watch")
        watching.add_done_callback(log_failure)
        await asyncio.wait([watching])
        await asyncio.sleep(0)

    asyncio.run(scenario())
    assert "watch has ended" in caplog.text
    assert "nowhere" in caplog.text or "No such file" in caplog.text
