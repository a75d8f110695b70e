"""A question → the articles that fit best, one hit for each question that the corpus answers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Encoder, Vector
from retrieval.domain import Article, Hit
from retrieval.indexes.base import Candidate, SearchIndex, SearchRequest
from retrieval.indexes.spelling import Vocabulary
from retrieval.questions.question_text import AskedQuestion
from retrieval.ranking.cosine_scale import UNSCALED, CosineScale
from retrieval.ranking.question_facts import QuestionFacts, question_facts
from retrieval.ranking.ranker import RankedCandidate, RankingWeights, rank
from retrieval.stages import Stage, timed


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
        sentences: Each sentence of the message by itself, shape (sentences, dimension); ``None`` where it is one.
        facts: What the question says about itself.
        wants_definition: Whether it asks what something is.
    """

    vector: NDArray[np.float32]
    token_ids: tuple[int, ...]
    sentences: NDArray[np.float32] | None = None
    facts: QuestionFacts = field(default_factory=QuestionFacts)
    wants_definition: bool = False


class MoreEvidence(Protocol):
    """Looks again at the first candidates: a reranker, or a second encoder."""

    def added(self, asked: AskedQuestion, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
        """The candidates with more evidence, in any order; as they are where there is no time or it cannot be told.

        Args:
            asked: The question.
            candidates: The first ones as ranked so far, best first.
        """
        ...


class Retriever:
    """Finds articles for questions. Safe to call from several threads.

    Args:
        articles: Gives the articles of rows.
        index: Finds rows.
        encoder: Embeds questions; the one that the index was made with.
        vocabulary: The words of the corpus.
        weights: How evidence adds up.
        scale: Carries the index's cosines over to the scale that the weights were fitted on.
        more_evidence: What looks again at the first candidates, one after another.
        candidates: How many articles are looked at closely; fewer is faster and misses more.
        looked_at_again: How many of them are looked at again.
    """

    def __init__(  # noqa: PLR0913  # what a retriever is made of, each with its own maker
        self,
        articles: ArticleSource,
        index: SearchIndex,
        encoder: Encoder,
        vocabulary: Vocabulary,
        *,
        weights: RankingWeights,
        scale: CosineScale = UNSCALED,
        more_evidence: Sequence[MoreEvidence] = (),
        candidates: int = 48,
        looked_at_again: int = 12,
    ) -> None:
        self._articles = articles
        self._index = index
        self._encoder = encoder
        self._vocabulary = vocabulary
        self._weights = weights
        self._scale = scale
        self._more_evidence = tuple(more_evidence)
        self._candidates = candidates
        self._looked_at_again = looked_at_again

    @timed(Stage.ENCODE)
    def prepare(self, asked: AskedQuestion) -> Search:
        """Embed a question and cut it into tokens."""
        tokens = tuple(self._encoder.token_ids([asked.text])[0].tolist())
        sentences = asked.sentences
        return Search(
            vector=self._vector(asked),
            token_ids=tokens,
            sentences=np.stack(list(map(self._encoder.encode_query, sentences))) if len(sentences) > 1 else None,
            facts=question_facts(asked.text, tokens, len(sentences), self._vocabulary),
            wants_definition=asked.wants_definition,
        )

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
            sentences=search.sentences,
        )
        with timed(Stage.SEARCH):
            found = self._index.search(request)
        with timed(Stage.RANK):
            ranked = rank(self._scale.carried(found), self._weights)
        if self._more_evidence:
            with timed(Stage.RERANK):
                ranked = self._looked_at_twice(asked, ranked)
        with timed(Stage.RANK):
            return self._hits(ranked, limit)

    def _hits(self, ranked: Sequence[RankedCandidate], limit: int) -> list[Hit]:
        """The first hits of a ranking, one for each question."""
        places = {each.candidate.article: place for place, each in enumerate(ranked)}
        hits: list[Hit] = []
        seen: set[int] = set()
        for each in ranked:
            if len(hits) == limit:
                break
            row = each.candidate.article
            if row in seen:
                continue
            same = self._articles.same_question(row)
            seen.update(same)
            repeats = sorted((other for other in same if other != row), key=lambda other: places.get(other, math.inf))
            others = tuple(map(self._articles.article, repeats))
            article = self._articles.article(row)
            hits.append(Hit(article, each.score, each.candidate.evidence, others, each.share))
        return hits

    def _looked_at_twice(self, asked: AskedQuestion, ranked: list[RankedCandidate]) -> list[RankedCandidate]:
        """The candidates ranked by what looks again at the first of them, too."""
        for more in self._more_evidence:
            candidates = [each.candidate for each in ranked]
            first, rest = candidates[: self._looked_at_again], candidates[self._looked_at_again :]
            ranked = rank([*more.added(asked, first), *rest], self._weights)
        return ranked

    def _vector(self, asked: AskedQuestion) -> Vector:
        """Of a long message the mean of the whole and of the question in it: one alone can mislead."""
        texts = dict.fromkeys((asked.text, asked.focus))
        vectors = [self._encoder.encode_query(text) for text in texts]
        if len(vectors) == 1:
            return vectors[0]
        mean = np.mean(vectors, axis=0)
        return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), dtype=np.float32)
