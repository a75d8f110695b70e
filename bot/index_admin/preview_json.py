"""What a build would change, for programs: every name, in JSON."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retrieval.generations.rows import ListedArticle
    from retrieval.lifecycle.outcomes import Preview


MAX_FILE_BYTES = 10 * 2**20
"""Bytes that Discord takes in a file."""


def preview_json(preview: Preview) -> dict[str, Any]:
    """A preview for programs, with every name."""
    difference, reason = preview.difference, preview.full_build_reason
    return {
        "added": _listed(difference.added),
        "changed": _listed(difference.changed),
        "removed": _listed(difference.removed),
        "moved": [{"url": each.url, "successor": each.successor} for each in difference.moved],
        "failed": [{"path": each.path, "line": each.line, "problem": each.problem} for each in preview.failures],
        "warnings": [{"path": each.path, "line": each.line, "problem": each.problem} for each in preview.warnings],
        "asked": preview.asked,
        "answers": [
            {"question": each.question, "before": each.before, "after": each.after} for each in preview.answers
        ],
        "objections": list(preview.objections),
        "source": {
            "before": preview.source.before,
            "after": preview.source.after,
            "count": preview.source.count,
            "commits": [{"id": each.id, "date": each.date, "subject": each.subject} for each in preview.source.commits],
        },
        "anew": {"cause": reason.cause.value, "text": reason.text} if reason else None,
        "articles": preview.articles,
        "seconds": round(preview.estimate.seconds, 1),
        "seconds_saved": round(preview.estimate.embedding, 1),
    }


def preview_file(preview: Preview, max_bytes: int = MAX_FILE_BYTES) -> tuple[str, bytes]:
    """A preview as a file for Discord: its name and what is in it.

    Args:
        max_bytes: What is longer, in bytes, is compressed, as where every article of a large corpus has changed.
    """
    whole = json.dumps(preview_json(preview), ensure_ascii=False, indent=1).encode()
    return ("preview.json", whole) if len(whole) <= max_bytes else ("preview.json.gz", gzip.compress(whole))


def _listed(articles: Iterable[ListedArticle]) -> list[dict[str, str]]:
    return [{"url": article.url, "question": article.question, "path": article.path} for article in articles]
