"""Interprets follow-ups: by their words first, and by the articles found where the words leave it open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.assistant.composer import MemberQuestion
from bot.assistant.follow_up_words import (
    Dependence,
    dependence,
    is_bare_topic,
    names_own_subject,
    substitutions,
    with_context,
)
from retrieval.domain import NoAnswerReason, Outcome

if TYPE_CHECKING:
    from bot.live_index.open_index import OpenIndex
    from retrieval.answering.rankings import Ranking
    from retrieval.domain import Reply

_NEARLY = 0.07  # a question about the new topic alone is preferred if it is hardly less sure than both together
# Share of a new subject's words that an article must cover: those of unrelated subjects mostly come to less than 0.25,
# those of related ones to 0.36 and more.
_MIN_COVERAGE = 0.3
# The same of a few words alone: those that an article says in words of its own come to 0.07 and more.
_MIN_TOPIC_COVERAGE = 0.05
_WHOLE = 0.99  # of a text's words, weighted by rarity
_CERTAINTY = {Outcome.NO_ANSWER: 0, Outcome.CANDIDATES: 1, Outcome.ANSWER: 2}


@dataclass(frozen=True, slots=True)
class EarlierQuestion:
    """The question that a follow-up may refer to.

    Attributes:
        question: The question, with its own context.
        subject_key: The subject that was searched, or ``None`` for all.
    """

    question: str
    subject_key: str | None = None


def interpret(index: OpenIndex, question: str, earlier: EarlierQuestion | None) -> tuple[MemberQuestion, Reply]:
    """Interpret a question, alone or together with the one before, and answer it.

    Alone it is searched for everywhere; a follow-up stays in the subject of the question before, if that still exists.
    All readings are ranked, but only the chosen one is answered in full.
    """
    asked, ranking = MemberQuestion(question), index.ranking(question)
    needs = dependence(question)
    if (
        earlier is not None
        and _may_go_on(ranking)
        and (needs is not Dependence.ALONE or ranking.outcome is Outcome.NO_ANSWER)
    ):
        joint, together = _in_context(index, question, earlier)
        if _prefers_context(needs, ranking, together) and _supports(index, ranking, together):
            asked, ranking = joint, together
    return asked, index.reply(ranking)


def _may_go_on(alone: Ranking) -> bool:
    """Whether a text may refer to the question before: thanks, a joke or a greeting never does."""
    return alone.is_empty or alone.reason in {None, NoAnswerReason.NEEDS_CONTEXT}


def _in_context(index: OpenIndex, question: str, earlier: EarlierQuestion) -> tuple[MemberQuestion, Ranking]:
    """The wording of the question with its context that the articles answer best."""
    key = earlier.subject_key if earlier.subject_key and index.subject(earlier.subject_key) else None

    def rank(wording: str) -> tuple[MemberQuestion, Ranking]:
        return MemberQuestion(wording, key, follow_up_to=earlier.question), index.ranking(wording, subject_key=key)

    joint, together = rank(with_context(earlier.question, question))
    worded = [rank(other) for other in substitutions(earlier.question, question)]
    if worded:
        asked, ranking = max(worded, key=lambda pair: pair[1].confidence)
        if ranking.confidence >= together.confidence - _NEARLY:
            return asked, ranking
    return joint, together


def _prefers_context(needs: Dependence, alone: Ranking, together: Ranking) -> bool:
    if alone.is_empty:
        return True
    match needs:
        case Dependence.FOLLOWS:
            return together.outcome is not Outcome.NO_ANSWER
        case Dependence.PERHAPS:
            return _is_surer(together, alone)
        case Dependence.ALONE:
            return together.outcome is Outcome.ANSWER


def _is_surer(together: Ranking, alone: Ranking) -> bool:
    if alone.outcome is Outcome.ANSWER and alone.hits[0].evidence.title_exact_coverage >= _WHOLE:
        return False  # an article asks about just that
    return (_CERTAINTY[together.outcome], together.confidence) > (_CERTAINTY[alone.outcome], alone.confidence)


def _supports(index: OpenIndex, alone: Ranking, together: Ranking) -> bool:
    """Whether the article found with the context covers a new subject too, and not only the context."""
    if alone.is_empty or alone.reason is not None:
        return True
    if names_own_subject(alone.question):
        least = _MIN_COVERAGE
    elif is_bare_topic(alone.question):
        least = _MIN_TOPIC_COVERAGE
    else:
        return True
    if not together.hits:
        return False
    return index.answerer.coverage(alone, together.hits[0].article) >= least
