"""The shape of data/reminders.yml: what reminders are about, what they say, and their limits."""

from __future__ import annotations

import datetime as dt
import re

from pydantic import Field, conint, field_validator
from pydantic_core import CoreSchema, core_schema

from bot.knowledge.schema.data_files import Facts
from bot.knowledge.schema.kinds import Id, Text
from bot.knowledge.schema.templates import Template, one_owner, require_all
from bot.text.json_types import JsonObject

_FILLED_IN = frozenset({
    "after", "before", "condition", "count", "day", "first", "last", "list", "minutes", "most",
    "name", "next", "number", "place", "points", "what", "when", "why",
})  # fmt: skip
# What is said about setting, changing and missing reminders.
SAYINGS = (
    "confirm", "confirm_place", "confirm_told", "not_set_yet", "sign_open",
    "set", "set_place", "next", "first",
    "not_understood", "clock_skipped", "clock_doubled", "short_months", "cut", "put_back",
    "all_put_back", "own_words", "place_set", "not_set", "left_as_it_was",
    "say_yes_or_no", "ask_when", "ask_time", "ask_half", "ask_session", "ask_event", "spread",
    "before_session", "after_session_only", "past", "past_next", "not_a_time",
    "too_soon", "too_often", "too_far", "too_many", "too_many_a_day", "medicine",
    "none", "list", "list_line", "list_line_paused", "which_one", "no_such_one", "cancelled",
    "skipped", "cancelled_all", "cancel_all_ask", "changed", "last_time", "change_what",
    "paused",
    "paused_until",
    "resumed", "none_paused", "on_one", "off_one", "snoozed", "snoozed_next", "nothing_to_snooze",
    "missed_none", "missed_list",
    "missed_line", "quiet_set", "quiet_off", "quiet_none", "quiet_is", "quiet_how", "in_quiet",
    "calendar", "calendar_new", "after_session_on", "not_now", "not_here", "missed", "missed_more",
    "withheld", "withheld_points", "sign", "unreadable", "session_less", "session_more",
    "push_title", "push_body", "push_sign", "calendar_note",
)  # fmt: skip
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


class Clock(str):
    """A clock time such as 7:30 or 20:00."""

    @classmethod
    def __get_pydantic_core_schema__(cls, _: object, handler: object) -> CoreSchema:
        """For pydantic: how a value is read."""
        return core_schema.no_info_plain_validator_function(
            cls.checked, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, _: CoreSchema, handler: object) -> JsonObject:
        """For editors."""
        return {"type": "string", "pattern": f"^(?:{_CLOCK.pattern})$"}

    @classmethod
    def checked(cls, value: object) -> Clock:
        """The value, if it is a clock time.

        Raises:
            ValueError: it is none.
        """
        if not isinstance(value, str) or not _CLOCK.fullmatch(value):
            raise ValueError("this is no clock time | Write it in quotes, such as '7:30'")
        return cls(value)

    @property
    def time(self) -> dt.time:
        """The time."""
        hour, _, minute = self.partition(":")
        return dt.time(int(hour), int(minute))


class ReminderText(Template):
    """Something said, written and spoken, with {names} that are filled in."""

    filled_in = _FILLED_IN

    spoken: Text


class ReminderSaying(ReminderText):
    """What is said about reminders."""

    id: Id


class Precaution(ReminderText):
    """One precaution. Those of a kind of reminder take turns."""


class ReminderKind(Facts):
    """Something one can be reminded of.

    Attributes:
        words: what people call it. The first kind of the file is meant where none of them is said.
        name: completes 'Shall I remind you ... '.
        title: a few words for calendars and cards.
        opening: the first words of the reminder; several take turns.
        precautions: one of them is said each time, in turn.
        presses: whether it is about pressing, so that conditions and signs change it.
        after_session: whether it comes after every session, and not by the clock.
    """

    id: Id
    words: list[Text] = []
    name: Text
    title: Text
    opening: list[Precaution] = Field(..., min_length=1)
    precautions: list[Precaution] = []
    presses: bool = True
    after_session: bool = False


class DayPart(Facts):
    """A part of the day: its words, and the clock time that is meant where none is said.

    `from_hour` and `to_hour` are the hours it can hold, to tell 8 in the morning from 8 at night.
    """

    words: list[Text] = Field(..., min_length=1)
    time: Clock
    from_hour: conint(ge=0, le=23)  # type: ignore[valid-type]
    to_hour: conint(ge=0, le=23)  # type: ignore[valid-type]


class Moment(Facts):
    """A moment of the day that has words of its own, such as 'after lunch'."""

    words: list[Text] = Field(..., min_length=1)
    time: Clock


class TimesADay(Facts):
    """The clock times that are meant by 'twice a day'."""

    count: conint(ge=1, le=12)  # type: ignore[valid-type]
    times: list[Clock] = Field(..., min_length=1)


class ReminderLimits(Facts):
    """How many, how often, how far ahead."""

    most_active: conint(ge=1, le=50)  # type: ignore[valid-type]
    most_a_day: conint(ge=1, le=48)  # type: ignore[valid-type]
    least_minutes_between: conint(ge=1)  # type: ignore[valid-type]
    least_minutes_ahead: conint(ge=0)  # type: ignore[valid-type]
    most_days_ahead: conint(ge=1)  # type: ignore[valid-type]
    missed_after_minutes: conint(ge=1)  # type: ignore[valid-type]
    snooze_minutes: conint(ge=1)  # type: ignore[valid-type]
    after_session_minutes: conint(ge=1)  # type: ignore[valid-type]
    kept_days: conint(ge=1)  # type: ignore[valid-type]
    most_missed_told: conint(ge=1, le=10)  # type: ignore[valid-type]
    day_from: Clock
    day_to: Clock


class RemindersFile(Facts):
    """data/reminders.yml as a whole."""

    version: int
    limits: ReminderLimits
    day_parts: list[DayPart]
    moments: list[Moment]
    times_a_day: list[TimesADay]
    medicine_words: list[Text]
    yes_words: list[Text]
    no_words: list[Text]
    kinds: list[ReminderKind] = Field(..., min_length=1)
    says: list[ReminderSaying]

    @field_validator("says")
    @classmethod
    def _all_sayings(cls, says: list[ReminderSaying]) -> list[ReminderSaying]:
        require_all([saying.id for saying in says], SAYINGS)
        return says

    @field_validator("kinds")
    @classmethod
    def _each_once(cls, kinds: list[ReminderKind]) -> list[ReminderKind]:
        ids = [kind.id for kind in kinds]
        twice = [kind for kind in ids if ids.count(kind) > 1]
        if twice:
            raise ValueError(f"'{twice[0]}' is there twice | Give one of them another id")
        one_owner((kind.id, kind.words) for kind in kinds)
        return kinds

    def saying(self, name: str) -> ReminderSaying:
        """What is said, e.g. 'confirm'."""
        return next(saying for saying in self.says if saying.id == name)

    def kind(self, kind_id: str) -> ReminderKind:
        """The kind with this id; the first one where it is gone from the file."""
        return next((kind for kind in self.kinds if kind.id == kind_id), self.kinds[0])
