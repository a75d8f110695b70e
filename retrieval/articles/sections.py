"""Cutting an answer into sections: pieces of its structure that are small enough to embed and large enough to mean one.

Blocks (headings, paragraphs, list items, fences, tables, formulas) are packed in order until a section is full. A
heading or a bold lead-in starts a section, an introduction that ends in a colon stays with what it introduces, and a
list item stays with its nested list where that fits. Only a block that is too long by itself is cut, between sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from typing import TYPE_CHECKING

from embeddings.encoder import TokenCounter
from retrieval.articles.markdown.plain_text import (
    WHOLE_KINDS,
    Block,
    BlockKind,
    block_sentences,
    block_spans,
    block_text,
    inline_text,
    plain_text,
)
from retrieval.domain import Section, Sentence

if TYPE_CHECKING:
    from collections.abc import Iterator


DEFAULT_WINDOW = 256
"""Tokens that all-MiniLM-L6-v2 reads; the rest of a passage would be cut off. An encoder tells its own."""

_TARGET_TOKENS = 115
_FULL_TOKENS = 200
_SMALL_TOKENS = 25
_SPECIAL_TOKENS = 2
# Real texts have at most 1.43 times the tokens that are estimated; below this share of the window none is too long.
_COUNTED_ABOVE = 0.7
_LEAD_IN_RANK = 7  # below the six levels of headings
_LIST_RANK = 10
_MAX_TITLE = 300  # characters; it stands before each passage below it, and real ones are far shorter

_WORD = re.compile(r"[A-Za-z]{1,12}|[0-9]{1,4}|[^\sA-Za-z0-9]")
_LEAD_IN = re.compile(r"(?:\*\*|__)(?P<text>[^*\n]+?):?(?:\*\*|__)[:.]?")


@dataclass(frozen=True, slots=True)
class _Sizes:
    """How large sections are to be, in tokens: at the most, where they are full, and where the next one may start."""

    window: int
    full: int
    target: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block, or some sentences of a long one.

    Attributes:
        start: Offset in the answer.
        end: Offset after it.
        text: Its plain text.
        tokens: About how many tokens that has.
        block: The block it is or belongs to.
        titles: Titles above it or in it, outermost first, each with its offset.
        opens: Whether it is itself a title: a heading or a bold lead-in.
        introduces: Whether it ends in a colon.
    """

    start: int
    end: int
    text: str
    tokens: int
    block: Block
    titles: tuple[tuple[str, int], ...]
    opens: bool = False
    introduces: bool = False

    @property
    def leads(self) -> bool:
        """Whether it means little without what follows."""
        return self.opens or self.introduces


def estimate_tokens(text: str) -> int:
    """About how many WordPiece tokens a text has, special tokens included: within 25 % for 98 in 100 texts."""
    return _SPECIAL_TOKENS + _estimate(text)


