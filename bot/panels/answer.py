"""An article as a message: the excerpt that answers, and the whole article page by page."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.messages.confidence import confidence_key
from bot.panels.components import Button, ButtonStyle, Panel, Row, Rule
from bot.panels.controls import (
    MAX_ABOVE_LENGTH,
    MAX_EARLIER_LENGTH,
    above_line,
    article_select,
    count_components,
    follow_up_line,
    rating_row,
    turning_row,
)
from bot.panels.custom_ids import ButtonAction, make_id
from bot.panels.information import farewell
from bot.rendering.blocks import Page, TextBlock
from bot.rendering.discord_markdown import render_markdown
from bot.rendering.escaping import escape_short
from bot.rendering.limits import MESSAGE_COMPONENTS, MESSAGE_FILES, MESSAGE_TEXT, text_length
from bot.rendering.links import safe_url
from bot.rendering.pages import Room, make_pages
from bot.rendering.reply_text import article_heading, excerpt_blocks, heading_trail, meta_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.messages.catalogue import Messages
    from bot.panels.context import RenderContext
    from bot.rendering.blocks import Block
    from bot.storage.records import Memory
    from retrieval.domain import Article, Excerpt

_MAX_SUBJECTS_LENGTH = 200
_AROUND = 7  # components besides blocks and rows: above, frame, heading, cut note, rule, small print, farewell


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """An article and what is said about it.

    Attributes:
        article: The article.
        excerpt: What of it answers.
        others: Other articles to choose from, best first.
        also_in: Names of other subjects in which the same question is answered.
        has_related: Whether it names related articles that exist.
    """

    article: Article
    excerpt: Excerpt
    others: tuple[Article, ...] = ()
    also_in: tuple[str, ...] = ()
    has_related: bool = False


def answer_panel(context: RenderContext, shown: ShownArticle, memory: Memory, *, is_private: bool) -> Panel:
    """The excerpt under the article's question, with what can be done next.

    Of an excerpt that is too long for a message, the part that holds the answering sentence is shown.

    Args:
        memory: What is remembered of the message; its `page` is 0.
        is_private: Only the asker sees it, so it can be shared.
    """
    rows = (
        _reading_row(context, shown, memory),
        rating_row(context.messages, can_share=is_private),
        *article_select(ButtonAction.CHOOSE, context.messages.t("select-other-matches"), shown.others),
    )
    blocks, above = excerpt_blocks(shown.excerpt, context.draw, context.site_url), above_line(memory)
    body, is_cut = _answer_body(context, shown, memory, blocks, _room(context, above, rows))
    if is_cut:
        brief = replace(shown, excerpt=replace(shown.excerpt, heading_path=()), also_in=())
        terse = replace(memory, follow_up_to="")
        shorter, is_still_cut = _answer_body(context, brief, terse, blocks, _room(context, above, rows))
        body = body if is_still_cut else shorter
    return Panel(body, rows, above, is_private=is_private, memory=memory)


def page_panel(context: RenderContext, shown: ShownArticle, memory: Memory, *, is_private: bool) -> Panel:
    """A page of the whole article; a page beyond the first or last is the first or last.

    Args:
        shown: The article; its excerpt is not used.
        memory: What is remembered of the message; `page` is the page that is wanted.
        is_private: Only the asker sees it, so it can be shared.
    """
    pages = pages_of(context, shown.article)
    number = min(max(memory.page, 1), max(len(pages), 1))
    return Panel(
        body=(
            TextBlock(article_heading(shown.article, context.site_url)),
            *(pages[number - 1].blocks if pages else ()),
            Rule(),
            *_foot(context, memory, [meta_line(shown.article)]),
        ),
        rows=_page_rows(context.messages, number, len(pages), can_share=is_private),
        above=above_line(memory),
        is_private=is_private,
        memory=replace(memory, page=number),
    )


def pages_of(context: RenderContext, article: Article) -> tuple[Page, ...]:
    """The whole article, cut into what fits into a message each, whatever stands above it."""
    blocks = render_markdown(article.answer, context.draw, context.site_url)
    room = _room(context, "x" * MAX_ABOVE_LENGTH, _page_rows(context.messages, 1, 1, can_share=True))
    longest = follow_up_line(context.messages, "x" * MAX_EARLIER_LENGTH)
    around = sum(map(text_length, (article_heading(article, context.site_url), meta_line(article), longest))) + 1
    return make_pages(blocks, replace(room, text=room.text - around))


def _room(context: RenderContext, above: str, rows: Sequence[Row]) -> Room:
    """What is left for blocks, if the note that they are cut and the farewell of an unasked answer stand there too."""
    notes = (_cut_note(context), farewell(context))
    text = MESSAGE_TEXT - text_length(above) - sum(map(text_length, notes))
    return Room(text, MESSAGE_COMPONENTS - _AROUND - count_components(rows), MESSAGE_FILES)


def _answer_body(
    context: RenderContext, shown: ShownArticle, memory: Memory, blocks: Sequence[Block], room: Room
) -> tuple[tuple[Block | Rule, ...], bool]:
    """What stands in the frame, and whether the excerpt had to be cut for it."""
    head, foot = _head(context, shown), _foot(context, memory, _small_print(context, shown, memory))
    small = foot[0].markdown  # there is room for the farewell
    left = replace(room, text=room.text - text_length(head) - text_length(small))
    part, is_cut = _part_with_answer(context, shown.excerpt, blocks, left)
    note = (TextBlock(_cut_note(context)),) if is_cut else ()
    return (TextBlock(head), *part, *note, Rule(), *foot), is_cut


def _part_with_answer(
    context: RenderContext, excerpt: Excerpt, blocks: Sequence[Block], room: Room
) -> tuple[tuple[Block, ...], bool]:
    """As many blocks as fit, from as early on as leaves room for the answer's; and whether some are left out."""
    pages = make_pages(blocks, room)
    if len(pages) <= 1:
        return (pages[0].blocks if pages else ()), False
    until = excerpt.text[: max(excerpt.best_in_text[1], 0)]
    place = min(max(len(render_markdown(until, context.draw, context.site_url)), 1), len(blocks)) - 1
    start = bisect_left(range(place), 1, key=lambda first: len(make_pages(blocks[first : place + 1], room)) <= 1)
    return make_pages(blocks[start:], room)[0].blocks, True


