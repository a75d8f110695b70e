"""The command tree, which tells members of errors, with a reference that the log carries."""

from __future__ import annotations

import logging

import discord
from discord import app_commands

from bot.client.delivery import tell

_log = logging.getLogger(__name__)


class ReportingCommandTree(app_commands.CommandTree):
    """A command tree that tells members of errors."""

    async def on_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError, /) -> None:
        """Tell the member, and log."""
        await tell(interaction, error, _log)
