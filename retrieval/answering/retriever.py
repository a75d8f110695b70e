"""A question → the articles that fit best, one hit for each question that the corpus answers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Encoder, Vector
from retrieval.answering.fusion import FusionWeights, fuse
from retrieval.answering.question_text import AskedQuestion
from retrieval.domain import Article, Excerpt, Hit, NoAnswerReason, Outcome
from retrieval.indexes.base import SearchIndex, SearchRequest


class ArticleSource(Protocol):
    """Where the articles of found rows come from."""

    def article(self, row: int) -> Article:
        """The article in a row. Raises `LookupError` where there is none."""
        ...

    def same_question(self, row: int) -> Sequence[int]:
        """Rows of all articles that ask the same question, this one included."""
        ...


@dataclass(frozen=True, slots=True)
class Search:
    """A question as the index sees it.

    Attributes:
        vector: Embedded question, shape (dimension,), length 1.
        token_ids: Its tokens.
        wants_definition: Whether it asks what something is.
    """

    vector: NDArray[np.float32]
    token_ids: tuple[int, ...]
    wants_definition: bool = False


@dataclass(frozen=True, slots=True)
class Ranking:
    """A question and the articles that fit it best: what a reply is made from.

    Attributes:
        question: What was asked, as it was asked.
        search: The question as the index sees it; ``None`` where nothing was asked.
        hits: Best first.
        confidence: Calibrated probability that the first hit answers; 0 where there is none.
        outcome: What kind of reply that makes.
        reason: Why no article is looked at, whatever there is; ``None`` where the articles decide.
    """

    question: str
    search: Search | None
    hits: tuple[Hit, ...]
    confidence: float
    outcome: Outcome
    reason: NoAnswerReason | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked."""
        return self.search is None


@dataclass(frozen=True, slots=True)
class Reconsidered:
    """One article as the answer to a question.

    Attributes:
        hit: What speaks for it; ``None`` where it is not even near.
        excerpt: The part of it that would be quoted; ``None`` without a hit.
        confidence: Calibrated probability that it answers, had the articles before it not been there.
    """

    hit: Hit | None
    excerpt: Excerpt | None
    confidence: float


class Retriever:
    """Finds articles for questions. Safe to call from several threads.

    Args:
        articles: Gives the articles of rows.
        index: Finds rows.
        encoder: Embeds questions; the one that the index was made with.
        weights: How evidence is fused.
        candidates: How many articles are looked at closely; fewer is faster and misses more.
    """

    def __init__(
        self,
        articles: ArticleSource,
        index: SearchIndex,
        encoder: Encoder,
        *,
        weights: FusionWeights | None = None,
        candidates: int = 48,
    ) -> None:
        self._articles = articles
        self._index = index
        self._encoder = encoder
        self._weights = weights or FusionWeights()
        self._candidates = candidates

    def prepare(self, asked: AskedQuestion) -> Search:
        """Embed a question and cut it into tokens."""
        tokens = self._encoder.token_ids([asked.text])[0]
        return Search(self._vector(asked), tuple(tokens.tolist()), asked.wants_definition)

    def retrieve(
        self, asked: AskedQuestion, search: Search, *, limit: int = 10, subject_key: str | None = None
    ) -> list[Hit]:
        """The best articles for a question.

        Articles that ask the same question come as one hit, the best of them first and the others in `Hit.also_in`.

        Args:
            asked: The question.
            search: From `prepare`.
            limit: How many hits at the most.
            subject_key: Only articles of this subject.

        Returns:
            Hits, best first; empty where the subject has no articles.
        """
        request = SearchRequest(
            vector=search.vector,
            text=asked.text,
            limit=self._candidates,
            subject_key=subject_key,
            token_ids=search.token_ids,
        )
        ranked = fuse(self._index.search(request), self._weights)
        places = {candidate.article: place for place, (candidate, _) in enumerate(ranked)}
        hits: list[Hit] = []
        seen: set[int] = set()
        for candidate, score in ranked:
            if len(hits) == limit:
                break
            if candidate.article in seen:
                continue
            same = self._articles.same_question(candidate.article)
            seen.update(same)
            repeats = sorted(
                (row for row in same if row != candidate.article), key=lambda row: places.get(row, math.inf)
            )
            others = tuple(map(self._articles.article, repeats))
            hits.append(Hit(self._articles.article(candidate.article), score, candidate.evidence, others))
        return hits

    def _vector(self, asked: AskedQuestion) -> Vector:
        """Of a long message the mean of the whole and of the question in it: one alone can mislead."""
        texts = dict.fromkeys((asked.text, asked.focus))
        vectors = [self._encoder.encode_query(text) for text in texts]
        if len(vectors) == 1:
            return vectors[0]
        mean = np.mean(vectors, axis=0)
        return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), dtype=np.float32)
