"""What a follow-up means: its words are judged first, and the articles decide what words leave open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.assistant.composer import Asked
from bot.assistant.follow_up_words import Dependence, dependence, substitutions, with_context
from retrieval.domain import Answer, Candidates, NoAnswer, NoAnswerReason

if TYPE_CHECKING:
    from bot.live_index.open_index import Serving
    from retrieval.domain import Reply

_NEARLY = 0.07  # a question about the new topic alone is preferred if it is hardly less sure than both together


@dataclass(frozen=True, slots=True)
class Context:
    """What a question may go on from.

    Attributes:
        question: What was asked before, itself with its own context.
        subject_key: The subject that was looked in, or ``None`` for all.
    """

    question: str
    subject_key: str | None = None


def understood(serving: Serving, question: str, context: Context | None) -> tuple[Asked, Reply]:
    """The question as it is best understood, alone or after the one before, and what comes out for it.

    Alone it is looked for everywhere; what goes on from a question stays in its subject, if the serving has it still.
    """
    alone = serving.library.ask(question)
    needs = dependence(question)
    if context is None or (needs is Dependence.ALONE and not isinstance(alone, NoAnswer)):
        return Asked(question), alone
    joint, together = _in_context(serving, question, context)
    if _prefers_context(needs, alone, together):
        return joint, together
    return Asked(question), alone


def _in_context(serving: Serving, question: str, context: Context) -> tuple[Asked, Reply]:
    """The question with what it goes on from, worded in the way that the articles have most to say about."""
    earlier = context.question
    key = context.subject_key if context.subject_key and serving.subject(context.subject_key) else None

    def ask(wording: str) -> tuple[Asked, Reply]:
        return Asked(wording, key, follow_up_to=earlier), serving.library.ask(wording, subject_key=key)

    joint, together = ask(with_context(earlier, question))
    worded = [ask(other) for other in substitutions(earlier, question)]
    if worded:
        asked, reply = max(worded, key=lambda pair: pair[1].confidence)
        if reply.confidence >= together.confidence - _NEARLY:
            return asked, reply
    return joint, together


def _prefers_context(needs: Dependence, alone: Reply, together: Reply) -> bool:
    if isinstance(alone, NoAnswer) and alone.reason is NoAnswerReason.NOTHING_ASKED:
        return True
    match needs:
        case Dependence.FOLLOWS:
            return not isinstance(together, NoAnswer)
        case Dependence.PERHAPS:
            return (_rank(together), together.confidence) > (_rank(alone), alone.confidence)
        case Dependence.ALONE:
            return isinstance(together, Answer)


def _rank(reply: Reply) -> int:
    return 2 if isinstance(reply, Answer) else 1 if isinstance(reply, Candidates) else 0
