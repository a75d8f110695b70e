"""Permissions by the names that Discord's own clients show."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.messages.catalogue import Messages


def permission_name(messages: Messages, permission: str) -> str:
    """The name of a permission in the reader's language; in English where the catalogue has none.

    Args:
        permission: As discord.py has it, such as ``send_messages``.
    """
    key = f"permission-{permission.replace('_', '-')}"
    return messages.t(key) if key in messages.keys else permission.replace("_", " ").title()
