"""Results of judged questions → metrics. What each means: docs/evaluation.md."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retrieval.domain import Outcome
from retrieval.evaluation.judged_questions import ANSWERS, JudgedQuestion

DEPTH = 10
"""How many articles are looked at."""

_BINS = 10
_VOLUNTEERED = 0.9

Metrics = Mapping[str, float | None]
"""Name to figure; ``None`` where no question says anything about it."""


@dataclass(frozen=True, slots=True)
class JudgedResult:
    """What came out for one judged question.

    Attributes:
        judged: The question.
        urls: Articles found, best first; articles that ask the same question follow the best of them.
        confidence: Of the first.
        outcome: What was replied.
        evidence_shown: Whether the excerpt holds the evidence; ``None`` where the first article is not the source.
    """

    judged: JudgedQuestion
    urls: tuple[str, ...]
    confidence: float
    outcome: Outcome
    evidence_shown: bool | None

    @property
    def gains(self) -> tuple[int | None, ...]:
        """Grade of each article found; ``None`` where it was not judged."""
        return tuple(self.judged.grades.get(url) for url in self.urls)

    @property
    def answered(self) -> bool:
        """Whether the first article answers."""
        return self.judged.answerable and bool(self.urls) and self.gains[0] == ANSWERS


def metrics(results: Sequence[JudgedResult]) -> dict[str, float | None]:
    """Every metric over some results, by name."""
    answerable = [result for result in results if result.judged.answerable]
    other = [result for result in results if not result.judged.answerable]
    firsts = [_first_answer(result) for result in answerable]
    shown = [result.evidence_shown for result in answerable if result.evidence_shown is not None]
    given = {outcome: [result for result in results if result.outcome is outcome] for outcome in Outcome}
    return {
        "answer_1": mean([first < 1 for first in firsts]),
        "answer_3": mean([first < 3 for first in firsts]),  # noqa: PLR2004  # the metric's own cut
        "answer_5": mean([first < 5 for first in firsts]),  # noqa: PLR2004  # the metric's own cut
        "MRR_10": mean([1 / (first + 1) if first < DEPTH else 0.0 for first in firsts]),
        "nDCG_10": mean([ndcg(result) for result in answerable]),
        "evidence_shown": mean(shown),
        "unjudged_3": mean([gain is None for result in answerable for gain in result.gains[:3]]),
        "right_of_answers": mean([result.answered for result in given[Outcome.ANSWER]]),
        "right_of_candidates": mean([_first_answer(result) < 3 for result in given[Outcome.CANDIDATES]]),  # noqa: PLR2004  # as many are offered
        "right_of_volunteered": mean([result.answered for result in results if result.confidence >= _VOLUNTEERED]),
        "calibration_error": calibration_error(
            [result.confidence for result in results], [result.answered for result in results]
        ),
        "abstention_AUROC": auroc(
            [result.confidence for result in answerable if result.answered],
            [result.confidence for result in other],
        ),
        "unanswerable_no_answer": mean([result.outcome is Outcome.NO_ANSWER for result in other]),
        "unanswerable_answer": mean([result.outcome is Outcome.ANSWER for result in other]),
        "answerable_answer_or_candidates": mean([result.outcome is not Outcome.NO_ANSWER for result in answerable]),
        "answerable_answer": mean([result.outcome is Outcome.ANSWER for result in answerable]),
    }


def standard_error(share: float, count: int) -> float:
    """How far a share of so many questions may be off by chance (one standard deviation)."""
    return math.sqrt(share * (1 - share) / count) if count else 0.0


def calibration_error(confidence: Sequence[float], right: Sequence[bool]) -> float | None:
    """Expected calibration error: how far confidence and share of right ones are apart, over ten equal bins, 0 to 1."""
    if not confidence:
        return None
    total = 0.0
    for number in range(_BINS):
        within = [place for place, value in enumerate(confidence) if min(int(value * _BINS), _BINS - 1) == number]
        total += abs(math.fsum(confidence[place] - right[place] for place in within))
    return total / len(confidence)


def auroc(positives: Sequence[float], negatives: Sequence[float]) -> float | None:
    """Probability that a positive's figure is above a negative's; ties count half."""
    if not positives or not negatives:
        return None
    above = sum((p > n) + 0.5 * (p == n) for p in positives for n in negatives)
    return above / (len(positives) * len(negatives))


def mean(values: Sequence[float]) -> float | None:
    """The mean; ``None`` of nothing."""
    return float(sum(values)) / len(values) if values else None


def _first_answer(result: JudgedResult) -> float:
    """0-based rank of the first article that answers; infinite where none does."""
    if not result.judged.answerable:
        return math.inf
    return next((float(rank) for rank, gain in enumerate(result.gains[:DEPTH]) if gain == ANSWERS), math.inf)


def ndcg(result: JudgedResult) -> float:
    """Normalised discounted cumulative gain at 10, with gain 2^grade - 1."""
    ideal = _dcg(sorted(result.judged.grades.values(), reverse=True)[:DEPTH])
    return _dcg([gain or 0 for gain in result.gains[:DEPTH]]) / ideal if ideal else 0.0


def _dcg(grades: Sequence[int]) -> float:
    return math.fsum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades))
