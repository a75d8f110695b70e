"""Questions in ordinary messages: mentions, replies, direct messages; and messages that are none of its business."""

from __future__ import annotations

import asyncio
import logging

import pytest

from tests.discord_double.gateway import Intents
from tests.discord_double.state import Flag, Permission
from tests.e2e.bot_running import Limits
from tests.e2e.words import COMPOUND_INTEREST, ICE, OSMOSIS, link

SEND = "POST /channels/{channel_id}/messages"


def test_a_mention_with_a_question_is_answered_as_a_reply_that_pings_nobody(in_discord):
    async def scenario(hall):
        asked = await hall.double.send_message(hall.double.member, f"{hall.double.bot.mention} why does ice float?")
        answer = await hall.double.answer_to(asked)
        assert link(ICE) in answer.text
        assert answer.reference_id == asked.id
        assert answer.mentions == ()
        assert Flag.COMPONENTS_V2 in answer.flags

    in_discord(scenario)


def test_the_language_of_a_mention_is_the_servers(in_discord):
    async def scenario(hall):
        guild = hall.double.add_guild("Lernraum", locale="de")
        channel = hall.double.add_channel(guild, "fragen")
        hans = hall.double.add_user("hans", guild)
        asked = await hall.double.send_message(hans, f"{hall.double.bot.mention} why does ice float?", channel=channel)
        answer = await hall.double.answer_to(asked)
        assert "Hilfreich" in answer.labels()

    in_discord(scenario)


def test_a_reply_to_an_answer_is_a_follow_up(in_discord):
    async def scenario(hall):
        first = await hall.double.send_message(hall.double.member, f"{hall.double.bot.mention} what is osmosis?")
        answer = await hall.double.answer_to(first)
        further = await hall.double.send_message(
            hall.double.member, "and why does it need a membrane?", reply_to=answer
        )
        second = await hall.double.answer_to(further)
        assert link(OSMOSIS) in second.text
        assert "Understood as a follow-up to “what is osmosis?”" in second.text
        assert second.reference_id == further.id

    in_discord(scenario)


def test_a_reply_to_an_answer_of_a_command_is_a_follow_up_too(in_discord):
    async def scenario(hall):
        run = await hall.double.slash(hall.double.member, "ask", {"question": "what is osmosis"})
        further = await hall.double.send_message(hall.double.member, "what does it need?", reply_to=run.message)
        assert link(OSMOSIS) in (await hall.double.answer_to(further)).text

    in_discord(scenario)


def test_a_whole_new_question_in_a_reply_stands_by_itself(in_discord):
    async def scenario(hall):
        first = await hall.double.send_message(hall.double.member, f"{hall.double.bot.mention} what is osmosis?")
        answer = await hall.double.answer_to(first)
        other = await hall.double.send_message(hall.double.member, "How does compound interest work?", reply_to=answer)
        second = await hall.double.answer_to(other)
        assert link(COMPOUND_INTEREST) in second.text
        assert "follow-up" not in second.text

    in_discord(scenario)


def test_thanks_in_reply_to_an_answer_want_no_answer(in_discord):
    async def scenario(hall):
        first = await hall.double.send_message(hall.double.member, f"{hall.double.bot.mention} what is osmosis?")
        answer = await hall.double.answer_to(first)
        thanks = await hall.double.send_message(hall.double.member, "thank you!!", reply_to=answer)
        await hall.stays_silent(thanks)

    in_discord(scenario)


def test_a_mention_in_reply_to_somebody_asks_what_they_wrote(in_discord):
    async def scenario(hall):
        bob = hall.double.add_user("bob", hall.double.guild)
        theirs = await hall.double.send_message(bob, "does anybody know why ice floats on water")
        asked = await hall.double.send_message(hall.double.member, hall.double.bot.mention, reply_to=theirs, ping=False)
        answer = await hall.double.answer_to(asked)
        assert link(ICE) in answer.text
        assert f"/{theirs.id})" in answer.text  # a link to the message that it is about

    in_discord(scenario, privileged=Intents.MESSAGE_CONTENT)


def test_without_the_intent_the_message_replied_to_cannot_be_read_and_the_bot_says_so(in_discord):
    async def scenario(hall):
        bob = hall.double.add_user("bob", hall.double.guild)
        theirs = await hall.double.send_message(bob, "does anybody know why ice floats on water")
        asked = await hall.double.send_message(hall.double.member, hall.double.bot.mention, reply_to=theirs, ping=False)
        assert "That message has no text that I can read" in (await hall.double.answer_to(asked)).text

    in_discord(scenario)


