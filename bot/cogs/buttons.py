"""Every button and every select of the bot's messages: one listener, so that they work after a restart too."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any

import discord
from discord.ext import commands

from bot.assistant.assistant import Assistant
from bot.client.delivery import caller_of, defer_press, perform, tell
from bot.client.error_messages import report
from bot.cogs.responses import pressed_id
from bot.member_errors import CooldownError, MemberBusyError
from bot.monitoring.outcomes import Surface
from bot.panels.custom_ids import is_panel_id
from bot.workload.cooldowns import Allowance, TokenBuckets
from bot.workload.member_gates import MemberGates

if TYPE_CHECKING:
    from collections.abc import Hashable

_NOTICES = Allowance(3, 2.0)
"""How often a member is told that it is too much; whoever goes on and on need not read it each time."""

_log = logging.getLogger(__name__)


class Buttons(commands.Cog):
    """Handles buttons and selects."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._under_way: set[Hashable] = set()
        self._gates = MemberGates()
        self._notices = TokenBuckets(_NOTICES, time.monotonic)

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction) -> None:
        custom_id = pressed_id(interaction)
        if not is_panel_id(custom_id) or interaction.message is None:  # Discord sends the message with every press
            return
        data: dict[str, Any] = dict(interaction.data or {})
        press = (interaction.message.id, custom_id, tuple(data.get("values", ())))
        try:
            with self._assistant.monitor.observed(Surface.BUTTON):
                async with self._gates.passing(interaction.user.id):
                    await defer_press(interaction)
                await self._once(interaction, press)
        except (CooldownError, MemberBusyError) as error:
            await self._tell_now_and_then(interaction, error)
        except Exception as error:  # noqa: BLE001  # whatever it is, the member hears of it and the log has it
            await tell(interaction, error, _log)

    async def _tell_now_and_then(self, interaction: discord.Interaction, error: Exception) -> None:
        if self._notices.wait(interaction.user.id):
            report(error, _log)
            return
        self._notices.take(interaction.user.id)
        await tell(interaction, error, _log)

    async def _once(self, interaction: discord.Interaction, press: tuple[int, str, tuple[str, ...]]) -> None:
        """Handle a press, unless the same press of the same member is still being handled."""
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
