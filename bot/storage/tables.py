"""The tables, as the newest migration leaves them. Only this folder knows them."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa


class UtcDateTime(sa.types.TypeDecorator[dt.datetime]):
    """A moment with a time zone, stored in UTC: SQLite keeps no zone."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:  # noqa: ARG002 the base class's signature
        """The moment in UTC, without its zone."""
        return None if value is None else value.astimezone(dt.UTC).replace(tzinfo=None)

    def process_result_value(self, value: dt.datetime | None, dialect: sa.Dialect) -> dt.datetime | None:  # noqa: ARG002 the base class's signature
        """The stored moment with its zone."""
        return None if value is None else value.replace(tzinfo=dt.UTC)


class PlainText(sa.types.TypeDecorator[str]):
    """A text without what cannot be stored and nobody can type: the null character, and halves of characters."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002 the base class's signature
        """The text as it is stored."""
        return value.replace("\0", "").encode(errors="replace").decode() if isinstance(value, str) else value


metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Servers that settings are known of: what a server can set grows here, a column a setting.
guilds = sa.Table(
    "guilds",
    metadata,
    sa.Column("guild_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("known_since", UtcDateTime, nullable=False),
)

guild_channels = sa.Table(
    "guild_channels",
    metadata,
    sa.Column("channel_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("guild_id", sa.ForeignKey("guilds.guild_id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("switched_on_at", UtcDateTime, nullable=False),
)

answered_messages = sa.Table(
    "answered_messages",
    metadata,
    sa.Column("message_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("channel_id", sa.BigInteger, nullable=False),
    sa.Column("guild_id", sa.BigInteger, index=True),
    sa.Column("asker_id", sa.BigInteger, nullable=False, index=True),
    sa.Column("question", PlainText, nullable=False),
    sa.Column("article_url", sa.Text),
    sa.Column("generation", sa.Text, nullable=False),
    sa.Column("locale", sa.Text, nullable=False),
    sa.Column("candidates", sa.JSON, nullable=False),
    sa.Column("page", sa.Integer, nullable=False),
    sa.Column("subject_key", PlainText),
    sa.Column("private", sa.Boolean, nullable=False),
    sa.Column("seen", sa.JSON, nullable=False),
    sa.Column("confidence", sa.Float),
    sa.Column("above", PlainText, nullable=False),
    sa.Column("follow_up_to", PlainText, nullable=False),
    sa.Column("is_volunteered", sa.Boolean, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("answered_at", UtcDateTime, nullable=False, index=True),
    sa.Index(None, "channel_id", "asker_id", "answered_at"),
)

# Message and member are emptied when they are older than the retention; what was thought of an article stays.
feedback = sa.Table(
    "feedback",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("message_id", sa.BigInteger),
    sa.Column("member_id", sa.BigInteger, index=True),
    sa.Column("article_url", sa.Text, nullable=False, index=True),
    sa.Column("helpful", sa.Boolean, nullable=False),
    sa.Column("generation", sa.Text, nullable=False),
    sa.Column("given_at", UtcDateTime, nullable=False, index=True),
    sa.UniqueConstraint("message_id", "member_id", "article_url"),
)

posts = sa.Table(
    "posts",
    metadata,
    sa.Column("post_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("claimed_at", UtcDateTime, nullable=False, index=True),
)

state = sa.Table(
    "state",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

# Who does what of several processes. Times are seconds since 1970 by the clock of the database: the one that all share.
leases = sa.Table(
    "leases",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("holder", sa.Text, nullable=False, index=True),
    sa.Column("until", sa.Double, nullable=False),
)

# When each shard identified last, or will.
identify_slots = sa.Table(
    "identify_slots",
    metadata,
    sa.Column("application_id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("shard_id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("bucket", sa.Integer, nullable=False),
    sa.Column("begins_at", sa.Double, nullable=False),
)

REMEMBERED = tuple(table for table in metadata.sorted_tables if table not in {leases, identify_slots})
"""The tables that a backup holds, those first that others refer to; the others are about running processes."""
