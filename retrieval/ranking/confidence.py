"""Evidence of the first hits → the probability that the first one answers, and what is done with it.

Two things are asked: whether the corpus speaks of the matter at all, and whether, if it does, the first hit is the
article that answers. The first is told by how near anything comes and by words that no article uses; the second by how
far the first hit is ahead. Each is a logistic regression; their product, stretched to fit, is the confidence.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from retrieval.domain import Hit, Outcome
from retrieval.errors import CalibrationError
from retrieval.ranking.logistic import LogisticModel, probability_of
from retrieval.ranking.question_facts import QuestionFacts, misses_a_number

COVERED_FIGURES = (
    "nearest_section",
    "score",
    "tokens",
    "unknown_words",
    "missing_number",
    "coverage",
    "same_subject",
    "sentences",
    "title_exact_coverage",
    "question",
    "log_share",
    "margin",
)
"""What tells whether the corpus answers a question at all; see `confidence_figures`."""

FIRST_FIGURES = ("share", "margin", "question", "title_coverage", "nearest_question", "lexical", "title_covered")
"""What tells whether the first hit is what answers, if anything does; see `confidence_figures`."""

ON_THE_ENCODERS_SCALE = frozenset({"nearest_section", "question", "nearest_question"})
"""Figures that are cosines: of another encoder all of them may be higher or lower."""

LOOKED_AT = 10
"""Hits that the confidence looks at: so many must be found, however few are shown."""

_NEAREST_OF = 3
_NEAREST_QUESTION_OF = 5
_MOST_MARGIN = 4.0
_MOST_TOKENS = 48
_SMALLEST = 1e-9


@dataclass(frozen=True, slots=True)
class Confidence:
    """The probability model, and the probabilities from which a reply is an answer or candidates.

    Attributes:
        covered: The probability that the corpus answers the question.
        first: The probability that the first hit answers it, if the corpus does.
        slope: What the log-odds of both together are multiplied with.
        intercept: What is added to them then.
        answer_from: From this probability on, the reply is an answer.
        candidates_from: From this probability on, the reply offers candidates.
    """

    covered: LogisticModel
    first: LogisticModel
    slope: float
    intercept: float
    answer_from: float
    candidates_from: float

    def probability(self, facts: QuestionFacts, hits: Sequence[Hit], *, passed_over: float = 0.0) -> float:
        """Probability that the first hit answers the question; 0 where there is no hit.

        Args:
            facts: Of the question.
            hits: Best first.
            passed_over: Share of the hits before these, which are not to be looked at.
        """
        return self.of_figures(confidence_figures(facts, hits, passed_over=passed_over)) if hits else 0.0

    def of_figures(self, figures: Mapping[str, float]) -> float:
        """Probability at the figures of `confidence_figures`."""
        return probability_of(self.slope * self.joint_log_odds(figures) + self.intercept)

    def joint_log_odds(self, figures: Mapping[str, float]) -> float:
        """Log-odds that the corpus answers the question and the first hit is what does, before they are stretched."""
        both = probability_of(self.covered.log_odds(figures)) * probability_of(self.first.log_odds(figures))
        both = min(max(both, _SMALLEST), 1.0 - _SMALLEST)
        return math.log(both / (1.0 - both))

    def outcome(self, probability: float) -> Outcome:
        """What is done at this probability."""
        if probability >= self.answer_from:
            return Outcome.ANSWER
        return Outcome.CANDIDATES if probability >= self.candidates_from else Outcome.NO_ANSWER

    def to_json(self) -> dict[str, Any]:
        """As stored with a generation."""
        return {
            "covered": self.covered.to_json(),
            "first": self.first.to_json(),
            "slope": self.slope,
            "intercept": self.intercept,
            "answer_from": self.answer_from,
            "candidates_from": self.candidates_from,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Confidence:
        """Read what `to_json` gave.

        Raises:
            CalibrationError: It is of another version or incomplete.
        """
        try:
            confidence = cls(
                covered=LogisticModel.from_json(data["covered"], COVERED_FIGURES),
                first=LogisticModel.from_json(data["first"], FIRST_FIGURES),
                slope=float(data["slope"]),
                intercept=float(data["intercept"]),
                answer_from=float(data["answer_from"]),
                candidates_from=float(data["candidates_from"]),
            )
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise CalibrationError(f"cannot be read ({error})") from error
        single = (confidence.slope, confidence.intercept, confidence.answer_from, confidence.candidates_from)
        if not all(map(math.isfinite, single)):
            raise CalibrationError("holds figures that are no numbers")
        return confidence


def confidence_figures(facts: QuestionFacts, hits: Sequence[Hit], *, passed_over: float = 0.0) -> dict[str, float]:
    """The figures behind the probability, by name.

    Args:
        facts: Of the question.
        hits: At least one hit, best first.
        passed_over: Share of the hits before these, which are not to be looked at.
    """
    hits = hits[:LOOKED_AT]
    first, evidence = hits[0], hits[0].evidence
    left = max(1.0 - passed_over, 1e-9)
    share = max(min(first.share / left, 1.0), 1e-9)
    second = hits[1].score if len(hits) > 1 else min(first.score, 0.0)  # an only article is ahead of unrelated ones
    same_subject = sum(hit.share for hit in hits[1:] if hit.article.subject.key == first.article.subject.key)
    text = f"{first.article.question}\n{first.article.answer}" if facts.numbers else ""
    return {
        "nearest_section": max(hit.evidence.section for hit in hits[:_NEAREST_OF]),
        "score": first.score,
        "tokens": math.log1p(min(facts.tokens, _MOST_TOKENS)),
        "unknown_words": facts.unknown_words,
        "missing_number": float(misses_a_number(facts, text)),
        "coverage": evidence.coverage,
        "same_subject": same_subject / left,
        "sentences": math.log(facts.sentences),
        "title_exact_coverage": evidence.title_exact_coverage,
        "question": evidence.question,
        "share": share,
        "log_share": math.log(share),
        "margin": min(first.score - second, _MOST_MARGIN),
        "title_coverage": evidence.title_coverage,
        "nearest_question": max(hit.evidence.question for hit in hits[:_NEAREST_QUESTION_OF]),
        "lexical": math.log1p(evidence.lexical),
        "title_covered": evidence.title_covered,
    }
