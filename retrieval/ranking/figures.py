"""Evidence of candidates → the figures that the ranking adds up. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.domain import Evidence

Figures = NDArray[np.float64]
"""Shape (candidates, number of figures)."""


_NEARLY_ALL = 4
"""The power by which a share that is nearly 1 counts, and a half does not.

Who asks in other words than the article shares some words with many titles, which mean little; an article whose own
question says the same, or has all words of a short question, is what is looked for.
"""


def _two_passages(evidence: Evidence) -> float:
    """One passage may be near by chance; two seldom are."""
    best = sorted(evidence.passage_scores, reverse=True)[:2]
    return sum(best) / max(len(best), 1)


def _mean_section(evidence: Evidence) -> float:
    return sum(evidence.section_scores) / max(len(evidence.section_scores), 1)


def _sections(evidence: Evidence) -> float:
    """The more sections an article has, the nearer the nearest is by chance alone."""
    return math.log(max(len(evidence.section_scores), 1))


RANKING_FIGURES: Mapping[str, Callable[[Evidence], float]] = {
    "two_passages": _two_passages,
    "mean_section": _mean_section,
    "question": lambda evidence: evidence.question,
    "same_question": lambda evidence: max(evidence.question, 0.0) ** _NEARLY_ALL,
    "coverage": lambda evidence: evidence.coverage,
    "title_exact_coverage": lambda evidence: evidence.title_exact_coverage,
    "title_repeats": lambda evidence: evidence.title_exact_coverage**_NEARLY_ALL,
    "title_covered": lambda evidence: evidence.title_covered,
    "mean_sentence": lambda evidence: evidence.mean_sentence,
    "last_sentence": lambda evidence: evidence.last_sentence,
    "best_sentence_question": lambda evidence: evidence.best_sentence_question,
    "sections": _sections,
}
"""Name of each figure, and how it follows from evidence. Each earned its place by cross-validation."""

UNRELATED_FIGURES: Mapping[str, float] = {
    "two_passages": 0.06,
    "mean_section": 0.02,
    "question": 0.06,
    "same_question": 0.0,
    "coverage": 0.16,
    "title_exact_coverage": 0.01,
    "title_repeats": 0.0,
    "title_covered": 0.06,
    "mean_sentence": 0.07,
    "last_sentence": 0.07,
    "best_sentence_question": 0.07,
}
"""The figures of an article that has nothing to do with a question, on the scale of the default encoder.

Measured on 85 articles of all subjects, over the lower half of 48 candidates of 382 questions. How many sections an
article has is not among them: it has nothing to do with the question.
"""


EXTRA_FIGURES: Mapping[str, Callable[[Evidence], float | None]] = {
    "reranker": lambda evidence: evidence.reranker,
    "second_encoder": lambda evidence: evidence.second_encoder,
}
"""Figures that only the first candidates have, and only where an operator has switched them on."""

_SMALL_SPREAD = 1e-6


def extra_figures(evidence: Sequence[Evidence]) -> Figures:
    """The extra figures of each candidate, in the order of `EXTRA_FIGURES`, on a scale that fits any model.

    They are standardised among the candidates that have them; the others count as the worst of those, since they were
    not good enough to be looked at again. A figure that no candidate has is 0 for all.
    """
    columns = [_standardised([figure(each) for each in evidence]) for figure in EXTRA_FIGURES.values()]
    return np.array(columns, dtype=np.float64).T.reshape(len(evidence), len(EXTRA_FIGURES))


def _standardised(values: Sequence[float | None]) -> list[float]:
    known = np.array([value for value in values if value is not None], dtype=np.float64)
    if not len(known):
        return [0.0] * len(values)
    mean, spread = known.mean(), known.std() + _SMALL_SPREAD
    worst = (known.min() - mean) / spread
    return [float(worst if value is None else (value - mean) / spread) for value in values]


def ranking_figures(evidence: Sequence[Evidence]) -> Figures:
    """The figures of each candidate, in the order of `RANKING_FIGURES`."""
    rows = [[figure(each) for figure in RANKING_FIGURES.values()] for each in evidence]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(RANKING_FIGURES))
