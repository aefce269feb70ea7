"""The tables of the transcripts."""

from __future__ import annotations

import sqlalchemy as sql

metadata = sql.MetaData()
entries = sql.Table(
    "entries",
    metadata,
    sql.Column("sender", sql.String, primary_key=True),
    sql.Column("seq", sql.Integer, primary_key=True),
    sql.Column("at", sql.Float, nullable=False, index=True),
    sql.Column("who", sql.String, nullable=False),
    sql.Column("client_id", sql.String),
    sql.Column("answers", sql.Integer),
    sql.Column("attempts", sql.Integer, nullable=False, default=0),
    sql.Column("content", sql.Text, nullable=False),
    sql.UniqueConstraint("sender", "client_id"),
)
numbers = sql.Table(
    "numbers",
    metadata,
    sql.Column("sender", sql.String, primary_key=True),
    sql.Column("last", sql.Integer, nullable=False),
    sql.Column("at", sql.Float, nullable=False),
)
feedback = sql.Table(
    "feedback",
    metadata,
    sql.Column("sender", sql.String, primary_key=True),
    sql.Column("seq", sql.Integer, primary_key=True),
    sql.Column("at", sql.Float, nullable=False),
    sql.Column("value", sql.String, nullable=False),
    sql.Column("reason", sql.Text),
    sql.Column("about", sql.String),
)
# What was said first, without being asked, by ids: each is said once.
told = sql.Table(
    "told",
    metadata,
    sql.Column("sender", sql.String, primary_key=True),
    sql.Column("id", sql.String, primary_key=True),
    sql.Column("at", sql.Float, nullable=False),
)
# How often everything of a session was deleted; its tokens of before open it no more.
erasures = sql.Table(
    "erasures",
    metadata,
    sql.Column("sender", sql.String, primary_key=True),
    sql.Column("count", sql.Integer, nullable=False),
    sql.Column("at", sql.Float, nullable=False),
)
