"""When each shard may identify: moments that all processes agree on through the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.storage.tables import identify_slots as table

if TYPE_CHECKING:
    from bot.storage.database import Database

SPACING_SECONDS = 5.25
"""Between two shards of a bucket; Discord asks for five seconds, and processes are late by some milliseconds."""


class IdentifySlots:
    """Moments at which shards may identify.

    Discord puts shard *n* into bucket *n* mod ``max_concurrency``, and lets one of each bucket identify every five
    seconds, whichever process it is in. A shard has one moment at most: a process that is killed while it waits, and
    started again, finds it as it was, so that no number of restarts makes the others wait for longer.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def reserve(self, application_id: int, shard_id: int, max_concurrency: int) -> float:
        """Reserve the next moment for a shard. Returns how many seconds away it is."""
        bucket = shard_id % max_concurrency
        theirs = sa.and_(table.c.application_id == application_id, table.c.bucket == bucket)
        own = sa.select(table.c.begins_at).where(theirs, table.c.shard_id == shard_id)
        async with self._database.writing_alone() as connection:
            now = (await connection.execute(sa.select(self._database.now))).scalar_one()
            count = (await connection.execute(sa.select(sa.func.count()).where(theirs))).scalar_one()
            # Each has one moment, so none is later than this unless the clock was set back since.
            impossible = table.c.begins_at > now + count * SPACING_SECONDS
            await connection.execute(sa.delete(table).where(theirs, impossible))
            reserved = (await connection.execute(own)).scalar_one_or_none()
            if reserved is not None and reserved > now:
                return float(reserved - now)
            before = (await connection.execute(sa.select(sa.func.max(table.c.begins_at)).where(theirs))).scalar_one()
            begins_at = now if before is None else max(now, before + SPACING_SECONDS)
            values = {
                "application_id": application_id,
                "shard_id": shard_id,
                "bucket": bucket,
                "begins_at": begins_at,
            }
            statement = self._database.insert(table).values(values)
            key = [table.c.application_id, table.c.shard_id]
            await connection.execute(statement.on_conflict_do_update(index_elements=key, set_=values))
        return float(begins_at - now)
