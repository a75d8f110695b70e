"""The messages that the bot answered with, in the database."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.storage.records import AnsweredMessage, Memory, MessageKind, now
from bot.storage.tables import answered_messages as table

if TYPE_CHECKING:
    from bot.storage.database import Database

_COLUMNS_OF_THE_MESSAGE = ("message_id", "channel_id", "guild_id", "private", "answered_at")
_CLOCK_DIFFERENCE = dt.timedelta(minutes=1)
"""By how much clocks of several machines may differ; what is later than this was answered before the clock was set."""

_IS_ANSWER = table.c.kind == MessageKind.ANSWER.value


class AnsweredMessages:
    """The messages that the bot answered with."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, message: AnsweredMessage) -> None:
        """Remember a message, or remember it anew: its page or article has changed."""
        memory = asdict(message.memory) | {"kind": message.memory.kind.value}
        values = memory | {name: getattr(message, name) for name in _COLUMNS_OF_THE_MESSAGE}
        statement = (
            self._database.insert(table)
            .values(values)
            .on_conflict_do_update(index_elements=[table.c.message_id], set_=values)
        )
        async with self._database.writing() as connection:
            await connection.execute(statement)

    async def get(self, message_id: int) -> AnsweredMessage | None:
        """The message with this id, ``None`` if it is not remembered (any more)."""
        return await self._first(sa.select(table).where(table.c.message_id == message_id))

    async def latest(self, channel_id: int, asker_id: int) -> AnsweredMessage | None:
        """The last message that answered this member in this channel: the context of what is asked next."""
        theirs = (table.c.channel_id == channel_id) & (table.c.asker_id == asker_id) & _IS_ANSWER
        theirs &= table.c.answered_at <= now() + _CLOCK_DIFFERENCE
        newest_first = (table.c.answered_at.desc(), table.c.message_id.desc())
        return await self._first(sa.select(table).where(theirs).order_by(*newest_first).limit(1))

    async def delete(self, message_id: int) -> bool:
        """Forget a message. Returns whether it was remembered."""
        async with self._database.writing() as connection:
            result = await connection.execute(sa.delete(table).where(table.c.message_id == message_id))
        return result.rowcount > 0

    async def recent_questions(self, limit: int) -> tuple[str, ...]:
        """Different questions that were asked of late, newest first; of nobody in particular."""
        newest = sa.func.max(table.c.answered_at)
        query = (
            sa.select(table.c.question)
            .where(_IS_ANSWER)
            .group_by(table.c.question)
            .order_by(newest.desc())
            .limit(limit)
        )
        async with self._database.reading() as connection:
            return tuple((await connection.execute(query)).scalars())

    async def _first(self, query: sa.Select[*tuple[object, ...]]) -> AnsweredMessage | None:
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).mappings().first()
        if row is None:
            return None
        lists = {"candidates": tuple(row["candidates"]), "seen": tuple(row["seen"])}
        values = {**row, **lists, "kind": MessageKind(row["kind"])}
        of_message = {name: values.pop(name) for name in _COLUMNS_OF_THE_MESSAGE}
        return AnsweredMessage(memory=Memory(**values), **of_message)
