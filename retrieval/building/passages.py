"""What is embedded for an article: the one place that decides which words a vector stands for."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.domain import Article, Section


def question_text(article: Article) -> str:
    """The text whose vector is compared with an asked question as a question."""
    return article.question


def passage_texts(article: Article, sections: Sequence[Section]) -> list[str]:  # noqa: ARG001  # the seam gives both
    """The texts whose vectors stand for the sections, in their order."""
    return [section.passage_text for section in sections]
