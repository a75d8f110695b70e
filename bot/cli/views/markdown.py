"""An article's Markdown in a terminal: nothing is executed, nothing lost, formulas stay as they are written."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from markdown_it.token import Token
from rich.markdown import Heading, Markdown
from rich.text import Text

from bot.cli.views.output import printable
from bot.rendering.inline_markdown import BARE_LINKS, plain_line, script_end, script_text
from bot.rendering.links import file_label, web_address
from retrieval.articles.markdown.parser import all_tokens, math_source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console, ConsoleOptions, RenderResult

BEST_SENTENCE_STYLE = "bold cyan"


class _LeftHeading(Heading):
    """A heading at the left margin: rich centres the first level in a box, too loud for an excerpt."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        self.text.justify = "left"
        yield self.text


class ArticleMarkdown(Markdown):
    """Markdown of an article as a rich renderable."""

    elements = Markdown.elements | {"heading_open": _LeftHeading}

    def __init__(self, markdown: str, site_url: str = "") -> None:
        super().__init__("", code_theme="ansi_dark", hyperlinks=False)
        self.markup = printable(markdown)
        self.parsed = list(_terminal_tokens(all_tokens(self.markup), site_url))


class Quote:
    """An excerpt as a rich renderable, its best sentence emphasised."""

    def __init__(self, markdown: str, best_sentence: str = "", site_url: str = "") -> None:
        self.markdown = markdown
        self.site_url = site_url
        self.best_sentence = best_sentence

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Lay out the Markdown, then find the sentence in what was laid out, wrapped as it may be."""
        rows = console.render_lines(ArticleMarkdown(self.markdown, self.site_url), options, pad=False)
        lines = [Text.assemble(*((segment.text, segment.style or "") for segment in row)) for row in rows]
        for line in lines:
            line.rstrip()
        text = Text("\n", no_wrap=True, end="").join(lines)
        if span := _find_wrapped(self._best_words(console, options), text.plain):
            text.stylize(BEST_SENTENCE_STYLE, *span)
        text.rstrip()
        yield text
        yield Text()

    def _best_words(self, console: Console, options: ConsoleOptions) -> list[str]:
        if not self.best_sentence.strip():
            return []
        wide = options.update(width=max(len(self.best_sentence) * 2, 80))
        rows = console.render_lines(ArticleMarkdown(self.best_sentence, self.site_url), wide, pad=False)
        return " ".join("".join(segment.text for segment in row) for row in rows).split()


def _terminal_tokens(tokens: Sequence[Token], site_url: str) -> Iterator[Token]:
    """The tokens as rich is to lay them out: formulas are the text that they are written as, links whole addresses."""
    place = 0
    linked: list[bool] = []
    while place < len(tokens):
        token = tokens[place]
        if token.tag in {"sub", "sup"} and token.nesting == 1:
            end = script_end(tokens, place)
            yield from _lines(script_text(token.tag, plain_line(tokens[place + 1 : end])))
            place = end
        elif token.type == "link_open":
            address = None if token.markup in BARE_LINKS else web_address(str(token.attrGet("href") or ""), site_url)
            linked.append(address is not None)
            if address:
                yield Token("link_open", "a", 1, attrs={"href": address.url})
        elif token.type == "link_close":
            if linked and linked.pop():
                yield token
        else:
            yield from _terminal_token(token, site_url)
        place += 1


def _terminal_token(token: Token, site_url: str) -> Iterator[Token]:
    if token.type == "math_block":
        yield Token("paragraph_open", "p", 1)
        yield from _lines(math_source(token))
        yield Token("paragraph_close", "p", -1)
    elif token.type == "softbreak":
        yield Token("hardbreak", "br", 0)  # short lines are common in articles and mean what they look like
    elif token.type.startswith("math_"):
        yield from _lines(math_source(token))
    elif token.type == "image":
        source = str(token.attrGet("src") or "")
        address = web_address(source, site_url)
        yield from _lines(
            (plain_line(token.children or ()) or file_label(source)) + (f" ({address.url})" if address else "")
        )
    elif token.tag != "u":  # rich does not know it
        if token.children:
            token.children = list(_terminal_tokens(token.children, site_url))
        yield token


def _lines(text: str) -> Iterator[Token]:
    for number, line in enumerate(text.split("\n")):
        if number:
            yield Token("hardbreak", "br", 0)
        yield Token("text", "", 0, content=line)


def _find_wrapped(words: list[str], text: str) -> tuple[int, int] | None:
    """Where the words stand in a text, whatever white space parts them there."""
    spans = [match.span() for match in re.finditer(r"\S+", text)]
    one_line = " ".join(text[start:end] for start, end in spans)
    sought = " ".join(words)
    place = one_line.find(sought) if words else -1
    if place < 0:
        return None
    starts = list(accumulate((end - start + 1 for start, end in spans), initial=0))

    def offset(character: int) -> int:
        word = bisect_right(starts, character) - 1
        return spans[word][0] + character - starts[word]

    return offset(place), offset(place + len(sought) - 1) + 1
