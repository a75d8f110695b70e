"""Models of ranking and confidence that tests build: what they do follows from what is handed in."""

from __future__ import annotations

import dataclasses

from retrieval.ranking.confidence import COVERED_FIGURES, FIRST_FIGURES, Confidence
from retrieval.ranking.figures import RANKING_FIGURES
from retrieval.ranking.fitted_model import FittedModel
from retrieval.ranking.logistic import LogisticModel
from retrieval.ranking.ranker import DEFAULT_EXTRAS, RankingWeights


def ranking_weights(extras=DEFAULT_EXTRAS, *, standardised=False, **weights) -> RankingWeights:
    """Weights by the names of the figures; a figure that is not named weighs nothing."""
    assert set(weights) <= set(RANKING_FIGURES)
    return RankingWeights(tuple(weights.get(name, 0.0) for name in RANKING_FIGURES), extras, standardised=standardised)


def logistic(names, intercept=0.0, **coefficients) -> LogisticModel:
    """Log-odds that the named figures add to as they are; a figure that is not named adds nothing."""
    assert set(coefficients) <= set(names)
    weights = tuple(coefficients.get(name, 0.0) for name in names)
    return LogisticModel(tuple(names), weights, (0.0,) * len(names), (1.0,) * len(names), intercept)


def confidence(covered=None, first=None, **fields) -> Confidence:
    """A confidence of two models, given as their coefficients and `intercept`; unnamed, both are near 1."""
    near_certain = {"intercept": 20.0}
    chosen = {"slope": 1.0, "intercept": 0.0, "answer_from": 0.5, "candidates_from": 0.25} | fields
    return Confidence(
        logistic(COVERED_FIGURES, **(near_certain if covered is None else covered)),
        logistic(FIRST_FIGURES, **(near_certain if first is None else first)),
        **chosen,
    )


def model(**fields) -> FittedModel:
    """Ranks by passage, words and question alike, and answers where the nearest section is near."""
    return FittedModel(
        ranking_weights(two_passages=8.0, coverage=4.0, question=4.0),
        confidence(covered={"nearest_section": 8.0, "intercept": -4.0}, **fields),
    )


def with_thresholds(given: FittedModel, answer_from: float, candidates_from: float) -> FittedModel:
    """The same probabilities, with other consequences."""
    changed = dataclasses.replace(given.confidence, answer_from=answer_from, candidates_from=candidates_from)
    return dataclasses.replace(given, confidence=changed)


def eager(given: FittedModel | None = None) -> FittedModel:
    """Answers whatever the confidence is."""
    return with_thresholds(given or model(), answer_from=0.0, candidates_from=0.0)


def torn(given: FittedModel | None = None) -> FittedModel:
    """Offers candidates whatever the confidence is."""
    return with_thresholds(given or model(), answer_from=1.1, candidates_from=0.0)


def silent(given: FittedModel | None = None) -> FittedModel:
    """Answers nothing whatever the confidence is."""
    return with_thresholds(given or model(), answer_from=1.1, candidates_from=1.1)
