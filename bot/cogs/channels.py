"""Channels and forums in which the bot answers by itself, and the commands that switch them on."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.assistant.assistant import Assistant
from bot.client.delivery import (
    POST_NOT_READY,
    answer_message,
    caller_of,
    caller_of_message,
    defer_command,
    deliver,
    retrying_connection,
)
from bot.client.error_messages import reported
from bot.client.translator import command_text
from bot.cogs.requests.message_requests import read_request
from bot.cogs.requests.message_text import question_of
from bot.cogs.requests.question_shape import looks_like_question
from bot.member_errors import ModeratorsOnlyError, ServerOnlyError
from bot.messages.catalogue import Messages
from bot.monitoring.outcomes import Surface
from bot.panels.information import note_panel
from bot.rendering.limits import shorten

if TYPE_CHECKING:
    from bot.storage.channels import Posts, SwitchedOnChannels

_log = logging.getLogger(__name__)

_STARTER_PAUSES = (0.25, 0.5, 1.0, 2.0, 4.0)
"""Seconds between looks for the first message of a post. If it comes later still, Discord tells of it."""

_NOT_FOUND = 404
_MAX_POST_LENGTH = 4_000
_MAX_LIST_LENGTH = 1_500

_IN_CHANNEL = ("view_channel", "send_messages", "attach_files", "read_message_history")
_IN_FORUM = ("view_channel", "send_messages_in_threads", "attach_files", "read_message_history")


class AnswerableChannel(app_commands.Transformer):
    """An option that takes what can be switched on: a text channel or a forum."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        return [discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.forum]

    async def transform(
        self, _interaction: discord.Interaction, value: app_commands.AppCommandChannel, /
    ) -> app_commands.AppCommandChannel:
        """The channel as Discord describes it; the bot itself may not be able to see it."""
        return value


Channel = app_commands.Transform[app_commands.AppCommandChannel, AnswerableChannel]


