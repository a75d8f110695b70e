"""The bot's own texts in the member's language, from `locales/<language>/*.ftl`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast

if TYPE_CHECKING:
    from collections.abc import Mapping

SOURCE_LANGUAGE = "en"
"""The language that the others are translated from, and the last resort of every other language."""

LANGUAGES = (SOURCE_LANGUAGE, "es", "fr", "de", "pt-BR")

_DISCORD_LOCALES = {"es-ES": "es", "es-419": "es", "fr": "fr", "de": "de", "pt-BR": "pt-BR"}
"""Discord's codes of the translated languages; what Discord shows in all others is the English text."""

Argument = str | int | float


class CatalogueError(Exception):
    """A text cannot be made: no such key, a missing argument, or a file that is not sound Fluent. Always a defect."""


class Messages:
    """The texts of one language. Safe to use from several threads.

    Args:
        language: One of `LANGUAGES`.

    Raises:
        CatalogueError: The language's files hold something that is not Fluent, or a key twice.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        # Marks around arguments would be invisible characters inside of links, mentions and names of commands.
        self._bundle = FluentBundle([language], use_isolating=False)
        self._keys: list[str] = []
        for name, source in _sources(language).items():
            self._add(name, source)

    @classmethod
    def for_locale(cls, locale: str | None) -> Messages:
        """The texts for a member with this locale: in that very language, else without the region, else in English.

        Args:
            locale: A code such as Discord gives, ``pt-BR`` or ``es-419``, or ``None`` where nobody is known.
        """
        return _messages(_language_for(locale or SOURCE_LANGUAGE))

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key, in the order of the files."""
        return tuple(self._keys)

    def t(self, key: str, /, **arguments: Argument) -> str:
        """The text of a key.

        Args:
            key: Such as ``button-read-more``.
            arguments: What the text leaves open. Numbers are written as the language does, and choose the plural.

        Raises:
            CatalogueError: There is no such key, or an argument is missing.
        """
        if not self._bundle.has_message(key):
            raise CatalogueError(f"{self.language}: there is no text {key}; see bot/messages/locales")
        value = self._bundle.get_message(key).value
        if value is None:
            raise CatalogueError(f"{self.language}: {key} has no text of its own")
        text, errors = self._bundle.format_pattern(value, arguments)
        if errors:
            raise CatalogueError(f"{self.language}: {key}: {'; '.join(map(str, errors))}")
        return str(text)

    def permission(self, name: str) -> str:
        """A permission such as ``send_messages`` as Discord's own clients name it; in English where no text does."""
        key = f"permission-{name.replace('_', '-')}"
        return self.t(key) if self._bundle.has_message(key) else name.replace("_", " ").title()

    def _add(self, name: str, source: str) -> None:
        resource = FluentResource(source)
        for entry in resource.body:
            if isinstance(entry, ast.Junk):
                start = entry.span.start if entry.span else 0
                line = source.count("\n", 0, start) + 1
                raise CatalogueError(f"{self.language}/{name}:{line}: {entry.annotations[0].message}")
            if isinstance(entry, ast.Message):
                if self._bundle.has_message(entry.id.name):
                    raise CatalogueError(f"{self.language}/{name}: {entry.id.name} is there twice")
                self._keys.append(entry.id.name)
                self._bundle.add_resource(ast.Resource([entry]))


def command_localizations(key: str) -> Mapping[str, str]:
    """The translations of a command's name or description by Discord's code of the language, without English."""
    return {locale: _messages(language).t(key) for locale, language in _DISCORD_LOCALES.items()}


def _language_for(locale: str) -> str:
    exact = {language.casefold(): language for language in LANGUAGES}
    by_tongue = {language.partition("-")[0]: language for language in LANGUAGES}
    code = locale.replace("_", "-").casefold()
    return exact.get(code) or by_tongue.get(code.partition("-")[0]) or SOURCE_LANGUAGE


@cache
def _messages(language: str) -> Messages:
    return Messages(language)


def _sources(language: str) -> dict[str, str]:
    folder = files("bot.messages") / "locales" / language
    found = sorted((file for file in folder.iterdir() if file.name.endswith(".ftl")), key=lambda file: file.name)
    return {file.name: file.read_text(encoding="utf-8") for file in found}
