"""Ratings of answers, in the database."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.storage.records import Feedback, FeedbackCounts
from bot.storage.tables import feedback as table

if TYPE_CHECKING:
    from bot.storage.database import Database

_KEY = (table.c.message_id, table.c.member_id, table.c.article_url)


class FeedbackBook:
    """Ratings of answers: one for each member and each article that a message showed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def give(self, feedback: Feedback) -> None:
        """Write an opinion down, in place of an earlier one of the same member about the same article and message."""
        values = asdict(feedback)
        statement = self._database.insert(table).values(values).on_conflict_do_update(index_elements=_KEY, set_=values)
        async with self._database.writing() as connection:
            await connection.execute(statement)

    async def get(self, message_id: int, member_id: int, article_url: str) -> Feedback | None:
        """A member's opinion, ``None`` if there is none."""
        columns = [column for column in table.c if column is not table.c.id]
        query = sa.select(*columns).where(_is(message_id, member_id, article_url))
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).mappings().first()
        return None if row is None else Feedback(**row)

    async def withdraw(self, message_id: int, member_id: int, article_url: str) -> bool:
        """Take an opinion back. Returns whether there was one."""
        async with self._database.writing() as connection:
            result = await connection.execute(sa.delete(table).where(_is(message_id, member_id, article_url)))
        return result.rowcount > 0

    async def counts(self, article_url: str) -> FeedbackCounts:
        """All opinions about an article, those included whose members and messages are forgotten."""
        helpful_ones = sa.func.count().filter(table.c.helpful.is_(True))
        others = sa.func.count().filter(table.c.helpful.is_(False))
        query = sa.select(helpful_ones, others).where(table.c.article_url == article_url)
        async with self._database.reading() as connection:
            helpful, not_helpful = (await connection.execute(query)).one()
        return FeedbackCounts(helpful, not_helpful)


def _is(*key: int | str) -> sa.ColumnElement[bool]:
    return sa.and_(*(column == value for column, value in zip(_KEY, key, strict=True)))
