"""What a message asks: its text, without mentions and other things that are no words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import discord

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_NO_WORDS = re.compile(r"<(?:@[!&]?|#)\d+>|<a?:\w+:\d+>|<t:-?\d+(?::\w)?>|@(?:everyone|here)\b")
_SPACES = re.compile(r"[^\S\n]+")
_WORD = re.compile(r"\w+")


def text_of(message: discord.Message) -> str:
    """Everything that a message says: its content, and what is in its embeds, components and forwarded messages."""
    parts = [message.content]
    for snapshot in message.message_snapshots:
        parts += [snapshot.content, *_in_embeds(snapshot.embeds)]
    parts += _in_embeds(message.embeds)
    parts += _in_components(message.components)
    return "\n".join(part for part in parts if part)


def question_of(message: discord.Message) -> str:
    """What a message asks, ready to be searched for; empty where it has no words that the bot can read."""
    return without_mentions(text_of(message))


def without_mentions(text: str) -> str:
    """The text without mentions, custom emoji and times of Discord's own, which say nothing to a search."""
    lines = (_SPACES.sub(" ", line).strip() for line in _NO_WORDS.sub(" ", text).splitlines())
    plain = "\n".join(line for line in lines if line)
    return plain if _WORD.search(plain) else ""


def mentions(text: str, user_id: int) -> bool:
    """Whether a user is mentioned in the text itself, rather than by a reply."""
    return re.search(rf"<@!?{user_id}>", text) is not None


def _in_embeds(embeds: Iterable[discord.Embed]) -> Iterator[str]:
    for embed in embeds:
        yield from (embed.title or "", embed.description or "")
        for field in embed.fields:
            yield from (field.name or "", field.value or "")


def _in_components(components: Sequence[object]) -> Iterator[str]:
    for component in components:
        if isinstance(component, discord.TextDisplay):
            yield component.content
        elif isinstance(component, discord.Container | discord.SectionComponent):
            yield from _in_components(component.children)
