"""Every place that keeps something, filled with what one person said, under a clock that moves."""

import asyncio
import datetime as dt

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.alexa.welcomed_users import WelcomedUsers
from bot.channels.web.transcript import Transcript
from bot.channels.web.transcript_care import TranscriptCare
from bot.messages.message import Message
from bot.reminders.schedules import Schedule
from bot.reminders.storage.care import ReminderCare
from bot.reminders.storage.database import Database
from bot.reminders.storage.store import ReminderStore
from bot.runtime.conversation_store import ConversationStore
from bot.runtime.personal.places import (
    AlexaPlace,
    ConversationPlace,
    HeldPlace,
    ReminderPlace,
    TranscriptPlace,
)
from bot.runtime.storage.held_signs import HeldSigns
from bot.runtime.storage.held_words import HeldWords

DAY = 86_400.0


class Clock:
    """A time that a test sets."""

    def __init__(self):
        self.now = 1_800_000_000.0

    def __call__(self):
        return self.now


class Everything:
    """All places in one folder."""

    def __init__(self, folder, clock, reminders_url=None):
        self.folder, self.clock = folder, clock
        self.conversations = ConversationStore(folder, clock)
        self.conversations.domain = Domain.empty()
        self.transcript = Transcript(folder, clock)
        url = reminders_url or f"sqlite:///{folder / 'reminders.db'}"
        self.reminders = ReminderStore(Database(url), clock)
        self.welcomed = WelcomedUsers(folder, clock)
        self.places = [
            AlexaPlace(self.welcomed),
            TranscriptPlace(TranscriptCare(self.transcript)),
            ReminderPlace(lambda: ReminderCare(self.reminders)),
            HeldPlace(HeldSigns(folder), HeldWords(folder)),
            ConversationPlace(lambda: self.conversations),
        ]

    def says(self, sender, text, asked_id):
        """Somebody says something, and is answered."""
        asyncio.run(self._says(sender, text))
        asked = self.transcript.ask(sender, asked_id, text, {})
        self.transcript.answer(sender, asked.seq, [Message(text=f"You said: {text}")])

    async def _says(self, sender, text):
        tracker = await self.conversations.retrieve(sender)
        if tracker is None or not tracker.events:
            tracker = DialogueStateTracker.from_events(sender, [])
            tracker.update(SessionStarted())
        entity = {"entity": "condition", "value": "pregnancy", "role": "declared"}
        tracker.update(UserUttered(text, entities=[entity], timestamp=self.clock.now))
        tracker.update(BotUttered(f"You said: {text}", timestamp=self.clock.now))
        await self.conversations.save(tracker)

    def is_reminded(self, sender, subject):
        """Somebody sets a reminder for every day."""
        today = dt.datetime.fromtimestamp(self.clock.now, dt.UTC).date()
        self.reminders.add(sender, "press", (), Schedule("UTC", today, (dt.time(9),)), subject)
        self.reminders.note(sender, carried={"conditions": ["pregnancy"], "sign": None})
