"""What goes wrong between the bot and Discord, and what members write to make it go wrong."""

from __future__ import annotations

import asyncio

import pytest

from tests.discord_double.gateway import Intents
from tests.discord_double.state import ChannelKind
from tests.e2e.words import ICE, OSMOSIS, link

EDIT = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original"
SEND = "POST /channels/{channel_id}/messages"
CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"

RAMBLING = (
    "so my teacher said something last week, I was half asleep to be honest, the bus was late and I had not had "
    "breakfast, anyway she put a glass on the desk and there were ice cubes in it and they just stayed on top and she "
    "asked us for the reason and nobody knew, so {bot} can you tell me why does ice float on water please, my exam is "
    "on Friday and I really need to pass this one. "
)

INJECTIONS = [
    "@everyone what is osmosis @here",
    "<@&1> <@2> what is osmosis <#3>",
    "what is osmosis](https://evil.example/steal) [click",
    "**what** ||is|| `osmosis` ```js\nalert(1)``` > # -#",
    "what is osmosis\u202e\u2066 gnp.exe",
    "</ask:1> <t:1:R> <:x:1> <https://evil.example> what is osmosis",
]


@pytest.mark.parametrize("status", [500, 502, 429])
def test_a_server_error_on_the_answer_is_tried_again(in_discord, status):
    async def scenario(hall):
        hall.double.fail_next(EDIT, status, retry_after=0.05)
        run = await hall.double.slash(hall.double.member, "ask", {"question": "what is osmosis"})
        assert link(OSMOSIS) in run.text
        assert not run.message.loading

    in_discord(scenario)


@pytest.mark.parametrize("status", [500, 429])
def test_a_server_error_on_the_answer_to_a_mention_is_tried_again(in_discord, status):
    async def scenario(hall):
        hall.double.fail_next(SEND, status, retry_after=0.05)
        asked = await hall.double.send_message(hall.double.member, f"{hall.double.bot.mention} what is osmosis")
        assert link(OSMOSIS) in (await hall.double.answer_to(asked)).text

    in_discord(scenario)


def test_an_answer_that_discord_refuses_leaves_no_waiting_message_behind(in_discord):
    async def scenario(hall):
        hall.double.fail_next(EDIT, 403, code=50013, message="Missing Permissions")
        run = await hall.double.slash(hall.double.member, "ask", {"question": "what is osmosis"})
        assert "I am not allowed to do that here" in run.text
        assert run.ephemeral

    in_discord(scenario)


@pytest.mark.parametrize("breaks", ["cut_next", "lose_next"])
def test_what_is_told_privately_is_told_though_the_connection_breaks(in_discord, breaks):
    async def scenario(hall):
        getattr(hall.double, breaks)("DELETE /webhooks/{webhook_id}/{webhook_token}/messages/@original")
        run = await hall.double.slash(hall.double.member, "ask", {"question": "who won the world cup 1998"})
        assert "I found no article that answers this" in run.text
        assert run.ephemeral
        assert hall.double.messages_in(hall.double.channel) == []

    in_discord(scenario, expected={10008})


@pytest.mark.parametrize("breaks", ["cut_next", "lose_next"])
def test_a_first_response_whose_connection_breaks_is_sent_again(in_discord, breaks):
    async def scenario(hall):
        getattr(hall.double, breaks)(CALLBACK)
        run = await hall.double.slash(hall.double.member, "ask", {"question": "what is osmosis"})
        assert link(OSMOSIS) in run.text
        getattr(hall.double, breaks)(CALLBACK)
        pressed = await hall.double.press(hall.double.member, run.message, "Read the whole article")
        assert "Back to the excerpt" in (await _turned(hall, pressed.message or run.message)).labels()
        getattr(hall.double, breaks)(CALLBACK)
        none = await hall.double.slash(hall.double.member, "article", {"title": "who won the world cup"})
        assert "I know no article called" in none.text
        assert none.ephemeral

    in_discord(scenario, expected={40060})


async def _turned(hall, message):
    def look():
        current = hall.double.current(message)
        return current if "Back to the excerpt" in current.labels() else None

    return await hall.double.wait_for(look)


def test_a_press_that_discord_refuses_is_told_privately(in_discord):
    async def scenario(hall):
        run = await hall.double.slash(hall.double.member, "ask", {"question": "what is osmosis"})
        hall.double.fail_next(EDIT, 404, code=10008, message="Unknown Message")
        pressed = await hall.double.press(hall.double.member, run.message, "Read the whole article")
        await hall.double.wait_for(lambda: pressed.added or None)
        assert "That message, post or channel is no longer there" in pressed.added[-1].text

    in_discord(scenario)


