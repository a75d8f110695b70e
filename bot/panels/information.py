"""Panels about the bot itself, and short notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.panels.components import Panel, Rule
from bot.rendering.blocks import TextBlock
from bot.rendering.escaping import escape_line

if TYPE_CHECKING:
    from bot.panels.context import RenderContext


@dataclass(frozen=True, slots=True)
class BotFacts:
    """Figures of the bot for its `about` panel.

    Attributes:
        generation: Id of the index generation that serves.
        days: After how many days what is remembered of members is deleted.
    """

    articles: int
    subjects: int
    generation: str
    version: str
    days: int


def help_panel(context: RenderContext) -> Panel:
    """How to ask, and what the buttons do."""
    messages, names = context.messages, context.names
    ask = messages.t("help-ask", ask=names.command("ask"), bot=names.bot)
    find = messages.t(
        "help-find",
        article=names.command("article"),
        related=names.command("related"),
        browse=names.command("browse"),
    )
    return Panel(
        body=(
            TextBlock(f"### {messages.t('help-title')}\n{ask}\n{find}"),
            TextBlock(f"### {messages.t('help-buttons-title')}\n{messages.t('help-buttons')}"),
            Rule(),
            TextBlock(f"-# {messages.t('help-honest')}"),
        ),
        is_private=True,
    )


def about_panel(context: RenderContext, facts: BotFacts) -> Panel:
    """What the bot is, what it knows, and what it remembers."""
    messages = context.messages
    versions = messages.t("about-versions", generation=escape_line(facts.generation), version=facts.version)
    privacy = messages.t("privacy-text", days=facts.days, command=context.names.command("forget-me"))
    return Panel(
        body=(
            TextBlock(
                f"### {messages.t('about-title', bot=context.names.bot)}\n{messages.t('about-text')}\n"
                f"{messages.t('about-articles', count=facts.articles, subjects=facts.subjects)}\n-# {versions}"
            ),
            TextBlock(f"### {messages.t('privacy-title')}\n{privacy}"),
        ),
        is_private=True,
    )


def greeting_panel(context: RenderContext, *, direct: bool) -> Panel:
    """What to say where nothing was asked: in a direct message, or to a bare mention."""
    messages = context.messages
    text = messages.t("dm-welcome") if direct else messages.t("mention-empty", command=context.names.command("ask"))
    return Panel((TextBlock(text),))


def note_panel(text: str) -> Panel:
    """A short text for one member alone."""
    return Panel((TextBlock(text),), is_private=True)


def farewell(context: RenderContext) -> str:
    """The last line of an answer that nobody asked for."""
    return f"-# {context.messages.t('forum-farewell')}"
