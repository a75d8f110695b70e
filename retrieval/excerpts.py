"""The part of an article that is quoted: whole sections where they fit, else whole blocks or sentences of them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from retrieval.domain import Excerpt, Section
from retrieval.markdown_text import Block, BlockKind, block_sentences, block_spans

SentenceScorer = Callable[[Sequence[str]], Sequence[float]]
"""Sentences → how well each covers the question, 0 to 1."""

_COVERAGE_WEIGHT = 0.35  # a section's cosines lie close together; within it, the wording decides
_SHORTEST_SENTENCE = 20


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence, or a block that is never cut, with how well it answers."""

    start: int
    end: int
    section: int
    score: float
    is_quotable: bool


def make_excerpt(
    answer: str,
    sections: Sequence[Section],
    section_scores: Sequence[float],
    score_sentences: SentenceScorer,
    *,
    length: int = 1000,
) -> Excerpt:
    """Choose what to quote.

    The section with the best sentence is taken, then its neighbours, the better one first, as long as they fit; what
    room is left goes to the sentences that follow, and then to those before.

    Args:
        answer: The article's decoded answer.
        sections: Its sections, which tile it.
        section_scores: How well each section answers, by ordinal.
        score_sentences: Scores sentences against the question.
        length: Most characters to quote. A single sentence or block that is longer is quoted whole only if nothing
            shorter can be: it is then cut at the last white space that fits.

    Returns:
        Verbatim text with its place in the answer.

    Raises:
        ValueError: `length` is not positive, or there are no sections.
    """
    if length < 1:
        raise ValueError(f"length is {length}; it must be at least 1")
    if not sections:
        raise ValueError("an article without sections has nothing to quote")
    pieces = _pieces(answer, sections, section_scores, score_sentences)
    quotable = [piece for piece in pieces if piece.is_quotable] or pieces
    best = max(quotable, key=lambda piece: piece.score)
    start, end = _grow(answer, sections, section_scores, pieces, best, length)
    section = sections[best.section]
    return Excerpt(
        text=answer[start:end],
        start=start,
        end=end,
        heading_path=section.heading_path,
        best_start=best.start,
        best_end=min(best.end, end),
    )


def _pieces(
    answer: str, sections: Sequence[Section], section_scores: Sequence[float], score_sentences: SentenceScorer
) -> list[_Piece]:
    spans: list[tuple[int, int, Block]] = [
        (start, end, block) for block in block_spans(answer) for start, end in block_sentences(answer, block)
    ] or [(0, len(answer), Block(BlockKind.OTHER, 0, len(answer)))]
    coverages = score_sentences([answer[start:end] for start, end, _ in spans])
    pieces = []
    ordinal = 0
    for (start, end, block), coverage in zip(spans, coverages, strict=True):
        while ordinal + 1 < len(sections) and start >= sections[ordinal].end:
            ordinal += 1
        text = answer[start:end].strip()
        pieces.append(
            _Piece(
                start=start,
                end=end,
                section=ordinal,
                score=section_scores[ordinal] + _COVERAGE_WEIGHT * coverage,
                is_quotable=block.kind is not BlockKind.HEADING
                and len(text) >= _SHORTEST_SENTENCE
                and not text.endswith(":"),
            )
        )
    return pieces


def _grow(
    answer: str,
    sections: Sequence[Section],
    scores: Sequence[float],
    pieces: Sequence[_Piece],
    best: _Piece,
    length: int,
) -> tuple[int, int]:
    """Start and end of the quote around the best piece, without white space at its ends."""
    first = last = best.section
    start, end = _trim(answer, sections[first].start, sections[last].end)
    if end - start > length:
        start, end = _trim(answer, best.start, best.end)
    else:
        while True:
            options = [ordinal for ordinal in (first - 1, last + 1) if 0 <= ordinal < len(sections)]
            for ordinal in sorted(options, key=lambda ordinal: -scores[ordinal]):
                low, high = min(first, ordinal), max(last, ordinal)
                wider = _trim(answer, sections[low].start, sections[high].end)
                if wider[1] - wider[0] <= length:
                    first, last, (start, end) = low, high, wider
                    break
            else:
                break
    for piece in pieces:
        if piece.start >= end and piece.end - start <= length:
            end = _trim(answer, start, piece.end)[1]
        elif piece.start >= end:
            break
    for piece in reversed(pieces):
        if piece.end <= start and end - piece.start <= length:
            start = _trim(answer, piece.start, end)[0]
        elif piece.end <= start:
            break
    if end - start > length:
        cut = answer.rfind(" ", start + 1, start + length + 1)
        end = cut if cut > start else start + length
    return start, end


def _trim(answer: str, start: int, end: int) -> tuple[int, int]:
    while start < end and answer[start] == "\n":
        start += 1
    while end > start and answer[end - 1].isspace():
        end -= 1
    return start, end
