"""Channels and forums in which the bot answers by itself."""

from __future__ import annotations

import asyncio

import pytest

from bot.client.running import finish_work
from bot.cogs import channels
from tests.discord_double.gateway import Intents
from tests.discord_double.state import ADMIN, MEMBER, ChannelKind, Permission
from tests.e2e.bot_running import Limits
from tests.e2e.words import ICE, OSMOSIS, link

READING = {"privileged": Intents.MESSAGE_CONTENT}
INTRODUCTION = "I am a bot, and I may have found an article that answers this."


async def switched_on(hall, kind=ChannelKind.FORUM):
    double = hall.double
    place = double.add_channel(double.guild, "help", kind)
    admin = double.add_user("root", double.guild, permissions=ADMIN)
    run = await double.slash(admin, "channel", {"on": {"channel": place.id}})
    assert run.ephemeral
    assert f"From now on I answer new questions in <#{place.id}> by myself" in run.text
    return place, admin


def by_bot(hall, place):
    return [message for message in hall.double.messages_in(place) if message.author == hall.double.bot]


async def post(hall, forum, title, text, **more):
    return await hall.double.create_forum_post(hall.double.member, forum, title, text, **more)


def test_a_post_is_answered_once_and_the_bot_says_what_it_is(in_discord):
    async def scenario(hall):
        forum, _ = await switched_on(hall)
        thread = await post(hall, forum, "Ice", "Why does ice float on water?")
        await hall.double.wait_for(lambda: by_bot(hall, thread) or None)
        await hall.double.send_message(hall.double.member, "Why does ice float on water, anybody?", channel=thread)
        await asyncio.sleep(0.4)
        (answer,) = by_bot(hall, thread)
        assert INTRODUCTION in answer.text
        assert link(ICE) in answer.text
        assert "I answer once in a post." in answer.text
        assert answer.mentions == ()
        assert answer.reference_id == thread.id  # a reply to the post's first message

    in_discord(scenario, **READING)


def test_whoever_posted_may_press_the_buttons(in_discord):
    async def scenario(hall):
        forum, _ = await switched_on(hall)
        thread = await post(hall, forum, "Ice", "Why does ice float on water?")
        (answer,) = await hall.double.wait_for(lambda: by_bot(hall, thread) or None)
        await finish_work()  # people look at an answer before they press anything
        bob = hall.double.add_user("bob", hall.double.guild)
        refused = await hall.double.press(bob, answer, "Read the whole article")
        assert "These buttons belong to whoever asked." in refused.added[-1].text
        await hall.restart()
        for label in ("Read the whole article", "Back to the excerpt", "Not this one"):
            await hall.double.press(hall.double.member, answer, label)
            changed = hall.double.current(answer).text
            assert changed.startswith(INTRODUCTION)
            assert changed.endswith("Mention me to ask further.")
        await hall.double.press(hall.double.member, answer, "Delete")
        assert by_bot(hall, thread) == []

    in_discord(scenario, **READING)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("World cup", "Who won the world cup in 1998?"),
        ("learning", "is it better to learn a bit each day"),
        ("🎉", "🎉"),
    ],
)
def test_without_confidence_the_bot_stays_silent(in_discord, title, text):
    async def scenario(hall):
        forum, _ = await switched_on(hall)
        thread = await post(hall, forum, title, text)
        await asyncio.sleep(0.5)
        assert by_bot(hall, thread) == []

    in_discord(scenario, **READING)


def test_the_title_alone_is_asked_where_the_intent_is_off(in_discord):
    async def scenario(hall):
        forum, _ = await switched_on(hall)
        thread = await post(hall, forum, "Why does ice float on water?", "please help")
        (answer,) = await hall.double.wait_for(lambda: by_bot(hall, thread) or None)
        assert link(ICE) in answer.text

    in_discord(scenario)


def test_a_post_that_is_not_ready_is_answered_when_it_is(in_discord):
    async def scenario(hall):
        forum, _ = await switched_on(hall)
        thread = await post(hall, forum, "Ice", "Why does ice float on water?", ready_after=1.0)
        (answer,) = await hall.double.wait_for(lambda: by_bot(hall, thread) or None)
        assert link(ICE) in answer.text
        refused = [record.code for record in hall.double.refused()]
        assert set(refused) == {40058}

    in_discord(scenario, expected={40058}, **READING)


