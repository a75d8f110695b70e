"""`/ask`, and the message command that asks what a message says."""

from __future__ import annotations

from functools import partial

import discord
from discord import app_commands
from discord.ext import commands

from bot.assistant.assistant import Assistant
from bot.callers import Caller
from bot.client.translator import command_text
from bot.cogs.requests.message_text import question_of
from bot.cogs.responses import choices_of, respond
from bot.live_index.title_search import is_token
from bot.messages.catalogue import Messages
from bot.monitoring.outcomes import Surface
from bot.panels.components import Panel
from bot.rendering.escaping import escape_line
from bot.rendering.limits import shorten

YES, NO = "yes", "no"

_MAX_SHOWN_LENGTH = 150  # of a question, enough to know what was asked


class Ask(commands.Cog):
    """Questions by command."""

    def __init__(self, client: commands.AutoShardedBot, assistant: Assistant) -> None:
        self._client = client
        self._assistant = assistant
        self._menu = app_commands.ContextMenu(name=command_text("menu-find-answer-name"), callback=self._find_answer)

    async def cog_load(self) -> None:
        """Offer the message command, which discord.py doesn't do for cogs."""
        self._client.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        self._client.tree.remove_command(self._menu.name, type=self._menu.type)

    @app_commands.command(name=command_text("cmd-ask-name"), description=command_text("cmd-ask-description"))
    @app_commands.rename(
        question=command_text("cmd-ask-option-question-name"),
        subject=command_text("cmd-ask-option-subject-name"),
        private=command_text("cmd-ask-option-private-name"),
    )
    @app_commands.describe(
        question=command_text("cmd-ask-option-question-description"),
        subject=command_text("cmd-ask-option-subject-description"),
        private=command_text("cmd-ask-option-private-description"),
    )
    @app_commands.choices(
        private=[
            app_commands.Choice(name=command_text("choice-yes"), value=YES),
            app_commands.Choice(name=command_text("choice-no"), value=NO),
        ]
    )
    async def ask(
        self, interaction: discord.Interaction, question: str, subject: str | None = None, private: str = NO
    ) -> None:
        """Answer a question, or show the article that was chosen among the suggestions."""
        is_private = private == YES
        above = "" if is_private or is_token(question) else _asked_by(interaction, question)
        work = partial(self._assistant.ask, question=question, subject=subject, private=is_private, above=above)
        await respond(interaction, self._assistant, work, private=is_private, surface=Surface.ASK)

    @ask.autocomplete("question")
    async def _suggest_question(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        subject, member = interaction.namespace.subject, interaction.user.id
        return choices_of(await self._assistant.suggester.articles(typed, subject, member_id=member))

    @ask.autocomplete("subject")
    async def _suggest_subject(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        locale, member = interaction.locale.value, interaction.user.id
        return choices_of(await self._assistant.suggester.subjects(typed, locale, member_id=member))

    async def _find_answer(self, interaction: discord.Interaction, message: discord.Message) -> None:
        await respond(
            interaction, self._assistant, partial(self._answer_to, message), private=True, surface=Surface.MESSAGE_MENU
        )

    async def _answer_to(self, message: discord.Message, caller: Caller) -> Panel:
        question = question_of(message)
        if not question:
            return await self._assistant.no_text(caller)
        above = Messages.for_locale(caller.locale).t("answer-about-message", link=message.jump_url)
        return await self._assistant.ask(caller, question, private=True, above=above)


def _asked_by(interaction: discord.Interaction, question: str) -> str:
    """A line that says who asked what: Discord shows others that a command was used, but not with which words."""
    asked = escape_line(shorten(" ".join(question.split()), _MAX_SHOWN_LENGTH))
    messages = Messages.for_locale(interaction.locale.value)
    return messages.t("answer-asked-by", member=interaction.user.mention, question=asked) if asked else ""
