r"""The structure of Markdown text: its blocks, its sentences, and the plain text in it.

Articles are written one paragraph a line, with headings, bold lead-ins, nested lists, fences, tables and LaTeX math
between ``$``, ``$$``, ``\(`` and ``\[``. All offsets are in code points of the text that was given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

from retrieval.articles.markdown.parser import block_tokens, inline_tokens, math_source
from retrieval.articles.markdown.protected_spans import protected_spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token


class BlockKind(Enum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    FENCE = "fence"
    TABLE = "table"
    MATH = "math"
    QUOTE = "quote"
    OTHER = "other"


WHOLE_KINDS = frozenset({BlockKind.HEADING, BlockKind.FENCE, BlockKind.TABLE, BlockKind.MATH, BlockKind.OTHER})
"""Blocks that are one unit; the others consist of sentences."""


@dataclass(frozen=True, slots=True)
class Block:
    """A leaf of the document: blocks follow each other without overlap, with nothing but white space between them.

    Attributes:
        kind: What it is. A list item ends where its nested list, or its second paragraph, begins.
        start: Offset of the first character that is no white space, list marker included.
        end: Offset after the last character that is no white space.
        depth: How many lists it stands in, 0 or more.
        level: 1 to 6 for a heading, else 0.
        content: What is between its markers: inline Markdown, the code of a fence, the source of a formula; empty for
            a table and what is no block of Markdown.
    """

    kind: BlockKind
    start: int
    end: int
    depth: int = 0
    level: int = 0
    content: str = ""


_LINE_END = re.compile(r"\r\n?|\n")
_LEAVES = {
    "heading_open": BlockKind.HEADING,
    "paragraph_open": BlockKind.PARAGRAPH,
    "fence": BlockKind.FENCE,
    "table_open": BlockKind.TABLE,
    "math_block": BlockKind.MATH,
    "hr": BlockKind.OTHER,
}
_DISPLAY = re.compile(r"(?:[-*+>]\s+|\d+[.)]\s+)?(?:\\\[.*\\\]|\$\$.*\$\$|\\begin\{(\w+\*?)\}.*\\end\{\1\})", re.DOTALL)


def block_spans(markdown: str) -> list[Block]:
    """The blocks of a text, in order. Every character that is no white space is in exactly one block."""
    lines = [0, *(match.end() for match in _LINE_END.finditer(markdown)), len(markdown)]
    blocks: list[Block] = []
    done = depth = quotes = 0
    item_lines: set[int] = set()
    tokens = block_tokens(markdown)
    for index, token in enumerate(tokens):
        depth += token.nesting if token.type.endswith("_list_open") or token.type.endswith("_list_close") else 0
        quotes += token.nesting if token.type.startswith("blockquote") else 0
        if token.type == "list_item_open" and token.map:
            item_lines.add(token.map[0])
        kind = _LEAVES.get(token.type)
        if kind is None or not token.map or lines[token.map[1]] <= done:
            continue
        first, last = token.map
        if kind is BlockKind.PARAGRAPH:
            kind = _paragraph_kind(markdown[lines[first] : lines[last]], quoted=quotes > 0, item=first in item_lines)
        blocks += _trimmed(markdown, Block(BlockKind.OTHER, done, max(done, lines[first]), depth))
        level = int(token.tag[1]) if kind is BlockKind.HEADING else 0
        content = _content(token, tokens[index + 1 : index + 2])
        blocks += _trimmed(markdown, Block(kind, max(done, lines[first]), lines[last], depth, level, content))
        done = lines[last]
    blocks += _trimmed(markdown, Block(BlockKind.OTHER, done, len(markdown)))
    return blocks


def _content(token: Token, following: Sequence[Token]) -> str:
    if token.type == "math_block":
        return math_source(token)
    return following[0].content if following and following[0].type == "inline" else token.content


def _paragraph_kind(text: str, *, quoted: bool, item: bool) -> BlockKind:
    if _DISPLAY.fullmatch(text.strip()):
        return BlockKind.MATH
    if item:
        return BlockKind.LIST_ITEM
    return BlockKind.QUOTE if quoted else BlockKind.PARAGRAPH


def _trimmed(markdown: str, block: Block) -> Iterator[Block]:
    text = markdown[block.start : block.end]
    if stripped := text.strip():
        start = block.start + len(text) - len(text.lstrip())
        yield replace(block, start=start, end=start + len(stripped))


_CLOSING = r"[\"'\u2019\u201d\u00bb)\]*_]*+"
_OPENING = r"[\"'\u2018\u201c\u00ab(\[*_]*+"
_BOUNDARY = re.compile(
    rf"(?<![.!?\u2026])(?P<stop>[.!?\u2026]++{_CLOSING})[ \t]++"
    rf"(?={_OPENING}(?:[^\W_a-z\u00df-\u00f6\u00f8-\u00ff]|[$`\\]))"
    r"|(?P<wide>[\u3002\uff01\uff1f]+[\u201d\u2019\u300d\u300f\uff09]*)"  # ideographic stops need no blank after them
    r"|(?P<line>(?<![ \t])[ \t]*+\\?(?:\r\n?|\n)[ \t>]*+)"
)
_ENUMERATOR = re.compile(r"(?:^|\n)[ \t>]*(?:[-*+][ \t]+)?[*_]*(?:\d{1,9}|[A-Za-z])\.$")
_ABBREVIATION = re.compile(
    r"\b(?:e\.g|i\.e|cf|vs|viz|approx|ca|Dr|Mr|Mrs|Ms|Prof|St|Gen|Col|Capt|Sgt|Lt|Rev|Hon|Gov|Sen|Rep|Mt)\.$"
)
_NUMBERED_ABBREVIATION = re.compile(r"\b(?:Figs?|Eqs?|Eqn|Nos?|Vols?|Ch|Sec|Ex|Art|Tab|pp?|c|al|no|vol|fig)\.$")
_NAME_ABBREVIATION = re.compile(r"(?:\b[A-Z]|\b(?:[A-Z]\.)+[A-Z]|\b(?:Ph\.D|Jr|Sr|Inc|Ltd|Co|Corp|al|v))\.$")
_STARTER = re.compile(
    rf"{_OPENING}(?:A|An|And|As|At|Both|But|By|Each|Every|For|From|He|Here|How|However|If|In|It|Its|Many|Most|No|Of|On|One"
    r"|Our|She|Since|So|Some|Such|That|The|Their|Then|There|These|They|This|Those|Thus|To|Under|Unlike|We|What|When"
    r"|Where|Whether|Which|While|Who|Why|With|You|Your)\b"
)
_SOFT_WRAP_LENGTH = 60
_LOOKED_BACK = 200
_MARKS = re.compile(r"[*_`\\\[<&$\n]")
_BOLD = re.compile(r"\*\*([^\s*_`\\\[<&$](?:[^*_`\\\[<&$\n]*[^\s*_`\\\[<&$])?)\*\*")


def block_sentences(text: str, block: Block) -> list[tuple[int, int]]:
    """The sentences of one block of the text, as offsets in the text."""
    if block.kind in WHOLE_KINDS:
        return [(block.start, block.end)]
    body = text[block.start : block.end]
    protected = protected_spans(body)
    inside = 0
    cuts = [0]
    for match in _BOUNDARY.finditer(body):
        while inside < len(protected) and protected[inside][1] <= match.start():
            inside += 1
        if inside < len(protected) and protected[inside][0] <= match.start():
            continue
        if _ends_sentence(body, match, cuts[-1]):
            cuts.append(match.end())
    spans = []
    for start, end in pairwise([*cuts, len(body)]):
        sentence = body[start:end]
        if stripped := sentence.strip():
            offset = block.start + start + len(sentence) - len(sentence.lstrip())
            spans.append((offset, offset + len(stripped)))
    return spans


def _ends_sentence(body: str, match: re.Match[str], sentence_start: int) -> bool:
    first = max(sentence_start, match.start() - _LOOKED_BACK)
    before = body[first : match.start() + 1]
    after = body[match.end() : match.end() + 20]
    if match["line"] is not None:
        return _ends_line(body[first : match.start()], match["line"], after)
    if match["wide"] is not None or match["stop"][0] != ".":
        return True
    if _ENUMERATOR.search(before) or _ABBREVIATION.search(before):
        return False
    if _NUMBERED_ABBREVIATION.search(before) and re.match(r"\d|[IVX]+\b", after):
        return False
    return not _NAME_ABBREVIATION.search(before) or _STARTER.match(after) is not None


def _ends_line(line: str, line_end: str, after: str) -> bool:
    """Whether the end of a line ends a sentence: articles have a paragraph on one line, other texts may be wrapped."""
    if "\\" in line_end or line_end.startswith("  "):  # a line break that the writer asked for
        return True
    if line.rstrip("*_\"')\u2019\u201d").endswith((".", "!", "?", ":", ";", "\u2026")):
        return True
    return len(line) < _SOFT_WRAP_LENGTH and not after[:1].islower()


def plain_text(markdown: str) -> str:
    """The readable text of Markdown: no marks of emphasis, headings and lists; math and code as they are written.

    Blocks stand on lines of their own; the cells of a table's row are parted by `` | ``.
    """
    lines: list[str] = []
    cells: list[str] = []
    in_row = False
    for token in block_tokens(markdown):
        if token.type == "tr_open":
            in_row, cells = True, []
        elif token.type == "tr_close":
            in_row = False
            lines.append(" | ".join(cells))
        elif token.type == "inline":
            (cells if in_row else lines).append(inline_text(token.content))
        elif token.type == "math_block":
            lines.append(math_source(token))
        elif token.type == "fence":
            lines.append(token.content.strip())
    return "\n".join(line for line in lines if line)


def block_text(markdown: str, block: Block) -> str:
    """The plain text of one block of the text, as `plain_text` gives it but faster."""
    if block.kind in {BlockKind.FENCE, BlockKind.MATH}:
        return block.content.strip()
    if block.content:
        return inline_text(block.content)
    return plain_text(markdown[block.start : block.end])


def inline_text(text: str) -> str:
    """The readable text of one paragraph of Markdown, its list or heading marker already off."""
    unmarked = _BOLD.sub(r"\1", text)
    if not _MARKS.search(unmarked):  # nine in ten paragraphs: parsing would take ten times as long
        return unmarked
    parts = []
    for token in inline_tokens(text):
        if token.type in {"text", "code_inline", "image"}:
            parts.append(token.content)
        elif token.type.startswith("math"):
            parts.append(math_source(token))
        elif token.type in {"softbreak", "hardbreak"}:
            parts.append("\n")
    return "".join(parts).strip()
