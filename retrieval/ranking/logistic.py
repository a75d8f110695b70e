"""Logistic regression over named figures. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import CalibrationError
from retrieval.ranking.newton import Point, minimise

_SMALLEST_SCALE = 1e-6
_LARGEST_LOG_ODDS = 60.0


@dataclass(frozen=True, slots=True)
class LogisticModel:
    """The probability of something, from figures that are centred and scaled first.

    Attributes:
        names: Of the figures.
        coefficients: Change of the log-odds for each scaled figure.
        centres: What is subtracted from each figure.
        scales: What each figure is divided by then.
        intercept: Log-odds where every figure is at its centre.
    """

    names: tuple[str, ...]
    coefficients: tuple[float, ...]
    centres: tuple[float, ...]
    scales: tuple[float, ...]
    intercept: float

    def log_odds(self, figures: Mapping[str, float]) -> float:
        """Log-odds at these figures, which may hold more than the model looks at."""
        return self.intercept + math.fsum(self.contributions(figures).values())

    def contributions(self, figures: Mapping[str, float]) -> dict[str, float]:
        """What each figure adds to the log-odds."""
        rows = zip(self.names, self.coefficients, self.centres, self.scales, strict=True)
        return {name: weight * (figures[name] - centre) / scale for name, weight, centre, scale in rows}

    def to_json(self) -> dict[str, Any]:
        """By name of each figure."""
        rows = zip(self.names, self.coefficients, self.centres, self.scales, strict=True)
        figures = {name: {"weight": weight, "centre": centre, "scale": scale} for name, weight, centre, scale in rows}
        return {"intercept": self.intercept, "figures": figures}

    @classmethod
    def from_json(cls, data: Mapping[str, Any], names: Sequence[str]) -> LogisticModel:
        """Read what `to_json` gave.

        Args:
            data: The model.
            names: The figures that it must have.

        Raises:
            CalibrationError: It has other figures, or one that is no number.
        """
        try:
            figures: Mapping[str, Mapping[str, Any]] = data["figures"]
            if set(figures) != set(names):
                raise CalibrationError("was made by another version")
            weights, centres, scales = (
                tuple(float(figures[name][key]) for name in names) for key in ("weight", "centre", "scale")
            )
            model = cls(tuple(names), weights, centres, scales, float(data["intercept"]))
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise CalibrationError(f"cannot be read ({error})") from error
        if not all(map(math.isfinite, (model.intercept, *chain(weights, centres, scales)))) or min(model.scales) <= 0:
            raise CalibrationError("holds figures that are no numbers, or scales that are not above 0")
        return model


def probability_of(log_odds: float) -> float:
    """The probability that log-odds stand for."""
    return 1.0 / (1.0 + math.exp(-max(-_LARGEST_LOG_ODDS, min(_LARGEST_LOG_ODDS, log_odds))))


def fit_model(
    names: Sequence[str], x: NDArray[np.float64], y: NDArray[np.float64], weights: NDArray[np.float64], *, ridge: float
) -> LogisticModel:
    """Fit a model to figures as they are.

    Args:
        names: Of the figures.
        x: Shape (samples, figures).
        y: Probability that each sample is one of those, 0 to 1, shape (samples,).
        weights: How much each sample counts, shape (samples,).
        ridge: How strongly the coefficients are held towards 0.
    """
    total = max(float(weights.sum()), 1e-9)
    centres = (weights @ x) / total
    scales = np.maximum(np.sqrt((weights @ (x - centres) ** 2) / total), _SMALLEST_SCALE)
    fitted = fit_logistic((x - centres) / scales, y, ridge=ridge, weights=weights)
    intercept, *coefficients = fitted.tolist()
    return LogisticModel(
        tuple(names), tuple(coefficients), tuple(centres.tolist()), tuple(scales.tolist()), float(intercept)
    )


def fit_logistic(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    *,
    ridge: float,
    weights: NDArray[np.float64] | None = None,
    known: NDArray[np.float64] | float = 0.0,
) -> NDArray[np.float64]:
    """Ridge logistic regression by Newton's method.

    Args:
        x: Features, shape (samples, features), each about as wide as the others.
        y: 1 or 0, or a probability, shape (samples,).
        ridge: How strongly the coefficients are held towards 0; the intercept is not.
        weights: How much each sample counts, shape (samples,); all the same without it.
        known: Log-odds of each sample to which what is fitted is added, shape (samples,).

    Returns:
        The intercept and the coefficients, shape (1 + features,).
    """
    counted = np.ones(len(x)) if weights is None else weights
    design = np.hstack([np.ones((len(x), 1)), x])
    penalty = np.diag([0.0] + [ridge] * x.shape[1])

    def loss(solution: Point) -> float:
        log_odds = design @ solution + known
        return float((counted * (np.logaddexp(0, log_odds) - y * log_odds)).sum() + solution @ penalty @ solution / 2)

    def derivatives(solution: Point) -> tuple[Point, NDArray[np.float64]]:
        p = 1.0 / (1.0 + np.exp(-np.clip(design @ solution + known, -30, 30)))
        gradient = design.T @ (counted * (p - y)) + penalty @ solution
        return gradient, design.T @ (design * (counted * p * (1 - p))[:, None]) + penalty + 1e-9 * np.eye(len(solution))

    return minimise(np.zeros(design.shape[1]), loss, derivatives)
