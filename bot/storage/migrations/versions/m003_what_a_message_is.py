"""Answered messages: whether it is an answer or a list, so that nobody else can turn the pages of a list."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "003"
down_revision = "002"


def upgrade() -> None:
    """Add the column. What was remembered before are answers; lists were not."""
    op.add_column("answered_messages", sa.Column("kind", sa.Text, nullable=False, server_default="answer"))
