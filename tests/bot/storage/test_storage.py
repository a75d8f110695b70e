"""What is remembered, and what is forgotten, in a real file."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.storage.errors import StorageDamagedError, StorageError
from bot.storage.records import AnsweredMessage, Feedback, FeedbackCounts, Memory, now
from bot.storage.storage import Storage

ANN, BEN, LIBRARY, CHANNEL = 11, 22, 900, 70
OSMOSIS = AnsweredMessage(
    message_id=2**62 + 1,
    channel_id=CHANNEL,
    guild_id=LIBRARY,
    memory=Memory(
        asker_id=ANN,
        question="What is osmosis?",
        article_url="/learn/biology/osmosis",
        generation="g1",
        locale="pt-BR",
        candidates=("/learn/biology/diffusion", "/learn/chemistry/osmosis"),
        page=2,
        subject_key="biology",
        seen=("/learn/biology/turgor",),
        confidence=0.75,
        above="<@11> asked",
        follow_up_to="What is diffusion?",
        is_volunteered=True,
    ),
    private=True,
    answered_at=dt.datetime(2026, 3, 29, 2, 30, tzinfo=dt.timezone(dt.timedelta(hours=2))),
)


def osmosis(*, memory=None, **changes):
    """The message with some fields changed, and some fields of its memory."""
    return replace(OSMOSIS, memory=replace(OSMOSIS.memory, **(memory or {})), **changes)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "bot.sqlite"


def run(path, use):
    """What ``use(storage)`` returns, with a storage opened for it alone."""

    async def main():
        async with Storage.open(path) as storage:
            return await use(storage)

    return asyncio.run(main())


def test_a_message_comes_back_whole_after_a_restart(place):
    run(place, lambda storage: storage.answered.save(OSMOSIS))
    assert run(place, lambda storage: storage.answered.get(OSMOSIS.message_id)) == OSMOSIS
    assert run(place, lambda storage: storage.answered.get(1)) is None


def test_saving_a_message_anew_replaces_what_it_showed(place):
    async def use(storage):
        await storage.answered.save(OSMOSIS)
        turned = osmosis(memory={"article_url": "/learn/biology/diffusion", "candidates": (), "page": 0})
        await storage.answered.save(turned)
        return await storage.answered.get(OSMOSIS.message_id) == turned

    assert run(place, use)


def test_the_latest_message_is_that_members_last_one_in_that_channel(place):
    async def use(storage):
        later = OSMOSIS.answered_at + dt.timedelta(minutes=1)
        await storage.answered.save(osmosis(message_id=2, answered_at=later, memory={"question": "And diffusion?"}))
        await storage.answered.save(OSMOSIS)
        much_later = later + dt.timedelta(hours=1)
        await storage.answered.save(osmosis(message_id=3, answered_at=much_later, memory={"asker_id": BEN}))
        await storage.answered.save(replace(OSMOSIS, message_id=4, answered_at=much_later, channel_id=71))
        latest = await storage.answered.latest(CHANNEL, ANN)
        return latest.memory.question, await storage.answered.latest(CHANNEL, 33)

    assert run(place, use) == ("And diffusion?", None)


def test_what_was_answered_before_the_clock_was_set_back_is_not_the_latest(place):
    async def use(storage):
        before = osmosis(message_id=1, answered_at=now() + dt.timedelta(hours=1))
        after = osmosis(message_id=2, answered_at=now())
        await storage.answered.save(before)
        assert await storage.answered.latest(CHANNEL, ANN) is None
        await storage.answered.save(after)
        return await storage.answered.latest(CHANNEL, ANN)

    assert run(place, use).message_id == 2


def test_deleting_a_message_says_whether_it_was_there(place):
    async def use(storage):
        await storage.answered.save(OSMOSIS)
        return [await storage.answered.delete(OSMOSIS.message_id) for _ in range(2)]

    assert run(place, use) == [True, False]


def test_a_member_has_one_opinion_about_an_article_in_a_message(place):
    opinion = Feedback(1, ANN, "/a", helpful=True, generation="g1")

    async def use(storage):
        await storage.feedback.give(opinion)
        await storage.feedback.give(replace(opinion, member_id=BEN))
        changed = replace(opinion, helpful=False, given_at=now())
        await storage.feedback.give(changed)
        await storage.feedback.give(replace(opinion, article_url="/b"))
        assert await storage.feedback.get(1, ANN, "/a") == changed
        assert await storage.feedback.counts("/a") == FeedbackCounts(helpful=1, not_helpful=1)
        withdrawn = [await storage.feedback.withdraw(1, BEN, "/a") for _ in range(2)]
        return withdrawn, await storage.feedback.counts("/a"), await storage.feedback.counts("/b")

    assert run(place, use) == ([True, False], FeedbackCounts(0, 1), FeedbackCounts(1, 0))


def test_channels_are_switched_on_and_off_by_their_own_server_only(place):
    async def use(storage):
        channels = storage.channels
        assert [await channels.switch_on(LIBRARY, 72), await channels.switch_on(LIBRARY, 71)] == [True, True]
        assert await channels.switch_on(LIBRARY, 72) is False
        assert await channels.switch_off(901, 72) is False
        assert await channels.of_guild(LIBRARY) == (72, 71)
        assert await channels.switch_off(LIBRARY, 72) is True
        return await channels.is_on(72), await channels.is_on(71), await channels.of_guild(901)

    assert run(place, use) == (False, True, ())


def test_a_post_is_claimed_once_however_many_ask_at_the_same_time(place):
    async def use(storage):
        return await asyncio.gather(*(storage.posts.claim(5) for _ in range(20)))

    assert sorted(run(place, use)) == [False] * 19 + [True]
    assert run(place, lambda storage: storage.posts.claim(5)) is False


def test_state_is_listed_by_the_beginning_of_its_name_and_forgotten(place):
    async def scenario(storage):
        for name in ("copies:2", "copies:1", "copies_1", "other"):
            await storage.state.set(name, "yes")
        await storage.state.forget("copies:2")
        await storage.state.forget("never known")
        return (
            await storage.state.names("copies:"),
            await storage.state.names("copies_"),
            await storage.state.names("%"),
        )

    assert run(place, scenario) == (("copies:1",), ("copies_1",), ())


def test_state_is_replaced_by_name(place):
    async def use(storage):
        await storage.state.set("commands", "old")
        await storage.state.set("commands", "new")
        return await storage.state.get("commands"), await storage.state.get("other")

    assert run(place, use) == ("new", None)


def test_two_processes_worth_of_writers_lose_nothing(place):
    async def main():
        async with Storage.open(place) as one, Storage.open(place) as two:
            saves = [
                storage.answered.save(replace(OSMOSIS, message_id=2 * number + place))
                for number in range(40)
                for place, storage in enumerate((one, two))
            ]
            reads = [storage.answered.get(1) for storage in (one, two) for _ in range(20)]
            await asyncio.gather(*saves, *reads)
            return [await one.answered.get(number) is not None for number in range(81)]

    assert asyncio.run(main()) == [True] * 80 + [False]


def test_an_error_in_the_middle_of_a_change_drops_all_of_it(place):
    async def use(storage):
        with pytest.raises(StorageError):
            await storage.answered.save(osmosis(memory={"question": None}))
        await storage.answered.save(OSMOSIS)  # the connection and the writer's lock are free again
        return (await storage.answered.get(OSMOSIS.message_id)).memory.question

    assert run(place, use) == "What is osmosis?"


KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
import sqlalchemy as sa
from bot.storage.storage import Storage

async def main():
    async with Storage.open(Path(sys.argv[1])) as storage:
        await storage.state.set("kept", "yes")
        async with storage._database.writing() as connection:
            await connection.execute(sa.text("INSERT INTO state VALUES ('half', 'done')"))
            os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


def test_a_killed_process_leaves_what_it_had_finished_and_no_more(path):
    root = Path(__file__).resolve().parents[3]
    environment = {**os.environ, "PYTHONPATH": str(root)}
    killed = subprocess.run([sys.executable, "-c", KILLED, str(path)], cwd=root, env=environment, check=False)
    assert killed.returncode == -signal.SIGKILL

    async def use(storage):
        await storage.state.set("after", "fine")
        return [await storage.state.get(name) for name in ("kept", "half", "after")]

    assert run(path, use) == ["yes", None, "fine"]


def test_damage_while_it_runs_is_told_as_our_own_error(path):
    async def use(storage):
        async with storage._database.writing() as connection:
            await connection.exec_driver_sql("DROP TABLE state")
        with pytest.raises(StorageDamagedError, match=r"bot\.sqlite: is damaged \(no such table: state\)"):
            await storage.state.get("commands")

    run(path, use)


def days_ago(days):
    return now() - dt.timedelta(days=days)


def test_after_the_retention_nobody_can_tell_who_asked_what(place):
    old, young = days_ago(91), days_ago(89)

    async def use(storage):
        await storage.answered.save(replace(OSMOSIS, message_id=1, answered_at=old))
        await storage.answered.save(replace(OSMOSIS, message_id=2, answered_at=young))
        await storage.feedback.give(Feedback(1, ANN, "/a", helpful=True, generation="g1", given_at=old))
        await storage.feedback.give(Feedback(1, BEN, "/a", helpful=True, generation="g1", given_at=old))
        await storage.feedback.give(Feedback(2, ANN, "/a", helpful=False, generation="g1", given_at=young))
        assert await storage.purge(days=90) == 1
        assert await storage.purge(days=90) == 0
        assert await storage.answered.get(1) is None
        assert (await storage.answered.get(2)).memory.asker_id == ANN
        assert await storage.feedback.get(1, ANN, "/a") is None
        assert (await storage.feedback.get(2, ANN, "/a")).helpful is False
        return await storage.feedback.counts("/a")

    assert run(place, use) == FeedbackCounts(helpful=2, not_helpful=1)


def test_forgetting_a_member_wipes_the_text_out_of_every_file(path):
    secret = "what is the half-life of my secret"  # noqa: S105 no password

    async def use(storage):
        for number in range(50):
            await storage.answered.save(osmosis(message_id=number, memory={"question": f"{secret} {number}"}))
        await storage.answered.save(osmosis(message_id=99, memory={"asker_id": BEN, "question": "ben asks"}))
        await storage.feedback.give(Feedback(1, ANN, "/a", helpful=True, generation="g1"))
        await storage.feedback.give(Feedback(1, BEN, "/a", helpful=True, generation="g1"))
        before = b"".join(file.read_bytes() for file in path.parent.iterdir())
        assert secret.encode() in before
        assert await storage.forget_member(ANN) == 51
        assert await storage.forget_member(ANN) == 0
        after = b"".join(file.read_bytes() for file in path.parent.iterdir())
        assert b"ben asks" in after
        assert secret.encode() not in after
        return await storage.feedback.counts("/a")

    assert run(path, use) == FeedbackCounts(helpful=1, not_helpful=0)


def test_forgetting_a_member_takes_along_what_others_asked_as_a_follow_up(place):
    def asked(number, asker, question, after="", channel=CHANNEL):
        return osmosis(
            message_id=number,
            channel_id=channel,
            memory={"asker_id": asker, "question": question, "follow_up_to": after},
        )

    long = f"how does the pancreas {'really ' * 60}work"
    goes = [
        asked(1, ANN, "what is osmosis"),
        asked(2, BEN, "what is osmosis in plants", after="what is osmosis"),
        asked(3, BEN, "what is osmosis in plants in winter", after="what is osmosis in plants"),
        asked(4, ANN, long),
        asked(5, BEN, f"{long} in dogs", after=f"{long[:100]}…"),
    ]
    stays = [
        asked(6, BEN, "what is a mole"),
        asked(7, BEN, "what is a mole in grams", after="what is a mole"),
        asked(8, BEN, "what is osmosis in roots", after="what is osmosis", channel=80),
    ]

    async def use(storage):
        for message in (*goes, *stays):
            await storage.answered.save(message)
        assert await storage.forget_member(ANN) == len(goes)
        return [number for number in range(1, 9) if await storage.answered.get(number)]

    assert run(place, use) == [6, 7, 8]


def test_forgetting_a_server_takes_its_settings_and_questions_along(place):
    async def use(storage):
        await storage.channels.switch_on(LIBRARY, CHANNEL)
        await storage.channels.switch_on(901, 80)
        await storage.answered.save(OSMOSIS)
        await storage.answered.save(replace(OSMOSIS, message_id=2, guild_id=None))
        await storage.forget_guild(LIBRARY)
        assert await storage.answered.get(OSMOSIS.message_id) is None
        assert await storage.answered.get(2) is not None
        return await storage.channels.of_guild(LIBRARY), await storage.channels.of_guild(901)

    assert run(place, use) == ((), (80,))


def test_the_event_loop_goes_on_while_the_tables_are_made(place):
    async def main():
        beats = 0

        async def beat():
            nonlocal beats
            while True:
                await asyncio.sleep(0)
                beats += 1

        heart = asyncio.create_task(beat())
        await asyncio.sleep(0)
        async with Storage.open(place):
            heart.cancel()
            return beats

    assert asyncio.run(main()) > 20


def test_a_task_that_is_cancelled_while_the_log_is_emptied_leaves_the_database_usable(path):
    async def use(storage):
        for moment in range(60):
            emptying = asyncio.create_task(storage._database.empty_log())
            for _ in range(moment):
                await asyncio.sleep(0.0001)
            emptying.cancel()
            await asyncio.wait({emptying})
            await storage.state.set("written", str(moment))
        return await storage.state.get("written")

    assert run(path, use) == "59"
