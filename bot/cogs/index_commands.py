"""`/index`: admins look after the index while it serves. Who may is checked at every command and every button."""

from __future__ import annotations

import asyncio
import io
import logging
from functools import partial
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.assistant.assistant import Assistant
from bot.client.delivery import (
    NOBODY,
    best_effort,
    caller_of,
    defer_command,
    defer_press,
    deliver,
    retrying_connection,
    tell,
)
from bot.client.error_messages import report
from bot.client.translator import command_text
from bot.client.views import view_of
from bot.cogs.responses import pressed_id
from bot.index_admin.admin import IndexAdmin, new_build_key
from bot.index_admin.build_process import BuildFailedError, BuildStep
from bot.index_admin.ids import IndexAction, is_index_id, read_index_id
from bot.index_admin.index_panels import (
    built_panel,
    events_panel,
    held_panel,
    indexing_panel,
    preview_panel,
    progress_panel,
    rolled_back_panel,
    status_panel,
)
from bot.index_admin.preview_json import preview_file
from bot.member_errors import AlreadyBuildingError, MemberError
from bot.messages.catalogue import Messages
from bot.panels.information import note_panel
from bot.rendering.escaping import escape_line
from bot.rendering.limits import shorten
from embeddings.errors import EmbeddingError
from retrieval.errors import BuildCancelledError, RetrievalError
from retrieval.generations.lock import BuildRunningError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.panels.components import Panel
    from retrieval.lifecycle.outcomes import Rebuild

EDIT_SECONDS = 3.0
"""Least time between two edits of a message that shows a build."""

_MAX_REASON_LENGTH = 500
_EXPECTED = (RetrievalError, EmbeddingError, BuildFailedError, AlreadyBuildingError, OSError)
_log = logging.getLogger(__name__)


