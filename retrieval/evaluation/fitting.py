"""Judged questions → a model of ranking and confidence, and how good it is on questions that it was not fitted to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from retrieval.answering.answerer import Answerer
from retrieval.domain import Article, Hit, Seo
from retrieval.evaluation.evaluation import EvaluationReport
from retrieval.evaluation.fit_comparison import FigureChange, compare_fit
from retrieval.evaluation.judged_questions import ANSWERS, JudgedQuestion
from retrieval.evaluation.metrics import DEPTH, JudgedResult
from retrieval.ranking.confidence import confidence_figures
from retrieval.ranking.fitted_model import FittedModel
from retrieval.ranking.fitting.fit import FittedResult, fit, ranked_by
from retrieval.ranking.fitting.judged_hits import JudgedHits

ENOUGH = 1000
"""From so many questions on, a model is fitted to them alone."""

_HITS = 48
_KEPT_FIGURES = (
    "answer_1",
    "answer_3",
    "right_of_answers",
    "answerable_answer",
    "calibration_error",
    "abstention_AUROC",
)


@dataclass(frozen=True, slots=True)
class FittedFiles:
    """What a fit to files of judged questions gave.

    Attributes:
        model: Fitted to all questions, with what cross-validation gave in its provenance.
        reports: For each file the metrics by cross-validation.
        changes: What they are beside what serves; empty where nothing was named that does.
    """

    model: FittedModel
    reports: Mapping[str, EvaluationReport]
    changes: tuple[FigureChange, ...] = ()

    @property
    def is_worse(self) -> bool:
        """Whether what serves is better, by more than chance explains."""
        return any(change.is_worse for change in self.changes)


def fit_to_files(  # noqa: PLR0913  # what is asked of whom, what a fit begins from, and what it is compared with
    answerer: Answerer,
    files: Mapping[str, Sequence[JudgedQuestion]],
    *,
    prior: FittedModel | None = None,
    serves: FittedModel | None = None,
    standardised: bool = False,
    on_progress: Callable[[int, int], None] | None = None,
) -> FittedFiles:
    """Ask all judged questions, fit, and measure by cross-validation.

    Args:
        answerer: Finds the articles.
        files: Name of each file, and its questions.
        prior: What holds as long as the questions do not say otherwise; passed over where there are `ENOUGH`.
        serves: What the fit is compared with.
        standardised: See `RankingWeights`.
        on_progress: Told how many questions are done, and how many there are.

    Raises:
        CalibrationError: There are too few questions.
    """
    total = sum(map(len, files.values()))
    asked = [(name, judged) for name, every in files.items() for judged in every]
    samples = []
    for done, (name, judged) in enumerate(asked, start=1):
        samples.append(judged_hits(answerer, judged, name))
        if on_progress:
            on_progress(done, total)
    fitted = fit_to_hits(
        asked,
        samples,
        encoder=answerer.encoder_fingerprint,
        prior=prior if total < ENOUGH else None,
        standardised=standardised,
    )
    changes = compare_fit(_reports_of(asked, samples, serves), fitted.reports) if serves else ()
    return replace(fitted, model=replace(fitted.model, scale=answerer.model.scale), changes=changes)


def fit_to_hits(
    asked: Sequence[tuple[str, JudgedQuestion]],
    samples: Sequence[JudgedHits],
    *,
    encoder: str,
    prior: FittedModel | None = None,
    standardised: bool = False,
) -> FittedFiles:
    """Fit to questions for which all was found already; see `fit_to_files`.

    Args:
        asked: Name of its file, and the question.
        samples: What was found for each, from `judged_hits`.
        encoder: Fingerprint of the encoder that it was found with; empty where the model shall suit any.
        prior: What holds as long as the questions do not say otherwise.
        standardised: See `RankingWeights`.
    """
    fitted = fit(samples, encoder=encoder, prior=prior, standardised=standardised)
    reports = _reports(asked, samples, fitted)
    return FittedFiles(replace(fitted.model, provenance=_provenance(reports)), reports)


def judged_hits(answerer: Answerer, judged: JudgedQuestion, file: str = "") -> JudgedHits:
    """All that is found for a judged question, with the judgement of each hit."""
    ranking = answerer.ranking(judged.query, others=_HITS - 1)
    facts = ranking.facts
    urls = [[article.url for article in (hit.article, *hit.also_in)] for hit in ranking.hits]
    source = next((place for place, every in enumerate(urls) if judged.source in every), None)
    return JudgedHits(
        group=judged.source or judged.id,
        answerable=judged.answerable,
        source_only=judged.source_only,
        facts=facts,
        hits=tuple(_light(hit, keep_answer=bool(facts.numbers)) for hit in ranking.hits),
        answers=tuple(judged.answerable and any(judged.grades.get(url) == ANSWERS for url in every) for every in urls),
        source=source,
        file=file,
    )


def _light(hit: Hit, *, keep_answer: bool) -> Hit:
    """The hit without what a fit does not look at: thousands of questions with all their hits are held in memory."""
    return replace(hit, article=_bare(hit.article, keep_answer=keep_answer), also_in=tuple(map(_bare, hit.also_in)))


def _bare(article: Article, *, keep_answer: bool = False) -> Article:
    answer = article.answer if keep_answer else ""
    return Article(article.url, article.question, answer, article.subject, article.path, seo=Seo())


def _reports(
    asked: Sequence[tuple[str, JudgedQuestion]], samples: Sequence[JudgedHits], fitted: FittedResult
) -> dict[str, EvaluationReport]:
    hits = [[sample.hits[place] for place in order] for sample, order in zip(samples, fitted.order, strict=True)]
    return _judged_reports(asked, zip(hits, fitted.confidence, strict=True), fitted.model)


def _reports_of(
    asked: Sequence[tuple[str, JudgedQuestion]], samples: Sequence[JudgedHits], model: FittedModel
) -> dict[str, EvaluationReport]:
    """For each file what comes out with a model, of the same hits that another one is fitted to."""
    ranked = [ranked_by(sample, model.ranking).hits for sample in samples]
    told = [
        model.confidence.of_figures(confidence_figures(sample.facts, hits)) if hits else 0.0
        for sample, hits in zip(samples, ranked, strict=True)
    ]
    return _judged_reports(asked, zip(ranked, told, strict=True), model)


def _judged_reports(
    asked: Sequence[tuple[str, JudgedQuestion]], told: Iterable[tuple[Sequence[Hit], float]], model: FittedModel
) -> dict[str, EvaluationReport]:
    results: dict[str, list[JudgedResult]] = {}
    for (name, judged), (hits, confidence) in zip(asked, told, strict=True):
        urls = tuple(article.url for hit in hits for article in (hit.article, *hit.also_in))[:DEPTH]
        outcome = model.confidence.outcome(confidence)
        results.setdefault(name, []).append(JudgedResult(judged, urls, confidence, outcome, None))
    return {name: EvaluationReport.of(every) for name, every in results.items()}


def _provenance(reports: Mapping[str, EvaluationReport]) -> dict[str, Any]:
    return {
        "fitted_on": dt.datetime.now(dt.UTC).date().isoformat(),
        "method": "five folds, questions of one article together; the figures are those of questions not fitted to",
        "files": {
            name: {
                "questions": len(report.results),
                "answerable": report.answerable,
                **{key: None if (value := report.metrics[key]) is None else round(value, 3) for key in _KEPT_FIGURES},
            }
            for name, report in reports.items()
        },
    }