def test_an_interaction_that_discord_no_longer_knows_does_no_harm(in_discord):
    async def scenario(hall):
        hall.double.fail_next(CALLBACK, 404, times=2, code=10062, message="Unknown interaction")
        lost = await hall.double.slash(hall.double.member, "ask", {"question": "what is osmosis"})
        assert lost.response is None
        run = await hall.double.slash(hall.double.member, "ask", {"question": "what is osmosis"})
        assert link(OSMOSIS) in run.text

    in_discord(scenario, first_response_seconds=1.5)


@pytest.mark.parametrize("route", [CALLBACK, EDIT])
def test_a_discord_that_is_slow_gets_the_answer_all_the_same(in_discord, route):
    async def scenario(hall):
        hall.double.delay_next(route, 1.0)
        run = await hall.double.slash(hall.double.member, "ask", {"question": "what is osmosis"})
        assert link(OSMOSIS) in run.text
        pressed = await hall.double.press(hall.double.member, run.message, "Read the whole article")
        assert "Back to the excerpt" in pressed.message.labels()

    in_discord(scenario)


def test_an_answer_that_comes_after_fifteen_minutes_is_given_up(in_discord):
    async def scenario(hall):
        double = hall.double
        with hall.held_up():
            double.patience = 0.5
            waiting = asyncio.create_task(double.slash(double.member, "ask", {"question": "what is osmosis"}))
            await double.wait_for(lambda: any(record.route == CALLBACK for record in double.requests) or None)
            double.clock.advance(16 * 60)
            with pytest.raises(AssertionError, match="the bot did not go on"):
                await waiting
        double.patience = 30.0
        again = await double.slash(double.member, "ask", {"question": "what is osmosis"})
        assert link(OSMOSIS) in again.text

    in_discord(scenario, expected={50027})


def test_a_question_survives_a_dropped_gateway(in_discord):
    async def scenario(hall):
        double = hall.double
        with hall.held_up():
            waiting = asyncio.create_task(double.slash(double.member, "ask", {"question": "what is osmosis"}))
            asked = await double.send_message(double.member, f"{double.bot.mention} why does ice float")
            await double.wait_for(lambda: any(r.route == CALLBACK for r in double.requests) or None)
            double.drop_gateway()
        assert link(OSMOSIS) in (await waiting).text
        assert link(ICE) in (await hall.reply_to(asked)).text
        await double.connected()
        again = await double.slash(double.member, "ask", {"question": "why does ice float"})
        assert link(ICE) in again.text

    in_discord(scenario)


def test_a_long_rambling_message_is_understood(in_discord):
    async def scenario(hall):
        text = RAMBLING.format(bot=hall.double.bot.mention)
        asked = await hall.double.send_message(hall.double.member, text)
        answer = await hall.double.answer_to(asked)
        assert link(ICE) in answer.text
        longest = await hall.double.send_message(hall.double.member, (RAMBLING * 9).format(bot=hall.double.bot.mention))
        assert (await hall.double.answer_to(longest)).components

    in_discord(scenario)


@pytest.mark.parametrize("text", INJECTIONS)
def test_nothing_that_a_member_writes_pings_or_disguises_a_link(in_discord, text):
    async def scenario(hall):
        double = hall.double
        await double.slash(double.member, "ask", {"question": text})
        await double.slash(double.member, "article", {"title": text})
        await double.slash(double.member, "browse", {"subject": text[:100]})
        said = text.replace("@everyone", "").replace("@here", "")  # messages to everyone are left alone
        asked = await double.send_message(double.member, f"{double.bot.mention} {said}")
        answer = await double.answer_to(asked)
        further = await double.send_message(double.member, f"and what else? {said}", reply_to=answer)
        await double.answer_to(further)
        hall.check_harmless()

    in_discord(scenario)


def test_a_forum_post_cannot_make_the_bot_ping(in_discord):
    async def scenario(hall):
        double = hall.double
        forum = double.add_channel(double.guild, "help", ChannelKind.FORUM)
        await hall.storage.channels.switch_on(int(double.guild.id), int(forum.id))
        thread = await double.create_forum_post(
            double.member,
            forum,
            "Why does ice float? <@&1> [water](https://evil.example)",
            "Why does ice float on water?",
        )
        await double.wait_for(lambda: [m for m in double.messages_in(thread) if m.author.bot] or None)
        hall.check_harmless()

    in_discord(scenario, privileged=Intents.MESSAGE_CONTENT)
