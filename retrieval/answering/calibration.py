"""Evidence → the probability that the first hit answers, and what is done with it.

A logistic regression over a few figures that mean the same in every corpus (cosines and coverage). It is fitted to
judged questions by `quicktakes evaluate --calibrate` and stored with the generation; until then a cautious prior holds.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.domain import Hit, Outcome
from retrieval.errors import CalibrationError

FEATURES = ("section", "coverage")
"""What the probability depends on; see `features`."""

_RIDGE = 3.0  # keeps the fit sane where few questions are judged
_LOOKED_AT = 3
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Calibration:
    """The probability model, and the probabilities from which a reply is an answer or candidates.

    Attributes:
        intercept: Log-odds where every feature is at its centre.
        coefficients: Change of the log-odds for each scaled feature, in the order of `FEATURES`.
        centres: What is subtracted from each feature.
        scales: What each feature is divided by then.
        answer_from: From this probability on, the reply is an answer.
        candidates_from: From this probability on, the reply offers candidates.
        questions: How many judged questions it was fitted to; 0 for the prior.
    """

    intercept: float
    coefficients: tuple[float, ...]
    centres: tuple[float, ...]
    scales: tuple[float, ...]
    answer_from: float
    candidates_from: float
    questions: int = 0

    def probability(self, hits: Sequence[Hit]) -> float:
        """Probability that the first hit answers the question; 0 where there is no hit."""
        if not hits:
            return 0.0
        scaled = (np.array(features(hits)) - self.centres) / self.scales
        log_odds = self.intercept + float(scaled @ np.array(self.coefficients))
        return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, log_odds))))

    def outcome(self, probability: float) -> Outcome:
        """What is done at this probability."""
        if probability >= self.answer_from:
            return Outcome.ANSWER
        return Outcome.CANDIDATES if probability >= self.candidates_from else Outcome.NO_ANSWER

    def to_json(self) -> dict[str, Any]:
        """As stored with a generation."""
        return {
            "format": _FORMAT,
            "features": list(FEATURES),
            "intercept": self.intercept,
            "coefficients": list(self.coefficients),
            "centres": list(self.centres),
            "scales": list(self.scales),
            "answer_from": self.answer_from,
            "candidates_from": self.candidates_from,
            "questions": self.questions,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Calibration:
        """Read what `to_json` gave.

        Raises:
            CalibrationError: It is of another version or incomplete.
        """
        if data.get("format") != _FORMAT or data.get("features") != list(FEATURES):
            raise CalibrationError("was made by another version")
        try:
            calibration = cls(
                intercept=float(data["intercept"]),
                coefficients=tuple(map(float, data["coefficients"])),
                centres=tuple(map(float, data["centres"])),
                scales=tuple(map(float, data["scales"])),
                answer_from=float(data["answer_from"]),
                candidates_from=float(data["candidates_from"]),
                questions=int(data["questions"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise CalibrationError(f"cannot be read ({error})") from error
        calibration._check()
        return calibration

    def _check(self) -> None:
        figures = (self.coefficients, self.centres, self.scales)
        if any(len(figure) != len(FEATURES) for figure in figures):
            raise CalibrationError(f"needs {len(FEATURES)} coefficients, centres and scales")
        single = (self.intercept, self.answer_from, self.candidates_from)
        if not all(map(math.isfinite, (*single, *chain(*figures)))) or min(self.scales) <= 0:
            raise CalibrationError("holds figures that are no numbers, or scales that are not above 0")


PRIOR = Calibration(
    intercept=0.6,
    coefficients=(1.2, 1.5),
    centres=(0.6, 0.57),
    scales=(0.13, 0.21),
    answer_from=0.5,
    candidates_from=0.25,
)
"""Holds until a calibration is fitted: it answers where both a section and the wording are near."""


def features(hits: Sequence[Hit]) -> tuple[float, ...]:
    """The figures behind the probability, in the order of `FEATURES`.

    What the first hits have in common tells whether the corpus speaks of the matter at all; how far the first is ahead
    of the second does not, and left out it makes the probability tell better what the corpus cannot answer.

    Args:
        hits: At least one hit, best first.

    Returns:
        Cosine of the nearest section among the first three hits, and coverage by the first.
    """
    return (max(hit.evidence.section for hit in hits[:_LOOKED_AT]), hits[0].evidence.coverage)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """How judged questions turned out, one entry a question.

    Attributes:
        features: From `features`, shape (questions, len(FEATURES)).
        answered: Whether the first hit answers the question.
        answerable: Whether the corpus answers it at all.
    """

    features: NDArray[np.float64]
    answered: NDArray[np.bool_]
    answerable: NDArray[np.bool_]


def fit(outcomes: Outcomes) -> Calibration:
    """Fit a calibration to judged questions.

    Questions whose answer stood further down count as not answered. The reply offers candidates from the probability
    that best tells questions that the corpus answers from others.

    Raises:
        CalibrationError: There are too few questions of either kind.
    """
    positive = int(outcomes.answered.sum())
    negative = int((~outcomes.answerable).sum())
    if positive < len(FEATURES) or negative < len(FEATURES):
        raise CalibrationError(
            f"needs at least {len(FEATURES)} questions that were answered and as many that the corpus does not answer, "
            f"but there are {positive} and {negative}; judge more questions"
        )
    centres = outcomes.features.mean(axis=0)
    scales = np.maximum(outcomes.features.std(axis=0), 1e-6)
    scaled = (outcomes.features - centres) / scales
    weights = fit_logistic(scaled, outcomes.answered.astype(np.float64), ridge=_RIDGE)
    calibration = Calibration(
        intercept=float(weights[0]),
        coefficients=tuple(weights[1:].tolist()),
        centres=tuple(centres.tolist()),
        scales=tuple(scales.tolist()),
        answer_from=1.0,
        candidates_from=1.0,
        questions=len(outcomes.answered),
    )
    probabilities = 1.0 / (1.0 + np.exp(-(weights[0] + scaled @ weights[1:])))
    candidates_from = _best_cut(probabilities, outcomes.answerable)
    return Calibration(
        intercept=calibration.intercept,
        coefficients=calibration.coefficients,
        centres=calibration.centres,
        scales=calibration.scales,
        answer_from=max(candidates_from, 0.5),
        candidates_from=candidates_from,
        questions=calibration.questions,
    )


def _best_cut(probabilities: NDArray[np.float64], wanted: NDArray[np.bool_]) -> float:
    """The probability that tells the wanted from the others with the fewest mistakes of both kinds (Youden's J)."""
    order = np.unique(probabilities)
    cuts = (order[1:] + order[:-1]) / 2 if len(order) > 1 else order
    gains = [float((probabilities[wanted] >= cut).mean() - (probabilities[~wanted] >= cut).mean()) for cut in cuts]
    best = max(gains)
    equal = [cut for cut, gain in zip(cuts, gains, strict=True) if gain == best]
    return float(equal[len(equal) // 2])


_ROUNDS = 60
_CONVERGED = 1e-8


def fit_logistic(x: NDArray[np.float64], y: NDArray[np.float64], *, ridge: float) -> NDArray[np.float64]:
    """Ridge logistic regression by Newton's method.

    Args:
        x: Features, shape (samples, features), each about as wide as the others.
        y: 1 or 0, shape (samples,).
        ridge: How strongly the coefficients are held towards 0; the intercept is not.

    Returns:
        The intercept and the coefficients, shape (1 + features,).
    """
    design = np.hstack([np.ones((len(x), 1)), x])
    penalty = np.diag([0.0] + [ridge] * x.shape[1])
    weights = np.zeros(design.shape[1])
    for _ in range(_ROUNDS):
        p = 1.0 / (1.0 + np.exp(-np.clip(design @ weights, -30, 30)))
        gradient = design.T @ (p - y) + penalty @ weights
        curvature = design.T @ (design * (p * (1 - p))[:, None]) + penalty + 1e-9 * np.eye(len(weights))
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if float(np.abs(step).max()) < _CONVERGED:
            break
    return weights
