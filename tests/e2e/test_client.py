"""The client by itself, with an assistant that is not real: what it syncs, keeps and tells."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager

import pytest

from bot.client import delivery
from bot.client.client import CatalogueTranslator, QuicktakesBot
from bot.cogs.all_cogs import all_cogs
from bot.member_errors import MemberCooldownError
from bot.storage.storage import Storage
from tests.bot.fake_assistant import FakeAssistant
from tests.discord_double.discord_double import DiscordDouble

SYNC = "PUT /applications/{application_id}/commands"
CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"
EDIT = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original"
SYNC_GUILD = "PUT /applications/{application_id}/guilds/{guild_id}/commands"
COMMANDS = {"ask", "article", "related", "browse", "help", "about", "forget-me", "channel", "Find an answer"}
PATIENCE = 30.0


@asynccontextmanager
async def running(double, storage, assistant=None, **options):
    """A client that is connected, stopped afterwards."""
    assistant = assistant or FakeAssistant()
    bot = QuicktakesBot(assistant, storage.state, lambda client: all_cogs(client, assistant, storage), **options)
    task = asyncio.create_task(bot.start(double.token))
    try:
        connected = asyncio.create_task(double.connected())
        done, _ = await asyncio.wait({task, connected}, return_when=asyncio.FIRST_COMPLETED)
        await next(iter(done))
        yield bot, assistant
    finally:
        await bot.close()
        await task
    await asyncio.sleep(0.05)  # the double hears that the connection is closed


def in_discord(scenario, tmp_path, *, expected=()):
    async def run():
        async with (
            DiscordDouble(first_response_seconds=PATIENCE) as double,
            Storage.open(tmp_path / "bot.db") as storage,
        ):
            double.patience = PATIENCE
            await scenario(double, storage)
            double.assert_all_valid(expected_refusals=expected)

    asyncio.run(run(), debug=True)


def syncs(double, route=SYNC):
    return sum(record.route == route for record in double.requests)


def test_commands_are_synced_once_and_clickable_from_then_on(tmp_path):
    async def scenario(double, storage):
        async with running(double, storage) as (_, assistant):
            first = assistant.names
        async with running(double, storage) as (_, assistant):
            assert assistant.names == first
        assert syncs(double) == 1
        commands = {command["name"]: command for command in double.service.world.commands_for(None)}
        assert set(commands) == COMMANDS
        assert first.bot == f"<@{double.bot.id}>"
        assert first.command("ask") == f"</ask:{commands['ask']['id']}>"
        assert first.command("channel on") == f"</channel on:{commands['channel']['id']}>"

    in_discord(scenario, tmp_path)


def test_changed_commands_are_synced_again(tmp_path, monkeypatch):
    async def scenario(double, storage):
        async with running(double, storage):
            pass
        monkeypatch.setattr(CatalogueTranslator, "translate", _nothing_translated)
        async with running(double, storage):
            pass
        assert syncs(double) == 2

    in_discord(scenario, tmp_path)


async def _nothing_translated(*_):
    return None


def test_for_development_commands_are_offered_in_one_server_alone(tmp_path):
    async def scenario(double, storage):
        async with running(double, storage, guild_id=int(double.guild.id)) as (_, assistant):
            run = await double.slash(double.member, "help")
            assert run.texts() == ["help"]
            assert "ask" in dict(assistant.names.commands)
        assert (syncs(double), syncs(double, SYNC_GUILD)) == (0, 1)
        assert list(double.service.world.commands_for(None)) == []

    in_discord(scenario, tmp_path)


def offered(double):
    return sorted(command["name"] for command in double.service.world.commands_for(double.guild.id))


def test_copies_for_development_go_once_the_commands_are_everywhere(tmp_path):
    async def scenario(double, storage):
        async with running(double, storage, guild_id=int(double.guild.id)):
            assert offered(double) == sorted(COMMANDS)
        for _ in range(2):
            async with running(double, storage) as (_, assistant):
                assert offered(double) == sorted(COMMANDS)
                assert (await double.slash(double.member, "help")).texts() == ["help"]
                assert assistant.names.command("ask") == f"</ask:{_global_id(double, 'ask')}>"
        assert (syncs(double), syncs(double, SYNC_GUILD)) == (1, 2)
        async with running(double, storage, guild_id=int(double.guild.id)):
            assert "ask" in {each["name"] for each in double.service.world.commands[double.guild.id].values()}

    in_discord(scenario, tmp_path)


def _global_id(double, name):
    return next(each["id"] for each in double.service.world.commands_for(None) if each["name"] == name)


@pytest.mark.parametrize(
    ("failure", "tries"),
    [({"status": 403, "code": 50001, "message": "Missing Access"}, 1), ({"status": 400, "code": 50035}, 2)],
    ids=["the bot has left the server", "Discord refuses"],
)
def test_copies_that_cannot_be_removed_do_not_keep_the_bot_from_starting(tmp_path, failure, tries):
    async def scenario(double, storage):
        async with running(double, storage, guild_id=int(double.guild.id)):
            pass
        double.fail_next(SYNC_GUILD, **failure)
        for _ in range(2):
            async with running(double, storage):
                assert (await double.slash(double.member, "help")).texts() == ["help"]
        assert syncs(double, SYNC_GUILD) == 1 + tries

    in_discord(scenario, tmp_path)


def test_a_server_that_removes_the_bot_is_forgotten(tmp_path):
    async def scenario(double, storage):
        async with running(double, storage):
            await storage.channels.switch_on(int(double.guild.id), int(double.channel.id))
            double.service.emit("GUILD_DELETE", {"id": double.guild.id})
            await double.service.flush()
            async with asyncio.timeout(PATIENCE):
                while await storage.channels.is_on(int(double.channel.id)):  # noqa: ASYNC110  # another task deletes it
                    await asyncio.sleep(0.02)

    in_discord(scenario, tmp_path)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (MemberCooldownError(3), "Please wait 3 seconds"),
        (RuntimeError("secret detail"), "Something went wrong on my side"),
    ],
)
def test_errors_are_told_privately_and_leave_nothing_public(tmp_path, error, words):
    async def scenario(double, storage):
        async with running(double, storage) as (_, assistant):
            shown = await double.slash(double.member, "ask", {"question": "why"})
            assistant.raises = error
            runs = [
                await double.slash(double.member, "ask", {"question": "why"}),
                await double.slash(double.member, "ask", {"question": "why", "private": "yes"}),
                await double.press(double.member, shown.message, "Go"),
            ]
            for run in runs:
                (told,) = run.added
                assert words in told.text
                assert told.ephemeral
                assert "secret detail" not in told.text
            asked = await double.send_message(double.member, f"{double.bot.mention} why is that")
            assert words in (await double.answer_to(asked)).text
            assert double.current(shown.message).texts()[1:] == ["ask why None"]

    in_discord(scenario, tmp_path)


def test_an_answer_whose_connection_breaks_is_sent_again(tmp_path):
    async def scenario(double, storage):
        async with running(double, storage):
            double.cut_next(EDIT, times=2)
            run = await double.slash(double.member, "ask", {"question": "why"})
            assert run.message.texts()[1:] == ["ask why None"]

    in_discord(scenario, tmp_path)


def test_a_member_who_cannot_be_told_does_no_harm(tmp_path, caplog, monkeypatch):
    caplog.set_level(logging.INFO, "bot")
    pauses = (0.01, 0.02)
    monkeypatch.setattr(delivery, "_BROKEN_PAUSES", pauses)

    async def scenario(double, storage):
        async with running(double, storage):
            double.cut_next(CALLBACK, times=len(pauses) + 2)  # every try to defer, then what tells of it
            asking = asyncio.create_task(double.slash(double.member, "ask", {"question": "why"}))
            async with asyncio.timeout(PATIENCE):
                while "the member was not told" not in caplog.text:  # noqa: ASYNC110  # the log tells nobody
                    await asyncio.sleep(0.02)
            asking.cancel()

    in_discord(scenario, tmp_path)


def test_the_invitation_asks_for_exactly_what_is_needed(tmp_path):
    async def scenario(double, storage):
        async with running(double, storage) as (bot, _):
            needed = 1 << 10 | 1 << 11 | 1 << 15 | 1 << 16 | 1 << 38
            assert f"permissions={needed}" in bot.invite
            assert f"client_id={double.bot.id}" in bot.invite
            assert "scope=bot+applications.commands" in bot.invite

    in_discord(scenario, tmp_path)


def test_nobody_is_warned_about_voice(tmp_path, monkeypatch, caplog):
    monkeypatch.setattr("discord.VoiceClient.warn_nacl", True)
    monkeypatch.setattr("discord.VoiceClient.warn_dave", True)

    async def scenario(double, storage):
        async with running(double, storage):
            assert "voice" not in caplog.text

    in_discord(scenario, tmp_path)


def test_messages_and_views_are_not_kept_in_memory(tmp_path):
    async def scenario(double, storage):
        async with running(double, storage) as (bot, _):
            for _ in range(5):
                await double.slash(double.member, "ask", {"question": "why"})
            assert list(bot.cached_messages) == []
            assert list(bot.persistent_views) == []
            assert bot._connection._view_store._views == {}

    in_discord(scenario, tmp_path)
