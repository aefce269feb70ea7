"""Reminders next to all other actions: what was asked about one is answered first."""

from __future__ import annotations

import datetime as dt
import logging
import re
from dataclasses import replace
from zoneinfo import ZoneInfo

from actions.guided import Answered
from actions.serving.services import Services
from actions.turn import Turn
from bot.answers.points import PointAnswers
from bot.answers.reply import Reply
from bot.knowledge.schema.points import Point
from bot.messages.answer_key import AnswerKey, Kind
from bot.messages.message import MessageKind
from bot.privacy.quiet_log import log_failure
from bot.reminders.dialogue.choosing import (
    Wish,
    asks_for_one,
    asks_if_set,
    is_medicine,
    kind_in,
    speaks_of_them,
    wish_in,
)
from bot.reminders.dialogue.parts import parted, sets_it
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
# In what is pending: after which message it was asked once more, beside another answer.
_TAKEN_UP = "taken_up"
# A sign that keeps nobody from pressing softly: pain that lasts.
_LASTING = "persistent"
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
        is_about_them = self._is_about_them
        try:
            zone = None if pending and pending["ask"] in _UNSETTLED else only_tells_where(text)
            if not is_about_them:
                self._keep_place()
            if zone and (is_about_them or self.count):
                return self._answered(self._dialogue(self._services.reminders()).placed(zone))
            if pending and asks_if_set(text):
                return self.asked()
            if pending and not is_about_them and sets_it(text) and pending["ask"] == "confirm":
                dialogue = self._dialogue(self._services.reminders())
                said = dialogue.answered(text, self._turn.sure_intent, pending)
                return self._answered(said) if said else self.asked()
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
    def is_beside(self) -> bool:
        """Whether a message that is answered by a warning asks for a reminder, too."""
        return self._is_plainly_asked and self._turn.metadata.get("can_remind") is not False

    def _keep_place(self) -> None:
        """Where somebody says they are, whatever else they say, counts for what they set later."""
        for sentence in re.split(r"[.!?;,]\s+", self._turn.text):
            if place := only_tells_where(sentence.strip(" .!?")):
                self._services.reminders().note(self._turn.sender, zone=place)

    @property
    def _is_plainly_asked(self) -> bool:
        """Whether the words alone ask for a reminder, whatever was made of them."""
        if self._turn.sure_intent in INTENTS:
            return False
        return asks_for_one(self._turn.text, self._now, self._catalogue.reminders)

    @property
    def _now(self) -> dt.datetime:
        return dt.datetime.now(ZoneInfo(default_zone()))

    def asked(self) -> Answered:
        """The answer to a message about reminders."""
        if self._turn.metadata.get("can_remind") is False:
            return self._only("not_here", MessageKind.ANSWER)
        refused = self._refused()
        if refused:
            return Answered(refused, {_PENDING: None})
        try:
            dialogue = self._dialogue(self._services.reminders())
            pending = self._pending if self._is_about_them else None
            turn = self._turn
            return self._answered(dialogue.asked(turn.text, turn.intent, pending, self._pending))
        except Exception as error:
            return self._unavailable(error)

    def _refused(self) -> Reply | None:
        """Why no reminder of pressing is set: something the person told speaks against it."""
        turn = self._turn
        if wish_in(turn.text, turn.intent) is not Wish.SET:
            return None
        mine = parted(turn.text, self._now, self._catalogue.reminders)[0]
        kind = kind_in(mine, self._catalogue.reminders)
        presses = kind.presses and not is_medicine(mine, self._catalogue.reminders)
        if presses and turn.open_sign not in ("", _LASTING):
            return self._only("sign_open", MessageKind.ANSWER).reply
        answers = PointAnswers(self._catalogue, turn.person)
        for point in self._named if presses else ():
            condition = turn.person.withheld_by(point)
            if condition:
                return answers.withheld(point, condition)
        everything = turn.person.everything_withheld_by
        if everything and presses:
            return answers.withheld(None, everything)
        return None

    @property
    def _named(self) -> list[Point]:
        """The points that are named in what the message says of the reminder."""
        mine, beside = parted(self._turn.text, self._now, self._catalogue.reminders)
        if not beside:
            return self._turn.named_points
        said = {str(e.get("value")): str(e.get("mention") or e.get("value") or "").lower()
                for e in self._turn.entities("point")}  # fmt: skip
        return [
            p for p in self._turn.named_points if said.get(p.code, p.code).lower() in mine.lower()
        ]

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

    @property
    def _is_about_them(self) -> bool:
        """Whether the message follows what was said of reminders, or whether to set one."""
        taken_up = (self._pending or {}).get(_TAKEN_UP)
        just_now = taken_up is not None and taken_up == self._turn.number - 1
        # 'Do you mean morning or evening?', said in simpler words, is still asked.
        return self._turn.last_key.parts[0].kind is Kind.REMINDER or just_now

    def with_waiting(self, own: Answered) -> Answered:
        """An answer to something else, and once after it what still waits for a yes."""
        turn, pending = self._turn, self._pending
        is_done = pending is None or _TAKEN_UP in pending or _PENDING in own.slots
        asks = "?" in own.reply.written
        if is_done or asks or own.message or turn.slot("session") or "session" in own.slots:
            return own
        if own.reply.kind is not MessageKind.ANSWER or (self._stops_pressing and self._is_to_press):
            return own
        try:
            said = self._dialogue(self._services.reminders()).taken_up(pending or {})
        except Exception as error:
            log_failure(logger, "a reminder that waits could not be read", error)
            return own
        if said is None:
            return own
        return Answered(
            replace(
                own.reply,
                written=f"{own.reply.written}\n\n{said.reply.written}",
                spoken=f"{own.reply.spoken} {said.reply.spoken}",
                suggestions=said.reply.suggestions,
            ),
            {**own.slots, _PENDING: {**(pending or {}), _TAKEN_UP: turn.number}},
        )

    @property
    def _stops_pressing(self) -> bool:
        """Whether a sign stands that a doctor should see first, or everything is withheld."""
        sign = self._turn.open_sign
        return bool(sign and sign != _LASTING) or bool(self._turn.person.everything_withheld_by)

    @property
    def _is_to_press(self) -> bool:
        pending = self._pending or {}
        kind = next(
            (k for k in self._catalogue.reminders.kinds if k.id == pending.get("kind")), None
        )
        return kind is None or kind.presses

    def _answered(self, said: Answer) -> Answered:
        return Answered(said.reply, {_PENDING: said.pending}, beside=said.beside)

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
        named = tuple(point.code for point in self._named)
        asker = Asker(turn.sender, zone, is_sure, talked, named)
        return ReminderDialogue(store, self._catalogue, asker)

    def _zone(self, store: ReminderStore) -> tuple[str, bool]:
        """The person's time zone, and whether it is theirs: told, of their device, or guessed."""
        turn = self._turn
        for zone in (store.person(turn.sender).zone, turn.metadata.get("timezone")):
            if is_zone(zone):
                return str(zone), True
        return zone_of_country(turn.slot("country")) or default_zone(), False
