"""An article's answer → its sentences. Pure."""

from __future__ import annotations

from retrieval.articles.markdown.plain_text import BlockKind, block_sentences, block_spans
from retrieval.domain import Sentence


def split_sentences(answer: str) -> tuple[Sentence, ...]:
    """The sentences of an answer, in order; an answer without any is one sentence."""
    sentences = tuple(
        Sentence(start, end, block.kind is BlockKind.HEADING)
        for block in block_spans(answer)
        for start, end in block_sentences(answer, block)
    )
    return sentences or (Sentence(0, len(answer), is_heading=False),)
