"""An article as a message: the excerpt that answers, and the whole article page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.messages.confidence import confidence_key
from bot.panels import Button, ButtonStyle, Panel, Row, Rule
from bot.rendering.blocks import Page, TextBlock
from bot.rendering.discord_markdown import render_markdown
from bot.rendering.escaping import escape_line, safe_url
from bot.rendering.limits import MESSAGE_COMPONENTS, MESSAGE_FILES, MESSAGE_TEXT, shorten, text_length
from bot.rendering.pages import Room, make_pages
from bot.rendering.reply_text import article_heading, excerpt_blocks, heading_trail, meta_line
from bot.replies.controls import article_select, opinion_row, turning_row
from bot.replies.custom_ids import Action, make_id

if TYPE_CHECKING:
    from bot.panels import Memory
    from bot.rendering.blocks import Block
    from bot.replies.look import Look
    from retrieval.domain import Article, Excerpt

_LONGEST_ABOVE = 600
_LONGEST_SUBJECTS = 200
_LONGEST_EARLIER = 200
_FIXED_COMPONENTS = 17  # above, frame, heading, rule, small print; three rows with three buttons, four, and a select
_MORE_ROOM = 220  # for the line that says where to read on


@dataclass(frozen=True, slots=True)
class Shown:
    """An article and what is said about it.

    Attributes:
        article: The article.
        excerpt: What of it answers.
        others: Other articles to choose from, best first.
        also_in: Names of other subjects in which the same question is answered.
        has_related: Whether it names related articles that exist.
        follow_up_to: The earlier question that was taken as context; empty where none was.
    """

    article: Article
    excerpt: Excerpt
    others: tuple[Article, ...] = ()
    also_in: tuple[str, ...] = ()
    has_related: bool = False
    follow_up_to: str = ""


def answer_panel(look: Look, shown: Shown, memory: Memory, *, is_private: bool) -> Panel:
    """The excerpt under the article's question, with what can be done next.

    Args:
        look: What it is drawn with.
        shown: The article.
        memory: What is remembered of the message; its `page` is 0.
        is_private: Only the asker sees it, so it can be shared.
    """
    above, head, small = _above(memory), _head(look, shown), _small_print(look, shown, memory)
    room = MESSAGE_TEXT - sum(map(text_length, (above, head, small))) - _MORE_ROOM
    pages = make_pages(excerpt_blocks(shown.excerpt, look.draw), _room(room))
    more = (TextBlock(f"-# {look.messages.t('answer-cut')}"),) if len(pages) > 1 else ()
    return Panel(
        body=(TextBlock(head), *_blocks(pages, 1), *more, Rule(), TextBlock(small)),
        rows=(
            _reading_row(look, shown, memory),
            opinion_row(look.messages, can_share=is_private),
            *article_select(Action.CHOOSE, look.messages.t("select-other-matches"), shown.others),
        ),
        above=above,
        is_private=is_private,
        memory=memory,
    )


def page_panel(look: Look, shown: Shown, memory: Memory, *, is_private: bool) -> Panel:
    """A page of the whole article; a page beyond the first or last is the first or last.

    Args:
        look: What it is drawn with.
        shown: The article; its excerpt is not used.
        memory: What is remembered of the message; `page` is the page that is wanted.
        is_private: Only the asker sees it, so it can be shared.
    """
    messages = look.messages
    pages = pages_of(look, shown.article)
    number = min(max(memory.page, 1), max(len(pages), 1))
    ids = [make_id(Action.READ, max(number - 1, 1), mark="back"), make_id(Action.READ, number + 1, mark="on")]
    back = Button(messages.t("button-back-to-excerpt"), make_id(Action.EXCERPT))
    return Panel(
        body=(
            TextBlock(article_heading(shown.article, look.site_url)),
            *_blocks(pages, number),
            Rule(),
            TextBlock(meta_line(shown.article)),
        ),
        rows=(
            (*turning_row(messages, ids, number, max(len(pages), 1)), back),
            opinion_row(messages, can_share=is_private),
        ),
        above=_above(memory),
        is_private=is_private,
        memory=memory,
    )


def pages_of(look: Look, article: Article) -> tuple[Page, ...]:
    """The whole article, cut into what fits into a message each, whatever stands above it."""
    around = text_length(article_heading(article, look.site_url)) + text_length(meta_line(article))
    blocks = render_markdown(article.answer, look.draw)
    return make_pages(blocks, _room(MESSAGE_TEXT - around - _LONGEST_ABOVE))


def _room(text: int) -> Room:
    return Room(max(text, 200), MESSAGE_COMPONENTS - _FIXED_COMPONENTS, MESSAGE_FILES)


def _blocks(pages: tuple[Page, ...], number: int) -> tuple[Block, ...]:
    return pages[number - 1].blocks if pages else ()


def _above(memory: Memory) -> str:
    return shorten(memory.above, _LONGEST_ABOVE)


def _head(look: Look, shown: Shown) -> str:
    lines = (article_heading(shown.article, look.site_url), heading_trail(shown.excerpt))
    return "\n".join(filter(None, lines))


def _small_print(look: Look, shown: Shown, memory: Memory) -> str:
    """Subject, author and date; how sure the bot is; that it is quoted; what else there is to know."""
    messages = look.messages
    sure = "confidence-chosen" if memory.confidence is None else confidence_key(memory.confidence)
    address = safe_url(look.site_url + shown.article.url)
    quoted = f" · {messages.t('answer-quoted', link=address)}" if address else ""
    lines = [meta_line(shown.article), f"-# {messages.t(sure)}{quoted}"]
    if shown.also_in:
        subjects = escape_line(shorten(", ".join(shown.also_in), _LONGEST_SUBJECTS))
        lines.append(f"-# {messages.t('answer-also-in', subjects=subjects)}")
    if shown.follow_up_to:
        earlier = escape_line(shorten(shown.follow_up_to, _LONGEST_EARLIER))
        lines.append(f"-# {messages.t('answer-follow-up', question=earlier)}")
    return "\n".join(lines)


def _reading_row(look: Look, shown: Shown, memory: Memory) -> Row:
    messages = look.messages
    row = [Button(messages.t("button-read-more"), make_id(Action.READ, 1), ButtonStyle.PRIMARY)]
    if memory.candidates:
        row.append(Button(messages.t("button-not-this-one"), make_id(Action.NOT_THIS)))
    if shown.has_related:
        row.append(Button(messages.t("button-related"), make_id(Action.RELATED)))
    return tuple(row)
