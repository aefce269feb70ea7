"""What a reminder is about, in the person's own words."""

from __future__ import annotations

import sqlalchemy as sql
from alembic import op

revision = "r0002"
down_revision = "r0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; what was set before has none."""
    for table in ("reminders", "occurrences"):
        op.add_column(table, sql.Column("subject", sql.String(80)))


def downgrade() -> None:
    """Remove it."""
    for table in ("reminders", "occurrences"):
        op.drop_column(table, "subject")