@pytest.mark.parametrize("said", ["", " hello there", " 🎉"])
def test_a_mention_without_a_question_is_greeted(in_discord, said):
    async def scenario(hall):
        asked = await hall.double.send_message(hall.double.member, hall.double.bot.mention + said)
        answer = await hall.double.answer_to(asked)
        assert "I am a bot that answers study questions by quoting articles" in answer.text
        assert f"</ask:{hall.command_id('ask')}>" in answer.text

    in_discord(scenario)


def test_direct_messages_are_a_conversation(in_discord):
    async def scenario(hall):
        dm = hall.double.open_dm(hall.double.member)
        hello = await hall.double.send_message(hall.double.member, "hi!", channel=dm)
        assert "Ask me a study question" in (await hall.double.answer_to(hello)).text
        first = await hall.double.send_message(hall.double.member, "what is osmosis?", channel=dm)
        assert link(OSMOSIS) in (await hall.double.answer_to(first)).text
        further = await hall.double.send_message(hall.double.member, "and why does it need a membrane?", channel=dm)
        second = await hall.double.answer_to(further)
        assert link(OSMOSIS) in second.text
        assert "Understood as a follow-up" in second.text
        nothing = await hall.double.send_message(
            hall.double.member, "which team won the football world cup in 1998", channel=dm
        )
        assert "I found no article that answers this" in (await hall.double.answer_to(nothing)).text

    in_discord(scenario)


def test_what_is_none_of_its_business_leaves_the_bot_silent(in_discord):
    async def scenario(hall):
        double, mention = hall.double, hall.double.bot.mention
        other_bot = double.add_user("robot", double.guild)
        messages = [
            await double.send_message(double.member, "why does ice float?"),
            await double.send_message(double.member, f"@everyone meet {mention}, it knows why ice floats"),
            await double.send_message(double.member, f"{mention} why does ice float?", kind=6),  # a pin's notice
        ]
        bob = double.add_user("bob", double.guild)
        theirs = await double.send_message(bob, "why does ice float?")
        messages.append(await double.send_message(double.member, "yes why?", reply_to=theirs))
        robot = type(other_bot)(other_bot.id, other_bot.name, bot=True)
        messages.append(await double.send_message(robot, f"{mention} why does ice float?"))
        for message in messages:
            await hall.stays_silent(message)

    in_discord(scenario, privileged=Intents.MESSAGE_CONTENT)


def test_an_edited_question_is_not_answered_again(in_discord):
    async def scenario(hall):
        asked = await hall.double.send_message(hall.double.member, f"{hall.double.bot.mention} what is osmosis?")
        await hall.double.answer_to(asked)
        await hall.double.edit_message(asked, f"{hall.double.bot.mention} why does ice float?")
        await asyncio.sleep(0.3)
        answers = [message for message in hall.double.messages_in(hall.double.channel) if message.author.bot]
        assert [link(OSMOSIS) in answer.text for answer in answers] == [True]

    in_discord(scenario)


def test_a_deleted_answer_is_forgotten(in_discord):
    async def scenario(hall):
        asked = await hall.double.send_message(hall.double.member, f"{hall.double.bot.mention} what is osmosis?")
        answer = await hall.double.answer_to(asked)
        assert (await hall.remembered(answer)).memory.article_url == OSMOSIS
        await hall.double.delete_message(answer)
        await hall.is_forgotten(answer)

    in_discord(scenario)


def test_a_question_whose_message_is_gone_is_answered_all_the_same(in_discord):
    async def scenario(hall):
        asked = await hall.double.send_message(hall.double.member, f"{hall.double.bot.mention} what is osmosis?")
        await hall.double.delete_message(asked)
        answer = await hall.double.answer_to(asked)
        assert link(OSMOSIS) in answer.text

    in_discord(scenario)


def test_where_the_bot_may_not_write_it_stays_silent_and_goes_on(in_discord):
    async def scenario(hall):
        double = hall.double
        closed = double.add_channel(double.guild, "closed", denied_to_app=Permission.SEND_MESSAGES)
        asked = await double.send_message(double.member, f"{double.bot.mention} what is osmosis?", channel=closed)
        await hall.stays_silent(asked)
        elsewhere = await double.send_message(double.member, f"{double.bot.mention} what is osmosis?")
        assert link(OSMOSIS) in (await double.answer_to(elsewhere)).text

    in_discord(scenario, expected={50013})


def test_where_the_bot_may_not_attach_pictures_it_says_so(in_discord):
    async def scenario(hall):
        double = hall.double
        plain = double.add_channel(double.guild, "plain", denied_to_app=Permission.ATTACH_FILES)
        question = f"{double.bot.mention} How do you solve a quadratic equation?"
        asked = await double.send_message(double.member, question, channel=plain)
        assert "I am not allowed to do that here" in (await double.answer_to(asked)).text

    in_discord(scenario, expected={50013})


