"""Whether a fit answers the same judged questions better or worse than what serves, told question by question."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.evaluation.evaluation import EvaluationReport
from retrieval.evaluation.metrics import JudgedResult, calibration_error, mean, ndcg

ALL_FILES = ""
"""Stands for the questions of all files together."""

_MIN_QUESTIONS = 20
"""Questions of a file from which on it is looked at by itself; fewer say nothing."""

_ERRORS_OF_ALL = 1.0
_ERRORS_OF_ONE = 2.0  # with several files one of them is worse by one standard error now and then
_SMALLEST = 0.005
"""A smaller change of a figure matters to nobody, however sure it is."""

_RESAMPLED = 200
_BINS = 10


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure of what serves and of a fit, over the same questions.

    Attributes:
        name: Of the metric.
        before: Of what serves.
        after: Of the fit.
        gain: By how much the fit is better; negative where it is worse.
        standard_error: How far the gain may be off by chance.
        file: Whose questions; `ALL_FILES` for those of all files.
    """

    name: str
    before: float
    after: float
    gain: float
    standard_error: float
    file: str = ALL_FILES

    @property
    def is_worse(self) -> bool:
        """Whether the fit is worse by more than chance explains, and by enough to matter."""
        errors = _ERRORS_OF_ALL if self.file == ALL_FILES else _ERRORS_OF_ONE
        return -self.gain > max(errors * self.standard_error, _SMALLEST)


def compare_fit(
    serves: Mapping[str, EvaluationReport], fitted: Mapping[str, EvaluationReport]
) -> tuple[FigureChange, ...]:
    """Every figure over all questions, then over those of each file that has enough, where there are several.

    Args:
        serves: By file, what comes out with what serves.
        fitted: What comes out of the fit for the same questions, each judged by what it was not fitted to.
    """
    pairs = {name: (serves[name].results, fitted[name].results) for name in fitted}
    before = [result for results, _ in pairs.values() for result in results]
    after = [result for _, results in pairs.values() for result in results]
    changes = _changes(before, after, ALL_FILES)
    for name, (old, new) in pairs.items():
        if len(pairs) > 1 and len(new) >= _MIN_QUESTIONS:
            changes += _changes(old, new, name)
    return tuple(changes)


def _changes(before: Sequence[JudgedResult], after: Sequence[JudgedResult], file: str) -> list[FigureChange]:
    answerable = [(old, new) for old, new in zip(before, after, strict=True) if new.judged.answerable]
    changes = []
    if answerable:
        changes = [
            _mean_change("answer_1", [(old.answered, new.answered) for old, new in answerable], file),
            _mean_change("nDCG_10", [(ndcg(old), ndcg(new)) for old, new in answerable], file),
        ]
    error_before, error_after = _calibration_error(before), _calibration_error(after)
    spread = _spread_of_calibration(before, after)
    return [
        *changes,
        FigureChange("calibration_error", error_before, error_after, error_before - error_after, spread, file),
    ]


def _mean_change(name: str, pairs: Sequence[tuple[float, float]], file: str) -> FigureChange:
    gains = [new - old for old, new in pairs]
    gain = math.fsum(gains) / len(gains)
    variance = math.fsum((each - gain) ** 2 for each in gains) / max(len(gains) - 1, 1)
    before, after = (mean(values) or 0.0 for values in zip(*pairs, strict=True))
    return FigureChange(name, before, after, gain, math.sqrt(variance / len(gains)), file)


def _calibration_error(results: Sequence[JudgedResult]) -> float:
    return calibration_error([each.confidence for each in results], [each.answered for each in results]) or 0.0


def _spread_of_calibration(before: Sequence[JudgedResult], after: Sequence[JudgedResult]) -> float:
    """How far the difference of the two errors is off by chance, told by drawing the questions again and again."""
    drawn = np.random.default_rng(0).integers(len(after), size=(_RESAMPLED, len(after)))  # the same for the same files
    return float(np.std(_drawn_errors(before, drawn) - _drawn_errors(after, drawn)))


def _drawn_errors(results: Sequence[JudgedResult], drawn: NDArray[np.int64]) -> NDArray[np.float64]:
    """The calibration error of each draw, as `calibration_error` has it, shape (draws,)."""
    told = np.array([each.confidence for each in results])
    surplus = told - np.array([each.answered for each in results])
    bins = np.minimum((told * _BINS).astype(np.int64), _BINS - 1)
    by_bin = np.where(bins[:, None] == np.arange(_BINS), surplus[:, None], 0.0)
    return np.array([np.abs(by_bin[places].sum(axis=0)).sum() for places in drawn]) / len(results)
