"""Lists of articles and subjects: what is related, and what there is to browse."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from bot.live_index.title_search import token_of
from bot.panels.components import Button, Option, Panel, Row, Rule, Select
from bot.panels.controls import article_option, article_select, lines_that_fit, page_button, plain_label
from bot.panels.custom_ids import ButtonAction, make_id
from bot.rendering.blocks import TextBlock
from bot.rendering.escaping import escape_line, escape_short
from bot.rendering.limits import MESSAGE_TEXT, shorten, text_length
from bot.rendering.reply_text import article_link, subject_label
from bot.rendering.titles import title_text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.live_index.title_search import Title
    from bot.messages.catalogue import Messages
    from bot.panels.context import RenderContext
    from retrieval.domain import Article, Subject

ARTICLES_A_PAGE = 20
SUBJECTS_A_PAGE = 20
_MAX_TITLE_LENGTH = 150
_MAX_NAME_LENGTH = 100


def related_panel(context: RenderContext, article: Article, related: Sequence[Article]) -> Panel:
    """The articles that an article names as related, to open one of them. Always private: it was asked for beside.

    Args:
        related: Those of them that exist.
    """
    messages = context.messages
    name = title_text(article.question, _MAX_TITLE_LENGTH)
    if not related:
        return Panel((TextBlock(messages.t("related-none", title=name)),), is_private=True)
    title = f"### {messages.t('related-title', title=name)}"
    links = (f"- {article_link(each, context.site_url)} · {subject_label(each)}" for each in related)
    return Panel(
        body=(TextBlock(title), TextBlock(lines_that_fit(links, MESSAGE_TEXT - text_length(title)))),
        rows=article_select(ButtonAction.OPEN, messages.t("select-related"), related),
        is_private=True,
    )


def nearest_line(context: RenderContext, typed: str) -> str:
    """The line above an article that is only the nearest to what was typed."""
    return context.messages.t("article-nearest", title=escape_short(typed, _MAX_TITLE_LENGTH))


def unknown_article_panel(context: RenderContext, typed: str, closest: Sequence[Article]) -> Panel:
    """Nothing fits what was typed: said so, with the nearest titles, of which one can be opened. Always private.

    Args:
        closest: The nearest articles, best first; may be empty.
    """
    messages = context.messages
    text = messages.t("article-unknown", title=escape_short(typed, _MAX_TITLE_LENGTH))
    if not closest:
        return Panel((TextBlock(text),), is_private=True)
    lead = messages.t("none-closest")
    links = (f"- {article_link(each, context.site_url)} · {subject_label(each)}" for each in closest)
    lines = lines_that_fit(links, MESSAGE_TEXT - text_length(text) - text_length(lead) - 1)
    return Panel(
        body=(TextBlock(text), TextBlock(f"{lead}\n{lines}")),
        rows=article_select(ButtonAction.OPEN, messages.t("select-articles"), closest),
        is_private=True,
    )


def subjects_panel(context: RenderContext, subjects: Sequence[tuple[Subject, int]], page: int = 1) -> Panel:
    """The subjects with their numbers of articles, page by page.

    Args:
        page: 1-based; one beyond the last is the last.
    """
    messages = context.messages
    page, pages = _clamped(page, len(subjects), SUBJECTS_A_PAGE)
    shown = subjects[(page - 1) * SUBJECTS_A_PAGE : page * SUBJECTS_A_PAGE]
    labels = [(subject, _subject_label(messages, subject, count)) for subject, count in shown]
    title = f"### {messages.t('browse-subjects-title', count=len(subjects))}"
    rows: list[Row] = []
    if labels:
        options = tuple(Option(plain_label(label), token_of(subject.key)) for subject, label in labels)
        rows.append(Select(make_id(ButtonAction.SUBJECT), messages.t("select-subjects"), options))
    rows += _turning(messages, page, pages, lambda number, mark: make_id(ButtonAction.SUBJECTS, number, mark=mark))
    lines = "\n".join(f"- {escape_line(label)}" for _, label in labels)
    return Panel((TextBlock(title), *((TextBlock(lines),) if lines else ())), tuple(rows))


def articles_panel(context: RenderContext, subject: Subject, titles: Sequence[Title], page: int = 1) -> Panel:
    """The articles of a subject, page by page.

    Args:
        titles: Its articles, in order.
        page: 1-based; one beyond the last is the last.
    """
    messages = context.messages
    name = escape_short(subject.name, _MAX_NAME_LENGTH)
    if not titles:
        return Panel((TextBlock(messages.t("browse-empty", subject=name)),))
    page, pages = _clamped(page, len(titles), ARTICLES_A_PAGE)
    first = (page - 1) * ARTICLES_A_PAGE
    shown = titles[first : first + ARTICLES_A_PAGE]
    title = f"### {messages.t('browse-title', subject=name, count=len(titles))}"
    lines = (
        f"{number}. {title_text(each.question, _MAX_TITLE_LENGTH)}"
        for number, each in enumerate(shown, start=first + 1)
    )
    options = tuple(
        article_option(f"{number}. {each.question}", each.url) for number, each in enumerate(shown, start=first + 1)
    )
    token = subject_token(subject)
    rows: list[Row] = [Select(make_id(ButtonAction.OPEN), messages.t("select-articles"), options)]
    rows += _turning(
        messages, page, pages, lambda number, mark: make_id(ButtonAction.ARTICLES, token, number, mark=mark)
    )
    all_subjects = Button(messages.t("button-all-subjects"), make_id(ButtonAction.SUBJECTS, 1))
    return Panel(
        (TextBlock(title), TextBlock(lines_that_fit(lines, MESSAGE_TEXT - text_length(title))), Rule()),
        (*rows, (all_subjects,)),
    )


def subject_token(subject: Subject) -> str:
    """A short name that stands for a subject in the id of a button."""
    return token_of(subject.key).rpartition(":")[2]


def _subject_label(messages: Messages, subject: Subject, count: int) -> str:
    return messages.t("suggestion-subject", subject=shorten(subject.name, _MAX_NAME_LENGTH // 2), count=count)


def _clamped(page: int, items: int, a_page: int) -> tuple[int, int]:
    pages = max(math.ceil(items / a_page), 1)
    return min(max(page, 1), pages), pages


def _turning(messages: Messages, page: int, pages: int, make: Callable[[int, str], str]) -> list[Row]:
    """First, previous, which page, next, last; nothing where there is one page."""
    if pages == 1:
        return []
    steps = (("first", 1), ("previous", page - 1), ("next", page + 1), ("last", pages))
    buttons = [
        Button(
            messages.t(f"button-{name}-page"), make(min(max(number, 1), pages), name), is_disabled=number in {0, page}
        )
        for name, number in steps
    ]
    buttons[2] = Button(buttons[2].label, buttons[2].custom_id, is_disabled=page >= pages)
    return [(*buttons[:2], page_button(messages, page, pages), *buttons[2:])]
