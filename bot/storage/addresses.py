"""Where the bot's database is: a file of SQLite, or a server of PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

_UNCLEAR = "postgresql://…"


@dataclass(frozen=True, slots=True)
class PostgresqlAddress:
    """A database of a PostgreSQL server. Its text names host and database, and nothing that is secret.

    Attributes:
        url: Address as libpq has it, such as ``postgresql://user:password@host/name``.
    """

    url: str = field(repr=False)

    def __str__(self) -> str:
        try:
            parts = urlsplit(self.url)
        except ValueError:
            return _UNCLEAR
        if "@" in self.url and "@" not in parts.netloc:  # a part of the password may be taken for the host
            return _UNCLEAR
        return f"postgresql://{parts.netloc.rpartition('@')[2]}{parts.path}"


DatabasePlace = Path | PostgresqlAddress
"""A SQLite file, or a PostgreSQL database."""
