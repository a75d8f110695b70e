"""Judged questions → a model: the ranking first, then what the confidence makes of what it ranked. Pure.

Nothing is judged by what it was fitted to: questions are dealt into folds, all questions of one article into the same,
and each is ranked, and its confidence told, by what the other folds gave. The model that is kept is fitted to all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.domain import Hit
from retrieval.errors import CalibrationError
from retrieval.ranking.confidence import COVERED_FIGURES, FIRST_FIGURES, Confidence, confidence_figures
from retrieval.ranking.figures import RANKING_FIGURES
from retrieval.ranking.fitted_model import FittedModel
from retrieval.ranking.listwise import JudgedList, fit_listwise
from retrieval.ranking.logistic import fit_logistic, fit_model
from retrieval.ranking.question_facts import QuestionFacts
from retrieval.ranking.ranker import RankingWeights, prepared_figures, shares

_FOLDS = 5
_MIN_QUESTIONS = 20
_RANKING_RIDGE = 1.0
_CONFIDENCE_RIDGE = 10.0
_SOURCE_ONLY = 0.3
"""How much a question counts of which only the article that it was written from is known to answer."""

_OTHER_ANSWERS = 0.35
"""How often another article than that one answers, where it is ranked first (counted on fully judged questions)."""

_UNANSWERABLE = 4.0
"""How much a question counts that the corpus does not answer: there are few, and answering them is the worst."""

_LEFT_OUT = 0.05
"""How much a question counts whose article is left out, which makes it unanswerable, or nearly: others may answer."""


@dataclass(frozen=True, slots=True)
class JudgedHits:
    """A judged question with all that was found for it.

    Attributes:
        group: Questions of one group fall into the same fold: the article that they were written from.
        answerable: Whether the corpus answers it.
        source_only: Whether of all articles only the source was judged.
        facts: What the question says about itself.
        hits: All hits, each with its evidence.
        answers: Whether each hit answers.
        source: Place of the article that the question was written from among the hits; ``None`` where it is not.
        file: In which file it stands: of each half of the questions that can be answered are.
    """

    group: str
    answerable: bool
    source_only: bool
    facts: QuestionFacts
    hits: tuple[Hit, ...]
    answers: tuple[bool, ...]
    source: int | None = None
    file: str = ""


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
    samples: Sequence[JudgedHits],
    *,
    encoder: str,
    standardised: bool = False,
    provenance: Mapping[str, Any] | None = None,
) -> FittedResult:
    """Fit ranking and confidence.

    Args:
        samples: Judged questions.
        encoder: Fingerprint of the encoder that the evidence comes from.
        standardised: See `RankingWeights`.
        provenance: What the model shall say about where it comes from.

    Raises:
        CalibrationError: There are too few questions.
    """
    usable = [sample for sample in samples if sample.answerable and any(sample.answers)]
    if len(usable) < _MIN_QUESTIONS:
        raise CalibrationError(
            f"needs at least {_MIN_QUESTIONS} questions that an article among the first answers, but there are "
            f"{len(usable)}; judge more questions"
        )
    fold_of = np.array([_fold(sample.group) for sample in samples])
    ranked: list[JudgedHits] = list(samples)
    for fold in range(_FOLDS):
        rest = [sample for sample, of in zip(samples, fold_of, strict=True) if of != fold]
        weights = _ranking(rest, standardised=standardised)
        for place in np.flatnonzero(fold_of == fold).tolist():
            ranked[place] = _ranked(samples[place], weights)
    table = _Table.of(ranked, fold_of)
    told = np.zeros(len(samples))
    for fold in range(_FOLDS):
        confidence = table.fit(table.folds != fold)
        for place in np.flatnonzero(fold_of == fold).tolist():
            told[place] = confidence.of_figures(table.figures[place]) if table.figures[place] else 0.0
    confidence = _with_thresholds(table.fit(np.ones(len(table.folds), dtype=np.bool_)), ranked, told)
    return FittedResult(
        FittedModel(_ranking(samples, standardised=standardised), confidence, encoder, dict(provenance or {})),
        tuple(_order(before, after) for before, after in zip(samples, ranked, strict=True)),
        tuple(told.tolist()),
    )


def _fold(group: str) -> int:
    """The same on every machine and for every order of the questions."""
    return hashlib.blake2b(group.encode(), digest_size=4).digest()[0] % _FOLDS


def _ranking(samples: Sequence[JudgedHits], *, standardised: bool) -> RankingWeights:
    lists = [
        JudgedList(
            prepared_figures([hit.evidence for hit in sample.hits], standardised=standardised),
            np.array(sample.answers),
        )
        for sample in samples
        if sample.answerable and any(sample.answers)
    ]
    if not lists:
        raise CalibrationError("needs questions of more articles; judge more questions")
    weights = fit_listwise(lists, ridge=_RANKING_RIDGE)
    base, extras = weights[: len(RANKING_FIGURES)], weights[len(RANKING_FIGURES) :]
    return RankingWeights(base, extras, standardised=standardised)


def _ranked(sample: JudgedHits, weights: RankingWeights) -> JudgedHits:
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


def _without_source(sample: JudgedHits) -> JudgedHits | None:
    """The question as if its article were not in the corpus; ``None`` where nothing else was found."""
    place = sample.source
    if place is None or len(sample.hits) == 1:
        return None
    left = 1.0 - sample.hits[place].share
    hits = [replace(hit, share=hit.share / max(left, 1e-9)) for hit in sample.hits[:place] + sample.hits[place + 1 :]]
    return replace(sample, hits=tuple(hits), answers=(False,) * len(hits), answerable=False, source=None)


@dataclass(frozen=True, slots=True)
class _Table:
    """The figures of all questions, and behind them those of the questions whose article is left out.

    Attributes:
        figures: Of each; empty where nothing was found.
        covered: Probability that the corpus answers it.
        right: Probability that the first hit answers it.
        weights: How much it counts.
        judged: Whether all of its first hits were judged.
        folds: In which fold it is.
    """

    figures: list[dict[str, float]]
    covered: NDArray[np.float64]
    right: NDArray[np.float64]
    weights: NDArray[np.float64]
    judged: NDArray[np.bool_]
    folds: NDArray[np.int64]

    @classmethod
    def of(cls, samples: Sequence[JudgedHits], folds: NDArray[np.int64]) -> _Table:
        left_out = [
            (sample, fold)
            for each, fold in zip(samples, folds.tolist(), strict=True)
            if each.source_only and (sample := _without_source(each)) is not None
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
            judged=np.array([not each.source_only for each in samples] + [False] * len(left_out)),
            folds=np.concatenate([folds, [fold for _, fold in left_out]]).astype(np.int64),
        )

    def fit(self, chosen: NDArray[np.bool_]) -> Confidence:
        """Fit to the chosen questions."""
        found = np.array([bool(each) for each in self.figures])
        every, answerable = chosen & found, chosen & found & (self.covered > 0)
        covered = fit_model(
            COVERED_FIGURES,
            self._columns(COVERED_FIGURES, every),
            self.covered[every],
            self.weights[every],
            ridge=_CONFIDENCE_RIDGE,
        )
        first = fit_model(
            FIRST_FIGURES,
            self._columns(FIRST_FIGURES, answerable),
            self.right[answerable],
            self.weights[answerable],
            ridge=_CONFIDENCE_RIDGE,
        )
        confidence = Confidence(covered, first, 1.0, 0.0, 1.0, 1.0)
        judged = every & self.judged
        stretched = judged if judged.sum() >= _MIN_QUESTIONS else every
        joint = np.array([confidence.joint_log_odds(self.figures[place]) for place in np.flatnonzero(stretched)])
        intercept, slope = fit_logistic(joint[:, None], self.right[stretched], ridge=0.1).tolist()
        return replace(confidence, slope=slope, intercept=intercept)

    def _columns(self, names: Sequence[str], chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.array([[self.figures[place][name] for name in names] for place in np.flatnonzero(chosen)])


def _probably_right(sample: JudgedHits) -> float:
    if not sample.answerable or not sample.hits:
        return 0.0
    if sample.answers[0]:
        return 1.0
    return _OTHER_ANSWERS if sample.source_only else 0.0


def _with_thresholds(confidence: Confidence, samples: Sequence[JudgedHits], told: NDArray[np.float64]) -> Confidence:
    """Candidates from where answerable ones are told best, an answer for half of the answerable ones of each file."""
    answerable = np.array([sample.answerable for sample in samples])
    judged = np.array([not sample.source_only for sample in samples])
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
