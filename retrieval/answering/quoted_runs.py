"""Which run of an article's sentences is quoted, or which two runs. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

_BEGUN_INSIDE = 0.1  # what it costs a run to begin inside a block or right after a formula, as a probability
_SECOND_RUN = 0.05  # what it costs to quote two runs: one reads better
_MIN_LENGTH_OF_TWO = 500  # characters of a quote from which on each half of it still says something
_MAX_PIECES_OF_TWO = 200  # of articles that are longer, one run is quoted: pairs of runs take time and memory

Run = tuple[int, int]
"""First and last piece of a run."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, or a block that is never cut, with the probability that it answers.

    Attributes:
        start: Offset of the first character in the answer.
        end: Offset after the last character.
        section: Ordinal of its section.
        probability: That it answers; those of all pieces add up to 1.
        is_quotable: Whether it says something by itself.
        is_lead_in: Whether it only leads to what follows.
        begins_block: Whether a quote can well begin with it.
    """

    start: int
    end: int
    section: int
    probability: float
    is_quotable: bool
    is_lead_in: bool
    begins_block: bool


def densest_runs(pieces: Sequence[Piece], length: int, separator: int) -> tuple[Run, ...]:
    """The run that answers most probably, or the two runs that do so clearly more probably than one.

    No run ends with what only leads to more. Where no piece that says something is short enough, the run is the best
    piece alone.

    Args:
        pieces: All of an article, in their order.
        length: Most characters of what is quoted.
        separator: Characters that stand between two runs.
    """
    one = _densest_run(pieces, length)
    if one is None:
        best = max(range(len(pieces)), key=lambda place: (pieces[place].is_quotable, pieces[place].probability))
        return ((best, best),)
    score, run = one
    is_whole = run == (0, len(pieces) - 1)
    if not is_whole and length >= _MIN_LENGTH_OF_TWO and len(pieces) <= _MAX_PIECES_OF_TWO:
        two = _densest_pair(pieces, length - separator)
        if two is not None and two[0] - _SECOND_RUN > score:
            return two[1:]
    first, last = run
    while last > first and pieces[last].is_lead_in:
        last -= 1
    return ((first, last),)


def _densest_run(pieces: Sequence[Piece], length: int) -> tuple[float, Run] | None:
    totals = [0.0, *accumulate(piece.probability for piece in pieces)]
    told = [0, *accumulate(piece.is_quotable for piece in pieces)]
    runs = []
    last = 0
    for first, piece in enumerate(pieces):
        last = max(last, first)
        while last + 1 < len(pieces) and pieces[last + 1].end - piece.start <= length:
            last += 1
        if pieces[last].end - piece.start <= length and (told[last + 1] > told[first] or not told[-1]):
            runs.append((totals[last + 1] - totals[first] - _cost(piece), -first, last))
    if not runs:
        return None
    score, negative_first, last = max(runs)
    return score, (-negative_first, last)


def _densest_pair(pieces: Sequence[Piece], length: int) -> tuple[float, Run, Run] | None:
    """The two runs that answer most probably, with something left out between, and how probably.

    All runs are laid out by where they begin and how long they are. A running maximum then gives for each run the best
    one that begins later and still fits.
    """
    starts, ends = np.array([(piece.start, piece.end) for piece in pieces]).T
    totals = np.array([0.0, *accumulate(piece.probability for piece in pieces)])
    told = np.array([0, *accumulate(piece.is_quotable for piece in pieces)])
    first, last = np.triu_indices(len(pieces))
    lengths = ends[last] - starts[first]
    closes = np.array([not piece.is_lead_in for piece in pieces])[last]
    chosen = (lengths <= length) & (told[last + 1] > told[first]) & closes
    if not chosen.any():
        return None
    first, last, lengths = first[chosen], last[chosen], lengths[chosen]
    scores = totals[last + 1] - totals[first] - np.array([_cost(piece) for piece in pieces])[first]
    later = np.full((len(pieces) + 2, length + 1), -np.inf)
    np.maximum.at(later, (first, lengths), scores)
    np.maximum.accumulate(later, axis=1, out=later)
    later = np.maximum.accumulate(later[::-1], axis=0)[::-1]
    both = scores + later[last + 2, length - lengths]
    one = int(both.argmax())
    if not np.isfinite(both[one]):
        return None
    fits = (first >= last[one] + 2) & (lengths <= length - lengths[one])
    other = int(np.where(fits, scores, -np.inf).argmax())
    return float(both[one]), (int(first[one]), int(last[one])), (int(first[other]), int(last[other]))


def _cost(piece: Piece) -> float:
    return 0.0 if piece.begins_block else _BEGUN_INSIDE
