"""Reminders next to all other actions: what was asked about one is answered first."""

from __future__ import annotations

import datetime as dt
import logging
import re
from zoneinfo import ZoneInfo

from actions.guided import Answered
from actions.serving.services import Services
from actions.turn import Turn
from bot.answers.points import PointAnswers
from bot.answers.reply import Reply
from bot.messages.answer_key import AnswerKey, Kind
from bot.messages.message import MessageKind
from bot.privacy.quiet_log import log_failure
from bot.reminders.dialogue.choosing import (
    Wish,
    asks_for_one,
    is_medicine,
    kind_in,
    speaks_of_them,
    wish_in,
)
from bot.reminders.dialogue.reminder_dialogue import ReminderDialogue
from bot.reminders.dialogue.saying import Answer, Asker
from bot.reminders.dialogue.skipping import takes_one_time_off
from bot.reminders.home import default_zone
from bot.reminders.language.zones import is_zone, only_tells_where, zone_of_country
from bot.reminders.storage.store import ReminderStore
from bot.text.json_types import JsonObject

logger = logging.getLogger(__name__)

INTENTS = frozenset({"set_reminder", "cancel_reminder", "list_reminders", "pause_reminder"})
_PENDING = "reminder_pending"
# What is asked in these has the place read back with the rest.
_UNSETTLED = ("when", "half", "confirm")
_SAYS_SO = re.compile(r"re?mind|alarm|snooze|quiet|notif", re.IGNORECASE)


class Reminding:
    """The reminders of one person in one turn."""

    def __init__(self, turn: Turn, services: Services) -> None:
        self._turn = turn
        self._services = services
        catalogue = services.catalogue
        self._catalogue = catalogue

    @property
    def is_asked(self) -> bool:
        """Whether this message is surely about reminders; in a session, only if it says so."""
        is_said = not self._turn.slot("session") or _SAYS_SO.search(self._turn.text)
        return self._turn.sure_intent in INTENTS and bool(is_said)

    def taken(self) -> Answered | None:
        """The answer, if this message is about the reminder that was talked of just before."""
        pending, text = self._pending, self._turn.text
        is_about_them = self._turn.last_key.is_of(Kind.REMINDER)
        try:
            zone = None if pending and pending["ask"] in _UNSETTLED else only_tells_where(text)
            if zone and (is_about_them or self.count):
                return self._answered(self._dialogue(self._services.reminders()).placed(zone))
            if not is_about_them:
                return self.asked() if self._is_plainly_asked else None
            if pending:
                dialogue = self._dialogue(self._services.reminders())
                said = dialogue.answered(text, self._turn.sure_intent, pending)
                if said:
                    return self._answered(said)
        except Exception as error:
            return self._unavailable(error)
        # 'Cancel tomorrow's' and 'list them' name no reminder.
        is_meant = takes_one_time_off(text) or speaks_of_them(text) or self._is_plainly_asked
        return self.asked() if is_meant else None

    @property
    def _is_plainly_asked(self) -> bool:
        """Whether the words alone ask for a reminder, whatever was made of them."""
        if self._turn.sure_intent in INTENTS:
            return False
        now = dt.datetime.now(ZoneInfo(default_zone()))
        return asks_for_one(self._turn.text, now, self._catalogue.reminders)

    def asked(self) -> Answered:
        """The answer to a message about reminders."""
        if self._turn.metadata.get("can_remind") is False:
            return self._only("not_here", MessageKind.ANSWER)
        refused = self._refused()
        if refused:
            return Answered(refused, {_PENDING: None})
        try:
            dialogue = self._dialogue(self._services.reminders())
            pending = self._pending if self._turn.last_key.is_of(Kind.REMINDER) else None
            return self._answered(dialogue.asked(self._turn.text, self._turn.intent, pending))
        except Exception as error:
            return self._unavailable(error)

    def _refused(self) -> Reply | None:
        """Why no reminder of pressing is set: something the person told speaks against it."""
        turn = self._turn
        if wish_in(turn.text, turn.intent) is not Wish.SET:
            return None
        answers = PointAnswers(self._catalogue, turn.person)
        for point in turn.named_points:
            condition = turn.person.withheld_by(point)
            if condition:
                return answers.withheld(point, condition)
        everything = turn.person.everything_withheld_by
        words = self._catalogue.reminders
        if everything and kind_in(turn.text, words).presses and not is_medicine(turn.text, words):
            return answers.withheld(None, everything)
        return None

    @property
    def count(self) -> int:
        """How many reminders the person has; 0 where that cannot be seen."""
        try:
            return len(self._services.reminders().of(self._turn.sender))
        except Exception as error:
            log_failure(logger, "the reminders could not be reached", error)
            return 0

    def session_over(self) -> None:
        """A session has ended: what was to come after each session is set."""
        try:
            minutes = self._catalogue.reminders.limits.after_session_minutes
            store, sender = self._services.reminders(), self._turn.sender
            store.after_session(sender, self._zone(store)[0], minutes * 60)
        except Exception as error:  # the session has its answer all the same
            log_failure(logger, "a reminder after a session could not be set", error)

    @property
    def _pending(self) -> JsonObject | None:
        pending = self._turn.slot(_PENDING)
        return pending if isinstance(pending, dict) and "ask" in pending else None

    def _answered(self, said: Answer) -> Answered:
        return Answered(said.reply, {_PENDING: said.pending})

    def _unavailable(self, error: Exception) -> Answered:
        log_failure(logger, "the reminders could not be reached", error)
        return self._only("not_now", MessageKind.FAILURE)

    def _only(self, saying: str, kind: MessageKind) -> Answered:
        written, spoken = self._catalogue.reminders.saying(saying).filled()
        reply = Reply(AnswerKey(Kind.REMINDER, saying), written, spoken, "short", kind=kind)
        return Answered(reply, {_PENDING: None})

    def _dialogue(self, store: ReminderStore) -> ReminderDialogue:
        turn = self._turn
        zone, is_sure = self._zone(store)
        talked = tuple(p.code for p in turn.points if not turn.person.withheld_by(p))
        asker = Asker(turn.sender, zone, is_sure, talked, tuple(turn.named_codes))
        return ReminderDialogue(store, self._catalogue, asker)

    def _zone(self, store: ReminderStore) -> tuple[str, bool]:
        """The person's time zone, and whether it is theirs: told, of their device, or guessed."""
        turn = self._turn
        for zone in (store.person(turn.sender).zone, turn.metadata.get("timezone")):
            if is_zone(zone):
                return str(zone), True
        return zone_of_country(turn.slot("country")) or default_zone(), False