class IndexAdministration(commands.Cog):
    """What admins may do with the index."""

    index = app_commands.Group(
        name=command_text("cmd-index-name"),
        description=command_text("cmd-index-description"),
        default_permissions=discord.Permissions(administrator=True),
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
    )

    def __init__(self, assistant: Assistant, admin: IndexAdmin) -> None:
        self._assistant = assistant
        self._admin = admin

    @index.command(name=command_text("cmd-index-status-name"), description=command_text("cmd-index-status-description"))
    async def status(self, interaction: discord.Interaction) -> None:
        messages = await self._begin(interaction)
        await self._show(interaction, status_panel(messages, await self._admin.status()))

    @index.command(
        name=command_text("cmd-index-preview-name"), description=command_text("cmd-index-preview-description")
    )
    async def preview(self, interaction: discord.Interaction) -> None:
        """Show what a rebuild would change, and attach all of it."""
        messages = await self._begin(interaction)
        try:
            found = await self._admin.preview(caller_of(interaction))
        except _EXPECTED as error:
            await self._show(interaction, _failed(messages, error))
            return
        await self._show(interaction, preview_panel(messages, found))
        name, whole = await asyncio.to_thread(preview_file, found)
        await interaction.followup.send(file=discord.File(io.BytesIO(whole), name), ephemeral=True)

    @index.command(
        name=command_text("cmd-index-rebuild-name"), description=command_text("cmd-index-rebuild-description")
    )
    @app_commands.rename(full=command_text("cmd-index-option-full-name"))
    @app_commands.describe(full=command_text("cmd-index-option-full-description"))
    async def rebuild(self, interaction: discord.Interaction, *, full: bool = False) -> None:
        """Build, and show how far it is in a message that everybody here sees."""
        messages = await self._begin(interaction)
        if self._admin.running is not None:
            said = messages.t("index-running")
            await self._show(interaction, note_panel(f"{said} {self._admin.running.link}".strip()))
            return
        holder = await self._admin.holder()
        if holder is not None:
            await self._show(interaction, held_panel(messages, holder))
            return
        caller = caller_of(interaction)
        if not isinstance(interaction.channel, discord.abc.Messageable):
            return
        key = new_build_key()
        build = asyncio.create_task(self._admin.rebuild(caller, key, full=full), name="index build")
        try:
            await asyncio.sleep(0)  # it is under way, so it can be cancelled as soon as its message is seen
            first = progress_panel(messages, caller.member_id, key, BuildStep())
            message = await interaction.channel.send(view=view_of(first), allowed_mentions=NOBODY)
            if self._admin.running is not None and self._admin.running.key == key:
                self._admin.running.link = message.jump_url
            await self._show(interaction, note_panel(message.jump_url))
            await self._follow(build, message, partial(progress_panel, messages, caller.member_id, key))
            await _edit(message, _ended(messages, build))
        finally:
            build.cancel()

    @index.command(
        name=command_text("cmd-index-rollback-name"), description=command_text("cmd-index-rollback-description")
    )
    @app_commands.rename(generation=command_text("cmd-index-option-generation-name"))
    @app_commands.describe(generation=command_text("cmd-index-option-generation-description"))
    async def rollback(self, interaction: discord.Interaction, generation: str | None = None) -> None:
        messages = await self._begin(interaction)
        await self._show(interaction, await self._rolled_back(interaction, messages, generation))

    @rollback.autocomplete("generation")
    async def _generations(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        try:
            self._check(interaction)
            status = await self._admin.status()
        except Exception as error:  # noqa: BLE001  # somebody who types has no use for any error
            await tell(interaction, error, _log)
            return []
        ids = [summary.id for summary in status.earlier if typed.casefold() in summary.id.casefold()]
        return [app_commands.Choice(name=each, value=each) for each in ids[:25]]

    @index.command(
        name=command_text("cmd-index-history-name"), description=command_text("cmd-index-history-description")
    )
    async def history(self, interaction: discord.Interaction) -> None:
        messages = await self._begin(interaction)
        events = await self._admin.events(every=False)
        await self._show(interaction, events_panel(messages, events, every=False))

    @index.command(name=command_text("cmd-index-audit-name"), description=command_text("cmd-index-audit-description"))
    async def audit(self, interaction: discord.Interaction) -> None:
        messages = await self._begin(interaction)
        await self._show(interaction, events_panel(messages, await self._admin.events(every=True), every=True))

    @index.command(
        name=command_text("cmd-index-article-name"), description=command_text("cmd-index-article-description")
    )
    @app_commands.rename(url=command_text("cmd-index-option-url-name"))
    @app_commands.describe(url=command_text("cmd-index-option-url-description"))
    async def article(self, interaction: discord.Interaction, url: str) -> None:
        messages = await self._begin(interaction)
        try:
            panel = indexing_panel(messages, await self._admin.article(url))
        except _EXPECTED as error:
            panel = _failed(messages, error)
        await self._show(interaction, panel)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Do what a button of a build's message is for."""
        custom_id = pressed_id(interaction)
        if not is_index_id(custom_id):
            return
        try:
            await defer_press(interaction)
            self._check(interaction)
            messages = Messages.for_locale(interaction.locale.value)
            pressed = read_index_id(custom_id)
            if pressed.action is IndexAction.CANCEL:
                self._admin.cancel(pressed.argument)
            else:
                panel = await self._rolled_back(interaction, messages, pressed.argument)
                await interaction.followup.send(
                    view=view_of(panel), ephemeral=panel.is_private, allowed_mentions=NOBODY
                )
        except Exception as error:  # noqa: BLE001  # whatever it is, the admin hears of it and the log has it
            await tell(interaction, error, _log)

    async def _follow(
        self, build: asyncio.Task[Rebuild], message: discord.Message, panel_of: Callable[[BuildStep], Panel]
    ) -> None:
        """Show how far a build is until it ends."""
        shown: Panel | None = None
        while not build.done():
            await asyncio.wait({build}, timeout=EDIT_SECONDS)
            running = self._admin.running
            if build.done() or running is None:
                continue
            panel = panel_of(running.step)
            if panel != shown:
                shown = panel
                await _edit(message, panel)

    async def _rolled_back(self, interaction: discord.Interaction, messages: Messages, generation: str | None) -> Panel:
        try:
            before, now = await self._admin.rollback(caller_of(interaction), generation)
        except _EXPECTED as error:
            return _failed(messages, error)
        return rolled_back_panel(messages, before, now)

    async def _begin(self, interaction: discord.Interaction) -> Messages:
        """Defer, and refuse members who are no admins.

        Raises:
            AdminsOnlyError: The member is none, whatever Discord's own settings of the command say.
        """
        await defer_command(interaction, private=True)
        self._check(interaction)
        return Messages.for_locale(interaction.locale.value)

    def _check(self, interaction: discord.Interaction) -> None:
        roles = interaction.user.roles if isinstance(interaction.user, discord.Member) else []
        self._admin.admins.check(interaction.user.id, (role.id for role in roles))

    async def _show(self, interaction: discord.Interaction, panel: Panel) -> None:
        await deliver(interaction, panel, self._assistant, caller_of(interaction))


def _ended(messages: Messages, build: asyncio.Task[Rebuild]) -> Panel:
    """The message of a build that has ended."""
    try:
        return built_panel(messages, build.result())
    except BuildCancelledError:
        return note_panel(messages.t("index-cancelled"))
    except _EXPECTED as error:
        return _failed(messages, error)
    except MemberError as error:
        return note_panel(report(error, _log).text(messages))


def _failed(messages: Messages, error: Exception) -> Panel:
    if isinstance(error, AlreadyBuildingError | BuildRunningError):
        return held_panel(messages, error.holder)
    reason = escape_line(shorten(str(error), _MAX_REASON_LENGTH))
    return note_panel(messages.t("index-failed", reason=reason))


async def _edit(message: discord.Message, panel: Panel) -> None:
    """Show a panel in a message; if that cannot be, as somebody has deleted it, the build goes on without."""
    with best_effort(_log, "the message of a build was not edited"):
        await retrying_connection(lambda: message.edit(view=view_of(panel), allowed_mentions=NOBODY))
