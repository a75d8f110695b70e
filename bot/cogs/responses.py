"""How commands respond: defer at once, work, show the panel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.client.delivery import caller_of, defer_command, deliver
from bot.monitoring.outcomes import Surface

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.assistant.assistant import Assistant
    from bot.callers import Caller
    from bot.live_index.title_search import Choice
    from bot.panels.components import Panel


async def respond(
    interaction: discord.Interaction,
    assistant: Assistant,
    work: Callable[[Caller], Awaitable[Panel]],
    *,
    private: bool = False,
    surface: Surface = Surface.OTHER_COMMAND,
) -> None:
    """Answer a command with a panel.

    Args:
        work: Makes the panel for whoever used the command. What it raises is told by the command tree.
        private: Only the member sees the panel. Discord wants to know before anything is worked out.
        surface: What the command is for whoever observes the bot.
    """
    with assistant.monitor.observed(surface):
        await defer_command(interaction, private=private)
        caller = caller_of(interaction)
        await deliver(interaction, await work(caller), assistant, caller)


def pressed_id(interaction: discord.Interaction) -> str:
    """The id of the button or select that was used; empty where it was none."""
    data: dict[str, Any] = dict(interaction.data or {})
    return str(data.get("custom_id", "")) if interaction.type is discord.InteractionType.component else ""


def choices_of(suggestions: Sequence[Choice]) -> list[app_commands.Choice[str]]:
    """Suggestions as Discord takes them."""
    return [app_commands.Choice(name=found.label, value=found.value) for found in suggestions]
