"""The part of an article that is quoted: a run of whole sentences and blocks, where the answer is densest. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp

from retrieval.domain import Excerpt, Section, Sentence
from retrieval.sentences import split_sentences

SentenceScorer = Callable[[Sequence[str]], Sequence[float]]
"""Sentences → how well each covers the question, 0 to 1."""

# The four figures below were chosen on judged questions, by how often the quote holds what answers.
_COVERAGE_WEIGHT = 0.35  # a section's cosines lie close together; within it, the wording decides
_LATENESS = 0.03  # articles end with a summary that touches every word and says the least
_SHARPNESS = 0.15  # how much better a sentence must be to outweigh others: 0 takes the best one alone
_SHORTEST_SENTENCE = 25


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence, or a block that is never cut, with how well it answers."""

    start: int
    end: int
    section: int
    score: float
    is_quotable: bool
    is_lead_in: bool


def make_excerpt(  # noqa: PLR0913  # what is known of an article and of a question
    answer: str,
    sections: Sequence[Section],
    section_scores: Sequence[float],
    score_sentences: SentenceScorer,
    *,
    length: int = 1000,
    sentences: Sequence[Sentence] | None = None,
) -> Excerpt:
    """Choose what to quote.

    Each sentence is scored by its section and its own wording. Of all runs of sentences that fit, the one is quoted
    that has the most that answers: several good sentences outweigh one that is a little better.

    Args:
        answer: The article's decoded answer.
        sections: Its sections, which tile it.
        section_scores: How well each section answers, by ordinal.
        score_sentences: Scores sentences against the question.
        length: Most characters to quote. Where not one sentence or block fits, the best one is cut at the last white
            space that does.
        sentences: The answer's sentences, where they are known already; cutting it takes a millisecond.

    Returns:
        Verbatim text with its place in the answer.

    Raises:
        ValueError: `length` is not positive, or there are no sections.
    """
    if length < 1:
        raise ValueError(f"length is {length}; it must be at least 1")
    if not sections:
        raise ValueError("an article without sections has nothing to quote")
    pieces = _pieces(answer, sentences or split_sentences(answer), sections, section_scores, score_sentences)
    first, last = _densest_run(pieces, length)
    start, end = pieces[first].start, pieces[last].end
    if end - start > length:
        cut = max(answer.rfind(space, start + 1, start + length + 1) for space in " \n")
        end = start + len(answer[start : cut if cut > start else start + length].rstrip())
    run = pieces[first : last + 1]
    best = max([piece for piece in run if piece.is_quotable] or run, key=lambda piece: piece.score)
    return Excerpt(
        text=answer[start:end],
        start=start,
        end=end,
        heading_path=sections[pieces[first].section].heading_path,
        best_start=best.start,
        best_end=min(best.end, end),
    )


def _pieces(
    answer: str,
    sentences: Sequence[Sentence],
    sections: Sequence[Section],
    section_scores: Sequence[float],
    score_sentences: SentenceScorer,
) -> list[_Piece]:
    coverages = score_sentences([answer[sentence.start : sentence.end] for sentence in sentences])
    pieces = []
    ordinal = 0
    for sentence, coverage in zip(sentences, coverages, strict=True):
        start, end = sentence.start, sentence.end
        while ordinal + 1 < len(sections) and start >= sections[ordinal].end:
            ordinal += 1
        text = answer[start:end]
        is_lead_in = sentence.is_heading or text.endswith(":")
        is_quotable = not is_lead_in and len(text) >= _SHORTEST_SENTENCE
        score = section_scores[ordinal] + _COVERAGE_WEIGHT * coverage - _LATENESS * start / max(len(answer), 1)
        pieces.append(_Piece(start, end, ordinal, score, is_quotable, is_lead_in))
    return pieces


def _densest_run(pieces: Sequence[_Piece], length: int) -> tuple[int, int]:
    """First and last piece of the run that answers most and is at most `length` characters long.

    It does not end with what only leads to more. Where no piece that says something is that short, the run is the
    best piece alone.
    """
    highest = max(piece.score for piece in pieces)
    lowest = min(piece.score for piece in pieces)
    scores = [piece.score if piece.is_quotable else lowest for piece in pieces]
    weights = [exp((score - highest) / _SHARPNESS) for score in scores]
    totals = [0.0, *accumulate(weights)]
    told = [0, *accumulate(piece.is_quotable for piece in pieces)]
    runs = []
    last = 0
    for first, piece in enumerate(pieces):
        last = max(last, first)
        while last + 1 < len(pieces) and pieces[last + 1].end - piece.start <= length:
            last += 1
        if pieces[last].end - piece.start <= length and (told[last + 1] > told[first] or not told[-1]):
            runs.append((totals[last + 1] - totals[first], -first, last))
    if not runs:
        best = max(range(len(pieces)), key=lambda place: (pieces[place].is_quotable, scores[place]))
        return best, best
    _, negative_first, last = max(runs)
    while last > -negative_first and pieces[last].is_lead_in:
        last -= 1
    return -negative_first, last
