"""Figures → one score a candidate, and the probability of each to be the best one. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.domain import Evidence
from retrieval.errors import CalibrationError
from retrieval.indexes.base import Candidate
from retrieval.ranking.figures import (
    EXTRA_FIGURES,
    RANKING_FIGURES,
    UNRELATED_FIGURES,
    Figures,
    extra_figures,
    ranking_figures,
)

DEFAULT_EXTRAS = (1.0, 0.4)
"""What an extra figure adds to the log-odds for each deviation above the mean, until it is fitted: in the order of
`EXTRA_FIGURES`. That of the second encoder is what cross-validation gave all-mpnet-base-v2 beside all-MiniLM-L6-v2.
"""

MEASURED_AGAINST = 3
"""Candidates that a score is measured against at least; what a corpus lacks of them is filled up with unrelated ones.

Of 1, 3, 6, 12 and 24 the one with the least calibration error over corpora of one, two and five articles: among more
unrelated ones everything that is near seems far ahead.
"""

_SMALL_SPREAD = 0.05
"""Added to standard deviations of figures: candidates that are all alike tell nothing."""


@dataclass(frozen=True, slots=True)
class RankedCandidate:
    """A candidate with what its evidence adds up to.

    Attributes:
        candidate: The candidate.
        score: Log-odds against the mean of the question's candidates.
        share: Probability that it is the best of them; all add up to 1.
    """

    candidate: Candidate
    score: float
    share: float


@dataclass(frozen=True, slots=True)
class RankingWeights:
    """A linear ranking, fitted so that the shares are probabilities (listwise softmax).

    Attributes:
        weights: What each figure adds to a score, in the order of `RANKING_FIGURES`.
        extras: The same for `EXTRA_FIGURES`.
        standardised: Whether figures are divided by their spread among a question's candidates first. Then the weights
            suit encoders whose cosines lie on another scale than those on which they were fitted.
    """

    weights: tuple[float, ...]
    extras: tuple[float, ...] = DEFAULT_EXTRAS
    standardised: bool = False

    def scores(self, evidence: Sequence[Evidence]) -> NDArray[np.float64]:
        """Score of each candidate of one question, shape (candidates,), with mean 0."""
        return np.asarray(self.contributions(evidence).sum(axis=1))

    def contributions(self, evidence: Sequence[Evidence]) -> NDArray[np.float64]:
        """What each figure adds to the score of each candidate.

        Returns:
            Shape (candidates, figures), in the order of `RANKING_FIGURES` and then `EXTRA_FIGURES`.
        """
        figures = prepared_figures(evidence, standardised=self.standardised)
        return np.asarray(figures * np.array([*self.weights, *self.extras]))

    def to_json(self) -> dict[str, Any]:
        """Weight of each figure by name."""
        return {
            "standardised": self.standardised,
            "weights": dict(zip(RANKING_FIGURES, self.weights, strict=True)),
            "extras": dict(zip(EXTRA_FIGURES, self.extras, strict=True)),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> RankingWeights:
        """Read what `to_json` gave.

        Raises:
            CalibrationError: A figure is missing, unknown or no number.
        """
        try:
            named, extras = data["weights"], data["extras"]
            if set(named) != set(RANKING_FIGURES) or set(extras) != set(EXTRA_FIGURES):
                raise CalibrationError("was made by another version")
            weights = cls(
                tuple(float(named[name]) for name in RANKING_FIGURES),
                tuple(float(extras[name]) for name in EXTRA_FIGURES),
                standardised=bool(data["standardised"]),
            )
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise CalibrationError(f"cannot be read ({error})") from error
        if not all(map(math.isfinite, (*weights.weights, *weights.extras))):
            raise CalibrationError("holds figures that are no numbers")
        return weights


def prepared_figures(evidence: Sequence[Evidence], *, standardised: bool) -> Figures:
    """The figures of one question's candidates as they are weighted.

    Args:
        evidence: Of each candidate.
        standardised: See `RankingWeights`.

    Returns:
        Each less its mean among the candidates, shape (candidates, figures), ranking figures first and extras behind.
        Of few candidates the mean is that of them and of as many unrelated articles as are missing: an only article
        would be as good as its own mean, whatever is asked. Where no scale is known, no unrelated article is either.
    """
    if not evidence:
        return np.empty((0, len(RANKING_FIGURES) + len(EXTRA_FIGURES)))
    figures = ranking_figures(evidence)
    if standardised:
        figures /= figures.std(axis=0) + _SMALL_SPREAD
    every = np.hstack([figures, extra_figures(evidence)])
    mean = every.mean(axis=0)
    missing = max(MEASURED_AGAINST - len(evidence), 0)
    if missing and not standardised:
        unrelated = np.array([UNRELATED_FIGURES.get(name, mean[place]) for place, name in enumerate(RANKING_FIGURES)])
        known = slice(len(unrelated))
        mean[known] += (unrelated - mean[known]) * missing / MEASURED_AGAINST
    return np.asarray(every - mean)


def rank(candidates: Sequence[Candidate], weights: RankingWeights) -> list[RankedCandidate]:
    """Score the candidates of one question, best first; equal scores in the order of their rows."""
    scores = weights.scores([candidate.evidence for candidate in candidates])
    ranked = map(RankedCandidate, candidates, scores.tolist(), shares(scores).tolist())
    return sorted(ranked, key=lambda each: (-each.score, each.candidate.article))


def shares(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probability of each score to be the best one's: their softmax."""
    raised = np.exp(scores - scores.max(initial=-np.inf))
    return np.asarray(raised / max(float(raised.sum()), 1e-300))
