"""Evidence → one score an article. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.indexes.base import Candidate


@dataclass(frozen=True, slots=True)
class FusionWeights:
    """What each kind of evidence adds to an article's score.

    Cosines and coverage have one scale for all questions; BM25 has none, so it counts as its share of the question's
    best BM25 score. The defaults lie on a flat part of a grid over judged questions (see `benchmarks/fusion.py`).

    Attributes:
        passage: Weight of the best passage score.
        lexical: Weight of BM25, divided by the best BM25 score among the candidates.
        coverage: Weight of term coverage.
    """

    passage: float = 1.0
    lexical: float = 0.08
    coverage: float = 0.2


def fuse(candidates: Sequence[Candidate], weights: FusionWeights) -> list[tuple[Candidate, float]]:
    """Score candidates of one question, best first; equal scores in the order of their rows."""
    best_lexical = max((candidate.evidence.lexical for candidate in candidates), default=0.0) or 1.0
    scored = [(candidate, _score(candidate, weights, best_lexical)) for candidate in candidates]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0].article))


def _score(candidate: Candidate, weights: FusionWeights, best_lexical: float) -> float:
    evidence = candidate.evidence
    return (
        weights.passage * evidence.passage
        + weights.lexical * evidence.lexical / best_lexical
        + weights.coverage * evidence.coverage
    )
