"""Where the bot answers by itself, which posts it has looked at, and small facts, in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.storage.records import now
from bot.storage.tables import guild_channels, guilds, posts, state

if TYPE_CHECKING:
    from bot.storage.database import Database


class SwitchedOnChannels:
    """Channels and forums in which the bot answers by itself."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def switch_on(self, guild_id: int, channel_id: int) -> bool:
        """Answer there from now on. Returns whether that is new."""
        guild = self._database.insert(guilds).values(guild_id=guild_id, known_since=now()).on_conflict_do_nothing()
        values = {"channel_id": channel_id, "guild_id": guild_id, "switched_on_at": now()}
        async with self._database.writing() as connection:
            await connection.execute(guild)
            result = await connection.execute(
                self._database.insert(guild_channels).values(values).on_conflict_do_nothing()
            )
        return result.rowcount > 0

    async def switch_off(self, guild_id: int, channel_id: int) -> bool:
        """Answer there no longer. Returns whether that is new."""
        theirs = (guild_channels.c.guild_id == guild_id) & (guild_channels.c.channel_id == channel_id)
        async with self._database.writing() as connection:
            result = await connection.execute(sa.delete(guild_channels).where(theirs))
        return result.rowcount > 0

    async def is_on(self, channel_id: int) -> bool:
        """Whether the bot answers there by itself."""
        query = sa.select(sa.exists().where(guild_channels.c.channel_id == channel_id))
        async with self._database.reading() as connection:
            return bool((await connection.execute(query)).scalar_one())

    async def of_guild(self, guild_id: int) -> tuple[int, ...]:
        """Ids of a server's switched-on channels, in the order in which they were switched on."""
        query = sa.select(guild_channels.c.channel_id).where(guild_channels.c.guild_id == guild_id)
        async with self._database.reading() as connection:
            found = await connection.execute(
                query.order_by(guild_channels.c.switched_on_at, guild_channels.c.channel_id)
            )
            return tuple(found.scalars())


class Posts:
    """Posts that the bot has looked at by itself, so that it answers each of them once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, post_id: int) -> bool:
        """Take a post. Returns ``True`` once for each id, however often and from wherever it is asked."""
        statement = self._database.insert(posts).values(post_id=post_id, claimed_at=now()).on_conflict_do_nothing()
        async with self._database.writing() as connection:
            return (await connection.execute(statement)).rowcount > 0


class State:
    """Small facts that outlive a restart, such as the digest of the commands that were synced last."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, name: str) -> str | None:
        """The fact of this name, ``None`` if there is none."""
        async with self._database.reading() as connection:
            found = await connection.execute(sa.select(state.c.value).where(state.c.name == name))
            return found.scalar_one_or_none()

    async def set(self, name: str, value: str) -> None:
        """Remember a fact, in place of an earlier one of this name."""
        values = {"name": name, "value": value}
        statement = (
            self._database.insert(state)
            .values(values)
            .on_conflict_do_update(index_elements=[state.c.name], set_=values)
        )
        async with self._database.writing() as connection:
            await connection.execute(statement)

    async def forget(self, name: str) -> None:
        """Remember a fact no longer, if it was remembered at all."""
        async with self._database.writing() as connection:
            await connection.execute(sa.delete(state).where(state.c.name == name))

    async def names(self, beginning: str) -> tuple[str, ...]:
        """The names that begin so, in order."""
        query = (
            sa.select(state.c.name).where(state.c.name.startswith(beginning, autoescape=True)).order_by(state.c.name)
        )
        async with self._database.reading() as connection:
            return tuple((await connection.execute(query)).scalars())
