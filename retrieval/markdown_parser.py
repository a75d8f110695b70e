r"""The Markdown parser: CommonMark with tables and LaTeX math between ``$``, ``$$``, ``\(`` and ``\[``.

It departs from CommonMark where writers of articles do: indented text is no code, for they indent under lists by
feeling; an underline makes no heading, for they draw a rule right below a paragraph; a display formula may follow a
line of text without a blank line; and HTML is a part of paragraphs, never a block that hides the Markdown in it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_DISPLAY_CLOSERS = {"$$": "$$", r"\[": r"\]"}
_LONGEST_INLINE_MATH = 4_000  # keeps a text full of openers from taking time that grows with its square
_BRACKET_CLOSERS = {r"\(": r"\)", r"\[": r"\]"}


def block_tokens(markdown: str) -> Sequence[Token]:
    """The tokens of the text's blocks with their line numbers; the text inside them is not parsed."""
    return _parser(inline=False).parse(markdown)


def all_tokens(markdown: str) -> Sequence[Token]:
    """The tokens of the text, with the inline tokens as their children. Math tokens keep their opener as markup."""
    return _parser(inline=True).parse(markdown)


def inline_tokens(text: str) -> Sequence[Token]:
    """The tokens of the text of one paragraph."""
    return _parser(inline=True).parseInline(text)[0].children or []


def math_source(token: Token) -> str:
    """A math token as it is written."""
    return f"{token.markup}{token.content}{_BRACKET_CLOSERS.get(token.markup, token.markup)}"


@cache
def _parser(*, inline: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table").disable(["code", "html_block", "lheading"])
    # The plugin's own block rule neither interrupts a paragraph nor knows brackets.
    dollarmath_plugin(parser, allow_space=True, allow_digits=False, double_inline=True)
    parser.disable("math_block")
    interrupts: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("fence", "display_math", _display_math, interrupts)
    parser.inline.ruler.before("escape", "bracket_math", _bracket_math)
    if not inline:
        parser.core.ruler.disable(["inline"])
    return parser


def _display_math(state: StateBlock, first: int, end: int, silent: bool) -> bool:  # noqa: FBT001  the parser's call
    """Block rule for a formula that starts one line, ends one, and has no blank line in it."""
    text = _line(state, first)
    opener = text[:2]
    if opener not in _DISPLAY_CLOSERS:
        return False
    closer = _DISPLAY_CLOSERS[opener]
    text = text[2:]
    above = []
    line = first
    while closer not in text:
        above.append(text)
        line += 1
        if line >= end or state.isEmpty(line):
            return False
        text = _line(state, line)
    formula, _, rest = text.partition(closer)
    if rest.strip(" \t.,;:"):
        return False
    if not silent:
        token = state.push("math_block", "math", 0)
        token.content = "\n".join([*above, formula])
        token.markup = opener
        token.map = [first, line + 1]
        state.line = line + 1
    return True


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _bracket_math(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  the parser's call
    r"""Inline rule for ``\(…\)`` and ``\[…\]``, which CommonMark takes for escaped brackets."""
    opener = state.src[state.pos : state.pos + 2]
    if opener not in _BRACKET_CLOSERS:
        return False
    end = state.src.find(_BRACKET_CLOSERS[opener], state.pos + 2, min(state.posMax, state.pos + _LONGEST_INLINE_MATH))
    if end < 0:
        return False
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content = state.src[state.pos + 2 : end]
        token.markup = opener
    state.pos = end + 2
    return True
