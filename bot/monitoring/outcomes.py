"""Where members ask, how that ends, and what it takes: the only values that labels of metrics have."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from bot.live_index.open_index import UnknownSubjectError
from bot.member_errors import (
    AnswerTooSlowError,
    BusyError,
    CooldownError,
    MemberBusyError,
    MemberCooldownError,
    MemberError,
    PressCooldownError,
    ServerCooldownError,
)
from retrieval.domain import Answer, Candidates, NoAnswerReason

if TYPE_CHECKING:
    from retrieval.domain import Reply


class Surface(StrEnum):
    """Where something is asked of the bot."""

    ASK = "ask"  # the command /ask
    MESSAGE_MENU = "message_menu"  # the command in the menu of a message
    MESSAGE = "message"  # a mention, a reply to an answer, a direct message
    POST = "post"  # a post or message to which nobody asked the bot to say something
    BUTTON = "button"  # a button or select below an answer
    OTHER_COMMAND = "other_command"


QUESTIONS = frozenset({Surface.ASK, Surface.MESSAGE_MENU, Surface.MESSAGE, Surface.POST})
"""Where questions are asked; elsewhere, something is wanted of what was found."""


class AskedOutcome(StrEnum):
    """How it ended, for the member."""

    ANSWER = "answer"
    CANDIDATES = "candidates"
    NO_ANSWER = "no_answer"
    SMALL_TALK = "small_talk"  # or nothing was asked at all
    SHOWN = "shown"  # something that is no reply to a question: an article that was chosen, a list, help
    SILENT = "silent"  # nothing was said, to a post that is not answered surely enough
    REFUSED = "refused"  # what the member may not do, or what cannot be
    RATE_LIMITED = "rate_limited"
    BUSY = "busy"
    TOO_SLOW = "too_slow"
    FAILED = "failed"


class BotStage(StrEnum):
    """What comes before and after finding an answer; the stages of that are `retrieval.stages.Stage`."""

    ACKNOWLEDGE = "acknowledge"  # Discord is told that an answer will come
    WAIT = "wait"  # for a thread
    RENDER = "render"
    SEND = "send"
    REMEMBER = "remember"


class RateLimit(StrEnum):
    """Whose allowance was used up."""

    MEMBER = "member"
    MEMBER_PRESSES = "member_presses"
    SERVER = "server"


class BuildOutcome(StrEnum):
    """How a build ended."""

    SERVES = "serves"
    NOT_CONFIRMED = "not_confirmed"
    CANCELLED = "cancelled"
    FAILED = "failed"


def outcome_of_reply(reply: Reply) -> AskedOutcome:
    """What a reply is for the member."""
    if isinstance(reply, Answer):
        return AskedOutcome.ANSWER
    if isinstance(reply, Candidates):
        return AskedOutcome.CANDIDATES
    return AskedOutcome.NO_ANSWER if reply.reason is NoAnswerReason.NOTHING_FITS else AskedOutcome.SMALL_TALK


def outcome_of_error(error: BaseException) -> AskedOutcome:
    """What an error is for the member."""
    match error:
        case CooldownError():
            return AskedOutcome.RATE_LIMITED
        case BusyError() | MemberBusyError():
            return AskedOutcome.BUSY
        case AnswerTooSlowError() | TimeoutError():
            return AskedOutcome.TOO_SLOW
        case MemberError() | UnknownSubjectError():
            return AskedOutcome.REFUSED
        case _:
            return AskedOutcome.FAILED


def rate_limit_of(error: BaseException) -> RateLimit | None:
    """Whose allowance was used up, if that is what an error is about."""
    match error:
        case MemberCooldownError():
            return RateLimit.MEMBER
        case PressCooldownError():
            return RateLimit.MEMBER_PRESSES
        case ServerCooldownError():
            return RateLimit.SERVER
        case _:
            return None
