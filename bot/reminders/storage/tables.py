"""The tables of reminders. Changes to them are migrations, in `migrations/versions`."""

from __future__ import annotations

import sqlalchemy as sql

tables = sql.MetaData()

# What somebody wants to be reminded of, and when. `next_due` is in seconds since 1970, in UTC.
reminders = sql.Table(
    "reminders",
    tables,
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
    sql.Column("subject", sql.String(80)),
)
# One time at which a reminder was due. `also` counts earlier ones that nobody was there to fire.
occurrences = sql.Table(
    "occurrences",
    tables,
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
    sql.Column("subject", sql.String(80)),
)
# One way on which an occurrence has to reach somebody. A row is claimed with a lease: who dies
# over it leaves it to the next one.
deliveries = sql.Table(
    "deliveries",
    tables,
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
    sql.Index("deliveries_waiting", "state", "way", "not_before"),
)
# What is kept of a person besides their reminders. `carried` is what had been told (conditions, a
# sign) when the conversation was started again.
people = sql.Table(
    "people",
    tables,
    sql.Column("sender", sql.String(255), primary_key=True),
    sql.Column("zone", sql.String(64)),
    sql.Column("quiet_from", sql.Integer),
    sql.Column("quiet_to", sql.Integer),
    sql.Column("feed", sql.String(64), unique=True),
    sql.Column("carried", sql.Text),
)
# Browsers that may be sent notifications.
subscriptions = sql.Table(
    "subscriptions",
    tables,
    sql.Column("id", sql.String(64), primary_key=True),
    sql.Column("sender", sql.String(255), nullable=False, index=True),
    sql.Column("content", sql.Text, nullable=False),
    sql.Column("created", sql.Float, nullable=False),
)
