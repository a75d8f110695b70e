"""The panels that admins see: status, preview, progress and history of the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.index_admin.ids import IndexAction, make_index_id
from bot.index_admin.lines import (
    MAX_LINE_LENGTH,
    MAX_NAMES,
    difference_lines,
    failure_lines,
    full_build_lines,
    relative_time,
    short_line,
    slug,
    source_lines,
    stage_key,
)
from bot.panels.components import Button, ButtonStyle, Panel, Row
from bot.panels.controls import lines_that_fit
from bot.rendering.blocks import TextBlock
from bot.rendering.escaping import code_span, escape_line
from bot.rendering.limits import MESSAGE_TEXT, shorten, text_length

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.index_admin.build_process import BuildStep
    from bot.messages.catalogue import Messages
    from retrieval.generations.lock import LockHolder
    from retrieval.generations.store import GenerationSummary
    from retrieval.lifecycle.inspection import ArticleIndexing, IndexStatus
    from retrieval.lifecycle.journal import Event
    from retrieval.lifecycle.outcomes import Preview, Rebuild

_EARLIER = 5
_BAR = 20
_MAX_REASON_LENGTH = 300
_MAX_MODEL_LENGTH = 60  # enough to tell two models of one kind apart
_MEGABYTE = 1_000_000


def status_panel(messages: Messages, status: IndexStatus) -> Panel:
    """The generation that serves, earlier ones, the last build, and what could not be read."""
    lines = [f"### {messages.t('index-status-title')}", *_current_lines(messages, status)]
    if status.problem:
        lines.append(messages.t("index-current-unknown", reason=short_line(status.problem)))
    lines += _instead_lines(messages, status)
    lines.append(messages.t("index-idle") if status.holder is None else holder_line(messages, status.holder))
    if status.last_build is not None:
        lines.append(
            messages.t(
                "index-last-build",
                outcome=messages.t(f"index-outcome-{status.last_build.outcome.value}"),
                when=relative_time(status.last_build.at),
                seconds=round(status.last_build.seconds),
            )
        )
    if status.earlier:
        lines += [messages.t("index-earlier"), *map(_earlier, status.earlier[:_EARLIER])]
    if status.failures:
        lines.append(messages.t("index-unreadable", count=len(status.failures)))
        lines += failure_lines(status.failures)
    if status.warnings:
        lines.append(messages.t("index-warnings", count=status.warnings))
    return _private(lines)


def _current_lines(messages: Messages, status: IndexStatus) -> list[str]:
    manifest = status.current.manifest if status.current else None
    if status.current is None or manifest is None:
        return [messages.t("index-none")]
    lines = [
        messages.t("index-current", generation=code_span(status.current.id), when=relative_time(manifest.created)),
        messages.t(
            "index-counts",
            articles=manifest.counts.articles,
            sections=manifest.counts.sections,
            size=round(status.size / _MEGABYTE),
            model=_model(manifest.fingerprint),
        ),
    ]
    if manifest.second is not None:
        lines.append(messages.t("index-second-encoder", model=_model(manifest.second.fingerprint)))
    if status.second_encoder_problem:
        reason = escape_line(shorten(status.second_encoder_problem, _MAX_REASON_LENGTH))
        lines.append(messages.t("index-second-encoder-unused", reason=reason))
    if manifest.source_revision:
        lines.append(messages.t("index-revision", revision=code_span(shorten(manifest.source_revision, 60))))
    return lines


def _model(fingerprint: str) -> str:
    return code_span(shorten(fingerprint, _MAX_MODEL_LENGTH))


def _instead_lines(messages: Messages, status: IndexStatus) -> list[str]:
    """That the bot serves another generation than it should, and why where that was not said yet."""
    if status.instead is None:
        return []
    reason = escape_line(shorten(status.instead.reason, _MAX_REASON_LENGTH))
    why = [] if status.problem else [messages.t("index-cannot-serve", reason=reason)]
    return [*why, messages.t("index-serves-instead", generation=code_span(status.instead.generation_id))]


def _earlier(summary: GenerationSummary) -> str:
    manifest = summary.manifest
    made = f" · {relative_time(manifest.created)} · {manifest.counts.articles:,}" if manifest else ""
    return f"- {code_span(summary.id)}{made}"


def holder_line(messages: Messages, holder: LockHolder) -> str:
    """Who is changing the index, since when, and how far they are."""
    if holder.pid is None or holder.action is None or holder.since is None:
        return messages.t("index-held-unknown")
    facts = {"action": messages.t(f"index-action-{holder.action.value}"), "when": relative_time(holder.since)}
    line = messages.t("index-held", pid=str(holder.pid), **facts)
    if stage_key(holder.stage) in messages.keys:
        line += f" {messages.t(stage_key(holder.stage))}"
        line += f": {messages.t('index-share', done=holder.done, total=holder.total)}" if holder.total else "."
    return line


def held_panel(messages: Messages, holder: LockHolder) -> Panel:
    """Nothing can be done now, because the index is being changed."""
    return Panel((TextBlock(f"{messages.t('index-running')} {holder_line(messages, holder)}"),), is_private=True)


def preview_panel(messages: Messages, preview: Preview) -> Panel:
    """What a build would change."""
    lines = [f"### {messages.t('index-preview-title')}", *difference_lines(messages, preview.difference)]
    lines += source_lines(messages, preview.source)
    lines += full_build_lines(messages, preview.full_build_reason)
    if preview.failures:
        lines.append(f"**{messages.t('index-failing', count=len(preview.failures))}**")
        lines += failure_lines(preview.failures)
    if preview.asked:
        lines.append(f"**{messages.t('index-answers', count=len(preview.answers), asked=preview.asked)}**")
        for change in preview.answers[:MAX_NAMES]:
            before, after = (code_span(slug(url)) if url else "–" for url in (change.before, change.after))  # noqa: RUF001  # a dash
            lines.append(f"- {short_line(change.question)}: {before} → {after}")
    lines += [messages.t("index-objection", reason=escape_line(reason)) for reason in preview.objections]
    lines.append(messages.t("index-seconds", seconds=max(round(preview.estimate.seconds), 1)))
    lines.append(messages.t("index-whole-list"))
    return _private(lines)


def progress_panel(messages: Messages, member_id: int, key: str, step: BuildStep) -> Panel:
    """How far a build is, with a button that stops it.

    Args:
        member_id: Who wants the build.
    """
    share = min(step.done / step.total, 1.0) if step.total else 0.0
    full = round(share * _BAR)
    lines = [
        f"### {messages.t('index-build-title')}",
        messages.t(stage_key(step.stage)),
        f"`{'█' * full}{'░' * (_BAR - full)}` {share:.0%}",
    ]
    facts = []
    if step.total:
        rate = round(step.rate)
        facts.append(messages.t("index-progress", done=step.done, total=step.total, rate=rate))
    if step.seconds_left is not None:
        facts.append(messages.t("index-left", seconds=max(round(step.seconds_left), 1)))
    facts.append(messages.t("index-build-for", member=f"<@{member_id}>"))
    lines.append(f"-# {' · '.join(facts)}")
    cancel = Button(messages.t("button-index-cancel"), make_index_id(IndexAction.CANCEL, key), ButtonStyle.DANGER)
    return Panel((TextBlock("\n".join(lines)),), ((cancel,),))


def built_panel(messages: Messages, built: Rebuild) -> Panel:
    """What a build did, with a button that goes back, or one that lets a refused generation serve."""
    generation = built.report.generation_id
    name = code_span(generation)
    rows: tuple[Row, ...] = ()
    if not built.report.is_new:
        lines = [messages.t("index-nothing-new", generation=name)]
    elif built.objections:
        reason = escape_line("; ".join(built.objections))
        lines = [messages.t("index-refused", generation=name, reason=reason)]
        custom_id = make_index_id(IndexAction.CONFIRM, generation)
        rows = ((Button(messages.t("button-index-confirm"), custom_id, ButtonStyle.DANGER),),)
    else:
        lines = [messages.t("index-built", generation=name)]
        if built.before is not None:
            custom_id = make_index_id(IndexAction.ROLL_BACK, built.before)
            rows = ((Button(messages.t("button-index-rollback"), custom_id),),)
    if built.report.is_new:
        lines += difference_lines(messages, built.report.difference)
        lines += source_lines(messages, built.report.source)
        lines += full_build_lines(messages, built.report.full_build_reason)
    return Panel((TextBlock(_fitting(lines)),), rows)


def rolled_back_panel(messages: Messages, before: str | None, now: str) -> Panel:
    """Another generation serves."""
    said = messages.t("index-rolled-back", generation=code_span(now), before=code_span(before or "?"))
    return Panel((TextBlock(said),))


def events_panel(messages: Messages, events: Sequence[Event], *, every: bool) -> Panel:
    """What was done, newest first.

    Args:
        every: Whether these are all there are, or builds and rollbacks alone.
    """
    lines = [f"### {messages.t('index-audit-title' if every else 'index-history-title')}"]
    for event in events:
        facts = [
            relative_time(event.at),
            f"{messages.t(f'index-action-{event.action.value}')}: {messages.t(f'index-outcome-{event.outcome.value}')}",
            code_span(event.generation) if event.generation else "",
            escape_line(event.actor) if every else "",
            messages.t(stage) if (stage := stage_key(str(event.facts.get("stage", "")))) in messages.keys else "",
            short_line(str(event.facts.get("error", ""))),
        ]
        lines.append(f"- {' · '.join(filter(None, facts))}")
    return _private(lines if events else [*lines, messages.t("index-no-events")])


def indexing_panel(messages: Messages, found: ArticleIndexing) -> Panel:
    """How one article is indexed, or why it is not."""
    url = code_span(shorten(found.url, MAX_LINE_LENGTH))
    if found.article is not None:
        article = found.article
        lines = [
            f"### {short_line(article.question)}",
            f"-# {escape_line(article.subject.name)} · {code_span(article.path)}",
            messages.t("index-sections", count=len(found.sections)),
        ]
        if found.changed is not None:
            lines.append(messages.t("index-article-changed", when=relative_time(found.changed)))
        for section in found.sections:
            words = shorten(" ".join(section.passage_text.split()), MAX_LINE_LENGTH)
            lines.append(f"{section.ordinal + 1}. {section.start}-{section.end}: {escape_line(words)}")
        return _private(lines)
    lines = failure_lines([found.failure]) if found.failure is not None else []
    if found.gone is not None and found.gone.successor:
        lines.append(messages.t("index-article-moved", url=url, successor=code_span(found.gone.successor)))
    elif found.gone is not None:
        lines.append(messages.t("index-article-gone", url=url, when=found.gone.gone_at[:10]))
    return _private(lines or [messages.t("index-article-unknown", url=url)])


def _private(lines: Iterable[str]) -> Panel:
    return Panel((TextBlock(_fitting(lines)),), is_private=True)


def _fitting(lines: Iterable[str]) -> str:
    return lines_that_fit(lines, MESSAGE_TEXT - text_length("…"))