def test_a_post_whose_first_message_comes_late_is_answered_once_when_it_comes(in_discord, monkeypatch, caplog):
    monkeypatch.setattr(channels, "_STARTER_PAUSES", (0.01, 0.01))

    async def scenario(hall):
        forum, _ = await switched_on(hall)
        thread = await hall.double.open_forum_post(hall.double.member, forum, "Ice")
        while "no first message yet" not in caplog.text:  # noqa: ASYNC110  # nobody tells when
            await asyncio.sleep(0.01)
        first = await hall.double.begin_forum_post(hall.double.member, thread, "Why does ice float on water?")
        (answer,) = await hall.double.wait_for(lambda: by_bot(hall, thread) or None)
        await hall.stays_silent(answer)
        assert link(ICE) in answer.text
        assert answer.reference_id == first.id

    caplog.set_level("INFO")
    in_discord(scenario, expected={10008}, **READING)


def test_a_late_first_message_in_a_forum_that_is_not_switched_on_is_left_alone(in_discord):
    async def scenario(hall):
        forum = hall.double.add_channel(hall.double.guild, "chat", ChannelKind.FORUM)
        thread = await hall.double.open_forum_post(hall.double.member, forum, "Ice")
        await hall.double.begin_forum_post(hall.double.member, thread, "Why does ice float on water?")
        await asyncio.sleep(0.4)
        assert by_bot(hall, thread) == []

    in_discord(scenario, **READING)


def test_a_flood_of_posts_is_read_only_so_far(in_discord):
    async def scenario(hall):
        forum, _ = await switched_on(hall)
        threads = [await post(hall, forum, f"Ice {n}", "Why does ice float on water?") for n in range(6)]
        await hall.double.wait_for(lambda: len([t for t in threads if by_bot(hall, t)]) == 3 or None)
        await asyncio.sleep(0.4)
        assert sorted(len(by_bot(hall, thread)) for thread in threads) == [0, 0, 0, 1, 1, 1]
        run = await hall.double.slash(hall.double.member, "ask", {"question": "what is osmosis"})
        assert link(OSMOSIS) in run.text

    in_discord(scenario, limits=Limits(posts_burst=3, posts_seconds=60.0), **READING)


def test_a_forum_that_is_not_switched_on_is_left_alone(in_discord):
    async def scenario(hall):
        forum, admin = await switched_on(hall)
        elsewhere = hall.double.add_channel(hall.double.guild, "chat", ChannelKind.FORUM)
        off = await hall.double.slash(admin, "channel", {"off": {"channel": forum.id}})
        assert f"I no longer answer by myself in <#{forum.id}>." in off.text
        threads = [await post(hall, place, "Ice", "Why does ice float on water?") for place in (forum, elsewhere)]
        await asyncio.sleep(0.4)
        assert [by_bot(hall, thread) for thread in threads] == [[], []]

    in_discord(scenario, **READING)


def test_posts_of_bots_are_left_alone(in_discord):
    async def scenario(hall):
        forum, _ = await switched_on(hall)
        robot = hall.double.add_user("robot", hall.double.guild)
        robot = type(robot)(robot.id, robot.name, bot=True)
        thread = await hall.double.create_forum_post(robot, forum, "Ice", "Why does ice float on water?")
        await asyncio.sleep(0.4)
        assert by_bot(hall, thread) == []

    in_discord(scenario, **READING)


def test_a_post_that_mentions_the_bot_gets_one_answer(in_discord):
    async def scenario(hall):
        forum, _ = await switched_on(hall)
        thread = await post(hall, forum, "Ice", f"{hall.double.bot.mention} why does ice float on water?")
        await hall.double.wait_for(lambda: by_bot(hall, thread) or None)
        await asyncio.sleep(0.5)
        (answer,) = by_bot(hall, thread)
        assert INTRODUCTION not in answer.text

    in_discord(scenario, **READING)


def test_after_a_dropped_connection_a_post_is_not_answered_twice(in_discord):
    async def scenario(hall):
        forum, _ = await switched_on(hall)
        thread = await post(hall, forum, "Ice", "Why does ice float on water?")
        await hall.double.wait_for(lambda: by_bot(hall, thread) or None)
        await hall.restart()
        hall.bot.dispatch("thread_create", hall.bot.get_channel(int(thread.id)))
        await asyncio.sleep(0.4)
        assert len(by_bot(hall, thread)) == 1

    in_discord(scenario, **READING)


