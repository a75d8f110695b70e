"""An article with its sections and sentences as bytes, and back: every field, nothing added."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from retrieval.domain import Article, RelatedArticle, Section, Sentence, Seo, Subject

_LEVEL = 5


@dataclass(frozen=True)
class StoredArticle:
    """What `encode_article` was given. Most articles are read for their title, so the rest waits until it is wanted."""

    article: Article
    _pieces: Sequence[tuple[int, int, int, list[str], str]]
    _bounds: Sequence[int]

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """Its sections, in their order."""
        return tuple(
            Section(ordinal, start, end, tuple(heading_path), passage_text)
            for ordinal, start, end, heading_path, passage_text in self._pieces
        )

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its answer's sentences, in their order."""
        starts, ends, headings = (self._bounds[place::3] for place in range(3))
        return tuple(
            Sentence(start, end, bool(heading)) for start, end, heading in zip(starts, ends, headings, strict=True)
        )


UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError, zlib.error)
"""What `decode_article` raises for bytes that `encode_article` did not give: JSON has a dozen ways to be another."""


def encode_article(article: Article, sections: Sequence[Section], sentences: Sequence[Sentence]) -> bytes:
    """Compressed JSON of an article, its sections and its answer's sentences."""
    pieces = [
        (section.ordinal, section.start, section.end, section.heading_path, section.passage_text)
        for section in sections
    ]
    bounds = [figure for each in sentences for figure in (each.start, each.end, int(each.is_heading))]
    text = json.dumps([_fields(article), pieces, bounds], separators=(",", ":"), default=_fields)
    return zlib.compress(text.encode(), _LEVEL)


def decode_article(body: bytes, subject: Subject) -> StoredArticle:
    """What `encode_article` was given, under the subject's present display name."""
    facts, pieces, bounds = json.loads(zlib.decompress(body))
    facts["subject"] = subject
    facts["date"] = dt.date.fromisoformat(facts["date"]) if facts["date"] else None
    seo = facts["seo"]
    facts["seo"] = Seo(**seo | {"page_keywords": tuple(seo["page_keywords"])})
    facts["related"] = tuple(RelatedArticle(**related) for related in facts["related"])
    facts["extra"] = tuple((name, text) for name, text in facts["extra"])
    return StoredArticle(Article(**facts), pieces, bounds)


def _fields(value: object) -> object:
    """What JSON has no form for: data classes by their fields, dates as ISO 8601."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return {name: getattr(value, name) for name in value.__slots__}  # type: ignore[attr-defined]  # slotted data classes
