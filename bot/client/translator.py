"""Commands in the languages of the catalogue, as Discord asks for them when commands are synced."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.messages.catalogue import SOURCE_LANGUAGE, Messages, command_localizations

if TYPE_CHECKING:
    from collections.abc import Mapping


class CatalogueTranslator(app_commands.Translator):
    """Translates the texts of `bot.client.translator` by the keys that they carry."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,  # noqa: ARG002  # the base class names it
    ) -> str | None:
        """The text in a language; ``None`` where the catalogue does not have that language, or the text no key."""
        key = string.extras.get("key")
        return None if key is None else _localizations(key).get(locale.value)


@cache
def _localizations(key: str) -> Mapping[str, str]:
    return command_localizations(key)


def command_text(key: str) -> locale_str:
    """The English text of a key such as ``cmd-ask-name``, together with the key."""
    return locale_str(Messages.for_locale(SOURCE_LANGUAGE).t(key), key=key)
