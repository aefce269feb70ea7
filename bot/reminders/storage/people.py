"""What is kept of people besides their reminders: zone, quiet hours, calendar, browsers."""

from __future__ import annotations

import json
import secrets
from typing import Any

import sqlalchemy as sql

from bot.reminders.storage.base import StoreBase
from bot.reminders.storage.tables import deliveries, occurrences, people, reminders, subscriptions
from bot.text.json_types import JsonObject

# Browsers of one person that are sent notifications.
MOST_BROWSERS = 8


class PeopleStore(StoreBase):
    """What is kept of people besides their reminders."""

    def note(self, sender: str, **values: Any) -> None:
        """Keep something of a person: zone, quiet (a pair of minutes or None), feed, carried."""
        if "quiet" in values:
            quiet = values.pop("quiet")
            values |= {
                "quiet_from": quiet[0] if quiet else None,
                "quiet_to": quiet[1] if quiet else None,
            }
        if "carried" in values:
            values["carried"] = json.dumps(values["carried"]) if values["carried"] else None
        mine = people.c.sender == sender
        with self.database.writing() as connection:
            if connection.execute(people.update().where(mine).values(**values)).rowcount == 0:
                connection.execute(people.insert().values(sender=sender, **values))

    def feed(self, sender: str, anew: bool = False) -> str:
        """The secret of a person's calendar; with `anew`, the old one is void."""
        known = self.person(sender).feed
        if known and not anew:
            return known
        secret = secrets.token_urlsafe(32)
        self.note(sender, feed=secret)
        return secret

    def owner_of_feed(self, secret: str) -> str | None:
        """Whose calendar a secret opens."""
        wanted = sql.select(people.c.sender).where(people.c.feed == secret)
        with self.database.reading() as connection:
            found = connection.execute(wanted).scalar()
        return str(found) if found else None

    def subscribe(self, sender: str, browser: str, content: JsonObject) -> None:
        """Let a browser be sent notifications; it belongs to whoever used it last.

        Of one person only the newest are kept.
        """
        row = {"sender": sender, "content": json.dumps(content), "created": self.now()}
        with self.database.writing() as connection:
            connection.execute(subscriptions.delete().where(subscriptions.c.id == browser))
            connection.execute(subscriptions.insert().values(id=browser, **row))
            newest_first = (subscriptions.c.created.desc(), subscriptions.c.id)
            mine = sql.select(subscriptions.c.id).where(subscriptions.c.sender == sender)
            ids = connection.execute(mine.order_by(*newest_first)).scalars().all()
            over = [each for each in ids if each != browser][MOST_BROWSERS - 1 :]
            connection.execute(subscriptions.delete().where(subscriptions.c.id.in_(over)))

    def unsubscribe(self, browser: str, sender: str | None = None) -> None:
        """Send a browser nothing any more."""
        gone = subscriptions.c.id == browser
        if sender is not None:
            gone &= subscriptions.c.sender == sender
        with self.database.writing() as connection:
            connection.execute(subscriptions.delete().where(gone))

    def subscription(self, browser: str) -> JsonObject | None:
        """Where to send a browser's notifications."""
        wanted = sql.select(subscriptions.c.content).where(subscriptions.c.id == browser)
        with self.database.reading() as connection:
            found = connection.execute(wanted).scalar()
        return dict(json.loads(found)) if found else None

    def forget(self, sender: str) -> None:
        """Delete everything of a person, in the file itself.

        Raises:
            OSError: the file is in use, and its log may still hold something.
        """
        with self.database.writing() as connection:
            for table in (deliveries, occurrences, reminders, people, subscriptions):
                connection.execute(table.delete().where(table.c.sender == sender))
        self.database.emptied()
