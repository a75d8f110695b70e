"""Newton's method for convex losses, with steps that never lead uphill. Pure."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

_ROUNDS = 60
_HALVINGS = 60
_CONVERGED = 1e-8
_ENOUGH = 1e-4  # share of the promised fall that a step must bring
_ROUNDING = 1e-12

Point = NDArray[np.float64]


def minimise(
    start: Point, loss: Callable[[Point], float], derivatives: Callable[[Point], tuple[Point, NDArray[np.float64]]]
) -> Point:
    """The point where a convex loss is lowest.

    Far from it a whole step may overshoot, and the next one further still; such a step is halved until it pays.

    Args:
        start: Where to begin, shape (any,).
        loss: At a point.
        derivatives: Gradient and curvature at a point; the curvature is positive definite.
    """
    at, lowest = start, loss(start)
    for _ in range(_ROUNDS):
        gradient, curvature = derivatives(at)
        step = np.linalg.solve(curvature, gradient)
        for _ in range(_HALVINGS):
            found = loss(at - step)
            if found <= lowest - _ENOUGH * float(gradient @ step) + _ROUNDING * abs(lowest):
                break
            step = step / 2
        else:
            return at
        at, lowest = at - step, found
        if float(np.abs(step).max()) < _CONVERGED:
            break
    return at