def test_questions_in_a_question_channel_are_answered_and_other_messages_are_not(in_discord):
    async def scenario(hall):
        double = hall.double
        place, _ = await switched_on(hall, ChannelKind.TEXT)
        silent = [
            await double.send_message(double.member, "I passed my exam on ice today!", channel=place),
            await double.send_message(double.member, "who won the world cup 1998?", channel=place),
        ]
        silent.append(await double.send_message(double.member, "what is osmosis?", channel=place, reply_to=silent[0]))
        asked = await double.send_message(double.member, "hey all, why does ice float on water?", channel=place)
        answer = await double.wait_for(lambda: next(iter(by_bot(hall, place)), None))
        await asyncio.sleep(0.4)
        assert [message.reference_id for message in by_bot(hall, place)] == [asked.id]
        assert INTRODUCTION in answer.text
        assert link(ICE) in answer.text

    in_discord(scenario, **READING)


def test_a_mention_in_a_question_channel_gets_one_ordinary_answer(in_discord):
    async def scenario(hall):
        place, _ = await switched_on(hall, ChannelKind.TEXT)
        asked = await hall.double.send_message(
            hall.double.member, f"{hall.double.bot.mention} what is osmosis exactly?", channel=place
        )
        answer = await hall.double.answer_to(asked)
        await asyncio.sleep(0.4)
        assert len(by_bot(hall, place)) == 1
        assert link(OSMOSIS) in answer.text
        assert INTRODUCTION not in answer.text

    in_discord(scenario, **READING)


def test_switching_on_says_what_is_missing(in_discord):
    async def scenario(hall):
        double = hall.double
        admin = double.add_user("root", double.guild, permissions=ADMIN)
        denied = Permission.SEND_MESSAGES | Permission.ATTACH_FILES
        closed = double.add_channel(double.guild, "closed", denied_to_app=denied)
        run = await double.slash(admin, "channel", {"on": {"channel": closed.id}})
        assert f"I am not allowed to answer in <#{closed.id}>" in run.text
        assert "Send Messages, Attach Files" in run.text
        hans = double.add_user("hans", double.guild, permissions=ADMIN, locale="de")
        told = await double.slash(hans, "channel", {"on": {"channel": closed.id}})
        assert told.text.endswith("diese Berechtigungen: Nachrichten senden, Dateien anhängen.")
        unread = await double.slash(admin, "channel", {"on": {"channel": double.channel.id}})
        assert "has not switched on the Message Content intent" in unread.text
        assert "I answer by myself nowhere in this server" in (await double.slash(admin, "channel", {"list": {}})).text

    in_discord(scenario)


def test_the_list_names_the_channels_of_this_server_and_forgets_deleted_ones(in_discord):
    async def scenario(hall):
        double = hall.double
        forum, admin = await switched_on(hall)
        again = await double.slash(admin, "channel", {"on": {"channel": forum.id}})
        assert f"I already answer by myself in <#{forum.id}>." in again.text
        listed = await double.slash(admin, "channel", {"list": {}})
        assert f"I answer by myself in: <#{forum.id}>" in listed.text
        assert listed.ephemeral
        other = double.add_guild("Elsewhere")
        double.add_channel(other, "general")
        chief = double.add_user("chief", other, permissions=ADMIN)
        there = next(c for c in double.service.world.channels.values() if c.guild_id == other.id)
        assert "nowhere in this server" in (await double.slash(chief, "channel", {"list": {}}, channel=there)).text
        await double.delete_channel(forum)
        await asyncio.sleep(0.2)
        assert "nowhere in this server" in (await double.slash(admin, "channel", {"list": {}})).text

    in_discord(scenario)


def test_only_who_may_manage_channels_switches_them_on(in_discord):
    async def scenario(hall):
        double = hall.double
        with pytest.raises(AssertionError, match="hidden from ada"):
            await double.slash(double.member, "channel", {"list": {}})
        # A server's admins may loosen who sees a command; the bot still checks.
        hall.command("channel")["default_member_permissions"] = str(int(MEMBER))
        run = await double.slash(double.member, "channel", {"on": {"channel": double.channel.id}})
        assert "Only members who may manage this server's channels can do that." in run.text
        assert run.ephemeral

    in_discord(scenario, **READING)
