"""Names and descriptions of commands, out of the catalogue; `bot.client.translator` finds the other languages by the key."""

from __future__ import annotations

from discord.app_commands import locale_str

from bot.messages.catalogue import SOURCE_LANGUAGE, Messages


def command_text(key: str) -> locale_str:
    """The English text of a key such as ``cmd-ask-name``, together with the key."""
    return locale_str(Messages.for_locale(SOURCE_LANGUAGE).t(key), key=key)
