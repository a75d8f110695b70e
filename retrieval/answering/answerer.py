"""Question → answer, candidates or no answer. The one thing that terminal, bot, evaluation and benchmarks call."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Encoder
from retrieval.answering.calibration import PRIOR, Calibration
from retrieval.answering.excerpts import make_excerpt
from retrieval.answering.fusion import FusionWeights
from retrieval.answering.question_text import read_question
from retrieval.answering.retriever import Retriever, Search
from retrieval.domain import (
    Answer,
    Article,
    Candidates,
    Excerpt,
    Hit,
    NoAnswer,
    NoAnswerReason,
    Outcome,
    Reply,
    Section,
    Sentence,
)
from retrieval.indexes.base import SearchIndex
from retrieval.indexes.spelling import Vocabulary
from retrieval.indexes.term_coverage import TokenMeanings

CANDIDATES = 3
"""How many articles are offered where none is certain, and how many titles are named where nothing fits."""

_REMEMBERED = 1024  # articles whose sentences stay cut into tokens, about 3 KB each: many members ask the same


class Corpus(Protocol):
    """What is answered from; `retrieval.generations.generation.Generation` is one."""

    @property
    def search_index(self) -> SearchIndex:
        """Finds articles."""
        ...

    @property
    def vocabulary(self) -> Vocabulary:
        """Mends typing mistakes."""
        ...

    @property
    def token_meanings(self) -> TokenMeanings:
        """Finds the sentence that answers."""
        ...

    @property
    def calibration(self) -> Mapping[str, Any] | None:
        """What `Calibration.to_json` gave, if one was fitted."""
        ...

    def article(self, row: int) -> Article:
        """The article in a row."""
        ...

    def same_question(self, row: int) -> Sequence[int]:
        """Rows of all articles that ask the same question, this one included."""
        ...

    def row_of(self, url: str) -> int | None:
        """Row of the article with this url, or ``None``."""
        ...

    def sections(self, row: int) -> tuple[Section, ...]:
        """The sections of the article in a row."""
        ...

    def sentences(self, row: int) -> tuple[Sentence, ...]:
        """The sentences of the answer of the article in a row."""
        ...


class Answerer:
    """Answers questions from one corpus. Safe to call from several threads.

    Args:
        corpus: The articles.
        encoder: The encoder that the corpus was indexed with.
        weights: How evidence is fused.
        calibration: Overrides the corpus's own.

    Raises:
        CalibrationError: The corpus's calibration cannot be read.
    """

    def __init__(
        self,
        corpus: Corpus,
        encoder: Encoder,
        *,
        weights: FusionWeights | None = None,
        calibration: Calibration | None = None,
    ) -> None:
        self._corpus = corpus
        self._encoder = encoder
        self._sentence_tokens = _remembered_sentence_tokens(corpus, encoder)
        self._retriever = Retriever(corpus, corpus.search_index, encoder, weights=weights)
        stored = corpus.calibration
        self._calibration = calibration or (Calibration.from_json(stored) if stored is not None else PRIOR)

    @property
    def calibration(self) -> Calibration:
        """Turns evidence into confidence."""
        return self._calibration

    def answer(
        self,
        question: str,
        *,
        subject_key: str | None = None,
        excerpt_length: int = 1000,
        others: int = 5,
    ) -> Reply:
        """Answer a question.

        Args:
            question: What was asked, as it was typed.
            subject_key: Only articles of this subject.
            excerpt_length: Most characters to quote.
            others: How many other hits an answer names.

        Returns:
            An `Answer`, `Candidates` or `NoAnswer`; whatever was typed, this never raises for it.
        """
        search, hits = self._find(question, subject_key, max(others + 1, CANDIDATES))
        if search is None:
            return NoAnswer(question, NoAnswerReason.NOTHING_ASKED, (), 0.0)
        if not hits:
            return NoAnswer(question, NoAnswerReason.NOTHING_FITS, (), 0.0)
        confidence = self._calibration.probability(hits)
        match self._calibration.outcome(confidence):
            case Outcome.ANSWER:
                excerpt = self._excerpt(hits[0], search, excerpt_length)
                related = self._related(hits[0].article)
                return Answer(question, hits[0], excerpt, confidence, tuple(hits[1 : others + 1]), related)
            case Outcome.CANDIDATES:
                offered = tuple(hits[:CANDIDATES])
                excerpts = tuple(self._excerpt(hit, search, excerpt_length) for hit in offered)
                return Candidates(question, offered, excerpts, confidence)
            case Outcome.NO_ANSWER:
                return NoAnswer(question, NoAnswerReason.NOTHING_FITS, tuple(hits[:CANDIDATES]), confidence)

    def rank(self, question: str, *, subject_key: str | None = None, limit: int = 10) -> list[Hit]:
        """The best hits for a question, whatever the confidence; empty where nothing was asked."""
        return self._find(question, subject_key, limit)[1]

    def excerpt(self, question: str, hit: Hit, *, length: int = 1000) -> Excerpt:
        """The part of a hit's article that would be quoted for a question.

        Raises:
            LookupError: The corpus does not hold the hit's article.
        """
        asked = read_question(question, self._corpus.vocabulary.correct)
        return self._excerpt(hit, self._retriever.prepare(asked), length)

    def _find(self, question: str, subject_key: str | None, limit: int) -> tuple[Search | None, list[Hit]]:
        """The question as the index sees it, ``None`` where nothing was asked, and the best hits."""
        asked = read_question(question, self._corpus.vocabulary.correct)
        if asked.is_empty:
            return None, []
        search = self._retriever.prepare(asked)
        return search, self._retriever.retrieve(asked, search, limit=limit, subject_key=subject_key)

    def _excerpt(self, hit: Hit, search: Search, length: int) -> Excerpt:
        row = self._corpus.row_of(hit.article.url)
        if row is None:
            raise LookupError(hit.article.url)

        return make_excerpt(
            hit.article.answer,
            self._corpus.sentences(row),
            self._corpus.sections(row),
            hit.evidence.passage_scores,
            self._corpus.token_meanings.coverage(search.token_ids, self._sentence_tokens(row)),
            length=length,
            wants_definition=search.wants_definition,
        )

    def _related(self, article: Article) -> tuple[Article, ...]:
        """The article's related articles that exist, each once."""
        urls = dict.fromkeys(link.url for link in article.related if link.url != article.url)
        rows = (self._corpus.row_of(url) for url in urls)
        return tuple(self._corpus.article(row) for row in rows if row is not None)


def _remembered_sentence_tokens(corpus: Corpus, encoder: Encoder) -> Callable[[int], list[NDArray[np.int32]]]:
    """Gives the tokens of each sentence of the article in a row, and remembers them.

    No method, since one whose results an object remembers refers back to it: then what a generation has in memory stays
    there until the garbage collector comes, and for ever where that was told to leave it alone.
    """

    @lru_cache(_REMEMBERED)
    def sentence_tokens(row: int) -> list[NDArray[np.int32]]:
        answer = corpus.article(row).answer
        return encoder.token_ids([answer[each.start : each.end] for each in corpus.sentences(row)])

    return sentence_tokens
