"""What a build did, as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retrieval.article_rows import ArticleFailure
    from retrieval.build_report import BuildReport


def report_lines(report: BuildReport, *, serves: bool = True) -> list[str]:
    """The report for people: what came and went, what it cost, what serves now.

    Args:
        report: What a build did.
        serves: Whether what it made serves.
    """
    articles = counted(report.added + report.changed + report.unchanged, "article")
    changes = f"{report.added:,} added, {report.changed:,} changed, {report.removed:,} removed"
    lines = [f"{articles} in {counted(report.sections, 'section')}: {changes}, {report.unchanged:,} unchanged"]
    if report.failures:
        lines.append(f"{counted(len(report.failures), 'file')} could not be used, see `quicktakes index status`")
    if not report.is_new:
        return [*lines, f"nothing changed; generation {report.generation_id} stays current"]
    if report.reason:
        lines.append(f"every file was read: {report.reason}")
    lines.append(f"{counted(report.embedded, 'text')} embedded, {report.from_cache:,} known from before")
    spent = ", ".join(f"{stage.value} {seconds:.1f} s" for stage, seconds in report.seconds.items())
    becomes = "is current now" if serves else "was made"
    return [*lines, f"generation {report.generation_id} {becomes} ({spent})"]


def failure_lines(failures: Iterable[ArticleFailure]) -> list[str]:
    """One line a file that could not be used: path, line where there is one, problem."""
    return [
        f"{failure.path}:{failure.line}: {failure.problem}" if failure.line else f"{failure.path}: {failure.problem}"
        for failure in failures
    ]
