"""An article with its sections as bytes, and back: every field, nothing added."""

from __future__ import annotations

import datetime as dt
import json
import zlib

from retrieval.domain import Article, RelatedArticle, Section, Seo, Subject

_LEVEL = 5


def encode_article(article: Article, sections: tuple[Section, ...]) -> bytes:
    """Compressed JSON of an article and its sections."""
    pieces = [
        (section.ordinal, section.start, section.end, section.heading_path, section.passage_text)
        for section in sections
    ]
    text = json.dumps([_fields(article), pieces], separators=(",", ":"), default=_fields)
    return zlib.compress(text.encode(), _LEVEL)


def decode_article(body: bytes, subject: Subject) -> tuple[Article, tuple[Section, ...]]:
    """What `encode_article` was given, under the subject's present display name."""
    facts, pieces = json.loads(zlib.decompress(body))
    facts["subject"] = subject
    facts["date"] = dt.date.fromisoformat(facts["date"]) if facts["date"] else None
    seo = facts["seo"]
    facts["seo"] = Seo(**seo | {"page_keywords": tuple(seo["page_keywords"])})
    facts["related"] = tuple(RelatedArticle(**related) for related in facts["related"])
    facts["extra"] = tuple((name, text) for name, text in facts["extra"])
    sections = tuple(
        Section(ordinal, start, end, tuple(heading_path), passage_text)
        for ordinal, start, end, heading_path, passage_text in pieces
    )
    return Article(**facts), sections


def _fields(value: object) -> object:
    """What JSON has no form for: data classes by their fields, dates as ISO 8601."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return {name: getattr(value, name) for name in value.__slots__}  # type: ignore[attr-defined]  # slotted data classes
