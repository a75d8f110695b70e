"""Titles of articles: one line of text, in which a formula is Unicode and a tag is what it means."""

from __future__ import annotations

import re

from bot.rendering.escaping import escape_short, visible
from bot.rendering.inline_markdown import plain_line
from bot.rendering.limits import shorten
from bot.rendering.links import link_to
from retrieval.articles.markdown.parser import title_tokens

_MARKS = re.compile(r"[$\\`<&]")
_MAX_PARSED_LENGTH = 2_000


def plain_title(title: str) -> str:
    """The title as unformatted text on one line; marks of emphasis stay, for a title has none: ``*args``."""
    line = " ".join(visible(title).split())
    if not _MARKS.search(line) or len(line) > _MAX_PARSED_LENGTH:
        return line
    return plain_line(title_tokens(line)) or line


def title_text(title: str, limit: int) -> str:
    """The title as Discord Markdown of at most `limit` UTF-16 code units, cut where it is longer."""
    return escape_short(plain_title(title), limit)


def title_link(title: str, url: str, site_url: str, limit: int) -> str:
    """The title as a link.

    Args:
        url: Where it leads; on the site.
        site_url: Address of the site, without a slash at its end.
        limit: Most UTF-16 code units of the title.
    """
    plain = plain_title(title)
    return link_to(escape_short(plain, limit), shorten(plain, limit), site_url + url, site_url)
