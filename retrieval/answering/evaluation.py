"""Judged questions → metrics of retrieval, excerpts and abstention. What each metric means: docs/evaluation.md."""

from __future__ import annotations

import codecs
import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from retrieval.answering.answerer import Answerer
from retrieval.answering.calibration import FEATURES, Calibration, Outcomes, features, fit
from retrieval.articles.markdown.plain_text import plain_text
from retrieval.domain import Outcome
from retrieval.errors import JudgedQuestionError

_DEPTH = 10
_EXCERPT_LENGTH = 1000
_ANSWERS = 2  # the grade of an article that answers


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """A question with the judgement of what answers it.

    Attributes:
        id: Its name in the file.
        query: What is asked.
        style: How it is asked.
        answerable: Whether the corpus answers it.
        source: Url of the article that it was written from, if answerable.
        evidence: Text of that article's answer that answers the question, if known.
        grades: Url to 2 (answers), 1 (related) or 0 (no help); an article that is not here was not judged.
    """

    id: str
    query: str
    style: str
    answerable: bool
    source: str | None
    evidence: str | None
    grades: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class JudgedResult:
    """What came out for one judged question.

    Attributes:
        judged: The question.
        urls: Articles found, best first; articles that ask the same question follow the best of them.
        confidence: Of the first.
        outcome: What was replied.
        features: What the confidence depends on; empty where nothing was found.
        evidence_shown: Whether the excerpt holds the evidence; ``None`` where the first article is not the source.
    """

    judged: JudgedQuestion
    urls: tuple[str, ...]
    confidence: float
    outcome: Outcome
    features: tuple[float, ...]
    evidence_shown: bool | None

    @property
    def gains(self) -> tuple[int | None, ...]:
        """Grade of each article found; ``None`` where it was not judged."""
        return tuple(self.judged.grades.get(url) for url in self.urls)

    @property
    def answered(self) -> bool:
        """Whether the first article answers."""
        return bool(self.urls) and self.gains[0] == _ANSWERS


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """Metrics over judged questions; a figure is ``None`` where no question says anything about it.

    Attributes:
        metrics: Name to figure, over all questions.
        by_style: The same for each style.
        results: Every question's result, in the order of the file.
    """

    metrics: Mapping[str, float | None]
    by_style: Mapping[str, Mapping[str, float | None]]
    results: tuple[JudgedResult, ...]

    def to_json(self) -> dict[str, Any]:
        """Metrics by name, those by style under ``by_style``, and the number of questions."""
        return {
            **self.metrics,
            "questions": len(self.results),
            "answerable": sum(result.judged.answerable for result in self.results),
            "by_style": {style: dict(metrics) for style, metrics in self.by_style.items()},
        }


def load_judged(path: Path) -> list[JudgedQuestion]:
    """Read a file of judged questions, one JSON object a line.

    Raises:
        JudgedQuestionError: A line is no judged question.
        OSError: The file cannot be read.
    """
    lines = path.read_bytes().removeprefix(codecs.BOM_UTF8).split(b"\n")
    return [_judged(line, path, number) for number, line in enumerate(lines, start=1) if line.strip()]


def _judged(line: bytes, path: Path, number: int) -> JudgedQuestion:
    try:
        data = json.loads(line)
        answerable = data["answerable"]
        grades: dict[str, int] = {str(url): grade for url, grade in (data.get("grades") or {}).items()}
        if not isinstance(answerable, bool) or not isinstance(data["query"], str):
            raise JudgedQuestionError(path, number, "`query` must be a text and `answerable` true or false")
        if not isinstance(data.get("evidence") or "", str):
            raise JudgedQuestionError(path, number, "`evidence` must be a text")
        if not set(grades.values()) <= set(range(_ANSWERS + 1)):
            raise JudgedQuestionError(path, number, "a grade must be 0, 1 or 2")
        return JudgedQuestion(
            id=str(data.get("id", number)),
            query=data["query"],
            style=str(data.get("style", "")),
            answerable=answerable,
            source=data.get("source"),
            evidence=data.get("evidence"),
            grades=grades,
        )
    except KeyError as error:
        raise JudgedQuestionError(path, number, f"the field {error} is missing") from error
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise JudgedQuestionError(path, number, f"is no judged question ({error})") from error


