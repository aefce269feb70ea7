"""Where conversations are kept: Rasa's SQL tracker store, which forgets nothing in silence.

Rasa's own way with a store that fails is another one in memory, which nobody reads again: what a
person told is then gone. Here it is kept in memory until it could be written, and whoever answers
can ask whether it was.
"""

from __future__ import annotations

import itertools
import logging
from collections import OrderedDict
from pathlib import Path
from typing import Any

import sqlalchemy
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.orm import sessionmaker

from bot.privacy.private_files import private_file
from bot.privacy.private_store import empty_log, private_engine, private_folder
from bot.privacy.quiet_log import log_failure

logger = logging.getLogger(__name__)

_MOST_KEPT = 10_000


class ConversationStore(SQLTrackerStore):
    """A tracker store in a folder of its own, in conversations.db.

    Args:
        folder: the state folder; it is made if it is not there.
    """

    def __init__(self, folder: Path) -> None:
        # Made before Rasa would make it, readable for everybody.
        super().__init__(db=str(private_file(private_folder(folder) / "conversations.db")))
        rasas_own: Any = self.engine
        rasas_own.dispose()
        self.engine: Any = private_engine(rasas_own.url)
        self.sessionmaker = sessionmaker(bind=self.engine)
        self._unwritten: OrderedDict[str, DialogueStateTracker] = OrderedDict()

    def is_written(self, sender: str) -> bool:
        """Whether everything of a conversation is in the file."""
        return sender not in self._unwritten

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write what is new of a conversation; where that fails, keep it for the next try."""
        try:
            await super().save(tracker)
        except Exception as error:
            log_failure(logger, "a conversation could not be written", error)
            self._unwritten[tracker.sender_id] = tracker
            while len(self._unwritten) > _MOST_KEPT:
                self._unwritten.popitem(last=False)
        else:
            self._unwritten.pop(tracker.sender_id, None)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The newest session of a conversation, with what could not be written yet.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: the file cannot be read.
        """
        kept = self._unwritten.get(sender_id)
        return kept if kept is not None else await super().retrieve(sender_id)

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """All sessions of a conversation, with what could not be written yet.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: the file cannot be read, and nothing is kept beside it.
        """
        kept = self._unwritten.get(conversation_id)
        try:
            stored = await super().retrieve_full_tracker(conversation_id)
        except sqlalchemy.exc.SQLAlchemyError:
            if kept is None:
                raise
            return kept
        if kept is None or stored is None:
            return kept if stored is None else stored
        events = [*_before_newest_session(stored), *kept.events]
        return DialogueStateTracker.from_events(conversation_id, events, self.domain.slots)

    def erase(self, sender: str) -> None:
        """Delete every event of a sender, from the file as well as from its log.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: the file cannot be written.
            OSError: its log is in use.
        """
        with self.session_scope() as session:
            session.query(self.SQLEvent).filter_by(sender_id=sender).delete()
            session.commit()
        self._unwritten.pop(sender, None)
        empty_log(self.engine)

    def erase_channel(self, channel: str) -> None:
        """Delete every conversation that came through a channel which keeps none."""
        with self.session_scope() as session:
            kept = self.SQLEvent.sender_id.startswith(f"{channel}-", autoescape=True)
            found = session.query(self.SQLEvent).filter(kept).delete(synchronize_session=False)
            session.commit()
        if found:
            empty_log(self.engine)

    def _event_query(
        self, session: Any, sender_id: str, fetch_events_from_all_sessions: bool
    ) -> Any:
        """The events of a sender in the order they were written, whatever the clock said then."""
        events = session.query(self.SQLEvent).filter(self.SQLEvent.sender_id == sender_id)
        if not fetch_events_from_all_sessions:
            newest = (
                session.query(sqlalchemy.func.max(self.SQLEvent.id).label("start"))
                .filter(
                    self.SQLEvent.sender_id == sender_id,
                    self.SQLEvent.type_name == SessionStarted.type_name,
                )
                .subquery()
            )
            is_newest = sqlalchemy.or_(self.SQLEvent.id >= newest.c.start, newest.c.start.is_(None))
            events = events.filter(is_newest)
        return events.order_by(self.SQLEvent.id)


def _before_newest_session(tracker: DialogueStateTracker) -> list[Any]:
    events = list(tracker.events)
    starts = [n for n, event in enumerate(events) if isinstance(event, SessionStarted)]
    return list(itertools.islice(events, starts[-1] if starts else 0))
