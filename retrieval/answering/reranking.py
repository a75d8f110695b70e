"""Looks again at the first articles with a cross-encoder, for as long as a question may take it."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from embeddings.reranking.cross_encoder import CrossEncoder
from retrieval.domain import Article, Section
from retrieval.errors import RerankerTooSlowError
from retrieval.indexes.base import Candidate
from retrieval.questions.question_text import AskedQuestion

_log = logging.getLogger(__name__)

SECTIONS = 2
"""How many of an article's best sections are read: the best one of every article first, then the second ones."""

MIN_READ = 2
"""Articles that must have been read: the score of one alone tells nothing."""

_MAX_PASSAGE_LENGTH = 2000
"""Characters of a section that are read, about twice what is embedded: a long table must not take all the time."""

_MAX_QUESTION_LENGTH = 1000
_MAX_TITLE_LENGTH = 300

_TRIALS = 5
_TRIAL_SECONDS = 2.0
"""After so long no other trial is begun."""

_SAMPLE_QUESTION = "Why does water move through a membrane by osmosis?"
_SAMPLE = " ".join(
    ["Water moves from where little is dissolved to where more is, until both sides hold as much of it."] * 6
)
"""About as long as a usual section."""


class Sections(Protocol):
    """Gives the sections of articles."""

    def article(self, row: int) -> Article:
        """The article in a row."""
        ...

    def sections(self, row: int) -> Sequence[Section]:
        """The sections of the article in a row, by ordinal."""
        ...


class Reranker:
    """A cross-encoder and the time that it has for a question. Safe to call from several threads.

    Args:
        cross_encoder: Scores sections as answers.
        seconds: Time for one question. A batch that is likely to end later is not begun, but one is always read.
        clock: Seconds from any beginning.
    """

    def __init__(
        self, cross_encoder: CrossEncoder, *, seconds: float, clock: Callable[[], float] = time.perf_counter
    ) -> None:
        self._cross_encoder = cross_encoder
        self._seconds = seconds
        self._clock = clock
        self._has_warned = False
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """Names the model and what runs it, for people."""
        return self._cross_encoder.name

    @property
    def seconds(self) -> float:
        """Time for one question."""
        return self._seconds

    def check_speed(self) -> float:
        """About how many sections of usual length it reads in its time, at the best of some trials.

        The model is ready for questions afterwards: the first trial compiles its network.

        Raises:
            RerankerTooSlowError: It reads not even one.
        """
        quickest = math.inf
        first = self._clock()
        for _ in range(_TRIALS):  # a machine that is busy needs several
            started = self._clock()
            for _batch in self._cross_encoder.iter_scores(_SAMPLE_QUESTION, [_SAMPLE] * MIN_READ):
                pass
            now = self._clock()
            quickest = min(quickest, (now - started) / MIN_READ)
            if MIN_READ * quickest <= self._seconds or now - first > _TRIAL_SECONDS:
                break
        if quickest > self._seconds:
            raise RerankerTooSlowError(self.name, quickest, self._seconds)
        return self._seconds / max(quickest, 1e-9)

    def scores(self, question: str, rounds: Sequence[Sequence[str]]) -> list[list[float]]:
        """Score texts as answers, one round after another, until time is over.

        Args:
            question: What is asked.
            rounds: The texts.

        Returns:
            Scores of the texts of each round, in their order: fewer than there are texts where time was over.
        """
        deadline = self._clock() + self._seconds
        read: list[list[float]] = [[] for _ in rounds]
        for place, score in self._read_until(deadline, question, rounds):
            read[place].append(score)
        return read

    def warn(self, problem: str) -> None:
        """Say once in the log why a question was answered without it."""
        with self._lock:
            is_first, self._has_warned = not self._has_warned, True
        if is_first:
            _log.warning("the reranker %s %s; such questions are answered without it", self.name, problem)

    def _read_until(
        self, deadline: float, question: str, rounds: Sequence[Sequence[str]]
    ) -> Iterator[tuple[int, float]]:
        for place, texts in enumerate(rounds):
            started = self._clock()
            if place and started >= deadline:
                return
            for _, scores in self._cross_encoder.iter_scores(question, texts):
                yield from ((place, score) for score in scores.tolist())
                now = self._clock()
                if now + (now - started) > deadline:
                    return
                started = now


class RerankerEvidence:
    """`retrieval.answering.retriever.MoreEvidence` from what a reranker says of the best sections.

    Args:
        articles: Gives the sections.
        reranker: Scores them.
    """

    def __init__(self, articles: Sections, reranker: Reranker) -> None:
        self._articles = articles
        self._reranker = reranker

    def added(self, asked: AskedQuestion, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
        """See `MoreEvidence.added`."""
        if len(candidates) < MIN_READ:
            return candidates
        texts = [self._best_sections(candidate) for candidate in candidates]
        rounds = [[each[number] for each in texts if number < len(each)] for number in range(SECTIONS)]
        owners = [[place for place, each in enumerate(texts) if number < len(each)] for number in range(SECTIONS)]
        try:
            scores = self._reranker.scores(asked.focus[:_MAX_QUESTION_LENGTH], rounds)
        except Exception as error:  # noqa: BLE001  # a model of any make may fail in its own way, and answers go on
            self._reranker.warn(f"failed ({error})")
            return candidates
        best: dict[int, float] = {}
        for places, read in zip(owners, scores, strict=True):
            for place, score in zip(places, read, strict=False):  # not all were read
                if math.isfinite(score):
                    best[place] = max(score, best.get(place, score))
        if len(best) < MIN_READ:
            milliseconds = self._reranker.seconds * 1000
            self._reranker.warn(
                f"read fewer than {MIN_READ} articles in {milliseconds:g} ms; "
                "choose a smaller model, or raise retrieval.reranker_milliseconds"
            )
            return candidates
        return [
            replace(candidate, evidence=replace(candidate.evidence, reranker=best.get(place)))
            for place, candidate in enumerate(candidates)
        ]

    def _best_sections(self, candidate: Candidate) -> list[str]:
        """The texts of an article's best sections, each under the article's question, best first."""
        scores = candidate.evidence.passage_scores
        ordinals = sorted(range(len(scores)), key=lambda ordinal: -scores[ordinal])[:SECTIONS]
        question = self._articles.article(candidate.article).question[:_MAX_TITLE_LENGTH]
        sections = self._articles.sections(candidate.article)
        return [f"{question}\n{sections[ordinal].passage_text}"[:_MAX_PASSAGE_LENGTH] for ordinal in ordinals]
