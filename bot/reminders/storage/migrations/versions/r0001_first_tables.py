"""The first tables.

Spelt out and not taken from bot.reminders.storage.tables: a migration stays as it was.
"""

from __future__ import annotations

import sqlalchemy as sql
from alembic import op

revision = "r0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "reminders",
        sql.Column("id", sql.String(32), primary_key=True),
        sql.Column("sender", sql.String(255), nullable=False, index=True),
        sql.Column("kind", sql.String(64), nullable=False),
        sql.Column("points", sql.Text, nullable=False),
        sql.Column("schedule", sql.Text),
        sql.Column("state", sql.String(16), nullable=False),
        sql.Column("paused_until", sql.Float),
        sql.Column("next_due", sql.Float, index=True),
        sql.Column("fired", sql.Integer, nullable=False),
        sql.Column("created", sql.Float, nullable=False),
    )
    op.create_table(
        "occurrences",
        sql.Column("id", sql.String(64), primary_key=True),
        sql.Column("reminder", sql.String(32), nullable=False, index=True),
        sql.Column("sender", sql.String(255), nullable=False, index=True),
        sql.Column("kind", sql.String(64), nullable=False),
        sql.Column("points", sql.Text, nullable=False),
        sql.Column("zone", sql.String(64), nullable=False),
        sql.Column("turn", sql.Integer, nullable=False),
        sql.Column("due", sql.Float, nullable=False, index=True),
        sql.Column("also", sql.Integer, nullable=False),
        sql.Column("shown", sql.Float),
    )
    op.create_table(
        "deliveries",
        sql.Column("id", sql.String(128), primary_key=True),
        sql.Column("occurrence", sql.String(64), nullable=False, index=True),
        sql.Column("sender", sql.String(255), nullable=False, index=True),
        sql.Column("way", sql.String(16), nullable=False),
        sql.Column("target", sql.String(64)),
        sql.Column("state", sql.String(16), nullable=False),
        sql.Column("not_before", sql.Float, nullable=False),
        sql.Column("lease_until", sql.Float),
        sql.Column("lease_by", sql.String(64)),
        sql.Column("attempts", sql.Integer, nullable=False),
    )
    op.create_index("deliveries_waiting", "deliveries", ["state", "way", "not_before"])
    op.create_table(
        "people",
        sql.Column("sender", sql.String(255), primary_key=True),
        sql.Column("zone", sql.String(64)),
        sql.Column("quiet_from", sql.Integer),
        sql.Column("quiet_to", sql.Integer),
        sql.Column("feed", sql.String(64), unique=True),
        sql.Column("carried", sql.Text),
    )
    op.create_table(
        "subscriptions",
        sql.Column("id", sql.String(64), primary_key=True),
        sql.Column("sender", sql.String(255), nullable=False, index=True),
        sql.Column("content", sql.Text, nullable=False),
        sql.Column("created", sql.Float, nullable=False),
    )


def downgrade() -> None:
    """Remove the tables, with everything in them."""
    for name in ("subscriptions", "people", "deliveries", "occurrences", "reminders"):
        op.drop_table(name)
