"""Leases in the database: who of several processes does what. One that is not renewed ends by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.storage.tables import leases as table

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from bot.storage.database import Database

LEASE_SECONDS = 10.0
"""How long a lease lasts unless it is renewed: so long after its holder was killed, another can take it."""

_POSSIBLE_LENGTHS = 2
"""A lease that ends later than so many times its length from now was taken by another clock."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A lease that somebody holds.

    Attributes:
        name: What it is about.
        holder: Which process holds it.
    """

    name: str
    holder: str


class Leases:
    """Leases of all processes that share a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(
        self,
        holder: str,
        names: Collection[str],
        *,
        seconds: float = LEASE_SECONDS,
        excludes: Callable[[str], bool] = lambda _: False,
    ) -> Lease | None:
        """Take all of these leases, or none of them.

        A lease that ends impossibly late was taken before the clock was set back; it counts as ended, like one whose
        holder was killed. A holder that lives renews it long before that is noticed, unless the clock was set by more
        than the lease's own length.

        Args:
            holder: Who takes them; leases that it holds already are renewed.
            names: Their names.
            seconds: How long they last.
            excludes: Whether a lease of this other name, held by somebody else, stands in the way, too.

        Returns:
            A lease of somebody else's that stands in the way; ``None`` where these were taken.
        """
        possible = sa.and_(
            table.c.until > self._database.now, table.c.until <= self._database.now + _POSSIBLE_LENGTHS * seconds
        )
        others = sa.select(table.c.name, table.c.holder).where(possible, table.c.holder != holder)
        async with self._database.writing_alone() as connection:
            for name, owner in await connection.execute(others.order_by(table.c.name)):
                if name in names or excludes(name):
                    return Lease(name, owner)
            for name in names:
                values = {"name": name, "holder": holder, "until": self._database.now + seconds}
                statement = self._database.insert(table).values(values)
                await connection.execute(statement.on_conflict_do_update(index_elements=[table.c.name], set_=values))
        return None

    async def renew(self, holder: str, names: Collection[str], seconds: float = LEASE_SECONDS) -> frozenset[str]:
        """Have leases last so long from now. Returns the names of those that are still this holder's."""
        theirs = sa.and_(table.c.holder == holder, table.c.name.in_(names))
        statement = sa.update(table).where(theirs).values(until=self._database.now + seconds).returning(table.c.name)
        async with self._database.writing() as connection:
            return frozenset((await connection.execute(statement)).scalars())

    async def give_back(self, holder: str, names: Collection[str]) -> None:
        """End leases that this holder has."""
        theirs = sa.and_(table.c.holder == holder, table.c.name.in_(names))
        async with self._database.writing() as connection:
            await connection.execute(sa.delete(table).where(theirs))

    async def held(self) -> tuple[Lease, ...]:
        """Every lease that somebody holds now, by name."""
        query = sa.select(table.c.name, table.c.holder).where(table.c.until > self._database.now)
        async with self._database.reading() as connection:
            return tuple(Lease(*row) for row in await connection.execute(query.order_by(table.c.name)))