class Channels(commands.Cog):
    """Question channels and forums."""

    channel = app_commands.Group(
        name=command_text("cmd-channel-name"),
        description=command_text("cmd-channel-description"),
        default_permissions=discord.Permissions(manage_channels=True),
        guild_only=True,
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )

    def __init__(
        self, client: discord.Client, assistant: Assistant, channels: SwitchedOnChannels, posts: Posts
    ) -> None:
        self._client = client
        self._assistant = assistant
        self._channels = channels
        self._posts = posts

    @channel.command(name=command_text("cmd-channel-on-name"), description=command_text("cmd-channel-on-description"))
    @app_commands.rename(channel=command_text("cmd-channel-option-channel-name"))
    @app_commands.describe(channel=command_text("cmd-channel-option-channel-description"))
    async def on(self, interaction: discord.Interaction, channel: Channel) -> None:
        with self._assistant.monitor.observed(Surface.OTHER_COMMAND):
            guild, messages = await _begin(interaction)
            missing = _missing_permissions(channel, guild)
            if missing:
                names = ", ".join(map(messages.permission, missing))
                text = messages.t("channel-missing-permissions", channel=channel.mention, permissions=names)
            elif channel.type is not discord.ChannelType.forum and not self._client.intents.message_content:
                # A forum's posts have titles, which can be read without the intent; other messages cannot.
                text = messages.t("channel-needs-content-intent", channel=channel.mention)
            elif await self._channels.switch_on(guild.id, channel.id):
                text = messages.t("channel-on", channel=channel.mention)
            else:
                text = messages.t("channel-on-already", channel=channel.mention)
            await self._show(interaction, text)

    @channel.command(name=command_text("cmd-channel-off-name"), description=command_text("cmd-channel-off-description"))
    @app_commands.rename(channel=command_text("cmd-channel-option-channel-name"))
    @app_commands.describe(channel=command_text("cmd-channel-option-channel-description"))
    async def off(self, interaction: discord.Interaction, channel: Channel) -> None:
        with self._assistant.monitor.observed(Surface.OTHER_COMMAND):
            guild, messages = await _begin(interaction)
            is_new = await self._channels.switch_off(guild.id, channel.id)
            text = messages.t("channel-off" if is_new else "channel-off-already", channel=channel.mention)
            await self._show(interaction, text)

    @channel.command(
        name=command_text("cmd-channel-list-name"), description=command_text("cmd-channel-list-description")
    )
    async def list(self, interaction: discord.Interaction) -> None:
        with self._assistant.monitor.observed(Surface.OTHER_COMMAND):
            guild, messages = await _begin(interaction)
            found = [f"<#{channel_id}>" for channel_id in await self._channels.of_guild(guild.id)]
            if found:
                text = messages.t("channel-list", channels=shorten(", ".join(found), _MAX_LIST_LENGTH))
            else:
                text = messages.t("channel-list-none", command=self._assistant.names.command("channel on"))
            await self._show(interaction, text)

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        with reported(_log):
            await self._channels.switch_off(channel.guild.id, channel.id)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a question in a switched-on channel, if nobody addressed the bot in it."""
        with reported(_log):  # nobody asked the bot, so nobody is told
            if _is_first_of_post(message):
                await self._look_at_first(message)
            elif self._is_for_everybody(message) and await self._channels.is_on(message.channel.id):
                await self._volunteer(message, question_of(message))

    @commands.Cog.listener()
    async def on_thread_create(self, thread: discord.Thread) -> None:
        """Answer a new post in a switched-on forum."""
        with reported(_log):  # nobody asked the bot, so nobody is told
            if isinstance(thread.parent, discord.ForumChannel) and await self._channels.is_on(thread.parent_id):
                await self._look_at_post(thread)

    def _is_for_everybody(self, message: discord.Message) -> bool:
        me = self._client.user
        return (
            me is not None
            and isinstance(message.channel, discord.TextChannel)
            and message.type is discord.MessageType.default
            and message.reference is None
            and not message.author.bot
            and message.webhook_id is None
            and not message.mention_everyone
            and read_request(message, me.id) is None
            and looks_like_question(question_of(message))
        )

    async def _look_at_first(self, starter: discord.Message) -> None:
        """Answer a post whose first message has come, perhaps long after the post itself."""
        post = starter.channel
        if isinstance(post, discord.Thread) and await self._channels.is_on(post.parent_id):
            await self._answer_post(post, starter)

    async def _look_at_post(self, thread: discord.Thread) -> None:
        starter = await _starter_of(thread)
        if starter is None:
            _log.info("post %d has no first message yet; it is answered when that comes", thread.id)
        else:
            await self._answer_post(thread, starter)

    async def _answer_post(self, thread: discord.Thread, starter: discord.Message) -> None:
        me = self._client.user
        if (
            me is None
            or starter.author.bot
            or starter.webhook_id is not None
            or read_request(starter, me.id) is not None
        ):
            return
        await self._volunteer(starter, f"{thread.name}\n{question_of(starter)}".strip())

    async def _volunteer(self, message: discord.Message, question: str) -> None:
        if not await self._posts.claim(message.id):
            return
        with self._assistant.monitor.observed(Surface.POST):
            panel = await self._assistant.volunteer(caller_of_message(message), shorten(question, _MAX_POST_LENGTH))
            if panel is not None:
                await answer_message(message, panel, self._assistant)

    async def _show(self, interaction: discord.Interaction, text: str) -> None:
        await deliver(interaction, note_panel(text), self._assistant, caller_of(interaction))


async def _begin(interaction: discord.Interaction) -> tuple[discord.Guild, Messages]:
    """Defer, and check permissions again: a server may have changed who may use the command.

    Raises:
        ServerOnlyError: It is no server that the bot is in.
        ModeratorsOnlyError: The member may not manage channels.
    """
    await defer_command(interaction, private=True)
    if interaction.guild is None:
        raise ServerOnlyError
    if not interaction.permissions.manage_channels:
        raise ModeratorsOnlyError
    return interaction.guild, Messages.for_locale(interaction.locale.value)


def _missing_permissions(channel: app_commands.AppCommandChannel, guild: discord.Guild) -> list[str]:
    """What the bot needs in a channel and is not allowed, as discord.py names it."""
    found = channel.resolve()
    granted = discord.Permissions.none() if found is None else found.permissions_for(guild.me)
    needed = _IN_FORUM if channel.type is discord.ChannelType.forum else _IN_CHANNEL
    return [name for name in needed if not getattr(granted, name)]


def _is_first_of_post(message: discord.Message) -> bool:
    """Whether a message is the one that a post in a forum began with: Discord gives both the same id."""
    post = message.channel
    return isinstance(post, discord.Thread) and isinstance(post.parent, discord.ForumChannel) and message.id == post.id


async def _starter_of(thread: discord.Thread) -> discord.Message | None:
    """The first message of a post; ``None`` where it is not there yet."""
    for pause in (*_STARTER_PAUSES, 0.0):
        try:
            return await retrying_connection(partial(thread.fetch_message, thread.id))
        except discord.HTTPException as error:
            if error.status != _NOT_FOUND and error.code != POST_NOT_READY:
                raise
        await asyncio.sleep(pause)
    return None
