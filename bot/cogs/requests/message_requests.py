"""What a message asks of the bot, if anything, judged by the message alone."""

from __future__ import annotations

from dataclasses import dataclass

import discord

from bot.cogs.requests.message_text import mentions, question_of
from retrieval.questions.small_talk.salutations import is_salutation

_WRITTEN_BY_MEMBERS = frozenset({discord.MessageType.default, discord.MessageType.reply})


@dataclass(frozen=True, slots=True)
class QuestionRequest:
    """A question that stands by itself.

    Attributes:
        question: The text.
        about: The other message that it was taken from, if it was.
    """

    question: str
    about: discord.Message | None = None


@dataclass(frozen=True, slots=True)
class FollowUpRequest:
    """A question whose context is an earlier answer.

    Attributes:
        question: The text.
        message_id: The bot's message; ``None`` for the last one in a direct message.
    """

    question: str
    message_id: int | None


@dataclass(frozen=True, slots=True)
class GreetingRequest:
    """The bot was addressed, but not asked."""


@dataclass(frozen=True, slots=True)
class UnreadableRequest:
    """The bot was asked about something in which it can read no text."""


MessageRequest = QuestionRequest | FollowUpRequest | GreetingRequest | UnreadableRequest


def read_request(message: discord.Message, bot_id: int) -> MessageRequest | None:
    """What a message wants of the bot.

    A mention of everyone is an announcement, even where it names the bot too.

    Returns:
        ``None`` where nobody expects anything of the bot.
    """
    if message.author.bot or message.webhook_id is not None or message.type not in _WRITTEN_BY_MEMBERS:
        return None
    if isinstance(message.channel, discord.DMChannel):
        return _in_direct_message(message, bot_id)
    if message.guild is None or message.mention_everyone:  # a server that discord.py does not know is none to answer in
        return None
    return _in_server(message, bot_id)


def _in_direct_message(message: discord.Message, bot_id: int) -> MessageRequest:
    question = question_of(message)
    if is_salutation(question):
        return _without_question(message, question)
    replied = _replied_to(message)
    return FollowUpRequest(question, replied.id if replied is not None and replied.author.id == bot_id else None)


def _in_server(message: discord.Message, bot_id: int) -> MessageRequest | None:
    is_named = mentions(message.content, bot_id)
    replied = _replied_to(message)
    question = question_of(message)
    asks = not is_salutation(question)
    if replied is not None and replied.author.id == bot_id and asks:
        return FollowUpRequest(question, replied.id)
    if not is_named:  # "thanks!" below an answer wants none
        return None
    if asks:
        return QuestionRequest(question)
    if replied is None or replied.author.id == bot_id or question:
        return _without_question(message, question)
    asked = question_of(replied)
    return QuestionRequest(asked, about=replied) if asked else UnreadableRequest()


def _without_question(message: discord.Message, said: str) -> MessageRequest:
    has_other_things = bool(message.attachments or message.stickers) and not said
    return UnreadableRequest() if has_other_things else GreetingRequest()


def _replied_to(message: discord.Message) -> discord.Message | None:
    reference = message.reference
    if reference is None or reference.type is not discord.MessageReferenceType.default:
        return None
    return reference.resolved if isinstance(reference.resolved, discord.Message) else None
