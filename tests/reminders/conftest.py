"""Reminders with a clock of their own, on SQLite and, where it is installed, on PostgreSQL."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from bot.knowledge.catalogue import Catalogue
from bot.reminders.storage.database import Database
from bot.reminders.storage.store import ReminderStore

BERLIN = "Europe/Berlin"
NOW = dt.datetime(2026, 3, 27, 16, 50, tzinfo=ZoneInfo(BERLIN))


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self):
        self.seconds = NOW.timestamp()

    def __call__(self):
        return self.seconds

    def go(self, seconds):
        self.seconds += seconds

    def go_to(self, moment):
        """To a local time in Berlin: '2026-03-28 08:00'."""
        local = dt.datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(BERLIN))
        self.seconds = local.timestamp()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture(scope="session")
def catalogue():
    return Catalogue.load()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    """A new database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'reminders.db'}"
    return request.getfixturevalue("postgres").new_url()


@pytest.fixture
def store(url, clock):
    store = ReminderStore(Database(url), now=clock)
    yield store
    store.close()


@pytest.fixture
def own_store(tmp_path, clock):
    """A database of one kind, where the kind does not matter."""
    store = ReminderStore(Database(f"sqlite:///{tmp_path / 'reminders.db'}"), now=clock)
    yield store
    store.close()
