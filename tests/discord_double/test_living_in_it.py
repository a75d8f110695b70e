"""The double itself: a real discord.py bot lives in it as it would in Discord."""

from __future__ import annotations

import asyncio

import discord
import pytest

from tests.discord_double.discord_double import DiscordDouble
from tests.discord_double.example_bot import Bot, png, running
from tests.discord_double.gateway import Intents
from tests.discord_double.interactions import Response
from tests.discord_double.state import ADMIN, MEMBER, ChannelKind, Permission

EDIT_ORIGINAL = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original"


def in_discord(scenario, **settings):
    """Run a scenario with a bot that is connected; afterwards every request must have been as described."""

    async def run():
        async with running(**settings) as (double, bot):
            expected = await scenario(double, bot) or ()
            double.assert_all_valid(expected_refusals=expected)

    asyncio.run(run(), debug=True)


def test_a_slash_command_is_deferred_then_edited_into_an_answer():
    async def scenario(double, _):
        run = await double.slash(double.member, "ask", {"question": "why is the sky blue"}, locale="de")
        assert run.response is Response.DEFERRED_MESSAGE
        assert run.texts() == ["## why is the sky blue (de)"]
        assert run.message.labels() == ["More", "Tell"]
        assert not run.ephemeral
        assert 0 <= run.acknowledged_after <= run.answered_after
        assert [message.text for message in double.messages_in(double.channel)] == ["## why is the sky blue (de)"]

    in_discord(scenario)


def test_a_private_answer_is_seen_by_the_asker_alone():
    async def scenario(double, _):
        run = await double.slash(double.member, "ask", {"question": "q", "private": True})
        assert run.ephemeral
        assert double.messages_in(double.channel) == []
        with pytest.raises(AssertionError, match="bob does not see that message"):
            await double.press(double.add_user("bob", double.guild), run.message, "More")

    in_discord(scenario)


def test_buttons_selects_and_modals_work():
    async def scenario(double, _):
        answer = (await double.slash(double.member, "ask", {"question": "q"})).message
        pressed = await double.press(double.member, answer, "More")
        assert (pressed.response, pressed.texts()) == (Response.UPDATE, ["## page two"])
        chosen = await double.choose(double.member, answer, "Other matches", ["Diffusion"])
        assert (chosen.response, chosen.texts()) == (Response.DEFERRED_UPDATE, ["## chose 1"])
        opened = await double.press(double.member, answer, "tell")
        assert opened.modal["title"] == "Feedback"
        submitted = await double.submit_modal(double.member, opened, {"missing": "the units"})
        assert (submitted.texts(), submitted.ephemeral) == (["noted: the units"], True)
        with pytest.raises(AssertionError, match=r"the message has \['More', 'Tell'\], not 'Less'"):
            await double.press(double.member, answer, "Less")

    in_discord(scenario)


def test_a_file_is_uploaded_shown_and_downloadable():
    async def scenario(double, bot):
        run = await double.slash(double.member, "picture")
        await run.wait_until(lambda run: len(run.messages) == 2)
        shown, private = run.messages
        (item,) = shown.media()
        assert (item["description"], item["media"]["width"], item["media"]["height"]) == ("a sum", 30, 20)
        assert await bot.http.get_from_cdn(item["media"]["url"]) == png(30, 20)
        assert (private.text, private.ephemeral, shown.ephemeral) == ("and a second message", True, False)

    in_discord(scenario)


def test_autocomplete_and_message_commands():
    async def scenario(double, _):
        typed = await double.autocomplete(double.member, "ask", {"question": "potas"})
        assert typed.choices == [{"name": "potas?", "value": "potas"}]
        question = await double.send_message(double.member, "what is osmosis")
        found = await double.message_command(double.member, "Find an answer", question)
        assert (found.texts(), found.ephemeral) == (["found: what is osmosis"], True)

    in_discord(scenario)


def test_content_is_hidden_without_the_intent_but_for_mentions_and_direct_messages():
    async def scenario(double, bot):
        await double.send_message(double.member, "not for the bot")
        asked = await double.send_message(double.member, f"{bot.user.mention} what is osmosis")
        answer = await double.answer_to(asked)
        assert answer.text == "about: @quicktakes what is osmosis"
        assert answer.reference_id == asked.id
        assert answer.mentions == ()
        direct = await double.send_message(double.member, "hello", channel=double.open_dm(double.member))
        assert (await double.answer_to(direct)).text == "about: hello"
        follow_up = await double.send_message(double.member, "and the potassium?", reply_to=answer)
        assert (await double.answer_to(follow_up)).text == "about: and the potassium?"
        contents = [content for _, content in bot.heard]
        assert contents == ["", f"<@{bot.user.id}> what is osmosis", "hello", "and the potassium?"]

    in_discord(scenario)


