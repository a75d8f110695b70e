"""The first tables: servers and channels, answered messages, feedback, posts, state."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "001"
down_revision = None


def upgrade() -> None:
    """Create them."""
    op.create_table(
        "guilds",
        sa.Column("guild_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("known_since", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", name="pk_guilds"),
    )
    op.create_table(
        "guild_channels",
        sa.Column("channel_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("guild_id", sa.BigInteger, nullable=False),
        sa.Column("switched_on_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("channel_id", name="pk_guild_channels"),
        sa.ForeignKeyConstraint(
            ["guild_id"], ["guilds.guild_id"], name="fk_guild_channels_guild_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_guild_channels_guild_id", "guild_channels", ["guild_id"])
    _create_answered_messages()
    _create_feedback()
    op.create_table(
        "posts",
        sa.Column("post_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("claimed_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("post_id", name="pk_posts"),
    )
    op.create_index("ix_posts_claimed_at", "posts", ["claimed_at"])
    op.create_table(
        "state",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_state"),
    )


def _create_answered_messages() -> None:
    table = "answered_messages"
    op.create_table(
        table,
        sa.Column("message_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("guild_id", sa.BigInteger),
        sa.Column("asker_id", sa.BigInteger, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("article_url", sa.Text),
        sa.Column("generation", sa.Text, nullable=False),
        sa.Column("locale", sa.Text, nullable=False),
        sa.Column("candidates", sa.JSON, nullable=False),
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("subject_key", sa.Text),
        sa.Column("private", sa.Boolean, nullable=False),
        sa.Column("seen", sa.JSON, nullable=False),
        sa.Column("confidence", sa.Float),
        sa.Column("above", sa.Text, nullable=False),
        sa.Column("answered_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("message_id", name="pk_answered_messages"),
    )
    for column in ("guild_id", "asker_id", "answered_at"):
        op.create_index(f"ix_{table}_{column}", table, [column])
    columns = ["channel_id", "asker_id", "answered_at"]
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, columns)


def _create_feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("member_id", sa.BigInteger),
        sa.Column("article_url", sa.Text, nullable=False),
        sa.Column("helpful", sa.Boolean, nullable=False),
        sa.Column("generation", sa.Text, nullable=False),
        sa.Column("given_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
        sa.UniqueConstraint(
            "message_id", "member_id", "article_url", name="uq_feedback_message_id_member_id_article_url"
        ),
    )
    for column in ("member_id", "article_url", "given_at"):
        op.create_index(f"ix_feedback_{column}", "feedback", [column])
