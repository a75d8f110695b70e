"""The render context that all panels share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.callers import Names

if TYPE_CHECKING:
    from bot.messages.catalogue import Messages
    from bot.rendering.discord_markdown import FormulaDrawer


@dataclass(frozen=True, slots=True)
class RenderContext:
    """What a panel needs besides its content.

    Attributes:
        messages: The bot's own words, in the reader's language.
        site_url: Address of the site that the articles are on, without a slash at its end.
        draw: Draws display formulas.
        names: How the bot and its commands are called.
    """

    messages: Messages
    site_url: str
    draw: FormulaDrawer
    names: Names = Names()  # noqa: RUF009  # frozen
