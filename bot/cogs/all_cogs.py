"""Every cog of the bot, wired."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cogs.articles import Articles
from bot.cogs.ask import Ask
from bot.cogs.buttons import Buttons
from bot.cogs.channels import Channels
from bot.cogs.conversation import Conversation
from bot.cogs.housekeeping import Housekeeping
from bot.cogs.index_commands import IndexAdministration
from bot.cogs.information import Information

if TYPE_CHECKING:
    from discord.ext import commands

    from bot.assistant.assistant import Assistant
    from bot.index_admin.admin import IndexAdmin
    from bot.storage.storage import Storage


def all_cogs(
    client: commands.AutoShardedBot, assistant: Assistant, storage: Storage, index_admin: IndexAdmin | None = None
) -> list[commands.Cog]:
    """The cogs of a client.

    Args:
        index_admin: What admins do with the index; without it, nobody can from Discord.
    """
    administration = [IndexAdministration(assistant, index_admin)] if index_admin is not None else []
    return [
        *administration,
        Ask(client, assistant),
        Articles(assistant),
        Information(assistant),
        Buttons(assistant),
        Conversation(client, assistant),
        Channels(client, assistant, storage.channels, storage.posts),
        Housekeeping(storage),
    ]
