"""Question → answer, candidates or no answer. The one thing that terminal, bot, evaluation and benchmarks call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Encoder
from retrieval.answering.corpus import Corpus
from retrieval.answering.excerpts import make_excerpt
from retrieval.answering.explanation import Explanation, explain
from retrieval.answering.rankings import QuestionRanker, Ranking, Reconsidered, place_of
from retrieval.answering.retriever import MoreEvidence, Retriever, Search
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
)
from retrieval.ranking.fitted_model import FittedModel
from retrieval.ranking.model_choice import choose_model
from retrieval.stages import Stage, timed

CANDIDATES = 3
"""How many articles are offered where none is certain, and how many titles are named where nothing fits."""

_RECONSIDERED = 25  # hits among which an article is looked for that was shown before
_EXPLAINED_AGAINST = 48  # what a figure adds is told against the mean of so many hits
_REMEMBERED = 1024  # articles whose sentences stay cut into tokens, about 3 KB each: many members ask the same


class Answerer:
    """Answers questions from one corpus. Safe to call from several threads.

    Args:
        corpus: The articles.
        encoder: The encoder that the corpus was indexed with.
        model: How evidence becomes a ranking and a confidence; without it the corpus's own, or the one that comes with
            the project.
        more_evidence: What looks again at the first candidates.

    Raises:
        CalibrationError: The corpus's own model cannot be read.
    """

    def __init__(
        self,
        corpus: Corpus,
        encoder: Encoder,
        *,
        model: FittedModel | None = None,
        more_evidence: Sequence[MoreEvidence] = (),
    ) -> None:
        self._corpus = corpus
        self._encoder = encoder
        self._sentence_tokens = _remembered_sentence_tokens(corpus, encoder)
        self._model = chosen = (
            model or choose_model(encoder.query_fingerprint, corpus.calibration, corpus.cosines).model
        )
        retriever = Retriever(
            corpus,
            corpus.search_index,
            encoder,
            corpus.vocabulary,
            weights=chosen.ranking,
            scale=chosen.scale,
            more_evidence=more_evidence,
        )
        self._ranker = QuestionRanker(retriever, corpus.vocabulary, self._model.confidence)

    @property
    def encoder_fingerprint(self) -> str:
        """Names the encoder that embeds the questions, with its adapter."""
        return self._encoder.query_fingerprint

    @property
    def model(self) -> FittedModel:
        """Turns evidence into a ranking and a confidence."""
        return self._model

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
        ranking = self.ranking(question, subject_key=subject_key, others=others)
        return self.reply(ranking, excerpt_length=excerpt_length, others=others)

    def ranking(self, question: str, *, subject_key: str | None = None, others: int = 5) -> Ranking:
        """Find the articles that fit a question best, without quoting any; never raises for what was typed.

        Args:
            question: What was asked, as it was typed.
            subject_key: Only articles of this subject.
            others: How many other hits an answer shall name.
        """
        return self._ranker.rank(question, limit=max(others + 1, CANDIDATES), subject_key=subject_key)

    def reply(self, ranking: Ranking, *, excerpt_length: int = 1000, others: int = 5) -> Reply:
        """The reply that a ranking makes.

        Args:
            ranking: From `ranking`, for as many others.
            excerpt_length: Most characters to quote.
            others: How many other hits an answer names.
        """
        question, search, hits = ranking.question, ranking.search, ranking.hits
        if search is None:
            return NoAnswer(question, NoAnswerReason.NOTHING_ASKED, (), 0.0)
        if ranking.reason is not None:
            return NoAnswer(question, ranking.reason, (), 0.0)
        if ranking.parts:
            return self._several(ranking, excerpt_length)
        match ranking.outcome:
            case Outcome.ANSWER:
                excerpt = self._excerpt(hits[0], search, excerpt_length)
                related = self._related(hits[0].article)
                return Answer(question, hits[0], excerpt, ranking.confidence, hits[1 : others + 1], related)
            case Outcome.CANDIDATES:
                offered = hits[:CANDIDATES]
                excerpts = tuple(self._excerpt(hit, search, excerpt_length) for hit in offered)
                return Candidates(question, offered, excerpts, ranking.confidence)
            case Outcome.NO_ANSWER:
                return NoAnswer(question, NoAnswerReason.NOTHING_FITS, hits[:CANDIDATES], ranking.confidence)

    def reconsider(
        self, question: str, article: Article, *, subject_key: str | None = None, excerpt_length: int = 1000
    ) -> Reconsidered:
        """One article as the answer to a question, whatever stands before it.

        Args:
            question: What was asked, as it was typed.
            article: An article of the corpus.
            subject_key: The subject in which alone the question was looked for.
            excerpt_length: Most characters to quote.
        """
        ranking = self._ranker.rank(question, limit=_RECONSIDERED, subject_key=subject_key)
        ranking, place = place_of(article, ranking)
        confidence = self._ranker.confidence_of(ranking, place)
        if place == len(ranking.hits) and subject_key != article.subject.key:  # it may be asked in another subject, too
            inside = self._ranker.rank(question, limit=_RECONSIDERED, subject_key=article.subject.key)
            ranking, place = place_of(article, inside)
        if place == len(ranking.hits) or ranking.search is None:
            return Reconsidered(None, None, confidence)
        hit = ranking.hits[place]
        return Reconsidered(hit, self._excerpt(hit, ranking.search, excerpt_length), confidence)

    def coverage(self, ranking: Ranking, article: Article) -> float:
        """Share of a ranked question's words that an article has words of like meaning for, 0 to 1.

        Raises:
            LookupError: The corpus does not hold the article.
        """
        row = self._corpus.row_of(article.url)
        if row is None:
            raise LookupError(article.url)
        if ranking.search is None:
            return 0.0
        tokens = np.concatenate([*self._encoder.token_ids([article.question]), *self._sentence_tokens(row)])
        return self._corpus.token_meanings.coverage(ranking.search.token_ids, [tokens])[0]

    def explain(self, question: str, *, subject_key: str | None = None, limit: int = 5) -> Explanation:
        """Why a question is answered as it is.

        Args:
            question: What was asked, as it was typed.
            subject_key: Only articles of this subject.
            limit: How many hits are explained.
        """
        return explain(
            self._ranker.rank(question, limit=_EXPLAINED_AGAINST, subject_key=subject_key), self._model, limit=limit
        )

    def rank(self, question: str, *, subject_key: str | None = None, limit: int = 10) -> list[Hit]:
        """The best hits for a question, whatever the confidence; empty where nothing was asked."""
        return list(self._ranker.rank(question, limit=limit, subject_key=subject_key).hits)

    def excerpt(self, ranking: Ranking, hit: Hit, *, length: int = 1000) -> Excerpt:
        """The part of a hit's article that would be quoted for a ranked question.

        Raises:
            LookupError: Nothing was asked, or the corpus does not hold the hit's article.
        """
        if ranking.search is None:
            raise LookupError(hit.article.url)
        return self._excerpt(hit, ranking.search, length)

    def _several(self, ranking: Ranking, excerpt_length: int) -> Candidates:
        excerpts = (self._excerpt(part.hits[0], part.search, excerpt_length) for part in ranking.parts if part.search)
        questions = tuple(part.read_as for part in ranking.parts)
        return Candidates(ranking.question, ranking.hits, tuple(excerpts), ranking.confidence, questions)

    @timed(Stage.EXCERPT)
    def _excerpt(self, hit: Hit, search: Search, length: int) -> Excerpt:
        row = self._corpus.row_of(hit.article.url)
        if row is None:
            raise LookupError(hit.article.url)
        [said] = self._encoder.token_ids([hit.article.question])
        return make_excerpt(
            hit.article.answer,
            self._corpus.sentences(row),
            self._corpus.sections(row),
            hit.evidence.passage_scores,
            self._corpus.token_meanings.coverage(search.token_ids, self._sentence_tokens(row), said=said),
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
