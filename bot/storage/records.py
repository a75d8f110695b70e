"""What the bot remembers, as frozen data. Ids are Discord's (snowflakes); times are in UTC."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import Enum


def now() -> dt.datetime:
    """The present moment in UTC."""
    return dt.datetime.now(dt.UTC)


class MessageKind(Enum):
    """What a message of the bot is, and so what can be done with it."""

    ANSWER = "answer"
    """It answers a question or shows an article, or says that there is none."""
    BROWSING = "browsing"
    """Pages of subjects, or of the articles of one."""
    ARTICLES = "articles"
    """Articles of which one can be opened."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What must be remembered of a message so that its buttons and a follow-up work, also after a restart.

    Attributes:
        asker_id: The member who asked, and who may press the buttons.
        question: What was asked; empty where it is no answer.
        article_url: The article it shows now, or ``None`` where it shows candidates or no answer.
        generation: Id of the index generation that it was answered from.
        locale: Discord's code of the language that the bot speaks in it.
        candidates: Urls of the articles that it offers besides, best first.
        seen: Urls of the articles that it showed before and that the asker passed over.
        confidence: Calibrated probability of what it shows now; ``None`` where the member chose the article.
        page: 0 while the excerpt is shown, else the 1-based page of the whole article.
        subject_key: The subject it was looked for in, or ``None`` for all.
        above: The line above the panel, such as who asked.
        follow_up_to: The earlier question that was taken as context; empty where none was.
        is_volunteered: Nobody asked the bot for it.
        kind: What the message is.
    """

    asker_id: int
    question: str
    article_url: str | None
    generation: str
    locale: str
    candidates: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    confidence: float | None = None
    page: int = 0
    subject_key: str | None = None
    above: str = ""
    follow_up_to: str = ""
    is_volunteered: bool = False
    kind: MessageKind = MessageKind.ANSWER


@dataclass(frozen=True, slots=True)
class AnsweredMessage:
    """A message of the bot, with what must be remembered of it.

    Attributes:
        message_id: The bot's message.
        channel_id: Where it stands: a channel, a thread or a direct message.
        guild_id: The server, or ``None`` outside of servers.
        memory: What its buttons and a follow-up need.
        private: Only the asker sees the message.
        answered_at: When it was answered, with a time zone.
    """

    message_id: int
    channel_id: int
    guild_id: int | None
    memory: Memory
    private: bool = False
    answered_at: dt.datetime = field(default_factory=now)


@dataclass(frozen=True, slots=True)
class Feedback:
    """What one member thought of one answer.

    Attributes:
        message_id: The bot's message.
        member_id: Who pressed the button.
        article_url: The article that the message showed.
        helpful: Which button it was.
        generation: Id of the index generation that it was answered from.
        given_at: When, with a time zone.
    """

    message_id: int
    member_id: int
    article_url: str
    helpful: bool
    generation: str
    given_at: dt.datetime = field(default_factory=now)


@dataclass(frozen=True, slots=True)
class FeedbackCounts:
    """How often an article was found helpful, and how often not."""

    helpful: int
    not_helpful: int
