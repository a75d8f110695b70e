"""Why a question was answered as it was: evidence, what each piece of it adds, and the confidence in its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from retrieval.answering.rankings import Ranking
from retrieval.domain import Hit
from retrieval.ranking.confidence import confidence_figures
from retrieval.ranking.figures import EXTRA_FIGURES, RANKING_FIGURES
from retrieval.ranking.fitted_model import FittedModel
from retrieval.ranking.logistic import LogisticModel, probability_of


@dataclass(frozen=True, slots=True)
class ExplainedHit:
    """A hit and what made its score.

    Attributes:
        hit: The hit.
        figures: What was found, by name.
        contributions: What each figure adds to the score, against the mean of all that was found.
    """

    hit: Hit
    figures: Mapping[str, float]
    contributions: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class ExplainedProbability:
    """A probability and what made it.

    Attributes:
        probability: Between 0 and 1.
        figures: What was found, by name.
        contributions: What each figure adds to the log-odds, against a question as most are.
    """

    probability: float
    figures: Mapping[str, float]
    contributions: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a question was answered as it was.

    Attributes:
        ranking: What was asked, found and decided.
        hits: The first hits, best first.
        covered: The probability that the corpus answers the question; ``None`` where nothing was found.
        first: The probability that the first hit does, if the corpus does.
        answer_from: From this confidence on, the reply is an answer.
        candidates_from: From this confidence on, the reply offers candidates.
        questions: Where the message holds several questions, why each is answered as it is; then the message itself has
            no hits, since scores of different questions cannot be compared.
    """

    ranking: Ranking
    hits: tuple[ExplainedHit, ...]
    covered: ExplainedProbability | None
    first: ExplainedProbability | None
    answer_from: float
    candidates_from: float
    questions: tuple[Explanation, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Everything by name; figures with four digits. Several questions are below ``questions``, each by itself."""
        ranking = self.ranking
        return {
            "question": ranking.question,
            "read_as": ranking.read_as,
            "outcome": ranking.outcome.value,
            "confidence": round(ranking.confidence, 4),
            "answer_from": round(self.answer_from, 4),
            "candidates_from": round(self.candidates_from, 4),
            "covered": _probability_json(self.covered),
            "first": _probability_json(self.first),
            "hits": [
                {
                    "url": each.hit.article.url,
                    "question": each.hit.article.question,
                    "score": round(each.hit.score, 4),
                    "share": round(each.hit.share, 4),
                    "figures": _rounded(each.figures),
                    "contributions": _rounded(each.contributions),
                }
                for each in self.hits
            ],
            "questions": [each.to_json() for each in self.questions],
        }


def explain(ranking: Ranking, model: FittedModel, *, limit: int = 5) -> Explanation:
    """Take a ranking apart.

    Args:
        ranking: With all hits that were found.
        model: What it was made with.
        limit: How many hits are explained.
    """
    confidence = model.confidence
    covered = first = None
    hits = () if ranking.parts else ranking.hits
    if hits:
        figures = confidence_figures(ranking.facts, hits)
        covered, first = _explained(confidence.covered, figures), _explained(confidence.first, figures)
    return Explanation(
        ranking=ranking,
        hits=tuple(_explained_hits(hits, model)[:limit]),
        covered=covered,
        first=first,
        answer_from=confidence.answer_from,
        candidates_from=confidence.candidates_from,
        questions=tuple(explain(part, model, limit=limit) for part in ranking.parts),
    )


def _explained_hits(hits: Sequence[Hit], model: FittedModel) -> list[ExplainedHit]:
    if not hits:
        return []
    contributions = model.ranking.contributions([hit.evidence for hit in hits]).tolist()
    names = (*RANKING_FIGURES, *EXTRA_FIGURES)
    return [
        ExplainedHit(hit, _figures(hit), {name: value for name, value in zip(names, row, strict=True) if value})
        for hit, row in zip(hits, contributions, strict=True)
    ]


def _figures(hit: Hit) -> dict[str, float]:
    extras = {name: value for name, figure in EXTRA_FIGURES.items() if (value := figure(hit.evidence)) is not None}
    return {**{name: figure(hit.evidence) for name, figure in RANKING_FIGURES.items()}, **extras}


def _explained(model: LogisticModel, figures: Mapping[str, float]) -> ExplainedProbability:
    return ExplainedProbability(
        probability=probability_of(model.log_odds(figures)),
        figures={name: figures[name] for name in model.names},
        contributions=model.contributions(figures),
    )


def _probability_json(each: ExplainedProbability | None) -> dict[str, Any] | None:
    if each is None:
        return None
    return {
        "probability": round(each.probability, 4),
        "figures": _rounded(each.figures),
        "contributions": _rounded(each.contributions),
    }


def _rounded(figures: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in figures.items()}
