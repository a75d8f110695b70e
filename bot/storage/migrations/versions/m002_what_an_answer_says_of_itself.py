"""Answered messages: what an answer goes on from, and whether anybody asked the bot for it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "002"
down_revision = "001"


def upgrade() -> None:
    """Add the columns. Of messages that were sent before nothing is known; they go without these lines."""
    table = "answered_messages"
    op.add_column(table, sa.Column("follow_up_to", sa.Text, nullable=False, server_default=""))
    op.add_column(table, sa.Column("is_volunteered", sa.Boolean, nullable=False, server_default=sa.false()))
