"""Which reminders the actions work on: those of their assistant, else those of this machine."""

from __future__ import annotations

import os
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

from bot.knowledge.catalogue import Catalogue
from bot.reminders.language.zones import is_zone, server_zone
from bot.reminders.storage.database import Database, url_for
from bot.reminders.storage.store import ReminderStore

ZONE_VARIABLE = "ACUPOINT_TIMEZONE"
_STATE = Path(__file__).resolve().parents[2] / "var"
_present: ContextVar[ReminderStore | None] = ContextVar("reminders", default=None)


def reminders() -> ReminderStore:
    """The reminders of the assistant that runs the present action; else those of this machine.

    An action server of its own finds them by ACUPOINT_REMINDERS_URL or ACUPOINT_STATE_FOLDER, which
    must be the assistant's.

    Raises:
        sqlalchemy.exc.SQLAlchemyError: they cannot be reached.
    """
    return _present.get() or open_store(Path(os.environ.get("ACUPOINT_STATE_FOLDER") or _STATE))


def work_on(store: ReminderStore) -> None:
    """Let the present task work on these reminders."""
    _present.set(store)


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
