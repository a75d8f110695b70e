r"""The Markdown parser: CommonMark with tables, struck text and LaTeX math between ``$``, ``$$``, ``\(`` and ``\[``.

It departs from CommonMark where writers of articles do: indented text is no code, for they indent under lists by
feeling; an underline makes no heading, for they draw a rule right below a paragraph; a display formula may follow a
line of text without a blank line; HTML is a part of paragraphs, never a block that hides the Markdown in it, and its
comments are left out; a pipe in a formula or in code parts no cells.

Every text is parsed in linear time: what markdown-it nests or searches again for each mark is bounded here.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import blockquote, list_block
from markdown_it.rules_inline import image, link

from retrieval.articles.markdown.addresses import bare_address
from retrieval.articles.markdown.brackets import with_few_brackets
from retrieval.articles.markdown.html_comments import FILLER, hide_comments
from retrieval.articles.markdown.html_tags import html_tag, resolve_tags
from retrieval.articles.markdown.literal_names import literal_name
from retrieval.articles.markdown.math_syntax import BRACKET_CLOSERS, add_math
from retrieval.articles.markdown.table_cells import PIPE, hide_pipes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.parser_block import RuleFuncBlockType
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

MAX_PIECE_LENGTH = 4_000
"""Most characters of a paragraph that are parsed at once; the longest paragraph of the real corpus has 2,336."""

_SHOWN = "shown in place of what is hidden"
_DEEPEST_BLOCK = 16  # lists count twice; markdown-it leaves out what stands deeper than 20


def block_tokens(markdown: str) -> Sequence[Token]:
    """The tokens of the text's blocks with their line numbers; the text inside them is not parsed."""
    return _parser(inline=False).parse(*_prepared(markdown))


def all_tokens(markdown: str) -> Sequence[Token]:
    """The tokens of the text, with the inline tokens as their children. Math tokens keep their opener as markup."""
    return _parser(inline=True).parse(*_prepared(markdown))


def inline_tokens(text: str) -> Sequence[Token]:
    """The tokens of the text of one paragraph."""
    return _parser(inline=True).parseInline(*_prepared(text))[0].children or []


def title_tokens(title: str) -> Sequence[Token]:
    """The tokens of a title, in which nothing is emphasised or linked: ``*args`` and ``__init__`` are what they are."""
    return _title_parser().parseInline(*_prepared(title))[0].children or []


def math_source(token: Token) -> str:
    """A math token as it is written."""
    return f"{token.markup}{token.content}{BRACKET_CLOSERS.get(token.markup, token.markup)}"


def _prepared(markdown: str) -> tuple[str, dict[str, Any]]:
    """The text with its comments and some of its pipes hidden, and what is to be shown in their place."""
    visible = hide_comments(markdown)
    hidden = hide_pipes(visible)
    shown = {FILLER: ""} if visible is not markdown else {}
    return hidden, {_SHOWN: shown if hidden is visible else {**shown, PIPE: "|"}}


@cache
def _parser(*, inline: bool) -> MarkdownIt:
    return _new_parser() if inline else _new_parser().disable(["inline"])


def _new_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable(["code", "html_block", "lheading"])
    for name, rule in (("blockquote", blockquote), ("list", list_block)):
        options: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
        if name == "list":
            options = {"alt": ["paragraph", "reference", "blockquote"]}
        parser.block.ruler.at(name, _bounded(rule), options)
    add_math(parser)
    parser.inline.ruler.before("escape", "literal_name", literal_name)
    parser.inline.ruler.at("html_inline", html_tag)
    parser.inline.ruler.at("link", with_few_brackets(link))
    parser.inline.ruler.at("image", with_few_brackets(image))
    parser.inline.ruler.after("text", "bare_address", bare_address)
    parser.core.ruler.before("inline", "shown", _show_hidden)
    parser.core.ruler.at("inline", _parse_paragraphs)
    parser.core.ruler.push("tags", resolve_tags)
    return parser


@cache
def _title_parser() -> MarkdownIt:
    return _new_parser().disable(["emphasis", "strikethrough", "link", "image", "autolink", "bare_address"])


def _bounded(rule: RuleFuncBlockType) -> RuleFuncBlockType:
    """The rule of a block that holds blocks, which opens none that is nested too deeply."""

    def bounded(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  the parser's call
        return state.level < _DEEPEST_BLOCK and rule(state, start, end, silent)

    return bounded


def _show_hidden(state: StateCore) -> None:
    """Core rule that puts back what was hidden while blocks were parsed."""
    for hidden, text in state.env[_SHOWN].items():
        for token in state.tokens:
            if hidden in token.content:
                shown = token.content.replace(hidden, text)
                token.content = shown.strip() if token.type == "inline" else shown


def _parse_paragraphs(state: StateCore) -> None:
    """Core rule that parses the text of paragraphs; long ones piece by piece, for some take quadratic time."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            for piece in _pieces(token.content):
                token.children += state.md.inline.parse(piece, state.md, state.env, [])


def _pieces(text: str) -> Iterator[str]:
    """The text cut at ends of lines, else of sentences, else of words, into what can be parsed at once."""
    start = 0
    while len(text) - start > MAX_PIECE_LENGTH:
        least, most = start + MAX_PIECE_LENGTH // 2, start + MAX_PIECE_LENGTH
        ends = (text.rfind(mark, least, most) + len(mark) for mark in ("\n", ". ", " "))
        end = next((end for end in ends if end > least), most)
        yield text[start:end]
        start = end
    yield text[start:]
