"""The buttons and selects below a panel, and lists of articles to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.live_index.title_search import MAX_CHOICES, make_label, token_of
from bot.panels.components import Button, ButtonStyle, Option, Row, Select
from bot.panels.custom_ids import ButtonAction, make_id
from bot.rendering.escaping import escape_short, shorten_escaped, visible
from bot.rendering.limits import text_length
from bot.rendering.titles import plain_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.messages.catalogue import Messages
    from bot.storage.records import Memory
    from retrieval.domain import Article


MAX_ABOVE_LENGTH = 600
"""Maximum length of the line above a panel."""


MAX_EARLIER_LENGTH = 200
"""Maximum length of the earlier question in a follow-up's small line."""


def above_line(memory: Memory) -> str:
    """The line above a panel."""
    return shorten_escaped(memory.above, MAX_ABOVE_LENGTH)


def follow_up_line(messages: Messages, earlier: str) -> str:
    """The small line that names the question a follow-up was taken to refer to; empty where there is none."""
    if not earlier:
        return ""
    return f"-# {messages.t('answer-follow-up', question=escape_short(earlier, MAX_EARLIER_LENGTH))}"


def count_components(rows: Iterable[Row]) -> int:
    """How many of Discord's components rows are: each row, each button and each select."""
    return sum(1 + (1 if isinstance(row, Select) else len(row)) for row in rows)


def rating_row(messages: Messages, *, can_share: bool) -> Row:
    """Helpful or not, share where the message is private, delete."""
    share = (Button(messages.t("button-share"), make_id(ButtonAction.SHARE), ButtonStyle.PRIMARY),) if can_share else ()
    return (
        Button(messages.t("button-helpful"), make_id(ButtonAction.HELPFUL), ButtonStyle.SUCCESS),
        Button(messages.t("button-not-helpful"), make_id(ButtonAction.NOT_HELPFUL)),
        *share,
        delete_button(messages),
    )


def delete_button(messages: Messages) -> Button:
    """Removes the message."""
    return Button(messages.t("button-delete"), make_id(ButtonAction.DELETE), ButtonStyle.DANGER)


def article_select(action: ButtonAction, placeholder: str, articles: Iterable[Article]) -> tuple[Row, ...]:
    """A select of articles by their questions, each once; nothing where there are none."""
    chosen = list({article.url: article for article in articles}.values())[:MAX_CHOICES]
    if not chosen:
        return ()
    options = tuple(article_option(article.question, article.url, article.subject.name) for article in chosen)
    return (Select(make_id(action), placeholder, options),)


def article_option(question: str, url: str, description: str = "") -> Option:
    """A line of a select that stands for an article."""
    return Option(
        plain_label(plain_title(question)), token_of(url), plain_label(description) if description.strip() else ""
    )


def plain_label(text: str) -> str:
    """A text as a label or description, which Discord shows without formatting it."""
    return make_label(visible(text).replace("\n", " ")).strip() or "-"


def turning_row(messages: Messages, ids: Sequence[str], page: int, pages: int) -> tuple[Button, Button, Button]:
    """Previous page, which page this is, next page.

    Args:
        ids: Ids of the previous and of the next page, with different marks.
        page: 1-based.
    """
    return (
        Button(messages.t("button-previous-page"), ids[0], is_disabled=page <= 1),
        page_button(messages, page, pages),
        Button(messages.t("button-next-page"), ids[1], is_disabled=page >= pages),
    )


def page_button(messages: Messages, page: int, pages: int) -> Button:
    """Tells which page is shown; it cannot be pressed."""
    label = messages.t("button-page-number", page=page, pages=pages)
    return Button(label, make_id(ButtonAction.READ, page, mark="here"), is_disabled=True)


def lines_that_fit(lines: Iterable[str], room: int) -> str:
    """As many lines from the first on as fit into so many UTF-16 code units."""
    kept: list[str] = []
    for line in lines:
        room -= text_length(line) + 1
        if room < 0:
            break
        kept.append(line)
    return "\n".join(kept)
