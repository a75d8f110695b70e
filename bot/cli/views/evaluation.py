"""Metrics of judged questions as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.evaluation.fit_comparison import ALL_FILES
from retrieval.evaluation.metrics import standard_error
from retrieval.shown import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retrieval.evaluation.evaluation import EvaluationReport
    from retrieval.evaluation.fit_comparison import FigureChange
    from retrieval.evaluation.metrics import Metrics
    from retrieval.evaluation.saved_run import PairedDifference

_SHARES = ("answer_1", "answer_3", "answer_5")
"""Metrics that are shares of the answerable questions, whose standard error is told."""


def report_lines(reports: Mapping[str, EvaluationReport]) -> Iterator[str]:
    """Every metric of each file, then by style."""
    for name, report in reports.items():
        if len(reports) > 1:
            yield f"== {shown(name)} =="
        for metric, value in report.metrics.items():
            yield f"{metric:<32} {_figure(value)}{_error(metric, value, report.answerable)}"
        yield f"{'questions':<32} {len(report.results):>5}"
        yield f"{'answerable':<32} {report.answerable:>5}"
        for style, metrics in report.by_style.items():
            yield from _style_lines(style, metrics)
        yield ""


def comparison_lines(differences: Mapping[str, PairedDifference]) -> Iterator[str]:
    """What has changed since a saved run, a line a file."""
    for name, each in differences.items():
        yield (
            f"{shown(name)}: answer_1 {each.difference:+.3f} ± {each.standard_error:.3f} on {each.questions} questions "
            f"({each.gained} gained, {each.lost} lost)"
        )


def fit_lines(generation_id: str | None, changes: Sequence[FigureChange]) -> Iterator[str]:
    """Whether a fit was kept, and how it is beside what serves, judged by the same questions.

    Args:
        generation_id: The generation that serves with it; ``None`` where it was not kept.
        changes: What differs.
    """
    worse = [_change(each) for each in changes if each.is_worse]
    yield "beside what serves: " + "; ".join(_change(each) for each in changes if each.file == ALL_FILES)
    if generation_id is None:
        yield f"the fit was not kept, since it is worse: {'; '.join(worse)}"
        yield "nothing has changed. Check the judgements, or take other questions; --force keeps the fit all the same"
        return
    if worse:
        yield f"kept by --force, though worse: {'; '.join(worse)}"
    yield f"generation {generation_id} is current now"


def _change(each: FigureChange) -> str:
    where = "" if each.file == ALL_FILES else f" of {shown(each.file)}"
    change = each.after - each.before
    return (
        f"{each.name}{where} {each.after:.3f} instead of {each.before:.3f} ({change:+.3f} ± {each.standard_error:.3f})"
    )


def _style_lines(style: str, metrics: Metrics) -> Iterator[str]:
    yield f"\n{shown(style) or 'no style'}"
    for metric, value in metrics.items():
        if value is not None:
            yield f"  {metric:<30} {_figure(value)}"


def _error(metric: str, value: float | None, count: int) -> str:
    return "" if value is None or metric not in _SHARES else f"  ± {standard_error(value, count):.3f}"


def _figure(value: float | None) -> str:
    return "    -" if value is None else f"{value:.3f}"
