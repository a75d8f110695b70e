"""The client: one connection to Discord, as little memory as it takes, and the cogs that do the work."""

from __future__ import annotations

import asyncio
import logging
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.callers import Names
from bot.client.command_sync import sync_commands
from bot.client.delivery import tell
from bot.client.startup_errors import ShardsTakenError, StartupError
from bot.client.translator import CatalogueTranslator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.assistant.assistant import Assistant
    from bot.client.shards import ShardCoordinator
    from bot.storage.channels import State

_log = logging.getLogger(__name__)

PERMISSIONS = discord.Permissions(
    view_channel=True,  # to hear of messages at all
    send_messages=True,
    send_messages_in_threads=True,
    attach_files=True,  # pictures of formulas
    read_message_history=True,  # to reply to a message
)
"""What the bot needs in a server, and nothing more."""


def intents(*, message_content: bool) -> discord.Intents:
    """The events that the bot wants to hear of.

    Args:
        message_content: Whether it may read messages that are not addressed to it, which the developer portal must
            allow; it is needed for question channels and the texts of forum posts alone.
    """
    return discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=message_content)


class ReportingCommandTree(app_commands.CommandTree):
    """A command tree that tells members of errors, with a reference that the log carries."""

    async def on_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError, /) -> None:
        """Tell the member, and log."""
        await tell(interaction, error, _log)


class QuicktakesBot(commands.AutoShardedBot):
    """The bot as Discord sees it.

    Args:
        assistant: What answers; it is told how the bot and its commands are called.
        state: Remembers which commands were synced.
        guild_id: Offer the commands in this server alone; for development.
        shards: Agrees with other processes on who serves which servers; without it, this one serves all of them.
    """

    def __init__(  # noqa: PLR0913  # what it needs of the rest of the program
        self,
        assistant: Assistant,
        state: State,
        make_cogs: Callable[[commands.AutoShardedBot], Iterable[commands.Cog]],
        *,
        message_content: bool = False,
        guild_id: int | None = None,
        shards: ShardCoordinator | None = None,
    ) -> None:
        # discord.py would warn that its packages for voice are missing; the bot has no voice.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            command_prefix=commands.when_mentioned,  # there are no such commands; any other prefix asks for an intent
            help_command=None,
            tree_cls=ReportingCommandTree,
            intents=intents(message_content=message_content),
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
        )
        self._assistant = assistant
        self._state = state
        self._make_cogs = make_cogs
        self._guild_id = guild_id
        self._shards = shards
        self._watching: asyncio.Task[None] | None = None
        self._ended_by: StartupError | None = None

    async def start(self, token: str, *, reconnect: bool = True) -> None:
        """Connect, and stay connected.

        Raises:
            ShardsTakenError: Another process has taken this one's shards.
        """
        await super().start(token, reconnect=reconnect)
        if self._ended_by is not None:
            raise self._ended_by

    async def setup_hook(self) -> None:
        """Claim the shards, load the cogs and sync the commands, once the token has turned out to be good."""
        await self.tree.set_translator(CatalogueTranslator())
        for cog in self._make_cogs(self):
            await self.add_cog(cog)
        if self.application_id is None or self.user is None:
            raise RuntimeError("setup before login")
        if self._shards is not None:
            await self._claim_shards(self._shards, self.application_id)
        async with nullcontext() if self._shards is None else self._shards.alone(f"commands {self.application_id}"):
            mentions = await sync_commands(
                self.tree, self._state, application_id=self.application_id, guild_id=self._guild_id
            )
        self._assistant.names = Names(self.user.mention, mentions)

    async def _claim_shards(self, shards: ShardCoordinator, application_id: int) -> None:
        advised, _, limits = await self.http.get_bot_gateway()
        ids, count = await shards.claim(application_id, advised, discord.SessionStartLimits(**limits))
        self.shard_ids, self.shard_count = list(ids), count
        if count > 1:
            _log.info("serving shards %d to %d of %d", ids[0], ids[-1], count)
        self._watching = asyncio.create_task(self._end_when_taken(shards), name="shards")

    async def _end_when_taken(self, shards: ShardCoordinator) -> None:
        await shards.taken()
        self._ended_by = ShardsTakenError()
        await self.close()

    async def close(self) -> None:
        """Close the connection."""
        if self._watching is not None and self._watching is not asyncio.current_task():
            self._watching.cancel()
        await super().close()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait until a shard may identify."""
        if self._shards is None or shard_id is None:
            await super().before_identify_hook(shard_id, initial=initial)
        else:
            await self._shards.wait_for_turn(shard_id, self.fetch_session_start_limits)

    async def on_ready(self) -> None:
        """Log that members can ask now, and how to have the bot in a server."""
        _log.info("ready as %s; servers: %d; to invite it: %s", self.user, len(self.guilds), self.invite)

    async def on_message(self, message: discord.Message, /) -> None:
        """Leave messages to the cogs: there are no commands by prefix."""

    async def on_error(self, event_method: str, /, *_args: Any, **_kwargs: Any) -> None:  # noqa: ANN401  # whatever the event carries
        """Log an error in a listener; what members must hear is told where it happens."""
        _log.exception("error in %s", event_method)

    @property
    def invite(self) -> str:
        """The link with which a server's admin installs the bot, with exactly the permissions that it needs."""
        client_id = self.application_id or 0
        return discord.utils.oauth_url(client_id, permissions=PERMISSIONS, scopes=("bot", "applications.commands"))
