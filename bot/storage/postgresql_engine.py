"""A PostgreSQL database as SQLAlchemy opens it, and what its errors mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.storage.errors import StorageDamagedError, StorageError

if TYPE_CHECKING:
    import asyncpg

    from bot.storage.addresses import PostgresqlAddress

_CONNECT_SECONDS = 5.0
_COMMAND_SECONDS = 20.0
_POOL_SIZE, _MORE_AT_PEAKS = 5, 5
_UNDEFINED = ("42P01", "42703")  # SQLSTATE: no such table, no such column
_CLASS = re.compile(r"^<class '[\w.]{1,200}'>: ")  # what SQLAlchemy puts before the driver's words

READING = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
"""Execution options of a transaction that only reads, and sees one state throughout."""

NOW = "CAST(extract(epoch from clock_timestamp()) AS double precision)"
"""Seconds since 1970 by the clock of the database."""


def make_engine(address: PostgresqlAddress, *, is_patient: bool = False) -> AsyncEngine:
    """An engine for a database.

    Args:
        is_patient: Whether a statement may take as long as it takes, as changes to the tables do.
    """

    async def connect() -> asyncpg.Connection:
        return await _connect(address, None if is_patient else _COMMAND_SECONDS)

    return create_async_engine(
        "postgresql+asyncpg://",
        async_creator=connect,  # the driver reads the address itself: it knows every option of libpq
        pool_size=_POOL_SIZE,
        max_overflow=_MORE_AT_PEAKS,
        pool_pre_ping=True,  # a server that was restarted is noticed before a statement fails
        hide_parameters=True,
    )


async def _connect(address: PostgresqlAddress, command_seconds: float | None) -> asyncpg.Connection:
    try:
        import asyncpg  # noqa: PLC0415  # an extra that only whoever uses PostgreSQL installs
    except ImportError:
        advice = "needs the package asyncpg: pip install 'quicktakes-bot[postgresql]'"
        raise StorageError(address, advice) from None
    try:
        return await asyncpg.connect(
            address.url,
            timeout=_CONNECT_SECONDS,
            command_timeout=command_seconds,
            server_settings={"application_name": "quicktakes"},
        )
    except (ValueError, TypeError):  # their texts may quote the address
        problem = (
            "cannot be connected to: its address is not understood; see docs/scaling-out.md for what it looks like"
        )
        raise StorageError(address, problem) from None
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        cause = str(error) or type(error).__name__
        problem = f"cannot be connected to: {cause}; is the server running, and are user and password right?"
        raise StorageError(address, problem) from error


def explained(address: PostgresqlAddress, error: Exception) -> StorageError:
    """What an error of PostgreSQL means for whoever runs the bot."""
    driver = getattr(error, "orig", None) or error
    cause = _CLASS.sub("", str(driver)) or type(driver).__name__
    if "query argument" in cause:  # goes on with the value, which may be what a member asked
        cause = "a value does not fit its column"
    if getattr(driver, "sqlstate", None) in _UNDEFINED:
        return StorageDamagedError(address, f"is damaged ({cause}); restore a backup with `quicktakes restore`")
    return StorageError(address, f"failed: {cause}; check the server and its log")


def lock_until_end(connection: sa.Connection, number: int) -> None:
    """Wait until nobody else has the advisory lock of this number, and keep it until the transaction ends."""
    connection.execute(sa.text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})
