"""An article's Markdown → what a Discord message can show: text with Discord's own Markdown, and pictures of formulas.

Nothing of the article is left out but horizontal rules. All text is escaped, so that the only formatting, links and
code in the result are those of the article, and none can ping.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from markdown_it.tree import SyntaxTreeNode

from bot.rendering.blocks import Block, ImageBlock, TextBlock
from bot.rendering.escaping import ZERO_WIDTH, code_fence
from bot.rendering.inline_markdown import Formula, plain_line, render_inline, render_line
from bot.rendering.limits import ALT_TEXT, shorten
from bot.rendering.math.budget import ReplyDrawer
from bot.rendering.math.tree import FormulaError
from bot.rendering.tables import Align, Cell, Table, table_markdown
from retrieval.articles.markdown.parser import all_tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from markdown_it.token import Token

    FormulaDrawer = Callable[[str], bytes]
    """LaTeX → PNG; raises `FormulaError` for what cannot be drawn."""

_MAX_HEADING = 3
_LISTS = frozenset({"bullet_list", "ordered_list"})


def render_markdown(
    markdown: str, draw: FormulaDrawer, site_url: str = "", *, is_best_marked: bool = False
) -> tuple[Block, ...]:
    """The blocks of a text, ready to be put on pages.

    Args:
        markdown: Markdown as articles have it, line breaks decoded.
        draw: Draws a display formula; one that it cannot draw is shown as LaTeX source in a code block.
        site_url: Address of the site that links without a host lead to, without a slash at its end.
        is_best_marked: What `inline_markdown.BEST_STARTS` and `BEST_ENDS` enclose is shown bold.
    """
    renderer = _Renderer(ReplyDrawer(draw), site_url, is_best_marked=is_best_marked)
    return tuple(renderer.children(SyntaxTreeNode(list(all_tokens(markdown))), ""))


class _Renderer:
    def __init__(self, draw: FormulaDrawer, site_url: str, *, is_best_marked: bool) -> None:
        self._site_url = site_url
        self._is_best_marked = is_best_marked
        self._draw = draw
        self._images = 0

    def children(self, node: SyntaxTreeNode, indent: str) -> Iterator[Block]:
        for child in node.children:
            yield from self._block(child, indent)

    def _block(self, node: SyntaxTreeNode, indent: str) -> Iterator[Block]:
        if node.type in _LISTS:
            yield from self._list(node, indent)
        elif node.type == "paragraph":
            yield from self._paragraph(_inline(node), indent, indent)
        elif node.type == "heading":
            yield from self._heading(node)
        elif node.type == "math_block":
            yield self._formula(node.content.strip())
        elif node.type == "blockquote":
            yield from self._quote(node)
        else:
            yield from self._as_code(node, is_tight=bool(indent))

    def _quote(self, node: SyntaxTreeNode) -> Iterator[Block]:
        """A quote; one inside of it is not marked again, for Discord has no quotes in quotes."""
        is_tight = False
        for child in node.children:
            for block in self._block(child, ""):
                quoted = block if child.type == "blockquote" else _quoted(block)
                yield _placed(quoted, is_tight=is_tight)
                is_tight = True

    def _as_code(self, node: SyntaxTreeNode, *, is_tight: bool) -> Iterator[Block]:
        """Code, and tables, which are shown like it; a horizontal rule gives nothing."""
        if node.type == "fence" and node.content.strip():
            yield TextBlock(code_fence(node.content, node.info), is_tight=is_tight)
        elif node.type == "table":
            yield from (TextBlock(text) for text in table_markdown(_table(node, self._site_url)))

    def _heading(self, node: SyntaxTreeNode) -> Iterator[Block]:
        level = int(node.tag[1])
        text = render_line(_inline(node), self._site_url, bold=level > _MAX_HEADING)
        if text:
            yield TextBlock(f"{'#' * level} {text}" if level <= _MAX_HEADING else text, is_heading=True)

    def _list(self, node: SyntaxTreeNode, indent: str) -> Iterator[Block]:
        is_ordered = node.type == "ordered_list"
        first = int(node.attrs.get("start", 1)) if is_ordered else 0
        is_loose = not indent and any(child.type == "paragraph" and not child.hidden for child in _grandchildren(node))
        for number, item in enumerate(node.children, start=first):
            pieces = self._item(item, f"{number}. " if is_ordered else "- ", indent)
            yield _placed(next(pieces), is_tight=not is_loose)
            yield from pieces

    def _item(self, item: SyntaxTreeNode, marker: str, indent: str) -> Iterator[Block]:
        inner = indent + " " * (3 if len(marker) > 2 else 2)  # noqa: PLR2004  as far as the marker's text stands in
        children = list(item.children)
        first = _inline(children[0]) if children and children[0].type == "paragraph" else ()
        pieces = list(self._paragraph(first, indent + marker, inner)) if first else []
        if not pieces or isinstance(pieces[0], ImageBlock):
            pieces.insert(0, TextBlock(f"{indent}{marker}{ZERO_WIDTH}", is_tight=True))
        yield from pieces
        for child in children[1:] if first else children:
            yield from self._block(child, inner)

    def _paragraph(self, tokens: Sequence[Token], first_indent: str, indent: str) -> Iterator[Block]:
        """A paragraph's text, and pictures of the display formulas in it; in lists, all stand close together."""
        lead = first_indent
        for piece in render_inline(tokens, self._site_url, is_best_marked=self._is_best_marked):
            if isinstance(piece, Formula):
                yield _placed(self._formula(piece.source), is_tight=bool(indent))
                lead = ""
            else:
                lines = [line for line in piece.split("\n") if line.strip()]
                yield TextBlock(lead + f"\n{indent}".join(lines), is_tight=bool(first_indent))
                lead = indent

    def _formula(self, source: str) -> Block:
        try:
            png = self._draw(source)
        except FormulaError:
            return TextBlock(code_fence(source, "latex"))
        self._images += 1
        return ImageBlock(f"formula-{self._images}.png", png, shorten(source, ALT_TEXT))


def _grandchildren(node: SyntaxTreeNode) -> Iterator[SyntaxTreeNode]:
    return (inner for child in node.children for inner in child.children)


def _placed(block: Block, *, is_tight: bool) -> Block:
    """The block, close to what stands above it where it is text."""
    return replace(block, is_tight=is_tight) if isinstance(block, TextBlock) else block


def _quoted(block: Block) -> Block:
    if isinstance(block, ImageBlock):
        return block
    return replace(block, markdown="\n".join(f"> {line}" for line in block.markdown.split("\n")))


def _inline(node: SyntaxTreeNode) -> Sequence[Token]:
    return [token for child in node.children for token in child.to_tokens()[0].children or []]


def _table(node: SyntaxTreeNode, site_url: str) -> Table:
    rows = [row for part in node.children for row in part.children]
    head, *body = [tuple(_cell(cell, site_url) for cell in row.children) for row in rows]
    aligns = tuple(_align(cell) for cell in rows[0].children)
    return Table(head, tuple(body), aligns)


def _cell(node: SyntaxTreeNode, site_url: str) -> Cell:
    tokens = _inline(node)
    return Cell(plain_line(tokens), render_line(tokens, site_url))


def _align(node: SyntaxTreeNode) -> Align:
    style = str(node.attrs.get("style", ""))
    return next((align for align in Align if style.endswith(align.value)), Align.LEFT)
