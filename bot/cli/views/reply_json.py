"""A reply as JSON. The schema is documented in docs/command-line.md and changes only with its version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.messages.confidence import confidence_words
from retrieval.domain import Answer, Candidates, NoAnswer

if TYPE_CHECKING:
    from retrieval.domain import Article, Excerpt, Hit, Reply

SCHEMA_VERSION = 1

JsonObject = dict[str, Any]


def reply_json(reply: Reply, site_url: str) -> JsonObject:
    """The reply as an object of plain JSON values."""
    answer: JsonObject | None = None
    related: tuple[Article, ...] = ()
    if isinstance(reply, Answer):
        answer = _match(reply.hit, reply.excerpt, site_url)
        related = reply.related
        matches = [_match(hit, None, site_url) for hit in reply.others]
    elif isinstance(reply, Candidates):
        pairs = zip(reply.hits, reply.excerpts, strict=True)
        matches = [_match(hit, excerpt, site_url) for hit, excerpt in pairs]
        for match, question in zip(matches, reply.questions, strict=False):
            match["for"] = question
    else:
        matches = [_match(hit, None, site_url) for hit in reply.closest]
    return {
        "schema": SCHEMA_VERSION,
        "question": reply.question,
        "outcome": reply.outcome.value,
        "reason": reply.reason.value if isinstance(reply, NoAnswer) else None,
        "confidence": round(reply.confidence, 4),
        "confidence_words": confidence_words(reply.confidence),
        "answer": answer,
        "related": [_article(article, site_url) for article in related],
        "matches": matches,
    }


def _article(article: Article, site_url: str) -> JsonObject:
    return {
        "question": article.question,
        "url": article.url,
        "link": site_url + article.url,
        "subject": {"key": article.subject.key, "name": article.subject.name},
    }


def _match(hit: Hit, excerpt: Excerpt | None, site_url: str) -> JsonObject:
    return {
        **_article(hit.article, site_url),
        "score": round(hit.score, 6),
        "also_in": [_article(article, site_url) for article in hit.also_in],
        "excerpt": _excerpt(excerpt) if excerpt is not None else None,
    }


def _excerpt(excerpt: Excerpt) -> JsonObject:
    return {
        "text": excerpt.text,
        "start": excerpt.start,
        "end": excerpt.end,
        "spans": [list(span) for span in excerpt.spans],
        "heading_path": list(excerpt.heading_path),
        "best_sentence": {"text": excerpt.best_sentence, "start": excerpt.best_start, "end": excerpt.best_end},
    }
