"""What a build did, as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli.views.output import one_line
from bot.cli.views.wording import counted
from retrieval.shown import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retrieval.building.report import BuildReport
    from retrieval.building.source_changes import SourceChanges
    from retrieval.generations.rows import ArticleFailure, ArticleWarning

_COMMITS = 10
_WARNINGS = 20


def report_lines(report: BuildReport, *, serves: bool = True) -> list[str]:
    """The report for people: what came and went, what it cost, what serves now.

    Args:
        report: What a build did.
        serves: Whether what it made serves.
    """
    difference = report.difference
    came = len(difference.added) + len(difference.changed) + len(difference.moved)
    counts = [
        (len(difference.added), "added"),
        (len(difference.changed), "changed"),
        (len(difference.removed), "removed"),
        *([(len(difference.moved), "moved")] if difference.moved else []),
        (report.articles - came, "unchanged"),
    ]
    changes = ", ".join(f"{count:,} {name}" for count, name in counts)
    lines = [f"{counted(report.articles, 'article')} in {counted(report.sections, 'section')}: {changes}"]
    lines += source_lines(report.source)
    if report.failures:
        lines.append(f"{counted(len(report.failures), 'file')} could not be used, see `quicktakes index status`")
    if report.warnings:
        lines.append(
            f"{counted(len(report.warnings), 'warning')} about articles that serve, see `quicktakes index status`"
        )
    if not report.is_new:
        return [*lines, f"nothing changed; generation {report.generation_id} stays current"]
    if report.anew:
        lines.append(f"every file was read: {report.anew.text}")
    lines.append(f"{counted(report.embedded, 'text')} embedded, {report.from_cache:,} known from before")
    spent = ", ".join(f"{stage.value} {seconds:.1f} s" for stage, seconds in report.seconds.items())
    becomes = "is current now" if serves else "was made"
    return [*lines, f"generation {report.generation_id} {becomes} ({spent})"]


def failure_lines(failures: Iterable[ArticleFailure]) -> list[str]:
    """One line a file that could not be used: path, line where there is one, problem."""
    return [_problem_line(each.path, each.line, each.problem) for each in failures]


def warning_lines(warnings: Sequence[ArticleWarning], most: int = _WARNINGS) -> list[str]:
    """One line a warning about an article that serves all the same; the first ones, where there are many.

    Args:
        warnings: All warnings.
        most: How many are shown.
    """
    shown_ones = [f"warning: {_problem_line(each.path, each.line, each.problem)}" for each in warnings[:most]]
    more = len(warnings) - len(shown_ones)
    return [*shown_ones, f"… and {more:,} more warnings"] if more else shown_ones


def _problem_line(path: str, line: int | None, problem: str) -> str:
    """Path and problem are what somebody named a file and wrote in it; on one line they forge no other."""
    return f"{shown(path)}:{line}: {shown(problem)}" if line else f"{shown(path)}: {shown(problem)}"


def source_lines(source: SourceChanges, shown: int = _COMMITS) -> list[str]:
    """What the source of the articles says about its changes, for people; nothing where it has nothing to say.

    Args:
        source: What it says.
        shown: How many commits are shown.
    """
    if not source.before:
        return []
    way = f"from commit {source.before} to {source.after}"
    if source.count is None:
        return [f"{way}; what lies between is not known: far more, or the history was written anew"]
    lines = [f"{counted(source.count, 'commit')}, {way}"]
    lines += [f"  {commit.id} {commit.date} {one_line(commit.subject)}" for commit in source.commits[:shown]]
    more = source.count - min(shown, len(source.commits))
    return [*lines, f"  … and {more:,} more"] if more else lines
