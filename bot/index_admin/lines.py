"""Lines that several panels about the index share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rendering.escaping import code_span, escape_line
from bot.rendering.limits import shorten
from retrieval.shown import shown

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from bot.messages.catalogue import Messages
    from retrieval.building.base import FullBuildReason
    from retrieval.building.corpus_difference import CorpusDifference
    from retrieval.building.source_changes import SourceChanges
    from retrieval.generations.rows import ArticleFailure

MAX_NAMES = 5
"""Names of a kind that are listed."""

MAX_LINE_LENGTH = 150
"""Characters of a line that comes from an article or an error."""

_FAILURES = 8


def short_line(text: str) -> str:
    """A text that comes from an article or an error on one line, not too long, with nothing in it that formats."""
    return escape_line(shorten(text, MAX_LINE_LENGTH))


def difference_lines(messages: Messages, difference: CorpusDifference) -> list[str]:
    """Articles that were added, changed, removed or moved: how many, and the first names."""
    if difference.is_empty:
        return [messages.t("index-no-difference")]
    lines = []
    groups = (("added", difference.added), ("changed", difference.changed), ("removed", difference.removed))
    for kind, articles in groups:
        if articles:
            lines.append(f"**{messages.t(f'index-{kind}', count=len(articles))}**")
            lines += [f"- {short_line(article.question)}" for article in articles[:MAX_NAMES]]
            lines += ["- …"] if len(articles) > MAX_NAMES else []
    if difference.moved:
        lines.append(f"**{messages.t('index-moved', count=len(difference.moved))}**")
        lines += [
            f"- {code_span(slug(moved.url))} → {code_span(slug(moved.successor))}"
            for moved in difference.moved[:MAX_NAMES]
        ]
    return lines


def source_lines(messages: Messages, source: SourceChanges) -> list[str]:
    """What the source of the articles says about its changes: how many commits, and the newest."""
    if not source.before:
        return []
    before, after = code_span(source.before), code_span(source.after)
    if source.count is None:
        return [messages.t("index-commits-unknown", before=before, after=after)]
    lines = [f"**{messages.t('index-commits', count=source.count, before=before, after=after)}**"]
    lines += [f"- {code_span(commit.id)} {short_line(commit.subject)}" for commit in source.commits[:MAX_NAMES]]
    return lines if source.count <= MAX_NAMES else [*lines, "- …"]


def full_build_lines(messages: Messages, reason: FullBuildReason | None) -> list[str]:
    """Why every article is read anew; nothing where none need be."""
    return [messages.t(f"index-anew-{reason.cause.value}")] if reason else []


def failure_lines(failures: Sequence[ArticleFailure]) -> list[str]:
    """The first files that could not be used, and why."""
    lines = []
    for failure in failures[:_FAILURES]:
        place = f"{shown(failure.path)}:{failure.line}" if failure.line else shown(failure.path)
        lines.append(f"- {code_span(shorten(place, MAX_LINE_LENGTH))}: {short_line(failure.problem)}")
    return lines


def stage_key(stage: str) -> str:
    """The text that names a stage, if there is one."""
    return f"index-stage-{stage}"


def slug(url: str) -> str:
    """What tells an article's url from others, as short as can be."""
    return shorten(url.rstrip("/").rpartition("/")[2] or url, MAX_LINE_LENGTH)


def relative_time(moment: dt.datetime) -> str:
    """A moment as Discord words it for each reader, in their language and time zone."""
    return f"<t:{int(moment.timestamp())}:R>"
