"""The interface of whatever finds things for the retriever: FAISS and a lexical index here, a search engine elsewhere.

`SearchIndex` hides how candidates are found: a distributed engine that does vector and lexical search itself can stand
behind it. `VectorIndex` and `LexicalIndex` are the two halves of the embedded implementation.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from retrieval.domain import Evidence

Ids = NDArray[np.int64]
Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What to look for.

    Attributes:
        vector: Embedded question, shape (dimension,), length 1, float32.
        text: The question as text, for lexical search.
        limit: How many candidates to return at the most.
        subject_key: Only articles of this subject, or ``None`` for all.
        token_ids: The question's tokens, as the encoder numbers them; empty for no coverage.
        sentences: Each sentence of the message by itself, embedded, in their order, shape (sentences, dimension);
            ``None`` where it is one sentence.
    """

    vector: NDArray[np.float32]
    text: str
    limit: int = 100
    subject_key: str | None = None
    token_ids: tuple[int, ...] = ()
    sentences: NDArray[np.float32] | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that may answer: ``article`` is its row in the generation, with exact evidence for each kind."""

    article: int
    evidence: Evidence


class SearchIndex(Protocol):
    """Finds candidate articles. Safe to call from several threads."""

    def search(self, request: SearchRequest) -> Sequence[Candidate]:
        """Candidates in no promised order, each article once, every figure of its evidence exact (not approximate)."""
        ...


class VectorIndex(Protocol):
    """Nearest vectors by inner product."""

    def search(self, vector: NDArray[np.float32], k: int, allowed: Ids | None = None) -> tuple[Ids, Scores]:
        """The k nearest live rows, best first; fewer where there are fewer.

        Args:
            vector: Shape (dimension,), float32.
            k: How many, at least 1.
            allowed: Only these rows (sorted), or ``None`` for all live rows.

        Returns:
            Row ids and inner products, both of shape (at most k,), without padding.
        """
        ...


class LexicalIndex(Protocol):
    """Best articles by BM25 over their words."""

    def search(self, text: str, k: int, subject_key: str | None = None) -> tuple[Ids, Scores]:
        """The k best article rows, best first, with BM25 scores; empty where no word matches."""
        ...

    def score(self, text: str, rows: Collection[int]) -> dict[int, float]:
        """BM25 score of each given article row; rows that share no word with the text score 0."""
        ...


@dataclass(frozen=True, slots=True)
class ArticleLayout:
    """Where the articles' vectors lie; all of one length, by row.

    Attributes:
        rows: Article rows that hold an article, ascending.
        first_sections: Row of each article's first section in the section matrix.
        section_counts: How many sections follow one another from there.
        subject_keys: Subject of each article.
    """

    rows: NDArray[np.int64]
    first_sections: NDArray[np.int64]
    section_counts: NDArray[np.int64]
    subject_keys: tuple[str, ...]
