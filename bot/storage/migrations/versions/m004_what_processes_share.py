"""What several processes of the bot agree on: who does what, and when a shard may identify."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "004"
down_revision = "003"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "leases",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("until", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )
    op.create_index("ix_leases_holder", "leases", ["holder"])
    op.create_table(
        "identify_slots",
        sa.Column("application_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("shard_id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("bucket", sa.Integer, nullable=False),
        sa.Column("begins_at", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("application_id", "shard_id", name="pk_identify_slots"),
    )