def test_what_happened_while_away_arrives_after_a_resume():
    async def scenario(double, bot):
        double.drop_gateway()
        run = await double.slash(double.member, "ask", {"question": "still there?"})
        assert run.texts() == ["## still there? (en-US)"]
        assert bot.resumes == 1
        assert (double.service.gateway.identifies, double.service.gateway.resumes) == (1, 1)

    in_discord(scenario)


def test_a_rate_limit_and_a_server_error_are_ridden_out():
    async def scenario(double, _):
        double.fail_next(EDIT_ORIGINAL, 429, retry_after=0.2)
        double.fail_next(EDIT_ORIGINAL, 502)
        run = await double.slash(double.member, "ask", {"question": "q"})
        assert run.texts() == ["## q (en-US)"]
        edits = [record.status for record in double.requests if record.route == EDIT_ORIGINAL]
        assert edits == [429, 502, 200]
        assert run.answered_after > 0.2

    in_discord(scenario)


def test_a_forum_post_refuses_the_bot_until_it_is_ready():
    async def scenario(double, bot):
        forum = double.add_channel(double.guild, "help", ChannelKind.FORUM)
        await double.create_forum_post(double.member, forum, "Osmosis?", "how does it work", ready_after=600)
        await double.wait_for(lambda: bot.failures)
        assert [(failure.status, failure.code) for failure in bot.failures] == [(403, 40058)]
        thread = await double.create_forum_post(double.member, forum, "Diffusion?", "and this")
        await double.wait_for(lambda: len(double.messages_in(thread)) == 2)
        assert [message.text for message in double.messages_in(thread)] == ["and this", "I am a bot"]
        return {40058}

    in_discord(scenario)


def test_missing_permissions_are_refused():
    async def scenario(double, bot):
        silent = double.add_channel(double.guild, "read-only", denied_to_app=Permission.SEND_MESSAGES)
        await double.send_message(double.member, f"{bot.user.mention} hello", channel=silent)
        await double.wait_for(lambda: bot.failures)
        assert [(failure.status, failure.code) for failure in bot.failures] == [(403, 50013)]
        return {50013}

    in_discord(scenario)


def test_a_user_installed_app_works_where_the_bot_is_not():
    async def scenario(double, _):
        elsewhere = double.add_guild("Elsewhere", has_bot=False)
        lobby = double.add_channel(elsewhere, "lobby")
        cy = double.add_user("cy", elsewhere, installed=True, permissions=MEMBER & ~Permission.USE_EXTERNAL_APPS)
        assert (await double.slash(cy, "ask", {"question": "q"}, channel=lobby)).ephemeral
        group = double.add_group(cy, double.member)
        assert not (await double.slash(cy, "ask", {"question": "q"}, channel=group)).ephemeral
        with pytest.raises(AssertionError, match=r"the app is installed by \{\}"):
            await double.slash(double.member, "ask", {"question": "q"}, channel=group)
        with pytest.raises(AssertionError, match="'picture' is for installs"):
            await double.slash(cy, "picture", channel=lobby)

    in_discord(scenario)


def test_an_administrator_may_do_everything():
    async def scenario(double, bot):
        seen = []
        bot.tree.interaction_check = lambda interaction: _note(seen, interaction)
        boss = double.add_user("boss", double.guild, permissions=ADMIN)
        await double.slash(boss, "ask", {"question": "q"})
        await double.slash(double.member, "ask", {"question": "q"})
        assert seen == [(True, True), (False, True)]

    async def _note(seen, interaction):
        seen.append((interaction.permissions.manage_guild, interaction.app_permissions.attach_files))
        return True

    in_discord(scenario)


def test_a_wrong_token_and_a_missing_intent_are_told_as_discord_tells_them():
    async def run():
        async with DiscordDouble() as double:
            async with Bot() as bot:
                with pytest.raises(discord.LoginFailure, match="Improper token"):
                    await bot.start("wrong")
            async with discord.Client(intents=discord.Intents(message_content=True)) as greedy:
                with pytest.raises(discord.PrivilegedIntentsRequired):
                    await greedy.start(double.token)
        async with (
            DiscordDouble(privileged=Intents.MESSAGE_CONTENT) as double,
            discord.Client(intents=discord.Intents(guilds=True, message_content=True)) as allowed,
        ):
            task = asyncio.create_task(allowed.start(double.token))
            await double.connected()
            assert allowed.application.flags.gateway_message_content_limited
            await allowed.close()
            await task

    asyncio.run(run())


def test_discord_py_is_left_as_it_was():
    before = discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY

    async def run():
        async with DiscordDouble() as double:
            assert double.base_url == discord.http.Route.BASE

    asyncio.run(run())
    assert before == (discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY)
