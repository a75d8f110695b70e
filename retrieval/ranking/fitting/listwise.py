"""Fitting of ranking weights: a listwise softmax over the candidates of each question. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.ranking.figures import Figures
from retrieval.ranking.newton import Point, minimise

_NEVER = -1e9  # the score of a place where no candidate is
_SMALLEST_SCALE = 1e-6


@dataclass(frozen=True, slots=True)
class JudgedList:
    """The candidates of one question.

    Attributes:
        figures: As they are weighted (see `prepared_figures`), shape (candidates, figures).
        answers: Whether each candidate answers, shape (candidates,); at least one does.
    """

    figures: Figures
    answers: NDArray[np.bool_]


def fit_listwise(lists: Sequence[JudgedList], *, ridge: float, prior: Sequence[float]) -> tuple[float, ...]:
    """The weights under which the candidates that answer are the most probable (Newton's method; the task is convex).

    Args:
        lists: At least one question.
        ridge: How strongly the weights, of figures as wide as each other, are held towards the prior.
        prior: Weights that hold as long as the questions do not say otherwise.
    """
    figures, absent, targets = _padded(lists)
    scales = np.maximum(np.sqrt((figures**2).sum(axis=(0, 1)) / (absent == 0).sum()), _SMALLEST_SCALE)
    figures = figures / scales
    start = np.array(prior) * scales

    def loss(weights: Point) -> float:
        scores = figures @ weights + absent
        best = scores.max(axis=1)
        surprise = best + np.log(np.exp(scores - best[:, None]).sum(axis=1)) - (targets * scores).sum(axis=1)
        return float(surprise.sum() + ridge / 2 * ((weights - start) ** 2).sum())

    def derivatives(weights: Point) -> tuple[Point, NDArray[np.float64]]:
        scores = figures @ weights + absent
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares = raised / raised.sum(axis=1, keepdims=True)
        gradient = np.einsum("qc,qcf->f", shares - targets, figures) + ridge * (weights - start)
        means = np.einsum("qc,qcf->qf", shares, figures)
        squares = np.einsum("qcf,qcg->fg", figures * shares[:, :, None], figures, optimize=True)
        return gradient, squares - means.T @ means + ridge * np.eye(len(weights))

    return tuple((minimise(start, loss, derivatives) / scales).tolist())


def _padded(lists: Sequence[JudgedList]) -> tuple[Figures, NDArray[np.float64], NDArray[np.float64]]:
    """All lists as one block: figures, what is added to the score of each place, and the wished-for shares."""
    longest = max(len(each.figures) for each in lists)
    figures = np.zeros((len(lists), longest, lists[0].figures.shape[1]))
    absent = np.full((len(lists), longest), _NEVER)
    targets = np.zeros((len(lists), longest))
    for number, each in enumerate(lists):
        count = len(each.figures)
        figures[number, :count], absent[number, :count] = each.figures, 0.0
        targets[number, :count] = each.answers / each.answers.sum()
    return figures, absent, targets
