"""`/help`, `/about` and `/forget-me`: each for the member alone."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.assistant.assistant import Assistant
from bot.client.translator import command_text
from bot.cogs.responses import respond


class Information(commands.Cog):
    """What the bot tells about itself and about the member."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    @app_commands.command(name=command_text("cmd-help-name"), description=command_text("cmd-help-description"))
    async def help(self, interaction: discord.Interaction) -> None:
        await respond(interaction, self._assistant, self._assistant.help, private=True)

    @app_commands.command(name=command_text("cmd-about-name"), description=command_text("cmd-about-description"))
    async def about(self, interaction: discord.Interaction) -> None:
        await respond(interaction, self._assistant, self._assistant.about, private=True)

    @app_commands.command(
        name=command_text("cmd-forget-me-name"), description=command_text("cmd-forget-me-description")
    )
    async def forget_me(self, interaction: discord.Interaction) -> None:
        await respond(interaction, self._assistant, self._assistant.forget_me, private=True)
