"""What a panel needs to know of its message, to be remembered and remembered again: `Memory` as a record, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.panels.components import Memory
from bot.storage.records import AnsweredMessage

if TYPE_CHECKING:
    from bot.callers import Caller


def record_of(caller: Caller, memory: Memory, message_id: int, *, private: bool) -> AnsweredMessage:
    """What is remembered of a message.

    Args:
        caller: Who has made the bot send it, and where.
        memory: What its panel needs to know.
        message_id: The message.
        private: The asker alone sees it.
    """
    return AnsweredMessage(
        message_id=message_id,
        channel_id=caller.channel_id,
        guild_id=caller.guild_id,
        asker_id=memory.asker_id,
        question=memory.question,
        article_url=memory.article_url,
        generation=memory.generation,
        locale=memory.locale,
        candidates=memory.candidates,
        seen=memory.seen,
        confidence=memory.confidence,
        page=memory.page,
        subject_key=memory.subject_key,
        above=memory.above,
        follow_up_to=memory.follow_up_to,
        is_volunteered=memory.is_volunteered,
        kind=memory.kind,
        private=private,
    )


def memory_of(record: AnsweredMessage) -> Memory:
    """What a panel needs to know of what was remembered."""
    return Memory(
        asker_id=record.asker_id,
        question=record.question,
        article_url=record.article_url,
        generation=record.generation,
        locale=record.locale,
        candidates=record.candidates,
        seen=record.seen,
        confidence=record.confidence,
        page=record.page,
        subject_key=record.subject_key,
        above=record.above,
        follow_up_to=record.follow_up_to,
        is_volunteered=record.is_volunteered,
        kind=record.kind,
    )
