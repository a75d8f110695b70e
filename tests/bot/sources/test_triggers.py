"""What starts a build by itself: a schedule, changed files, a push."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import hmac
import io
import json
from contextlib import suppress

import aiohttp
import pytest

from bot.member_errors import AlreadyBuildingError, AlreadyRunningError
from bot.sources.queueing import BuildWishes
from bot.sources.schedule import follow_schedule
from bot.sources.triggers import log_failure
from bot.sources.watch import watch_folder
from bot.sources.webhook import LARGEST_BODY, PushEvents, listening
from retrieval.build_lock import LockHolder

SECRET = "a secret of some length"  # noqa: S105  # opens nothing
ANOTHER = "another secret of some length"


class FakeClock:
    """A clock that moves when somebody sleeps; `jumps` move it besides."""

    def __init__(self, start, jumps=()) -> None:
        self.moment = start
        self._jumps = list(jumps)
        self.naps = 0

    def now(self):
        return self.moment

    async def sleep(self, seconds):
        self.naps += 1
        if self.naps > 20_000:
            raise asyncio.CancelledError
        self.moment += dt.timedelta(seconds=seconds)
        if self._jumps and self.moment >= self._jumps[0][0]:
            self.moment = self._jumps.pop(0)[1]


def at(day, hour, minute=0):
    return dt.datetime(2026, 3, day, hour, minute, tzinfo=dt.UTC)


def times_of(clock, expression, count):
    """When the first so many wishes came."""
    found = []

    def want(reason):
        assert reason == "schedule"
        found.append(clock.moment)
        if len(found) == count:
            raise StopAsyncIteration

    with suppress(StopAsyncIteration, asyncio.CancelledError, RuntimeError):
        asyncio.run(follow_schedule(expression, want, now=clock.now, sleep=clock.sleep))
    return found


def test_a_schedule_is_followed():
    assert times_of(FakeClock(at(1, 3)), "0 4 * * *", 3) == [at(1, 4), at(2, 4), at(3, 4)]


def test_a_clock_that_jumps_ahead_gives_one_build():
    clock = FakeClock(at(1, 3), jumps=[(at(1, 3, 30), at(9, 12))])
    assert times_of(clock, "0 4 * * *", 2) == [at(9, 12), at(10, 4)]


def test_a_clock_that_is_set_back_goes_on_by_the_new_time():
    clock = FakeClock(at(5, 3), jumps=[(at(5, 3, 30), at(2, 3))])
    assert times_of(clock, "0 4 * * *", 2) == [at(2, 4), at(3, 4)]


@pytest.mark.parametrize(
    ("switch", "before", "after", "expected"),
    [
        (dt.datetime(2026, 10, 25, 1, tzinfo=dt.UTC), 2, 1, [(24, 2), (25, 3), (26, 3)]),  # the clock goes back
        (dt.datetime(2026, 3, 29, 1, tzinfo=dt.UTC), 1, 2, [(28, 3), (29, 2), (30, 2)]),  # the clock goes ahead
    ],
)
def test_summer_time_neither_moves_a_build_nor_doubles_it(switch, before, after, expected):
    class Wall(FakeClock):
        """Shows the time of a place that changes its clocks, as the system does: with the offset of the moment."""

        def now(self):
            hours = before if self.moment < switch else after
            return self.moment.astimezone(dt.timezone(dt.timedelta(hours=hours)))

    clock = Wall(switch - dt.timedelta(days=1, hours=2))
    found = times_of(clock, "0 4 * * *", 3)
    assert [(moment.day, moment.hour) for moment in found] == expected


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


def test_wishes_during_a_build_are_met_by_one_more():
    async def scenario():
        built, begun, go_on = [], asyncio.Event(), asyncio.Event()

        async def build(reasons):
            built.append(reasons)
            begun.set()
            await go_on.wait()
            if len(built) == 1:
                raise OSError("no space left")

        wishes = BuildWishes(build)
        meeting = asyncio.create_task(wishes.run())
        wishes.want("schedule")
        await begun.wait()
        for reason in ("push", "changed files", "push"):
            wishes.want(reason)
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
def test_a_wish_waits_while_somebody_else_builds(busy):
    async def scenario():
        tried, done = [], asyncio.Event()

        async def build(reasons):
            tried.append(reasons)
            if len(tried) < 3:
                wishes.want("push")
                raise busy
            done.set()

        wishes = BuildWishes(build, again_seconds=0.01)
        meeting = asyncio.create_task(wishes.run())
        wishes.want("schedule")
        await asyncio.wait_for(done.wait(), 10)
        await asyncio.sleep(0.05)
        assert tried == ["schedule", "schedule, push", "schedule, push"]
        meeting.cancel()
        with suppress(asyncio.CancelledError):
            await meeting

    asyncio.run(scenario())


def push(ref="refs/heads/main", **facts):
    return json.dumps({"ref": ref, **facts}).encode()


def github(body, delivery="1", event="push", secret=SECRET):
    signature = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return {"X-Hub-Signature-256": signature, "X-GitHub-Event": event, "X-GitHub-Delivery": delivery}


def gitlab(delivery="1", token=SECRET, event="Push Hook"):
    return {"X-Gitlab-Token": token, "X-Gitlab-Event": event, "X-Gitlab-Event-UUID": delivery}


def test_signed_pushes_to_the_branch_are_wishes():
    wishes = []
    events = PushEvents(SECRET, "main", wishes.append)
    assert events.take(github(push()), push()) == 202
    assert events.take(gitlab(delivery="2"), push()) == 202
    assert wishes == ["push", "push"]


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        (github(push(), secret=ANOTHER), push(), 401),
        (github(push()), push("refs/heads/other"), 401),
        (gitlab(token=ANOTHER), push(), 401),
        (gitlab(token=""), push(), 401),
        ({}, push(), 401),
        ({"X-Hub-Signature-256": "sha256=é"}, push(), 401),
        ({"X-Hub-Signature-256": "sha256=\udcff"}, push(), 401),  # a byte that is no UTF-8, as aiohttp gives it
        ({"X-Gitlab-Token": "\udcff"}, push(), 401),
        (github(push("refs/heads/other")), push("refs/heads/other"), 200),
        (github(push(), event="ping"), push(), 200),
        (github(b"{"), b"{", 400),
        (github(b"[]"), b"[]", 400),
        (github(push(), delivery=""), push(), 400),
        (github(b"[" * 100_000), b"[" * 100_000, 400),
        (github(b"\xff"), b"\xff", 400),
        (github(push(deleted=True)), push(deleted=True), 200),
        (gitlab(), push(after="0" * 40), 200),
    ],
)
def test_everything_else_is_none(headers, body, status):
    wishes = []
    assert PushEvents(SECRET, "main", wishes.append).take(headers, body) == status
    assert wishes == []


def test_an_event_that_is_sent_again_counts_once():
    wishes = []
    events = PushEvents(SECRET, "main", wishes.append)
    assert [events.take(github(push()), push()) for _ in range(3)] == [202, 200, 200]
    assert wishes == ["push"]


def test_a_signature_that_was_overheard_is_of_no_use_under_another_delivery():
    wishes = []
    events = PushEvents(SECRET, "main", wishes.append)
    assert [events.take(github(push(), delivery=str(number)), push()) for number in range(3)] == [202, 200, 200]
    assert wishes == ["push"]


def test_events_come_over_http():
    async def scenario():
        wishes = []
        async with listening(PushEvents(SECRET, "main", wishes.append), "127.0.0.1", 0) as port:
            address = f"http://127.0.0.1:{port}"
            async with aiohttp.ClientSession() as session:

                async def post(body, headers, path="/webhook"):
                    async with session.post(address + path, data=io.BytesIO(body), headers=headers) as answer:
                        return answer.status, await answer.text()

                assert await post(push(), github(push())) == (202, "")
                assert await post(push(), github(push(), secret=ANOTHER)) == (401, "")
                huge = b"x" * (LARGEST_BODY + 1)
                assert (await post(huge, github(huge)))[0] == 413
                assert (await post(push(), github(push()), "/elsewhere"))[0] == 404
                async with session.get(address + "/webhook") as answer:
                    assert answer.status == 405
        assert wishes == ["push"]

    asyncio.run(scenario())


def test_a_body_of_unknown_length_is_limited_too():
    async def endless():
        for _ in range(LARGEST_BODY // 65_536 + 2):
            yield b"x" * 65_536

    async def scenario():
        wishes = []
        async with (
            listening(PushEvents(SECRET, "main", wishes.append), "127.0.0.1", 0) as port,
            aiohttp.ClientSession() as session,
            session.post(f"http://127.0.0.1:{port}/webhook", data=endless(), headers=github(b"")) as answer,
        ):
            assert answer.status == 413
        assert wishes == []

    asyncio.run(scenario())


def test_who_sends_too_slowly_is_not_waited_for():
    async def scenario():
        wishes = []
        async with listening(PushEvents(SECRET, "main", wishes.append), "127.0.0.1", 0, body_seconds=0.2) as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"POST /webhook HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
            answer = await asyncio.wait_for(reader.readline(), 10)
            writer.close()
            await writer.wait_closed()
            assert answer.split()[1] == b"408"
        assert wishes == []

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
