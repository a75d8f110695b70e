"""Every button and every select of the bot's messages: one listener, so that they work after a restart too."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import discord
from discord.ext import commands

from bot.assistant import Assistant
from bot.delivery import acknowledge, caller_of, perform, tell
from bot.replies.custom_ids import is_ours

if TYPE_CHECKING:
    from collections.abc import Hashable

_log = logging.getLogger(__name__)


class Buttons(commands.Cog):
    """What is pressed and chosen.

    Args:
        assistant: What knows what it does.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._under_way: set[Hashable] = set()

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Do what a button or a choice is for."""
        data: dict[str, Any] = dict(interaction.data or {})
        custom_id = data.get("custom_id", "")
        if interaction.type is not discord.InteractionType.component or not is_ours(custom_id):
            return
        if interaction.message is None:  # Discord sends it with every press
            return
        press = (interaction.message.id, custom_id, tuple(data.get("values", ())))
        try:
            await acknowledge(interaction)
            await self._once(interaction, press)
        except Exception as error:  # noqa: BLE001  # whatever it is, the member hears of it and the log has it
            await tell(interaction, error, _log)

    async def _once(self, interaction: discord.Interaction, press: tuple[int, str, tuple[str, ...]]) -> None:
        """Do it, unless the same member has pressed the same just now and it is still being done."""
        under_way = (interaction.user.id, press)
        if under_way in self._under_way:
            return
        self._under_way.add(under_way)
        try:
            caller = caller_of(interaction)
            effects = await self._assistant.press(caller, *press)
            await perform(interaction, effects, self._assistant, caller)
        finally:
            self._under_way.discard(under_way)