def split_article(
    answer: str,
    max_tokens: int = DEFAULT_WINDOW,
    count_tokens: TokenCounter | None = None,
    blocks: Sequence[Block] | None = None,
) -> tuple[Section, ...]:
    """Cut a decoded answer into sections whose spans cover it from end to end, without overlap.

    Args:
        answer: Decoded Markdown.
        max_tokens: The encoder's window. A passage has more tokens only where it is one indivisible block or sentence.
        count_tokens: Counts exactly as the encoder does, asked only about passages that come near the window; an
            estimate serves without it.
        blocks: The answer's blocks, where it has been parsed before.

    Returns:
        At least one section, or none where the answer has nothing but white space.
    """
    sizes = _Sizes(max_tokens, min(_FULL_TOKENS, max_tokens * 4 // 5), min(_TARGET_TOKENS, max_tokens // 2))
    pieces = _pieces(answer, block_spans(answer) if blocks is None else blocks, sizes)
    groups = [part for group in _packed(pieces, sizes) for part in _fitting(answer, group, sizes, count_tokens)]
    starts = [0, *(group[0].start for group, _ in groups[1:]), len(answer)]
    return tuple(
        Section(
            ordinal=ordinal,
            start=starts[ordinal],
            end=starts[ordinal + 1],
            heading_path=tuple(text for text, _ in group[0].titles),
            passage_text=passage or answer[group[0].start : group[-1].end],
        )
        for ordinal, (group, passage) in enumerate(groups)
    )


def _estimate(text: str) -> int:
    return round(1.08 * len(_WORD.findall(text)))


def _pieces(answer: str, blocks: Sequence[Block], sizes: _Sizes) -> list[_Piece]:
    pieces: list[_Piece] = []
    titles: list[tuple[int, str, int]] = []  # rank, text, offset
    for block in blocks:
        rank, title = _title(block)
        if rank:
            titles = [entry for entry in titles if entry[0] < rank]
        own = [(rank, title, block.start)] if title else []
        opens = bool(title) and rank < _LIST_RANK
        shown = tuple((text, offset) for _, text, offset in (titles + own if opens else titles))
        text = block_text(answer, block)
        introduces = text.endswith((":", "\uff1a"))
        piece = _Piece(block.start, block.end, text, _estimate(text), block, shown, opens, introduces)
        titles += own
        pieces += _sentence_pieces(answer, piece, sizes) if piece.tokens > sizes.full else [piece]
    return pieces


def _title(block: Block) -> tuple[int, str]:
    """The block's rank among titles and the title it gives to what follows; rank 0 leaves the titles as they are."""
    if block.kind is BlockKind.HEADING:
        return block.level, _title_text(block.content)
    if block.kind is BlockKind.PARAGRAPH and block.depth == 0:
        lead_in = _LEAD_IN.fullmatch(block.content)
        return (_LEAD_IN_RANK, _title_text(lead_in["text"])) if lead_in else (_LIST_RANK, "")
    if block.kind is BlockKind.LIST_ITEM:
        lead_in = _LEAD_IN.match(block.content)
        return _LIST_RANK + block.depth, _title_text(lead_in["text"]) if lead_in else ""
    return 0, ""


def _title_text(markdown: str) -> str:
    return inline_text(markdown)[:_MAX_TITLE].rstrip(":\uff1a ")


def _sentence_pieces(answer: str, piece: _Piece, sizes: _Sizes) -> list[_Piece]:
    """The piece cut between sentences into pieces of about equal size; whole where it has but one."""
    spans = block_sentences(answer, replace(piece.block, start=piece.start, end=piece.end))
    if piece.block.kind in WHOLE_KINDS or len(spans) == 1:
        return [piece]
    # The first has the block's marker in front, which takes a parser of blocks to strip.
    texts = [
        inline_text(answer[start:end]) if place else plain_text(answer[start:end])
        for place, (start, end) in enumerate(spans)
    ]
    tokens = [_estimate(text) for text in texts]
    total = sum(tokens)
    count = max(2, round(total / sizes.target + 0.4))
    # A sentence belongs to the part that its middle falls into, so that the parts are about equal.
    middles = [before - size / 2 for before, size in zip(accumulate(tokens), tokens, strict=True)]
    places = [int(middle * count / (total or 1)) for middle in middles]
    parts: list[_Piece] = []
    for _, members in groupby(range(len(spans)), key=places.__getitem__):
        indices = list(members)
        text = " ".join(texts[index] for index in indices)
        size = sum(tokens[index] for index in indices)
        parts.append(
            replace(
                piece, start=spans[indices[0]][0], end=spans[indices[-1]][1], text=text, tokens=size, introduces=False
            )
        )
    parts[-1] = replace(parts[-1], introduces=piece.introduces)
    return parts


def _packed(pieces: Sequence[_Piece], sizes: _Sizes) -> Iterator[list[_Piece]]:
    group: list[_Piece] = []
    tokens = 0
    for index, piece in enumerate(pieces):
        if group and _starts_section(pieces, index, tokens, sizes):
            yield group
            group, tokens = [], 0
        group.append(piece)
        tokens += piece.tokens
    if group:
        yield group


def _tokens_with_children(pieces: Sequence[_Piece], index: int, sizes: _Sizes) -> int:
    """Tokens of a piece and what belongs to it: a list item's nested blocks, what an introduction introduces."""
    depth = pieces[index].block.depth
    tokens = pieces[index].tokens
    for place in range(index + 1, len(pieces)):
        belongs = pieces[place].block.depth > depth or pieces[place - 1].leads
        if not belongs or tokens > sizes.target:
            break
        tokens += pieces[place].tokens
    return tokens


def _starts_section(pieces: Sequence[_Piece], index: int, tokens: int, sizes: _Sizes) -> bool:
    """Whether a section that has so many tokens already ends before this piece."""
    piece = pieces[index]
    if pieces[index - 1].leads:
        return tokens + piece.tokens + _SPECIAL_TOKENS > sizes.window
    if tokens < _SMALL_TOKENS:
        return tokens + piece.tokens > sizes.full
    return piece.opens or tokens + _tokens_with_children(pieces, index, sizes) > sizes.target


def _fitting(
    answer: str, group: list[_Piece], sizes: _Sizes, count_tokens: TokenCounter | None
) -> Iterator[tuple[list[_Piece], str]]:
    """The group with its passage text, or parts of it that fit the window."""
    own = "\n".join(piece.text for piece in group if piece.text)
    above = [text for text, offset in group[0].titles if offset < group[0].start]
    passage = "\n".join([*above, own])
    tokens = estimate_tokens(passage)
    if count_tokens is not None and _COUNTED_ABOVE * sizes.window < tokens <= sizes.window:
        tokens = count_tokens([passage])[0]
    if tokens <= sizes.window:
        yield group, passage
        return
    parts = group if len(group) > 1 else _sentence_pieces(answer, group[0], sizes)
    if len(parts) == 1:
        yield group, own  # what is above it would only push more of it out of the window
        return
    middle = _middle(parts)
    for half in (parts[:middle], parts[middle:]):
        yield from _fitting(answer, half, sizes, count_tokens)


def _middle(parts: Sequence[_Piece]) -> int:
    """Where to part the pieces into halves of about equal tokens: an index that leaves none of them empty."""
    half = sum(part.tokens for part in parts) / 2
    before = 0
    for index, part in enumerate(parts[:-1]):
        if before + part.tokens / 2 >= half:
            return max(1, index)
        before += part.tokens
    return len(parts) - 1


def split_sentences(answer: str, blocks: Sequence[Block] | None = None) -> tuple[Sentence, ...]:
    """The sentences of an answer, in order; an answer without any is one sentence.

    Args:
        answer: Decoded Markdown.
        blocks: Its blocks, where it has been parsed before.
    """
    sentences = tuple(
        Sentence(start, end, block.kind is BlockKind.HEADING)
        for block in (block_spans(answer) if blocks is None else blocks)
        for start, end in block_sentences(answer, block)
    )
    return sentences or (Sentence(0, len(answer), is_heading=False),)
