"""Where reminders are stored, and which time zone counts for people who have told none."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from bot.knowledge.catalogue import Catalogue
from bot.reminders.language.zones import is_zone, server_zone
from bot.reminders.storage.database import Database, url_for
from bot.reminders.storage.store import ReminderStore

ZONE_VARIABLE = "ACUPOINT_TIMEZONE"
_STATE = Path(__file__).resolve().parents[2] / "var"


def reminders() -> ReminderStore:
    """The reminders of this machine, for an action server of its own.

    It finds them by ACUPOINT_REMINDERS_URL or ACUPOINT_STATE_FOLDER, which
    must be the assistant's.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: they cannot be reached.
    """
    return open_store(Path(os.environ.get("ACUPOINT_STATE_FOLDER") or _STATE))


@lru_cache(maxsize=8)
def open_store(folder: Path) -> ReminderStore:
    """The reminders of a state folder, or of the database that the environment names.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: they cannot be reached.
    """
    keep = Catalogue.load().reminders.limits.kept_days
    return ReminderStore(Database(url_for(folder)), keep_days=keep)


def default_zone() -> str:
    """The time zone of people who have told none: the configured one, else this machine's."""
    named = os.environ.get(ZONE_VARIABLE)
    return named if named and is_zone(named) else server_zone()
