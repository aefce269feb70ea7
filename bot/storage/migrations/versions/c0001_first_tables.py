"""The first tables: turns, the chat of the widget, who was welcomed by Alexa.

Spelt out and not taken from the modules that use them: a migration stays as it was.
"""

from __future__ import annotations

import sqlalchemy as sql
from alembic import op

revision = "c0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "turns",
        sql.Column("sender", sql.String(255), primary_key=True),
        sql.Column("number", sql.Integer, primary_key=True, autoincrement=False),
        sql.Column("mark", sql.String(32), nullable=False),
        sql.Column("begins", sql.Boolean, nullable=False),
        sql.Column("at", sql.Float, nullable=False, index=True),
        sql.Column("content", sql.LargeBinary, nullable=False),
    )
    op.create_table(
        "entries",
        sql.Column("sender", sql.String, primary_key=True),
        sql.Column("seq", sql.Integer, primary_key=True, autoincrement=False),
        sql.Column("at", sql.Float, nullable=False, index=True),
        sql.Column("who", sql.String, nullable=False),
        sql.Column("client_id", sql.String),
        sql.Column("answers", sql.Integer),
        sql.Column("attempts", sql.Integer, nullable=False),
        sql.Column("content", sql.Text, nullable=False),
        sql.UniqueConstraint("sender", "client_id"),
    )
    op.create_table(
        "numbers",
        sql.Column("sender", sql.String, primary_key=True),
        sql.Column("last", sql.Integer, nullable=False),
        sql.Column("at", sql.Float, nullable=False),
    )
    op.create_table(
        "feedback",
        sql.Column("sender", sql.String, primary_key=True),
        sql.Column("seq", sql.Integer, primary_key=True, autoincrement=False),
        sql.Column("at", sql.Float, nullable=False),
        sql.Column("value", sql.String, nullable=False),
        sql.Column("reason", sql.Text),
        sql.Column("about", sql.String),
    )
    op.create_table(
        "told",
        sql.Column("sender", sql.String, primary_key=True),
        sql.Column("id", sql.String, primary_key=True),
        sql.Column("at", sql.Float, nullable=False),
    )
    op.create_table(
        "erasures",
        sql.Column("sender", sql.String, primary_key=True),
        sql.Column("count", sql.Integer, nullable=False),
        sql.Column("at", sql.Float, nullable=False),
    )
    op.create_table(
        "seen",
        sql.Column("person", sql.String, primary_key=True),
        sql.Column("at", sql.Float),
    )
