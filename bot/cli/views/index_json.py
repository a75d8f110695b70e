"""What a build did, and how an index is, as values of JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retrieval.generations.generation import Generation
    from retrieval.generations.lock import LockHolder
    from retrieval.generations.manifest import EncoderIdentity, Manifest
    from retrieval.generations.rows import ArticleFailure, ArticleWarning
    from retrieval.generations.store import GenerationSummary
    from retrieval.lifecycle.inspection import ArticleIndexing, IndexStatus
    from retrieval.lifecycle.journal import Event
    from retrieval.lifecycle.outcomes import Rebuild
    from retrieval.ranking.model_choice import ChosenModel

JsonObject = dict[str, Any]


def build_json(built: Rebuild) -> JsonObject:
    """What a build did."""
    report = built.report
    difference, reason = report.difference, report.full_build_reason
    return {
        "generation": report.generation_id,
        "is_new": report.is_new,
        "serves": not built.objections,
        "objections": list(built.objections),
        "before": built.before,
        "articles": report.articles,
        "sections": report.sections,
        "added": len(difference.added),
        "changed": len(difference.changed),
        "removed": len(difference.removed),
        "moved": len(difference.moved),
        "failures": problems_json(report.failures),
        "warnings": problems_json(report.warnings),
        "full_build_reason": {"cause": reason.cause.value, "text": reason.text} if reason else None,
        "embedded": report.embedded,
        "from_cache": report.from_cache,
        "source_commit": report.source.after or None,
        "seconds": {stage.value: round(seconds, 3) for stage, seconds in report.seconds.items()},
    }


def problems_json(problems: Iterable[ArticleFailure | ArticleWarning]) -> list[JsonObject]:
    """Files that could not be used, or of which something was left out."""
    return [{"path": each.path, "line": each.line, "problem": each.problem} for each in problems]


def status_json(status: IndexStatus) -> JsonObject:
    """Who is at work on an index, and how the last build ended."""
    return {
        "running": _holder_json(status.holder) if status.holder else None,
        "last_build": event_json(status.last_build) if status.last_build else None,
        "journal_problem": status.journal_problem or None,
    }


def generation_json(generation: Generation, chosen: ChosenModel) -> JsonObject:
    """A generation that is open: what it holds, and where its ranking comes from."""
    return {
        **_manifest_json(generation.manifest),
        "folder": str(generation.folder),
        "ranking": {"source": chosen.source.value, "same_encoder": chosen.same_encoder, "articles": chosen.articles},
        "subjects": [
            {"key": subject.key, "name": subject.name, "articles": count} for subject, count in generation.subjects()
        ],
        "failures": problems_json(generation.failures()),
        "warnings": problems_json(generation.warnings()),
    }


def summary_json(summary: GenerationSummary) -> JsonObject:
    """A generation as a list shows it."""
    facts = _manifest_json(summary.manifest) if summary.manifest else {"id": summary.id}
    return {
        **facts,
        "is_current": summary.is_current,
        "has_never_served": summary.is_candidate,
        "problem": summary.problem or None,
    }


def event_json(event: Event) -> JsonObject:
    """Something that was done to an index."""
    return {
        "at": event.at.isoformat(),
        "actor": event.actor,
        "action": event.action.value,
        "outcome": event.outcome.value,
        "generation": event.generation,
        "before": event.before,
        "seconds": round(event.seconds, 3),
        "facts": dict(event.facts),
    }


def article_json(found: ArticleIndexing) -> JsonObject:
    """How an article is indexed, or why it is not."""
    article, gone = found.article, found.gone
    return {
        "url": found.url,
        "article": {
            "question": article.question,
            "url": article.url,
            "subject": {"key": article.subject.key, "name": article.subject.name},
            "path": article.path,
            "changed": found.changed.isoformat() if found.changed else None,
        }
        if article
        else None,
        "sections": [
            {
                "ordinal": section.ordinal,
                "start": section.start,
                "end": section.end,
                "heading_path": list(section.heading_path),
                "passage_text": section.passage_text,
            }
            for section in found.sections
        ],
        "failure": problems_json([found.failure])[0] if found.failure else None,
        "gone": {"url": gone.url, "question": gone.question, "successor": gone.successor, "at": gone.gone_at}
        if gone
        else None,
    }


def _manifest_json(manifest: Manifest) -> JsonObject:
    return {
        "id": manifest.id,
        "created": manifest.created.isoformat(),
        "articles": manifest.counts.articles,
        "sections": manifest.counts.sections,
        "source_commit": manifest.source_revision,
        "encoder": _encoder_json(manifest.encoders[0]),
        "second_encoder": _encoder_json(manifest.second) if manifest.second else None,
    }


def _encoder_json(encoder: EncoderIdentity) -> JsonObject:
    return {"fingerprint": encoder.fingerprint, "dimension": encoder.dimension}


def _holder_json(holder: LockHolder) -> JsonObject:
    return {
        "pid": holder.pid,
        "since": holder.since.isoformat() if holder.since else None,
        "action": holder.action.value if holder.action else None,
        "stage": holder.stage or None,
        "done": holder.done,
        "total": holder.total,
    }
