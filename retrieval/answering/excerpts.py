"""The part of an article that is quoted: a run of whole sentences and blocks, or two, that answer best. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.answering.quoted_runs import Piece, densest_runs
from retrieval.answering.sentence_scores import SentenceWeights, section_ordinals, sentence_features, sentence_scores
from retrieval.domain import LEFT_OUT, Excerpt, Section, Sentence

_MIN_SENTENCE = 25
_COLONS = (":", "\uff1a", ":**", ":__")
_BOLD_LINE = re.compile(r"(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?:\*\*[^*\n]*[^*\n.!]\*\*|__[^_\n]*[^_\n.!]__)")
_LIST_ITEM = re.compile(r"(?:(?P<bullet>[-*+])|\d{1,9}[.)])[ \t]")
_FORMULAS = ("$$", "\\[", "\\begin{")
_CONTINUATION = re.compile(r"[Ww]here\b[^?]*\Z")  # the symbols of a formula are told after it
_WEIGHTS = SentenceWeights()


def make_excerpt(  # noqa: PLR0913  # what is known of an article and of a question
    answer: str,
    sentences: Sequence[Sentence],
    sections: Sequence[Section],
    section_scores: Sequence[float],
    coverages: Sequence[float],
    *,
    length: int = 1000,
    wants_definition: bool = False,
    weights: SentenceWeights = _WEIGHTS,
) -> Excerpt:
    """Choose what to quote.

    Each sentence has a probability of answering. Of all runs of sentences that fit, the one is quoted whose
    probabilities add up to most: several good sentences outweigh one that is a little better. Two shorter runs are
    quoted, with `LEFT_OUT` between, where they are clearly ahead of the best one. A run that begins where a paragraph,
    a list item or another block begins reads better, unless it only tells the symbols of a formula before it, and is
    taken unless another is clearly ahead.

    Args:
        answer: The article's decoded answer.
        sentences: The answer's sentences, from `split_sentences`.
        sections: Its sections, which tile it.
        section_scores: How well each section answers, by ordinal.
        coverages: How well each sentence covers what is asked beyond the article's own question, 0 to 1.
        length: Most characters to quote. Where not one sentence or block fits, the best one is cut at the last white
            space that does.
        wants_definition: Whether the member wants to know what something is, which an article's opening says.
        weights: What makes a sentence likely to answer.

    Returns:
        Verbatim text with its place in the answer.

    Raises:
        ValueError: `length` is not positive, or there are no sections.
    """
    if length < 1:
        raise ValueError(f"length is {length}; it must be at least 1")
    if not sections:
        raise ValueError("an article without sections has nothing to quote")
    ordinals = section_ordinals(sentences, sections)
    features = sentence_features(
        answer, sentences, ordinals, section_scores, coverages, wants_definition=wants_definition
    )
    pieces = _pieces(answer, sentences, ordinals, sentence_scores(features, weights))
    runs = _without_told_heading(densest_runs(pieces, length, len(LEFT_OUT)), answer, pieces, sections)
    start, end = pieces[runs[0][0]].start, pieces[runs[-1][1]].end
    left_out = (pieces[runs[0][1]].end, pieces[runs[1][0]].start) if len(runs) > 1 else None
    if left_out is None and end - start > length:
        cut = max(answer.rfind(space, start + 1, start + length + 1) for space in " \n")
        end = start + len(answer[start : cut if cut > start else start + length].rstrip())
    quoted = [piece for first, last in runs for piece in pieces[first : last + 1]]
    best = max([piece for piece in quoted if piece.is_quotable] or quoted, key=lambda piece: piece.probability)
    return Excerpt(
        text=_quoted_text(answer, start, end, left_out),
        start=start,
        end=end,
        heading_path=sections[quoted[0].section].heading_path,
        best_start=best.start,
        best_end=min(best.end, end),
        left_out=left_out,
    )


def _without_told_heading(
    runs: Sequence[tuple[int, int]], answer: str, pieces: Sequence[Piece], sections: Sequence[Section]
) -> Sequence[tuple[int, int]]:
    """The runs without a heading at the beginning that the heading path tells, too."""
    first, last = runs[0]
    path = sections[pieces[first].section].heading_path
    is_told = bool(path) and answer[pieces[first].start : pieces[first].end].strip("#* \n") == path[-1]
    return ((first + 1, last), *runs[1:]) if is_told and first < last else runs


def _quoted_text(answer: str, start: int, end: int, left_out: tuple[int, int] | None) -> str:
    if left_out is None:
        return answer[start:end]
    return answer[start : left_out[0]] + LEFT_OUT + answer[left_out[1] : end]


def _pieces(
    answer: str, sentences: Sequence[Sentence], ordinals: Sequence[int], probabilities: Sequence[float]
) -> list[Piece]:
    pieces: list[Piece] = []
    continues = False
    indents = [_indent(answer, sentence.start) for sentence in sentences]
    for number, (sentence, ordinal, probability) in enumerate(zip(sentences, ordinals, probabilities, strict=True)):
        text = answer[sentence.start : sentence.end]
        is_lead_in = (
            sentence.is_heading
            or text.endswith(_COLONS)
            or (indents[number] is not None and _is_bold_lead_in(answer, sentences, indents, number))
        )
        is_item = _LIST_ITEM.match(text) is not None
        follows = continues and (is_item or pieces[-1].is_lead_in)
        explains = bool(pieces) and answer.startswith(_FORMULAS, pieces[-1].start)
        continues = not sentence.is_heading and (follows or explains or _CONTINUATION.match(text) is not None)
        pieces.append(
            Piece(
                start=sentence.start,
                end=sentence.end,
                section=ordinal,
                probability=probability,
                is_quotable=not is_lead_in and len(text) >= _MIN_SENTENCE,
                is_lead_in=is_lead_in,
                begins_block=indents[number] is not None and not continues,
            )
        )
    return pieces


def _indent(answer: str, place: int) -> int | None:
    """How many blanks stand before a place in its line; ``None`` where something else does."""
    start = place
    while start > 0 and answer[start - 1] != "\n" and answer[start - 1].isspace():
        start -= 1
    return place - start if start == 0 or answer[start - 1] == "\n" else None


def _is_bold_lead_in(answer: str, sentences: Sequence[Sentence], indents: Sequence[int | None], number: int) -> bool:
    """Whether a sentence is a bold line that stands above what follows, as a heading does.

    A list of bold names says what it has to say, and so does a bold sentence with a full stop.
    """
    bold = _BOLD_LINE.fullmatch(answer, sentences[number].start, sentences[number].end)
    if bold is None or number + 1 == len(sentences):
        return False
    item, following = (
        _LIST_ITEM.match(answer, each.start, each.end) for each in (sentences[number], sentences[number + 1])
    )
    if item is None:
        return True
    if following is not None:
        is_deeper = (indents[number + 1] or 0) > (indents[number] or 0)
        return is_deeper or bool(item["bullet"]) != bool(following["bullet"])
    before = sentences[number - 1] if number else None
    previous = before and _LIST_ITEM.match(answer, before.start, before.end)
    return not previous or bool(item["bullet"]) != bool(previous["bullet"])
