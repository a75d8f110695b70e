"""The sentences of a text by their offsets alone."""

from __future__ import annotations

from retrieval.articles.sections import split_sentences


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence; a text of nothing but blanks has none here."""
    spans = [(sentence.start, sentence.end) for sentence in split_sentences(text)]
    return [(start, end) for start, end in spans if text[start:end].strip()]
