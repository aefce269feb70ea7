"""The cards of reminders, as docs/cards.md describes them for channels that can show one."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, RootModel, conint

from bot.knowledge.schema.data_files import Facts
from bot.knowledge.schema.kinds import Code, Id, Text

ControlId = Literal["start", "snooze", "stop", "cancel", "change", "on", "off", "new_link"]


class ReminderControl(Facts):
    """A button: its title, and what to send as the person's message when it is used."""

    id: ControlId
    title: Text
    say: Text


class ReminderCard(Facts):
    """A reminder that is due. `missed` says that it was told later; `due` is in ISO form."""

    type: Literal["reminder"] = "reminder"
    version: Literal[1] = 1
    id: Text
    kind: Id
    title: Text
    due: Text
    missed: bool
    points: list[Code]
    controls: list[ReminderControl]


class ListedReminder(Facts):
    """One of a person's reminders. `next`, in ISO form, is left out while it is off or waits."""

    id: Text
    number: conint(ge=1)  # type: ignore[valid-type]
    when: Text
    what: Text
    next: Text | None = None
    is_on: bool
    paused: bool
    controls: list[ReminderControl] = Field(..., min_length=1)


class ReminderListCard(Facts):
    """All reminders of a person."""

    type: Literal["reminder_list"] = "reminder_list"
    version: Literal[1] = 1
    reminders: list[ListedReminder] = Field(..., min_length=1)


class ReminderCalendarCard(Facts):
    """The address of a person's calendar, on this server. Whoever has it can read it."""

    type: Literal["reminder_calendar"] = "reminder_calendar"
    version: Literal[1] = 1
    address: Text
    controls: list[ReminderControl]


class ReminderCards(RootModel[ReminderCard | ReminderListCard | ReminderCalendarCard]):
    """Any of them."""