def evaluate(
    answerer: Answerer, questions: Sequence[JudgedQuestion], on_progress: Callable[[int, int], None] | None = None
) -> EvaluationReport:
    """Ask every judged question, and compare.

    Args:
        answerer: What is evaluated.
        questions: At least one judged question.
        on_progress: Told how many questions are done, and how many there are.
    """
    results = []
    for done, judged in enumerate(questions, start=1):
        results.append(_ask(answerer, judged))
        if on_progress:
            on_progress(done, len(questions))
    styles = dict.fromkeys(result.judged.style for result in results)
    return EvaluationReport(
        metrics=metrics(results),
        by_style={style: metrics([result for result in results if result.judged.style == style]) for style in styles},
        results=tuple(results),
    )


def _ask(answerer: Answerer, judged: JudgedQuestion) -> JudgedResult:
    hits = answerer.rank(judged.query, limit=_DEPTH)
    confidence = answerer.calibration.probability(hits)
    shown = None
    if hits and judged.evidence and hits[0].article.url == judged.source:
        excerpt = answerer.excerpt(judged.query, hits[0], length=_EXCERPT_LENGTH)
        shown = _folded(judged.evidence) in _folded(excerpt.text)
    return JudgedResult(
        judged=judged,
        urls=tuple(article.url for hit in hits for article in (hit.article, *hit.also_in))[:_DEPTH],
        confidence=confidence,
        outcome=answerer.calibration.outcome(confidence),
        features=features(hits) if hits else (),
        evidence_shown=shown,
    )


def _folded(markdown: str) -> str:
    """Text as it reads, without differences of markup and white space."""
    return "".join(plain_text(markdown).split())


def metrics(results: Sequence[JudgedResult]) -> dict[str, float | None]:
    """Every metric over some results, by name."""
    answerable = [result for result in results if result.judged.answerable]
    other = [result for result in results if not result.judged.answerable]
    firsts = [_first_answer(result) for result in answerable]
    shown = [result.evidence_shown for result in answerable if result.evidence_shown is not None]
    return {
        "answer_1": _mean([first < 1 for first in firsts]),
        "answer_3": _mean([first < 3 for first in firsts]),  # noqa: PLR2004  # the metric's own cut
        "answer_5": _mean([first < 5 for first in firsts]),  # noqa: PLR2004  # the metric's own cut
        "MRR_10": _mean([1 / (first + 1) if first < _DEPTH else 0.0 for first in firsts]),
        "nDCG_10": _mean([_ndcg(result) for result in answerable]),
        "evidence_shown": _mean(shown),
        "unjudged_3": _mean([gain is None for result in answerable for gain in result.gains[:3]]),
        "abstention_AUROC": _auroc(
            [result.confidence for result in answerable if result.answered],
            [result.confidence for result in other],
        ),
        "unanswerable_no_answer": _mean([result.outcome is Outcome.NO_ANSWER for result in other]),
        "answerable_answer_or_candidates": _mean([result.outcome is not Outcome.NO_ANSWER for result in answerable]),
        "answerable_answer": _mean([result.outcome is Outcome.ANSWER for result in answerable]),
    }


def calibrate(report: EvaluationReport) -> Calibration:
    """Fit a calibration to what an evaluation found.

    Raises:
        CalibrationError: Too few questions were answered, or too few were unanswerable.
    """
    results = [result for result in report.results if result.features]
    table = np.array([result.features for result in results], dtype=np.float64).reshape(len(results), len(FEATURES))
    return fit(
        Outcomes(
            features=table,
            answered=np.array([result.judged.answerable and result.answered for result in results], dtype=np.bool_),
            answerable=np.array([result.judged.answerable for result in results], dtype=np.bool_),
        )
    )


def _first_answer(result: JudgedResult) -> float:
    """0-based rank of the first article that answers; infinite where none does."""
    return next((float(rank) for rank, gain in enumerate(result.gains[:_DEPTH]) if gain == _ANSWERS), math.inf)


def _ndcg(result: JudgedResult) -> float:
    """Normalised discounted cumulative gain at 10, with gain 2^grade - 1."""
    ideal = _dcg(sorted(result.judged.grades.values(), reverse=True)[:_DEPTH])
    return _dcg([gain or 0 for gain in result.gains[:_DEPTH]]) / ideal if ideal else 0.0


def _dcg(grades: Sequence[int]) -> float:
    return math.fsum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades))


def _auroc(positives: Sequence[float], negatives: Sequence[float]) -> float | None:
    """Probability that a positive's figure is above a negative's; ties count half."""
    if not positives or not negatives:
        return None
    above = sum((p > n) + 0.5 * (p == n) for p in positives for n in negatives)
    return above / (len(positives) * len(negatives))


def _mean(values: Sequence[float]) -> float | None:
    return float(sum(values)) / len(values) if values else None
