"""Judged questions → a model: the ranking first, then what the confidence makes of what it ranked. Pure.

Nothing is judged by what it was fitted to: questions are dealt into folds, all questions of one article into the same,
and each is ranked, and its confidence told, by what the other folds gave. The model that is kept is fitted to all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from retrieval.errors import CalibrationError
from retrieval.ranking.confidence import Confidence
from retrieval.ranking.figures import RANKING_FIGURES
from retrieval.ranking.fitted_model import FittedModel
from retrieval.ranking.fitting.confidence_fitting import ConfidenceTable, with_thresholds
from retrieval.ranking.fitting.judged_hits import JudgedHits
from retrieval.ranking.fitting.listwise import JudgedList, fit_listwise
from retrieval.ranking.ranker import RankingWeights, prepared_figures, shares

_FOLDS = 5
_MIN_QUESTIONS = 20
_RIDGE = 1.0
_RIDGE_WITH_PRIOR = 30.0
"""Some dozens of questions move the weights of the prior little, some hundreds do."""


@dataclass(frozen=True, slots=True)
class FittedResult:
    """What came out of a fit.

    Attributes:
        model: Fitted to all questions.
        order: For each question the places of its hits, best first, as ranked by the other folds.
        confidence: For each question the confidence as told by the other folds.
    """

    model: FittedModel
    order: tuple[tuple[int, ...], ...]
    confidence: tuple[float, ...]


def fit(
    samples: Sequence[JudgedHits], *, encoder: str, prior: FittedModel | None = None, standardised: bool = False
) -> FittedResult:
    """Fit ranking and confidence.

    Args:
        samples: Judged questions.
        encoder: Fingerprint of the encoder that the evidence comes from.
        prior: What holds as long as the questions do not say otherwise.
        standardised: See `RankingWeights`; as in the prior, if there is one.

    Raises:
        CalibrationError: There are too few questions.
    """
    usable = sum(map(_is_usable, samples))
    if usable < _MIN_QUESTIONS:
        raise CalibrationError(
            f"needs at least {_MIN_QUESTIONS} questions that an article among the first answers, but there are "
            f"{usable}; judge more questions"
        )
    task = _Fit(prior, standardised=prior.ranking.standardised if prior else standardised)
    folds = np.array([fold_of(sample.group) for sample in samples])
    ranked = list(samples)
    for fold in range(_FOLDS):
        weights = task.ranking([sample for sample, of in zip(samples, folds, strict=True) if of != fold])
        for place in np.flatnonzero(folds == fold).tolist():
            ranked[place] = ranked_by(samples[place], weights)
    table = ConfidenceTable.of(ranked, folds, scale_free=task.standardised)
    told = np.zeros(len(samples))
    for fold in range(_FOLDS):
        confidence = table.fit(table.folds != fold, task.confidence)
        for place in np.flatnonzero(folds == fold).tolist():
            told[place] = confidence.of_figures(table.figures[place]) if table.figures[place] else 0.0
    whole = table.fit(np.ones(len(table.folds), dtype=np.bool_), task.confidence)
    return FittedResult(
        FittedModel(task.ranking(samples), with_thresholds(whole, ranked, told), encoder),
        tuple(_order(before, after) for before, after in zip(samples, ranked, strict=True)),
        tuple(told.tolist()),
    )


class _Fit:
    """What is fitted to some of the questions."""

    def __init__(self, prior: FittedModel | None, *, standardised: bool) -> None:
        self._prior = prior
        self.standardised = standardised

    @property
    def confidence(self) -> Confidence | None:
        return self._prior.confidence if self._prior else None

    def ranking(self, samples: Sequence[JudgedHits]) -> RankingWeights:
        lists = [
            JudgedList(
                prepared_figures([hit.evidence for hit in sample.hits], standardised=self.standardised),
                np.array(sample.answers),
            )
            for sample in samples
            if _is_usable(sample)
        ]
        if not lists:
            raise CalibrationError("needs questions of more articles; judge more questions")
        before = self._prior.ranking if self._prior else RankingWeights((0.0,) * len(RANKING_FIGURES))
        ridge = _RIDGE_WITH_PRIOR if self._prior else _RIDGE
        weights = fit_listwise(lists, ridge=ridge, prior=(*before.weights, *before.extras))
        base, extras = weights[: len(RANKING_FIGURES)], weights[len(RANKING_FIGURES) :]
        return RankingWeights(base, extras, standardised=self.standardised)


def _is_usable(sample: JudgedHits) -> bool:
    return sample.answerable and any(sample.answers)


def fold_of(group: str) -> int:
    """The fold of a group, 0 to 4: the same on every machine and for every order of the questions."""
    return hashlib.blake2b(group.encode(), digest_size=4).digest()[0] % _FOLDS


def ranked_by(sample: JudgedHits, weights: RankingWeights) -> JudgedHits:
    """The sample with its hits scored anew, best first."""
    if not sample.hits:
        return sample
    scores = weights.scores([hit.evidence for hit in sample.hits])
    share = shares(scores)
    order = np.argsort(-scores, kind="stable").tolist()
    return replace(
        sample,
        hits=tuple(
            replace(sample.hits[place], score=float(scores[place]), share=float(share[place])) for place in order
        ),
        answers=tuple(sample.answers[place] for place in order),
        source=None if sample.source is None else order.index(sample.source),
    )


def _order(before: JudgedHits, after: JudgedHits) -> tuple[int, ...]:
    places = {hit.article.url: place for place, hit in enumerate(before.hits)}
    return tuple(places[hit.article.url] for hit in after.hits)
