"""What the bot remembers, in one database."""

from __future__ import annotations

import asyncio
import datetime as dt
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Self

import sqlalchemy as sa

from bot.storage.answered import AnsweredMessages
from bot.storage.channels import Posts, State, SwitchedOnChannels
from bot.storage.database import Database
from bot.storage.feedback import FeedbackBook
from bot.storage.identify_slots import IdentifySlots
from bot.storage.lease_keeper import new_holder
from bot.storage.leases import Leases
from bot.storage.records import now
from bot.storage.schema import migrate
from bot.storage.tables import answered_messages, feedback, guilds, posts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.storage.addresses import DatabasePlace

RETENTION_DAYS = 90
"""After so many days nothing is kept that tells who asked what."""

_PURGE = "purge"
_PURGE_SECONDS = 20 * 3600.0  # less than a day, so that who purges daily is not too early now and then


class Storage:
    """Everything that the bot must remember. Use `open`; every method may raise `bot.storage.errors.StorageError`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._holder = new_holder()
        self.answered = AnsweredMessages(database)
        self.feedback = FeedbackBook(database)
        self.channels = SwitchedOnChannels(database)
        self.posts = Posts(database)
        self.state = State(database)
        self.leases = Leases(database)
        self.identify_slots = IdentifySlots(database)

    @classmethod
    @asynccontextmanager
    async def open(cls, place: DatabasePlace) -> AsyncIterator[Self]:
        """Open a database with up-to-date tables; a missing file and its folder are made.

        Raises:
            StorageDamagedError: It is no sound database of this bot.
            StorageTooNewError: A newer version of the bot has changed its tables.
            StorageError: It cannot be opened or written.
        """
        await asyncio.to_thread(migrate, place)
        database = Database(place)
        try:
            yield cls(database)
        finally:
            await database.close()

    async def purge(self, days: int = RETENTION_DAYS) -> int:
        """Forget what is older than so many days. Of feedback the opinion stays, without its member and message.

        Returns:
            How many messages were forgotten.
        """
        limit = now() - dt.timedelta(days=days)
        nameless = sa.update(feedback).values(member_id=None, message_id=None).where(feedback.c.given_at < limit)
        async with self._database.writing() as connection:
            old = sa.delete(answered_messages).where(answered_messages.c.answered_at < limit)
            forgotten = (await connection.execute(old)).rowcount
            await connection.execute(nameless)
            await connection.execute(sa.delete(posts).where(posts.c.claimed_at < limit))
        await self._database.empty_log()
        return forgotten

    async def purge_if_due(self, days: int = RETENTION_DAYS) -> int | None:
        """As `purge`, unless another process did so of late; ``None`` then."""
        if await self.leases.take(self._holder, [_PURGE], seconds=_PURGE_SECONDS) is not None:
            return None
        return await self.purge(days)

    async def forget_member(self, member_id: int) -> int:
        """Delete everything about a member, in the file too: their questions and their feedback.

        What others asked as a follow-up to their answers repeats what they asked, so it goes, too.

        Returns:
            How many things were deleted.
        """
        opinions = sa.delete(feedback).where(feedback.c.member_id == member_id)
        async with self._database.writing() as connection:
            following = (await connection.execute(_follow_ups_of_others(member_id))).scalars().all()
            asked = answered_messages.c
            questions = sa.delete(answered_messages).where(
                sa.or_(asked.asker_id == member_id, asked.message_id.in_(following))
            )
            results = [await connection.execute(statement) for statement in (questions, opinions)]
        await self._database.empty_log()
        return sum(result.rowcount for result in results)

    async def forget_guild(self, guild_id: int) -> None:
        """Delete a server's settings and what was asked in it: the bot was removed from there."""
        async with self._database.writing() as connection:
            await connection.execute(sa.delete(guilds).where(guilds.c.guild_id == guild_id))
            await connection.execute(sa.delete(answered_messages).where(answered_messages.c.guild_id == guild_id))
        await self._database.empty_log()


def _follow_ups_of_others(member_id: int) -> sa.Select[tuple[int]]:
    """Ids of the messages that answer somebody else's follow-up to a member's answer, or a follow-up to that."""
    asked, after = answered_messages.alias(), answered_messages.alias()
    found = sa.select(asked.c.message_id, asked.c.channel_id, asked.c.asker_id, asked.c.question)
    found_all = found.where(asked.c.asker_id == member_id).cte("found", recursive=True)
    begins = sa.func.rtrim(after.c.follow_up_to, "…")  # it may be shortened
    goes_on = sa.and_(
        after.c.channel_id == found_all.c.channel_id,
        begins != "",
        sa.func.substr(found_all.c.question, 1, sa.func.length(begins)) == begins,
    )
    follow_ups = sa.select(after.c.message_id, after.c.channel_id, after.c.asker_id, after.c.question)
    found_all = found_all.union(follow_ups.join(found_all, goes_on))
    return sa.select(found_all.c.message_id).where(found_all.c.asker_id != member_id)
