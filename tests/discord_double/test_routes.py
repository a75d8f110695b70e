"""The double's HTTP routes, each asked by discord.py; all that they give back is checked against the description."""

from __future__ import annotations

import asyncio

import discord
import pytest

from tests.discord_double.example_bot import running
from tests.discord_double.state import WRITING, ChannelKind, Permission


def in_discord(scenario):
    async def run():
        async with running() as (double, bot):
            expected = await scenario(double, bot) or ()
            double.assert_all_valid(expected_refusals=expected)

    asyncio.run(run())


async def text_channel(double, bot):
    return await bot.fetch_channel(int(double.channel.id))


def test_who_and_what_there_is():
    async def scenario(double, bot):
        guild = await bot.fetch_guild(int(double.guild.id), with_counts=False)
        assert guild.name == "Study hall"
        assert [channel.name for channel in await guild.fetch_channels()] == ["questions"]
        assert (await guild.fetch_member(int(double.member.id))).name == "ada"
        assert (await guild.fetch_member(bot.user.id)).id == bot.user.id
        assert (await bot.fetch_user(int(double.member.id))).name == "ada"
        shards, url, _ = await bot.http.get_bot_gateway()
        assert (shards, url.startswith("ws://127.0.0.1:")) == (1, True)
        with pytest.raises(discord.NotFound, match="10013"):
            await bot.fetch_user(1)
        with pytest.raises(discord.NotFound, match="10003"):
            await bot.fetch_channel(1)
        return {10003, 10013}

    in_discord(scenario)


def test_messages_are_sent_listed_edited_and_deleted():
    async def scenario(double, bot):
        channel = await text_channel(double, bot)
        async with channel.typing():
            first = await channel.send("first")
        second = await channel.send("second", reference=first)
        assert second.reference.resolved.content == "first"
        await first.edit(content="edited")
        assert [message.content async for message in channel.history(limit=5)] == ["second", "edited"]
        assert [message.content async for message in channel.history(before=second)] == ["edited"]
        assert [message.content async for message in channel.history(after=first, oldest_first=True)] == ["second"]
        assert (await channel.fetch_message(first.id)).content == "edited"
        await first.delete()
        assert [message.text for message in double.messages_in(double.channel)] == ["second"]
        with pytest.raises(discord.NotFound, match="10008"):
            await first.edit(content="gone")
        return {10008}

    in_discord(scenario)


def test_others_messages_cannot_be_edited_and_deleted_only_with_the_permission():
    async def scenario(double, bot):
        theirs = await double.send_message(double.member, "theirs")
        message = (await text_channel(double, bot)).get_partial_message(int(theirs.id))
        with pytest.raises(discord.Forbidden, match="50005"):
            await message.edit(content="mine")
        with pytest.raises(discord.Forbidden, match="50013"):
            await message.delete()
        watched = double.add_guild("Watched", app_permissions=WRITING | Permission.MANAGE_MESSAGES)
        lobby = double.add_channel(watched, "lobby")
        rude = await double.send_message(double.add_user("bob", watched), "rude", channel=lobby)
        await bot.get_partial_messageable(int(lobby.id)).get_partial_message(int(rude.id)).delete()
        assert double.current(rude) is None
        return {50005, 50013}

    in_discord(scenario)


def test_reactions_and_threads():
    async def scenario(double, bot):
        guild = double.add_guild("Threads", app_permissions=WRITING | Permission.CREATE_PUBLIC_THREADS)
        lobby = double.add_channel(guild, "lobby")
        asked = await double.send_message(double.add_user("bob", guild), "a question", channel=lobby)
        message = await (await bot.fetch_channel(int(lobby.id))).fetch_message(int(asked.id))
        await message.add_reaction("👍")
        assert double.service.world.reactions == {asked.id: {"👍"}}
        await message.remove_reaction("👍", bot.user)
        assert double.service.world.reactions == {asked.id: set()}
        thread = await message.create_thread(name="about it")
        await thread.join()
        await thread.send("here")
        await thread.leave()
        assert [m.text for m in double.messages_in(double.service.world.channel(str(thread.id)))] == ["here"]
        with pytest.raises(discord.HTTPException, match="160004"):
            await message.create_thread(name="again")
        return {160004}

    in_discord(scenario)


def test_a_reply_needs_a_message_and_may_do_without_it():
    async def scenario(double, bot):
        channel = await text_channel(double, bot)
        gone = discord.MessageReference(message_id=1, channel_id=channel.id)
        with pytest.raises(discord.HTTPException, match="Unknown message"):
            await channel.send("to nothing", reference=gone)
        lenient = discord.MessageReference(message_id=1, channel_id=channel.id, fail_if_not_exists=False)
        assert (await channel.send("to nothing", reference=lenient)).reference is None
        return {50035}

    in_discord(scenario)


def test_direct_messages_are_opened_once():
    async def scenario(double, bot):
        opened = double.open_dm(double.member)
        user = await bot.fetch_user(int(double.member.id))
        await user.send("hello")
        assert [message.text for message in double.messages_in(opened)] == ["hello"]

    in_discord(scenario)


def test_places_without_messages_or_access():
    async def scenario(double, bot):
        forum = double.add_channel(double.guild, "help", ChannelKind.FORUM)
        with pytest.raises(discord.HTTPException, match="50008"):
            await bot.get_partial_messageable(int(forum.id)).send("into the forum itself")
        hidden = double.add_channel(double.guild, "staff", denied_to_app=Permission.VIEW_CHANNEL)
        with pytest.raises(discord.Forbidden, match="50001"):
            await bot.get_partial_messageable(int(hidden.id)).send("unseen")
        return {50001, 50008}

    in_discord(scenario)


def test_commands_keep_their_ids_and_a_guilds_own_come_first():
    async def scenario(double, bot):
        before = {command.name: command.id for command in await bot.tree.fetch_commands()}
        await bot.tree.sync()
        assert {command.name: command.id for command in await bot.tree.fetch_commands()} == before
        assert set(before) == {"ask", "picture", "Find an answer"}
        guild = discord.Object(int(double.guild.id))
        bot.tree.copy_global_to(guild=guild)
        own = {command.name: command.id for command in await bot.tree.sync(guild=guild)}
        assert not set(own.values()) & set(before.values())
        assert (await double.slash(double.member, "ask", {"question": "q"})).texts() == ["## q (en-US)"]
        picture = next(command for command in await bot.tree.fetch_commands() if command.name == "picture")
        await picture.delete()
        assert {command.name for command in await bot.tree.fetch_commands()} == {"ask", "Find an answer"}

    in_discord(scenario)
