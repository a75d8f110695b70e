"""Markdown of every kind is read, split, rendered and laid out in time that grows with its length, not with its square.

Processor time is measured, at two lengths of which one is four times the other: linear work takes four times as long,
quadratic work sixteen times. What takes next to no time is not compared.
"""

import gc
import io
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from bot.cli.views.markdown import Quote
from bot.rendering.discord_markdown import render_markdown
from bot.rendering.escaping import escape_short
from bot.rendering.pages import make_pages
from bot.rendering.titles import plain_title
from retrieval.articles.markdown.plain_text import plain_text
from tests.retrieval.articles.sentence_spans import sentence_spans

SHORT, LONG = 3_000, 12_000
GROWTH = 11  # four times the length; 11 leaves room for a busy machine
FLOOR = 0.3  # seconds for the long text that are never too many

KINDS = {
    "dots": "." * LONG,
    "marks": "!" * LONG,
    "backticks": "`" * LONG,
    "brackets": "\\[" * LONG,
    "openers of display formulas": "\\[\n" * LONG,
    "dollars": "$a " * LONG,
    "sub": "<sub>" * LONG,
    "comments": "<!--" * LONG,
    "declarations": "<!A " * LONG,
    "pictures": "![" * LONG,
    "links": "[a](" * LONG,
    "stars": "**a" * LONG,
    "emphasis": "*a* " * LONG,
    "headings": "# a\n" * LONG,
    "empty items": "- \n" * LONG,
    "nested items": "- " * LONG,
    "nested quotes": "> " * LONG,
    "numbers": "1. a\n" * LONG,
    "rows": "|a|\n|-|\n" * LONG,
    "entities": "&#" * LONG,
    "addresses": "http://a." * LONG,
    "definitions": "[a]: b\n" * LONG,
    "environments": "\\begin{align}\n" * LONG,
    "blanks": " " * LONG + "x",
    "one long line": "a" * LONG,
    "short lines": "a\n" * LONG,
    "emoji": "😀" * LONG,
    "colons": ":a" * LONG,
}


def render(markdown):
    make_pages(render_markdown(markdown, lambda source: source.encode(), "https://site.example"))


def in_terminal(markdown):
    Console(file=io.StringIO(), width=80).print(Quote(markdown, markdown[:200]))


def seconds(work, text):
    """Processor time of this thread; without the collector, which takes the longer the more tests ran before."""
    gc.collect()
    gc.disable()
    try:
        started = time.thread_time()
        work(text)
        return time.thread_time() - started
    finally:
        gc.enable()


def assert_linear(work, markdown):
    took = seconds(work, markdown[:LONG])
    if took <= FLOOR:
        return
    most = max(GROWTH * min(seconds(work, markdown[:SHORT]) for _ in range(2)), FLOOR)
    if took >= most:  # one call may pay for what is made once, or for what others left behind
        took = min(seconds(work, markdown[:LONG]) for _ in range(2))
    assert took < most


@pytest.mark.parametrize("work", [plain_text, sentence_spans, render])
@pytest.mark.parametrize("kind", KINDS)
def test_time_grows_with_the_length(kind, work):
    assert_linear(work, KINDS[kind])


@pytest.mark.parametrize("kind", ["pictures", "short lines", "rows", "sub"])
def test_time_in_the_terminal_grows_with_the_length(kind):
    assert_linear(in_terminal, KINDS[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_a_title_of_any_length_is_short_work(kind):
    text = KINDS[kind] * 2
    assert seconds(lambda title: escape_short(plain_title(title), 300), text) < 2


PIECES = st.sampled_from(
    [
        *(
            "`",
            "``",
            "$",
            "$$",
            "\\(",
            "\\)",
            "\\[",
            "\\]",
            "\\begin{align}",
            "\\end{align}",
            "*",
            "**",
            "_",
            "~~",
            "\\",
        ),
        *(
            "[",
            "]",
            "](",
            "![",
            "[a]: b",
            "<",
            ">",
            "<b>",
            "</b>",
            "<sub>",
            "<a href='",
            "<!--",
            "-->",
            "&",
            "&#1",
            ";",
        ),
        *(
            "# ",
            "- ",
            "1. ",
            "> ",
            "|",
            "|-|",
            "---",
            "```",
            "~~~",
            "http://",
            "www.",
            ".",
            "! ",
            ". A",
            ":",
            "::",
            "||",
        ),
        *(
            " ",
            "  ",
            "\t",
            "\n",
            "\n\n",
            "  \n",
            "a",
            "A",
            "0",
            "(",
            ")",
            '"',
            "'",
            "é",
            "。",
            "😀",
            "™",
            "\u200b",
            "@here",
        ),
    ]
)


@settings(max_examples=15, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=5).map("".join), st.lists(PIECES, max_size=3).map("".join))
def test_no_repeated_pieces_make_it_slow(repeated, last):
    text = repeated * (LONG // len(repeated)) + last
    for work in (sentence_spans, render):
        assert_linear(work, text)
