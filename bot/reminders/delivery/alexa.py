"""Alexa's own reminders (Reminders API), which sound on the person's device.

Alexa lets a skill set them only for those who allowed it; who has not gets a card that asks. The
shapes are those of ask-sdk-model.
"""

from __future__ import annotations

import datetime as dt
import json
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from ask_sdk_model.services.reminder_management import (
    AlertInfo,
    PushNotification,
    PushNotificationStatus,
    Recurrence,
    ReminderRequest,
    SpokenInfo,
    SpokenText,
    Trigger,
    TriggerType,
)
from ask_sdk_model.ui import AskForPermissionsConsentCard

from bot.reminders.schedules import Schedule, walls
from bot.text.json_types import JsonObject

PERMISSION = "alexa::alerts:reminders:skill:readwrite"
_PATH = "/v1/alerts/reminders"
_TIMEOUT = 4.0
# A day holds fewer times than this.
_MOST_LOOKED_AT = 64
_NOT_ALLOWED = (401, 403)


class AlexaError(Exception):
    """Alexa did not take it; `code` is Alexa's own, such as MAX_REMINDERS_EXCEEDED."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class NotAllowed(AlexaError):
    """The person has not allowed the skill to set reminders: show them `permission_card`."""


@dataclass(frozen=True)
class HttpAnswer:
    """An HTTP answer."""

    status: int
    body: bytes


# Method, address, headers, body -> the answer.
Post = Callable[[str, str, dict[str, str], bytes | None], HttpAnswer]


class AlexaReminders:
    """The reminders of one person at Alexa.

    Args:
        endpoint: `context.System.apiEndpoint` of the request that the person made.
        token: `context.System.apiAccessToken` of it.
        post: sends an HTTP request.
    """

    def __init__(self, endpoint: str, token: str, post: Post | None = None) -> None:
        self._endpoint = endpoint.rstrip("/")
        self._token = token
        self._post = post or over_http

    def set(self, request: ReminderRequest) -> str:
        """Set a reminder; gives the token by which it can be deleted.

        Raises:
            NotAllowed: the person has not allowed it.
            AlexaError: it was not taken for another reason.
        """
        body = json.dumps(_plain(request)).encode()
        return str(self._ask("POST", _PATH, body)["alertToken"])

    def tokens(self) -> list[str]:
        """The tokens of all reminders that this skill has set for the person.

        Raises:
            NotAllowed, AlexaError: as for `set`.
        """
        found = self._ask("GET", _PATH).get("alerts") or []
        return [str(alert["alertToken"]) for alert in found]

    def delete(self, token: str) -> None:
        """Delete a reminder.

        Raises:
            NotAllowed, AlexaError: as for `set`.
        """
        self._ask("DELETE", f"{_PATH}/{token}")

    def _ask(self, method: str, path: str, body: bytes | None = None) -> JsonObject:
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        answered = self._post(method, self._endpoint + path, headers, body)
        try:
            content = json.loads(answered.body) if answered.body else {}
        except ValueError:
            content = {}
        if 200 <= answered.status < 300:
            return dict(content)
        code = str(content.get("code") or answered.status)
        # 403 has other reasons, too, with codes of their own.
        if answered.status in _NOT_ALLOWED and code in (
            "401",
            "403",
            "UNAUTHORIZED",
            "INVALID_BEARER_TOKEN",
        ):
            raise NotAllowed(code)
        raise AlexaError(code)


def requests_for(
    schedule: Schedule, spoken: str, now: dt.datetime, locale: str = "en-US"
) -> list[ReminderRequest]:
    """What Alexa is asked for, one request for each rule of a schedule.

    Args:
        spoken: what is said when it is due, with guidance.
        now: the present moment.
    """
    zone = ZoneInfo(schedule.zone)
    moment = now.astimezone(dt.UTC)
    requests = []
    for first, rule in schedule.rules:
        following = _next_wall(first, rule, schedule, moment)
        if following is None:
            continue
        recurrence = None
        if rule:
            parts = dict(part.split("=") for part in rule.split(";"))
            end = parts.pop("UNTIL", None)
            kept = [f"{name}={value}" for name, value in parts.items()]
            recurrence = Recurrence(
                start_date_time=_stamp(first),
                end_date_time=_stamp(dt.datetime.fromisoformat(end)) if end else None,
                recurrence_rules=[";".join(kept) + ";"],
            )
        requests.append(
            ReminderRequest(
                request_time=_stamp(now.astimezone(zone).replace(tzinfo=None)),
                trigger=Trigger(
                    object_type=TriggerType.SCHEDULED_ABSOLUTE,
                    scheduled_time=_stamp(following),
                    time_zone_id=schedule.zone,
                    recurrence=recurrence,
                ),
                alert_info=AlertInfo(
                    spoken_info=SpokenInfo(content=[SpokenText(locale=locale, text=spoken)])
                ),
                push_notification=PushNotification(status=PushNotificationStatus.ENABLED),
            )
        )
    return requests


def permission_card() -> JsonObject:
    """The card that asks the person to allow reminders, for the response of a skill."""
    return dict(_plain(AskForPermissionsConsentCard(permissions=[PERMISSION])))


def _next_wall(
    first: dt.datetime, rule: str | None, schedule: Schedule, moment: dt.datetime
) -> dt.datetime | None:
    """The next local time of one of a schedule's rules."""
    zone = ZoneInfo(schedule.zone)
    before = moment.astimezone(zone).replace(tzinfo=None) - dt.timedelta(days=1)
    own = set(islice(walls(first, rule, before), _MOST_LOOKED_AT))
    due = (due.astimezone(zone).replace(tzinfo=None) for due in schedule.after(moment))
    return next((wall for wall in islice(due, _MOST_LOOKED_AT) if wall in own), None)


def _stamp(moment: dt.datetime) -> str:
    return moment.isoformat(timespec="milliseconds")


def _plain(value: Any) -> Any:
    """A model of ask-sdk-model as the JSON that Alexa reads; what is not set is left out."""
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    names = getattr(value, "attribute_map", None)
    if names is None:
        return value
    parts = ((names[name], getattr(value, name)) for name in names)
    return {name: _plain(part) for name, part in parts if part is not None}


def over_http(method: str, address: str, headers: dict[str, str], body: bytes | None) -> HttpAnswer:
    """Send a request; an answer that never came is one with status 503."""
    request = urllib.request.Request(address, body, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:
            return HttpAnswer(answer.status, answer.read())
    except urllib.error.HTTPError as error:
        return HttpAnswer(error.code, error.read())
    except OSError:
        return HttpAnswer(503, b"")
