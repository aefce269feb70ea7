"""A person's reminders as a calendar (iCalendar, RFC 5545), to download or to subscribe to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, vRecur

from bot.answers.people import Person
from bot.knowledge.catalogue import Catalogue
from bot.reminders.situation import Situation
from bot.reminders.storage.records import Reminder

_PRODUCT = "-//Acupoint//Reminders//EN"
_MINUTE = dt.timedelta(minutes=15)


def calendar_of(reminders: Sequence[Reminder], situation: Situation, catalogue: Catalogue) -> bytes:
    """The calendar file. Paused reminders are left out; what repeats keeps its rule.

    An entry says what it is about, what to watch out for, and when to see a doctor. It cannot know
    what is told later: a calendar that is subscribed to fetches it again every few hours.
    """
    words = catalogue.reminders
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", words.saying("push_title").written + "s")
    calendar.add("refresh-interval", dt.timedelta(hours=2), parameters={"VALUE": "DURATION"})
    for reminder in reminders:
        if reminder.schedule is None or reminder.is_paused:
            continue
        kind = words.kind(reminder.kind)
        note = _note(kind.presses, situation, catalogue)
        zone = ZoneInfo(reminder.schedule.zone)
        for number, (first, rule) in enumerate(reminder.schedule.rules):
            event = Event()
            event.add("uid", f"{reminder.id}-{number}@acupoint")
            event.add("dtstamp", dt.datetime.fromtimestamp(reminder.created, dt.UTC))
            event.add("summary", kind.title)
            event.add("description", note)
            start = first.replace(tzinfo=zone)
            event.add("dtstart", start)
            event.add("dtend", start + _MINUTE)
            event.add("transp", "TRANSPARENT")
            event.add("class", "PRIVATE")
            if rule:
                event.add("rrule", _recur(rule, zone))
                skips = [skip.replace(tzinfo=zone) for skip in reminder.schedule.skips]
                if own := [skip for skip in skips if skip.minute == first.minute]:
                    event.add("exdate", own)
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", kind.title)
            alarm.add("trigger", dt.timedelta(0))
            event.add_component(alarm)
            calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _recur(rule: str, zone: dt.tzinfo) -> vRecur:
    """The rule, its end in UTC as calendars want it."""
    recur = vRecur.from_ical(rule)
    ends = [
        end.replace(tzinfo=zone).astimezone(dt.UTC) if isinstance(end, dt.datetime) else end
        for end in recur.get("UNTIL", [])
    ]
    if ends:
        recur["UNTIL"] = ends
    return recur


def _note(presses: bool, situation: Situation, catalogue: Catalogue) -> str:
    words = catalogue.reminders
    guidance = catalogue.guidance("general").written
    if situation.sign:
        sign = words.saying("sign").spoken
        return f"{sign}\n\n{catalogue.guidance('red_flag').written}"
    withheld = Person.from_ids(situation.conditions, catalogue).everything_withheld_by
    if presses and withheld:
        told = words.saying("withheld").filled(condition=withheld.name.lower(), why=withheld.reason)
        return f"{told[0]}\n\n{catalogue.guidance(withheld.guidance).written}"
    return f"{words.saying('calendar_note').written}\n\n{guidance}"
