"""What judged questions say of the confidence. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from retrieval.ranking.confidence import (
    COVERED_FIGURES,
    FIRST_FIGURES,
    ON_THE_ENCODERS_SCALE,
    Confidence,
    confidence_figures,
)
from retrieval.ranking.fitting.judged_hits import JudgedHits, without_source
from retrieval.ranking.logistic import LogisticModel, fit_logistic, fit_model

REFITTED_FROM = 300
"""From so many questions on, the two models of the confidence are fitted; fewer would only repeat their accidents."""

_MIN_STRETCHED = 20
_RIDGE = 10.0
_STRETCH_RIDGE = 3.0
_SOURCE_ONLY = 0.3
"""How much a question counts of which only the article that it was written from is known to answer."""

_OTHER_ANSWERS = 0.35
"""How often another article than that one answers, where it is ranked first (counted on fully judged questions)."""

_UNANSWERABLE = 4.0
"""How much a question counts that the corpus does not answer: there are few, and answering them is the worst."""

_LEFT_OUT = 0.05
"""How much a question counts whose article is left out, which makes it unanswerable, or nearly: others may answer."""


@dataclass(frozen=True, slots=True)
class ConfidenceTable:
    """The figures of all questions, and behind them those of the questions whose article is left out.

    Attributes:
        figures: Of each; empty where nothing was found.
        covered: Probability that the corpus answers it.
        right: Probability that the first hit answers it.
        weights: How much it counts.
        judged: Whether it is of a file that tells how often questions can be answered; see `_is_of_both_kinds`.
        files: In which file it stands.
        folds: In which fold it is.
        scale_free: Whether the fit leaves cosines out, so that it suits encoders with another scale.
    """

    figures: list[dict[str, float]]
    covered: NDArray[np.float64]
    right: NDArray[np.float64]
    weights: NDArray[np.float64]
    judged: NDArray[np.bool_]
    files: NDArray[np.str_]
    folds: NDArray[np.int64]
    scale_free: bool

    @classmethod
    def of(cls, samples: Sequence[JudgedHits], folds: NDArray[np.int64], *, scale_free: bool) -> ConfidenceTable:
        """The table of some questions, each in its fold."""
        left_out = [
            (sample, fold)
            for each, fold in zip(samples, folds.tolist(), strict=True)
            if each.source_only and (sample := without_source(each)) is not None
        ]
        every = [*samples, *(sample for sample, _ in left_out)]
        weights = [_SOURCE_ONLY if each.source_only else 1.0 for each in samples] + [_LEFT_OUT] * len(left_out)
        return cls(
            figures=[confidence_figures(each.facts, each.hits) if each.hits else {} for each in every],
            covered=np.array([float(each.answerable) for each in every]),
            right=np.array([_probably_right(each) for each in every]),
            weights=np.array(
                [
                    weight * (1.0 if each.answerable else _UNANSWERABLE)
                    for weight, each in zip(weights, every, strict=True)
                ]
            ),
            judged=np.array([*_is_of_both_kinds(samples), *[False] * len(left_out)]),
            files=np.array([each.file for each in every]),
            folds=np.concatenate([folds, [fold for _, fold in left_out]]).astype(np.int64),
            scale_free=scale_free,
        )

    def fit(self, chosen: NDArray[np.bool_], prior: Confidence | None = None) -> Confidence:
        """Fit to the chosen questions.

        Args:
            chosen: Which of the questions, shape (questions,).
            prior: What holds where few questions are judged: of fewer than `REFITTED_FROM` only the stretch is fitted.
        """
        found = np.array([bool(each) for each in self.figures])
        every = chosen & found
        confidence = prior if prior and every.sum() < REFITTED_FROM else self._models(every)
        judged = every & self.judged
        stretched = judged if judged.sum() >= _MIN_STRETCHED else every
        joint = np.array([confidence.joint_log_odds(self.figures[place]) for place in np.flatnonzero(stretched)])
        intercept, more = fit_logistic(
            joint[:, None],
            self.right[stretched],
            ridge=_STRETCH_RIDGE,
            weights=_files_alike(self.files[stretched]),
            known=confidence.slope * joint,
        ).tolist()
        return replace(confidence, slope=confidence.slope + more, intercept=intercept)

    def _models(self, every: NDArray[np.bool_]) -> Confidence:
        covered = self._model(COVERED_FIGURES, every, self.covered)
        first = self._model(FIRST_FIGURES, every & (self.covered > 0), self.right)
        return Confidence(covered, first, slope=1.0, intercept=0.0, answer_from=1.0, candidates_from=1.0)

    def _model(self, names: Sequence[str], chosen: NDArray[np.bool_], wanted: NDArray[np.float64]) -> LogisticModel:
        columns = np.array([[self.figures[place][name] for name in names] for place in np.flatnonzero(chosen)])
        if self.scale_free:
            columns[:, [name in ON_THE_ENCODERS_SCALE for name in names]] = 0.0
        return fit_model(names, columns, wanted[chosen], self.weights[chosen], ridge=_RIDGE)


def _files_alike(files: NDArray[np.str_]) -> NDArray[np.float64]:
    """Weights with which every file counts as much as any other, 1 in the mean: none is what members ask most."""
    _, of, counts = np.unique(files, return_inverse=True, return_counts=True)
    return np.asarray(len(files) / (len(counts) * counts[of]), dtype=np.float64)


def _is_of_both_kinds(samples: Sequence[JudgedHits]) -> list[bool]:
    """Whether each question is fully judged and of a file that holds answerable and unanswerable ones.

    A file of unanswerable questions alone teaches what they look like, but not how many there are.
    """
    judged = [sample for sample in samples if not sample.source_only]
    answerable, other = ({each.file for each in judged if each.answerable is wanted} for wanted in (True, False))
    return [not sample.source_only and sample.file in answerable & other for sample in samples]


def _probably_right(sample: JudgedHits) -> float:
    if not sample.answerable or not sample.hits:
        return 0.0
    if sample.answers[0]:
        return 1.0
    return _OTHER_ANSWERS if sample.source_only else 0.0


def with_thresholds(confidence: Confidence, samples: Sequence[JudgedHits], told: NDArray[np.float64]) -> Confidence:
    """Candidates from where answerable ones are told best, an answer for half of the answerable ones of each file."""
    answerable = np.array([sample.answerable for sample in samples])
    judged = np.array(_is_of_both_kinds(samples))
    if not judged.any():
        judged = ~judged
    files = np.array([sample.file for sample in samples])
    candidates_from = best_cut(told[judged], answerable[judged]) if (judged & ~answerable).any() else 0.25
    medians = [
        float(np.median(told[chosen]))
        for file in dict.fromkeys(files.tolist())
        if (chosen := judged & answerable & (files == file)).any()
    ]
    return replace(
        confidence, answer_from=max(candidates_from, min(medians, default=0.5)), candidates_from=candidates_from
    )


def best_cut(probabilities: NDArray[np.float64], wanted: NDArray[np.bool_]) -> float:
    """The probability that tells the wanted from the others with the fewest mistakes of both kinds (Youden's J)."""
    order = np.unique(probabilities)
    cuts = (order[1:] + order[:-1]) / 2 if len(order) > 1 else order
    gains = [float((probabilities[wanted] >= cut).mean() - (probabilities[~wanted] >= cut).mean()) for cut in cuts]
    best = max(gains)
    equal = [cut for cut, gain in zip(cuts, gains, strict=True) if gain == best]
    return float(equal[len(equal) // 2])
