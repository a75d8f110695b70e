"""Asks judged questions, and tells what came out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from retrieval.answering.answerer import Answerer
from retrieval.articles.markdown.plain_text import plain_text
from retrieval.evaluation.judged_questions import JudgedQuestion
from retrieval.evaluation.metrics import DEPTH, JudgedResult, Metrics, metrics

_EXCERPT_LENGTH = 1000


@dataclass(frozen=True, slots=True)
class EvaluationReport:
    """Metrics over judged questions.

    Attributes:
        metrics: Over all questions.
        by_style: The same for each style.
        results: Every question's result, in the order of the file.
    """

    metrics: Metrics
    by_style: Mapping[str, Metrics]
    results: tuple[JudgedResult, ...]

    @classmethod
    def of(cls, results: Sequence[JudgedResult]) -> EvaluationReport:
        """The report on some results."""
        styles = dict.fromkeys(result.judged.style for result in results)
        return cls(
            metrics=metrics(results),
            by_style={style: metrics([each for each in results if each.judged.style == style]) for style in styles},
            results=tuple(results),
        )

    @property
    def answerable(self) -> int:
        """How many of the questions the corpus answers."""
        return sum(result.judged.answerable for result in self.results)

    def to_json(self) -> dict[str, Any]:
        """Metrics by name, those by style under ``by_style``, and the number of questions."""
        return {
            **self.metrics,
            "questions": len(self.results),
            "answerable": self.answerable,
            "by_style": {style: dict(figures) for style, figures in self.by_style.items()},
        }


def evaluate(
    answerer: Answerer, questions: Sequence[JudgedQuestion], on_progress: Callable[[int, int], None] | None = None
) -> EvaluationReport:
    """Ask every judged question, and compare.

    Args:
        answerer: What is evaluated.
        questions: At least one judged question.
        on_progress: Told how many questions are done, and how many there are.
    """
    return evaluate_files(answerer, {"": questions}, on_progress)[""]


def evaluate_files(
    answerer: Answerer,
    files: Mapping[str, Sequence[JudgedQuestion]],
    on_progress: Callable[[int, int], None] | None = None,
) -> dict[str, EvaluationReport]:
    """Ask the judged questions of some files, each named, and compare; see `evaluate`."""
    total = sum(map(len, files.values()))
    results: dict[str, list[JudgedResult]] = {name: [] for name in files}
    asked = ((name, judged) for name, questions in files.items() for judged in questions)
    for done, (name, judged) in enumerate(asked, start=1):
        results[name].append(_ask(answerer, judged))
        if on_progress:
            on_progress(done, total)
    return {name: EvaluationReport.of(every) for name, every in results.items()}


def _ask(answerer: Answerer, judged: JudgedQuestion) -> JudgedResult:
    ranking = answerer.ranking(judged.query, others=DEPTH - 1)
    hits = ranking.hits
    shown = None
    if hits and judged.evidence and hits[0].article.url == judged.source:
        excerpt = answerer.excerpt(ranking, hits[0], length=_EXCERPT_LENGTH)
        shown = _folded(judged.evidence) in _folded(excerpt.text)
    return JudgedResult(
        judged=judged,
        urls=tuple(article.url for hit in hits for article in (hit.article, *hit.also_in))[:DEPTH],
        confidence=ranking.confidence,
        outcome=ranking.outcome,
        evidence_shown=shown,
    )


def _folded(markdown: str) -> str:
    """Text as it reads, without differences of markup and white space."""
    return "".join(plain_text(markdown).split())
