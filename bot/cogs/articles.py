"""`/article`, `/related` and `/browse`: articles by their titles and subjects, without a question."""

from __future__ import annotations

from functools import partial

import discord
from discord import app_commands
from discord.ext import commands

from bot.assistant.assistant import Assistant
from bot.client.translator import command_text
from bot.cogs.responses import choices_of, respond


class Articles(commands.Cog):
    """Articles by title and subject."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    @app_commands.command(name=command_text("cmd-article-name"), description=command_text("cmd-article-description"))
    @app_commands.rename(title=command_text("cmd-article-option-title-name"))
    @app_commands.describe(title=command_text("cmd-article-option-title-description"))
    async def article(self, interaction: discord.Interaction, title: str) -> None:
        await respond(interaction, self._assistant, partial(self._assistant.article, title=title))

    @app_commands.command(name=command_text("cmd-related-name"), description=command_text("cmd-related-description"))
    @app_commands.rename(title=command_text("cmd-related-option-title-name"))
    @app_commands.describe(title=command_text("cmd-related-option-title-description"))
    async def related(self, interaction: discord.Interaction, title: str) -> None:
        await respond(interaction, self._assistant, partial(self._assistant.related, title=title))

    @app_commands.command(name=command_text("cmd-browse-name"), description=command_text("cmd-browse-description"))
    @app_commands.rename(subject=command_text("cmd-browse-option-subject-name"))
    @app_commands.describe(subject=command_text("cmd-browse-option-subject-description"))
    async def browse(self, interaction: discord.Interaction, subject: str | None = None) -> None:
        await respond(interaction, self._assistant, partial(self._assistant.browse, subject=subject))

    @article.autocomplete("title")
    @related.autocomplete("title")
    async def _suggest_title(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return choices_of(await self._assistant.suggester.articles(typed, member_id=interaction.user.id))

    @browse.autocomplete("subject")
    async def _suggest_subject(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        locale, member = interaction.locale.value, interaction.user.id
        return choices_of(await self._assistant.suggester.subjects(typed, locale, member_id=member))
