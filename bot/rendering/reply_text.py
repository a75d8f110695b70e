"""The pieces of a reply: the article's question as a linked heading, the excerpt, and who wrote it when. Pure.

Words of the bot itself, in the member's language, are given as arguments; what is quoted stays as it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.rendering.dates import format_date
from bot.rendering.discord_markdown import render_markdown
from bot.rendering.escaping import escape_short
from bot.rendering.inline_markdown import BEST_ENDS, BEST_STARTS
from bot.rendering.titles import title_link, title_text
from retrieval.articles.markdown.plain_text import BlockKind, block_spans

if TYPE_CHECKING:
    from bot.rendering.blocks import Block
    from bot.rendering.discord_markdown import FormulaDrawer
    from retrieval.domain import Article, Excerpt

MAX_TITLE_LENGTH = 300
MAX_DESCRIPTION_LENGTH = 300
MAX_TRAIL_LENGTH = 300
MAX_FACT_LENGTH = 100

_SENTENCE_BLOCKS = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE})
_BLOCK_MARK = re.compile(r"(?:[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+|[ \t]*>[ \t]?)+")


def article_heading(article: Article, site_url: str) -> str:
    """The article's question as a heading that links to the article."""
    return "### " + article_link(article, site_url)


def article_link(article: Article, site_url: str) -> str:
    """The article's question as a link to the article."""
    return title_link(article.question, article.url, site_url, MAX_TITLE_LENGTH)


def subject_label(article: Article) -> str:
    """The name of an article's subject as Discord Markdown."""
    return escape_short(article.subject.name, MAX_FACT_LENGTH)


def meta_line(article: Article) -> str:
    """Subject, author and date of an article in one small line.

    Args:
        article: The article; the date is worded by its own ``post_on_text`` and ``date_format``.
    """
    facts = (article.subject.name, article.author, _posted(article))
    return "-# " + " · ".join(escape_short(fact, MAX_FACT_LENGTH) for fact in facts if fact.strip())


def candidate_text(article: Article, site_url: str, *, number: int, is_described: bool = True) -> str:
    """One of several articles to choose from: number, question, subject, and, if wanted, what it is about."""
    lines = [f"**{number}.** {article_link(article, site_url)}", f"-# {subject_label(article)}"]
    if is_described and article.seo.page_description.strip():
        lines.append(title_text(article.seo.page_description, MAX_DESCRIPTION_LENGTH))
    return "\n".join(lines)


def excerpt_blocks(excerpt: Excerpt, draw: FormulaDrawer, site_url: str = "") -> tuple[Block, ...]:
    """The excerpt as blocks, its best sentence bold; under which headings it stands is left to the caller.

    A best sentence that is a heading, a table, a formula or code is not made bold: it stands out by itself.
    """
    marked = _with_best_marked(excerpt)
    return render_markdown(marked, draw, site_url, is_best_marked=marked != excerpt.text)


def heading_trail(excerpt: Excerpt) -> str:
    """The headings that the excerpt stands under, in one small line; empty where there are none."""
    trail = title_text(" / ".join(excerpt.heading_path), MAX_TRAIL_LENGTH)
    return f"-# {trail}" if trail else ""


def _posted(article: Article) -> str:
    if article.date is None:
        return ""
    return f"{article.post_on_text} {format_date(article.date, article.date_format)}".strip()


def _with_best_marked(excerpt: Excerpt) -> str:
    """The excerpt's Markdown with marks around its best sentence, behind the marker of a list or quote."""
    text = excerpt.text
    start, end = excerpt.best_in_text
    if not 0 <= start < end <= len(text) or BEST_STARTS in text or BEST_ENDS in text:
        return text
    inside = (block for block in block_spans(text) if block.start <= start and end <= block.end)
    if next((block.kind for block in inside), None) not in _SENTENCE_BLOCKS:
        return text
    if (mark := _BLOCK_MARK.match(text, start, end)) and not text[:start].rpartition("\n")[2].strip(" \t>"):
        start = mark.end()
    end = start + len(text[start:end].rstrip())
    if start >= end:
        return text
    return text[:start] + BEST_STARTS + text[start:end] + BEST_ENDS + text[end:]
