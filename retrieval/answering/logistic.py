"""Logistic regression for a handful of features."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

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
