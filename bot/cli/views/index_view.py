"""What a build did, as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli.views.model_view import model_line
from bot.cli.views.output import counted, one_line
from retrieval.shown import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from retrieval.building.report import BuildReport
    from retrieval.building.source_changes import SourceChanges
    from retrieval.generations.generation import Generation
    from retrieval.generations.rows import ArticleFailure, ArticleWarning
    from retrieval.generations.store import GenerationSummary
    from retrieval.lifecycle.inspection import ArticleIndexing, IndexStatus
    from retrieval.lifecycle.journal import Event
    from retrieval.lifecycle.outcomes import Preview
    from retrieval.ranking.model_choice import ChosenModel


_COMMITS = 10
_WARNINGS = 20
_MAX_PASSAGE_LENGTH = 60


def report_lines(report: BuildReport, *, serves: bool = True) -> list[str]:
    """The report for people: what came and went, what it cost, what serves now."""
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
    if report.full_build_reason:
        lines.append(f"every file was read: {report.full_build_reason.text}")
    lines.append(f"{counted(report.embedded, 'text')} embedded, {report.from_cache:,} known from before")
    spent = ", ".join(f"{stage.value} {seconds:.1f} s" for stage, seconds in report.seconds.items())
    becomes = "is current now" if serves else "was made"
    return [*lines, f"generation {report.generation_id} {becomes} ({spent})"]


def failure_lines(failures: Iterable[ArticleFailure]) -> list[str]:
    """One line a file that could not be used: path, line where there is one, problem."""
    return [_problem_line(each.path, each.line, each.problem) for each in failures]


def warning_lines(warnings: Sequence[ArticleWarning], most: int = _WARNINGS) -> list[str]:
    """One line a warning about an article that serves all the same; the first ones, where there are many."""
    shown_ones = [f"warning: {_problem_line(each.path, each.line, each.problem)}" for each in warnings[:most]]
    more = len(warnings) - len(shown_ones)
    return [*shown_ones, f"… and {more:,} more warnings"] if more else shown_ones


def _problem_line(path: str, line: int | None, problem: str) -> str:
    """Path and problem are what somebody named a file and wrote in it; on one line they forge no other."""
    return f"{shown(path)}:{line}: {shown(problem)}" if line else f"{shown(path)}: {shown(problem)}"


def source_lines(source: SourceChanges, most: int = _COMMITS) -> list[str]:
    """What the source of the articles says about its changes, for people; nothing where it has nothing to say."""
    if not source.before:
        return []
    way = f"from commit {source.before} to {source.after}"
    if source.count is None:
        return [f"{way}; what lies between is not known: far more, or the history was written anew"]
    lines = [f"{counted(source.count, 'commit')}, {way}"]
    lines += [f"  {commit.id} {commit.date} {one_line(commit.subject)}" for commit in source.commits[:most]]
    more = source.count - min(most, len(source.commits))
    return [*lines, f"  … and {more:,} more"] if more else lines


def preview_lines(preview: Preview, most: int) -> Iterator[str]:
    """A preview for people.

    Args:
        most: How many names of each kind are shown.
    """
    difference = preview.difference
    yield from source_lines(preview.source, most)
    if preview.full_build_reason:
        yield f"every file would be read: {preview.full_build_reason.text}"
    groups = (("added", difference.added), ("changed", difference.changed), ("removed", difference.removed))
    for name, articles in groups:
        yield f"{len(articles):,} {name}"
        yield from _some([f"  {article.url}  {one_line(article.question)}" for article in articles], most)
    yield f"{len(difference.moved):,} moved"
    yield from _some([f"  {moved.url} → {moved.successor}" for moved in difference.moved], most)
    yield f"{len(preview.failures):,} newly failing"
    yield from _some([f"  {line}" for line in failure_lines(preview.failures)], most)
    yield from warning_lines(preview.warnings, most)
    if preview.asked:
        colon = ":" if preview.answers else ""
        yield f"{len(preview.answers):,} of {counted(preview.asked, 'question')} would get another first answer{colon}"
        for change in preview.answers[:most]:
            yield f"  {one_line(change.question)}"
            yield f"    {change.before or 'nothing'} → {change.after or 'nothing'}"
        yield from _more(len(preview.answers), most)
    for objection in preview.objections:
        yield f"it would not serve unconfirmed: {objection}"
    yield _estimate_line(preview)


def _estimate_line(preview: Preview) -> str:
    expected = preview.estimate
    saved = f" (embedding, about {expected.embedding:.0f} s more, is done)" if expected.embedding >= 1 else ""
    gives = counted(preview.articles, "article")
    return f"a build would take about {max(expected.seconds, 1):.0f} s{saved} and give {gives}"


def running_lines(status: IndexStatus) -> Iterator[str]:
    """Who is building, and how the last build ended; nothing where none ever was."""
    last = status.last_build
    if status.holder is not None:
        yield f"being changed by {status.holder.described()}"
    elif last is not None:
        yield "nothing is being built"
    if last is not None:
        yield f"last build: {last.outcome.value}, {last.at:%Y-%m-%d %H:%M} UTC, in {last.seconds:.1f} s"
    if status.journal_problem:
        yield f"how the last build ended is not known: {status.journal_problem}"


def generation_lines(generation: Generation, chosen: ChosenModel, encoders: Iterable[str]) -> Iterator[str]:
    """A generation that is open, for people.

    Args:
        chosen: Which model of ranking and confidence serves it.
        encoders: What there is to say about an adapter and a second encoder.
    """
    manifest = generation.manifest
    counts = manifest.counts
    yield f"generation {generation.id}, made {manifest.created:%Y-%m-%d %H:%M} UTC, in {generation.folder}"
    yield f"{counted(counts.articles, 'article')} in {counted(counts.sections, 'section')}"
    if manifest.source_revision:
        yield f"from commit {manifest.source_revision}"
    yield f"encoder {manifest.fingerprint}, dimension {manifest.dimension}"
    yield from encoders
    yield model_line(chosen)
    yield from (f"  {count:>7,}  {subject.name} ({subject.key})" for subject, count in generation.subjects())
    failures = generation.failures()
    if failures:
        yield f"{counted(len(failures), 'file')} could not be used:"
    yield from (f"  {line}" for line in failure_lines(failures))
    warnings = generation.warnings()
    yield from warning_lines(warnings, most=len(warnings))


def summary_line(summary: GenerationSummary) -> str:
    """A generation in a list, for people; a star marks the current one."""
    mark = "*" if summary.is_current else " "
    if summary.manifest is None:
        return f"{mark} {summary.id}  {summary.problem}"
    counts = summary.manifest.counts
    made = f"{summary.manifest.created:%Y-%m-%d %H:%M} UTC"
    never = "  has never served" if summary.is_candidate else ""
    return f"{mark} {summary.id}  {made}  {counts.articles:>7,} articles  {counts.sections:>9,} sections{never}"


def event_line(event: Event) -> str:
    """One event for people."""
    facts = event.facts
    counts = {name: _count(facts.get(name)) for name in ("added", "changed", "removed", "moved", "failed", "warnings")}
    changes = ", ".join(
        f"{count:,} {name}"
        for name, count in counts.items()
        if count is not None and (count or name not in {"moved", "warnings"})
    )
    objections = facts.get("objections")
    reasons = [*(objections if isinstance(objections, list) else ()), *([facts["error"]] if "error" in facts else ())]
    parts = (
        f"{event.at:%Y-%m-%d %H:%M:%S} UTC",
        f"{event.action.value} {event.outcome.value}",
        event.generation or "",
        f"in {event.seconds:.1f} s",
        changes,
        f"by {event.actor}",
        f"at {facts['stage']}" if "stage" in facts else "",
        "; ".join(map(str, reasons)),
    )
    return "  ".join(filter(None, map(shown, parts)))


def _count(fact: object) -> int | None:
    """A count as an event has it: the number itself or, as after a prune, the names that are counted."""
    if isinstance(fact, list):
        return len(fact)
    return fact if isinstance(fact, int) else None


def article_lines(found: ArticleIndexing) -> Iterator[str]:
    """How an article is indexed, for people."""
    article = found.article
    if article is not None:
        yield f"{article.url}  {one_line(article.question)}"
        yield f"{shown(article.subject.name)} ({shown(article.subject.key)}), from {shown(article.path)}"
        changed = f", its file last changed {found.changed:%Y-%m-%d %H:%M} UTC" if found.changed else ""
        yield f"{counted(len(found.sections), 'section')}{changed}"
        for section in found.sections:
            path = one_line(" / ".join(section.heading_path))
            passage = " ".join(section.passage_text.split())[:_MAX_PASSAGE_LENGTH]
            place = f"{section.start:>6}-{section.end:<6}"
            yield f"  {section.ordinal:>3}  {place}  {path + ': ' if path else ''}{passage}…"
        return
    if found.failure is not None:
        yield from (f"not indexed: {line}" for line in failure_lines([found.failure]))
    if found.gone is not None:
        went = f"{found.gone.url} ({one_line(found.gone.question)}) was found gone on {found.gone.gone_at[:10]}"
        yield (
            f"{went}; its question, or what it became, is answered at {found.gone.successor}"
            if found.gone.successor
            else went
        )
    if found.failure is None and found.gone is None:
        yield f"{shown(found.url)} is not in the index and was never seen there"


def _some(lines: Sequence[str], most: int) -> Iterable[str]:
    yield from lines[:most]
    yield from _more(len(lines), most)


def _more(count: int, most: int) -> Iterator[str]:
    if count > most:
        yield f"  … and {count - most:,} more"