def test_where_the_bot_may_not_read_the_history_it_says_so_without_replying(in_discord):
    async def scenario(hall):
        double = hall.double
        strict = double.add_channel(double.guild, "strict", denied_to_app=Permission.READ_MESSAGE_HISTORY)
        await double.send_message(double.member, f"{double.bot.mention} What is osmosis?", channel=strict)
        told = await double.wait_for(lambda: [each for each in double.messages_in(strict) if each.author == double.bot])
        assert ["I am not allowed to do that here" in each.text for each in told] == [True]

    in_discord(scenario, expected={160002})


@pytest.mark.parametrize("breaks", ["cut_next", "lose_next"])
def test_an_answer_whose_connection_breaks_is_sent_again_but_stands_there_once(in_discord, breaks):
    async def scenario(hall):
        getattr(hall.double, breaks)(SEND)
        asked = await hall.double.send_message(hall.double.member, f"{hall.double.bot.mention} what is osmosis?")
        answer = await hall.double.answer_to(asked)
        assert link(OSMOSIS) in answer.text
        assert _by_bot(hall.double) == [answer]
        assert (await hall.remembered(answer)).memory.article_url == OSMOSIS

    in_discord(scenario)


def test_without_a_connection_neither_an_answer_nor_a_notice_is_a_defect(in_discord, caplog):
    caplog.set_level(logging.INFO, "bot")

    async def scenario(hall):
        hall.double.cut_next(SEND, times=5)  # the answer, again and again, then the notice
        await hall.double.send_message(hall.double.member, f"{hall.double.bot.mention} what is osmosis?")
        async with asyncio.timeout(20):
            while "the member was not told" not in caplog.text:  # noqa: ASYNC110  # the log tells nobody
                await asyncio.sleep(0.05)
        assert "error in on_message" not in caplog.text

    in_discord(scenario)


def test_asking_too_often_is_told_once_in_a_while(in_discord):
    async def scenario(hall):
        double = hall.double
        asked = [await double.send_message(double.member, f"{double.bot.mention} what is osmosis?") for _ in range(12)]
        await double.wait_for(lambda: len(_by_bot(double)) >= 5 or None)
        await asyncio.sleep(0.5)
        said = [message.text for message in _by_bot(double)]
        assert sum(link(OSMOSIS) in text for text in said) == len(said) - 1 < len(asked)
        assert sum("Please wait" in text for text in said) == 1

    in_discord(scenario, limits=Limits(member_burst=4, member_seconds=30))


def test_a_busy_bot_says_so(in_discord):
    async def scenario(hall):
        double = hall.double
        with hall.held_up():
            first = await double.send_message(double.member, f"{double.bot.mention} what is osmosis?")
            second = await double.send_message(double.member, f"{double.bot.mention} why does ice float?")
            third = await double.send_message(double.member, f"{double.bot.mention} what is opportunity cost?")
            busy = await double.wait_for(lambda: next(iter(_by_bot(double)), None))
            assert "I have more questions than I can answer right now" in busy.text
            assert busy.reference_id in {first.id, second.id, third.id}
        await double.wait_for(lambda: len(_by_bot(double)) == 3 or None)

    in_discord(scenario, limits=Limits(threads=1, waiting=1))


def test_the_bot_shows_that_it_is_typing_when_an_answer_takes_long(in_discord):
    async def scenario(hall):
        double = hall.double
        with hall.held_up():
            asked = await double.send_message(double.member, f"{double.bot.mention} what is osmosis?")
            typing = "POST /channels/{channel_id}/typing"
            await double.wait_for(lambda: any(record.route == typing for record in double.requests) or None)
        assert link(OSMOSIS) in (await double.answer_to(asked)).text

    in_discord(scenario)


def _by_bot(double):
    return [message for message in double.messages_in(double.channel) if message.author.bot]


def test_bare_mentions_are_greeted_only_so_often(in_discord):
    async def scenario(hall):
        double = hall.double
        for _ in range(5):
            await double.send_message(double.member, double.bot.mention)
        await double.wait_for(lambda: len(by_bot(hall)) == 3 or None)
        await asyncio.sleep(0.4)
        said = [message.text for message in by_bot(hall)]
        assert sum("Hi, I am a bot" in text for text in said) == 2
        assert sum("That was quick! Please wait" in text for text in said) == 1  # once, and then not for a while

    in_discord(scenario, limits=Limits(press_burst=2, press_seconds=60.0))


def by_bot(hall):
    return [message for message in hall.double.messages_in(hall.double.channel) if message.author == hall.double.bot]