def _cut_note(context: RenderContext) -> str:
    return f"-# {context.messages.t('answer-cut')}"


def _head(context: RenderContext, shown: ShownArticle) -> str:
    lines = (article_heading(shown.article, context.site_url), heading_trail(shown.excerpt))
    return "\n".join(filter(None, lines))


def _foot(context: RenderContext, memory: Memory, small_print: Sequence[str]) -> tuple[TextBlock, ...]:
    """Small print, and what an answer says of itself however often another page or article takes its place."""
    lines = filter(None, (*small_print, follow_up_line(context.messages, memory.follow_up_to)))
    small = TextBlock("\n".join(lines))
    return (small, TextBlock(farewell(context))) if memory.is_volunteered else (small,)


def _small_print(context: RenderContext, shown: ShownArticle, memory: Memory) -> list[str]:
    """Subject, author and date; how sure the bot is; that it is quoted; what else there is to know."""
    messages = context.messages
    sure = "confidence-chosen" if memory.confidence is None else confidence_key(memory.confidence)
    address = safe_url(context.site_url + shown.article.url)
    quoted = f" · {messages.t('answer-quoted', link=address)}" if address else ""
    lines = [meta_line(shown.article), f"-# {messages.t(sure)}{quoted}"]
    if shown.also_in:
        subjects = escape_short(", ".join(shown.also_in), _MAX_SUBJECTS_LENGTH)
        lines.append(f"-# {messages.t('answer-also-in', subjects=subjects)}")
    return lines


def _reading_row(context: RenderContext, shown: ShownArticle, memory: Memory) -> Row:
    messages = context.messages
    row = [Button(messages.t("button-read-more"), make_id(ButtonAction.READ, 1), ButtonStyle.PRIMARY)]
    if memory.candidates:
        row.append(Button(messages.t("button-not-this-one"), make_id(ButtonAction.NOT_THIS)))
    if shown.has_related:
        row.append(Button(messages.t("button-related"), make_id(ButtonAction.RELATED)))
    return tuple(row)


def _page_rows(messages: Messages, page: int, pages: int, *, can_share: bool) -> tuple[Row, ...]:
    ids = [make_id(ButtonAction.READ, max(page - 1, 1), mark="back"), make_id(ButtonAction.READ, page + 1, mark="on")]
    back = Button(messages.t("button-back-to-excerpt"), make_id(ButtonAction.EXCERPT))
    return (*turning_row(messages, ids, page, max(pages, 1)), back), rating_row(messages, can_share=can_share)
