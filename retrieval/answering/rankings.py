"""A message → the articles that fit what it asks, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.answering.retriever import Retriever, Search
from retrieval.domain import Article, Excerpt, Hit, NoAnswerReason, Outcome
from retrieval.indexes.spelling import Vocabulary
from retrieval.questions.message_parts import message_parts
from retrieval.questions.question_text import AskedQuestion, read_question
from retrieval.questions.small_talk.recognition import is_titled, small_talk
from retrieval.questions.symbol_names import holds_names, symbol_names
from retrieval.ranking.confidence import LOOKED_AT, Confidence
from retrieval.ranking.question_facts import QuestionFacts
from retrieval.stages import Stage, timed

_NAMED_AMONG = 25  # hits among which an article is looked for that says a name with its mark
_MAX_NAMED_LENGTH = 200  # characters of a question in which names with marks are looked for
_MAX_QUESTIONS = 3  # of a message; as many candidates are offered
_STORY = 0.2  # confidence that a story may add to an article of its own without hiding the question in it
_CLOSING = " .?!"


@dataclass(frozen=True, slots=True)
class Ranking:
    """A question and the articles that fit it best: what a reply is made from.

    Attributes:
        question: What was asked, as it was asked.
        search: The question as the index sees it; ``None`` where nothing was asked.
        hits: Best first.
        confidence: Calibrated probability that the first hit answers; 0 where there is none.
        outcome: What kind of reply that makes.
        read_as: What was looked for, in plain words.
        reason: Why no article is looked at, whatever there is; ``None`` where the articles decide.
        parts: Where the message holds several questions, the ranking of each; else empty.
    """

    question: str
    search: Search | None
    hits: tuple[Hit, ...]
    confidence: float
    outcome: Outcome
    read_as: str = ""
    reason: NoAnswerReason | None = None
    parts: tuple[Ranking, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked."""
        return self.search is None

    @property
    def facts(self) -> QuestionFacts:
        """What the question says about itself."""
        return QuestionFacts() if self.search is None else self.search.facts


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


class QuestionRanker:
    """Ranks the articles of a corpus for questions. Safe to call from several threads.

    Args:
        retriever: Finds articles.
        vocabulary: The words of the corpus.
        confidence: Tells how sure a ranking is.
    """

    def __init__(self, retriever: Retriever, vocabulary: Vocabulary, confidence: Confidence) -> None:
        self._retriever = retriever
        self._vocabulary = vocabulary
        self._confidence = confidence

    def rank(self, question: str, *, limit: int, subject_key: str | None = None) -> Ranking:
        """The articles that fit a question best; never raises for what was typed.

        A message of several sentences is looked up as a whole, and each question in it by itself. A question that is
        answered by itself, about as surely as the whole message, is not hidden by the story around it.

        Args:
            question: What was asked, as it was typed.
            limit: How many hits at the most.
            subject_key: Only articles of this subject.
        """
        with timed(Stage.READ):
            asked = read_question(question, self._vocabulary.correct)
            talk = small_talk(question, self._vocabulary.__contains__)
        if asked.is_empty:
            return Ranking(question, None, (), 0.0, Outcome.NO_ANSWER)
        whole = self._rank(question, asked, limit, subject_key)
        if talk is not None and not any(is_titled(question, hit.article) for hit in whole.hits):
            return replace(whole, hits=(), confidence=0.0, outcome=Outcome.NO_ANSWER, reason=talk)
        parts = [
            self._rank(question, AskedQuestion(question, text, text), limit, subject_key)
            for text in _questions_by_themselves(asked)
        ]
        return _chosen(whole, parts)

    def confidence_of(self, ranking: Ranking, place: int) -> float:
        """The probability that the hit at a place answers, had the hits before it not been there."""
        passed_over = sum(hit.share for hit in ranking.hits[:place])
        return self._confidence.probability(ranking.facts, ranking.hits[place:], passed_over=passed_over)

    def _rank(self, question: str, asked: AskedQuestion, limit: int, subject_key: str | None) -> Ranking:
        search = self._retriever.prepare(asked)
        names = symbol_names(asked.original[:_MAX_NAMED_LENGTH])
        looked_at = max(limit, _NAMED_AMONG if names else LOOKED_AT)
        hits = self._retriever.retrieve(asked, search, limit=looked_at, subject_key=subject_key)
        hits = [hit for hit in hits if holds_names(hit.article, names)]
        confidence = self._confidence.probability(search.facts, hits)
        outcome = self._confidence.outcome(confidence) if hits else Outcome.NO_ANSWER
        return Ranking(question, search, tuple(hits[:limit]), confidence, outcome, asked.text)


def _questions_by_themselves(asked: AskedQuestion) -> list[str]:
    """The questions that can be looked up without the rest of the message; none where it is no more than one."""
    parts = message_parts(asked.text)
    if len(parts) == 1 and _folded(parts[0].text) == _folded(asked.text):
        return []
    complete = [part.text for part in parts if part.is_complete]
    return complete if len(complete) <= _MAX_QUESTIONS else []


def _folded(text: str) -> str:
    return text.strip(_CLOSING).casefold()


def _chosen(whole: Ranking, parts: Sequence[Ranking]) -> Ranking:
    """The whole message, the one question in it, or several questions with an article each.

    Several are told apart only where each is answered by itself, by another article, and one of them about as surely as
    the whole: questions of one message mostly are about one thing.
    """
    answered = [part for part in parts if part.outcome is Outcome.ANSWER]
    surest = max((part.confidence for part in answered), default=0.0)
    if not answered or surest < whole.confidence - _STORY or len(answered) < len(parts):
        return whole
    different = {part.hits[0].article.url for part in answered}
    if len(answered) == 1:
        return answered[0]
    if len(different) < len(answered):
        return whole
    return replace(
        whole,
        hits=tuple(part.hits[0] for part in answered),
        confidence=min(part.confidence for part in answered),
        outcome=Outcome.CANDIDATES,
        parts=tuple(answered),
    )


def place_of(article: Article, ranking: Ranking) -> tuple[Ranking, int]:
    """The ranking, or that of the question in the message, that has an article, and its place; else behind the last."""
    for each in ranking.parts or (ranking,):
        for place, hit in enumerate(each.hits):
            if hit.article.url == article.url:
                return each, place
    return ranking, len(ranking.hits)
