"""An article's Markdown in a terminal: nothing is executed, nothing lost, formulas stay as they are written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.token import Token
from rich.markdown import Heading, Markdown
from rich.text import Text

from bot.cli.output import printable
from retrieval.markdown_parser import all_tokens, math_source

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

    def __init__(self, markdown: str) -> None:
        super().__init__("", code_theme="ansi_dark", hyperlinks=False)
        self.markup = printable(markdown)
        self.parsed = list(_terminal_tokens(all_tokens(self.markup)))


class Quote:
    """An excerpt as a rich renderable, its best sentence emphasised."""

    def __init__(self, markdown: str, best_sentence: str = "") -> None:
        self.markdown = markdown
        self.best_sentence = best_sentence

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Lay out the Markdown, then find the sentence in what was laid out, wrapped as it may be."""
        rows = console.render_lines(ArticleMarkdown(self.markdown), options, pad=False)
        lines = [Text.assemble(*((segment.text, segment.style or "") for segment in row)) for row in rows]
        for line in lines:
            line.rstrip()
        text = Text("\n", no_wrap=True, end="").join(lines)
        if span := _find_wrapped(_plain_words(self.best_sentence, console, options), text.plain):
            text.stylize(BEST_SENTENCE_STYLE, *span)
        text.rstrip()
        yield text
        yield Text()


def _terminal_tokens(tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens as rich is to lay them out: formulas and tags become the text that they are written as."""
    for token in tokens:
        if token.type == "math_block":
            yield Token("paragraph_open", "p", 1)
            yield from _lines(math_source(token))
            yield Token("paragraph_close", "p", -1)
        elif token.type == "softbreak":
            yield Token("hardbreak", "br", 0)  # short lines are common in articles and mean what they look like
        elif token.type.startswith("math_"):
            yield from _lines(math_source(token))
        elif token.type == "html_inline":
            yield from _lines(token.content)
        else:
            if token.children and token.tag != "img":
                token.children = list(_terminal_tokens(token.children))
            yield token


def _lines(text: str) -> Iterator[Token]:
    for number, line in enumerate(text.split("\n")):
        if number:
            yield Token("hardbreak", "br", 0)
        yield Token("text", "", 0, content=line)


def _plain_words(markdown: str, console: Console, options: ConsoleOptions) -> list[str]:
    if not markdown.strip():
        return []
    wide = options.update(width=max(len(markdown) * 2, 80))
    rows = console.render_lines(ArticleMarkdown(markdown), wide, pad=False)
    return " ".join("".join(segment.text for segment in row) for row in rows).split()


def _find_wrapped(words: list[str], text: str) -> tuple[int, int] | None:
    if not words:
        return None
    match = re.search(r"\s+".join(map(re.escape, words)), text)
    return match.span() if match else None
