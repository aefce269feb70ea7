"""The red-flag messages of bot/domain/red_flags.yml, for moments when Rasa cannot say them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.knowledge.schema.data_files import DataError, Problem, read_data_file
from bot.knowledge.schema.red_flags import Tier
from bot.knowledge.settling import Heard
from bot.messages.message import Message
from bot.text.json_types import JsonObject

DOMAIN_FILE = Path(__file__).resolve().parents[1] / "domain" / "red_flags.yml"
RESPONSES = {
    Tier.EMERGENCY: "utter_red_flag_emergency",
    Tier.URGENT: "utter_red_flag_urgent",
    Tier.DOCTOR_SOON: "utter_red_flag_doctor_soon",
    Tier.PERSISTENT: "utter_red_flag_persistent",
}
SELF_HARM_RESPONSE = "utter_red_flag_self_harm"
STANDING_RESPONSES = {
    "emergency": "utter_red_flag_standing",
    "self_harm": "utter_red_flag_standing_self_harm",
}
_SHORT, _TELL, _THANKS, _NUMBER, _PERSON = "short", "tell", "thanks", "number", "person"
# What is said, instead of what stands, to what was said.
_FITTING = {
    "emergency": {
        Heard.TELL: _TELL,
        Heard.NUMBER: _NUMBER,
        Heard.THANKS: _THANKS,
    },
    "self_harm": {Heard.PERSON: _PERSON, Heard.THANKS: _THANKS},
}
BESIDE_RESPONSE = "utter_red_flag_standing_beside"
KNOWN_RESPONSE = "utter_red_flag_known"
OPEN_RESPONSE = "utter_red_flag_open"
_ALL = (
    *RESPONSES.values(),
    SELF_HARM_RESPONSE,
    *STANDING_RESPONSES.values(),
    *(f"{name}_{_SHORT}" for name in STANDING_RESPONSES.values()),
    *(
        f"{STANDING_RESPONSES[alarm]}_{kind}"
        for alarm, kinds in _FITTING.items()
        for kind in kinds.values()
    ),
    BESIDE_RESPONSE,
    KNOWN_RESPONSE,
    OPEN_RESPONSE,
)
WHY_UNKNOWN = "What you describe needs checking."


@lru_cache(maxsize=1)
def _responses() -> JsonObject:
    source = read_data_file(DOMAIN_FILE)
    responses = (source.content or {}).get("responses") or {}
    for name in _ALL:
        if not responses.get(name):
            raise DataError(
                [Problem(source.name, 1, f"The message '{name}' is missing.", "Put it back.")]
            )
        for variation in responses[name]:
            _checked(name, variation, source.name)
    return dict(responses)


def _checked(name: str, variation: Any, file: str) -> None:
    """A warning whose tier cannot be read would not be known for one.

    Raises:
        DataError: it has no tier, or nothing to say.
    """
    message = Message.from_json(variation)
    if not (message.text and message.is_red_flag and message.reply.tier and message.reply.spoken):
        remedy = "It needs, below custom, reply: kind, tier, spoken, and a card with its action."
        raise DataError([Problem(file, 1, f"'{name}' is no message of a red flag.", remedy)])


def red_flag_message(tier: Tier, why: str = "", self_harm: bool = False) -> Message:
    """The message for a tier.

    Args:
        tier: how fast somebody should look at the sign.
        why: the sentence that says why this needs checking.
        self_harm: whether the message for thoughts of self-harm is meant.
    """
    return _message(SELF_HARM_RESPONSE if self_harm else RESPONSES[tier], why)


def standing_message(alarm: str) -> Message:
    """What is said to anything else while an alarm stands: "emergency" or "self_harm"."""
    return _message(STANDING_RESPONSES[alarm])


def standing_again(
    alarm: str, heard: Collection[Heard] = (), told: Collection[str] = ()
) -> Message:
    """What is said while an alarm stands: to what was said, if it fits, and in other words.

    Args:
        heard: what the message says to the alarm.
        told: the texts of all warnings so far.
    """
    name = STANDING_RESPONSES[alarm]
    fitting = [f"{name}_{kind}" for means, kind in _FITTING[alarm].items() if means in heard]
    names = [*fitting[:1], *([] if fitting else [name]), f"{name}_{_SHORT}"]
    return _fresh([message for each in names for message in _variations(each)], told)


def open_again(told: Collection[str]) -> Message:
    """The same of a sign that should be checked today, in words that were not said yet."""
    return _fresh(_variations(OPEN_RESPONSE), told)


def beside_message() -> Message:
    """Said before an answer for somebody else, while help is coming for the one with the sign."""
    return _message(BESIDE_RESPONSE)


def _variations(name: str) -> list[Message]:
    return [Message.from_json(_filled(each, WHY_UNKNOWN)) for each in _responses()[name]]


def _fresh(messages: Sequence[Message], told: Collection[str]) -> Message:
    """The first that was not said yet; else the one that was said longest ago."""
    said = list(told)
    new = [message for message in messages if message.text not in said]
    if new:
        return new[0]
    return max(messages, key=lambda message: said[::-1].index(message.text))


def known_message() -> Message:
    """The short form, for pain of long standing that a doctor knows of."""
    return _message(KNOWN_RESPONSE)


def open_message() -> Message:
    """Said before an answer about pressing while a sign that should be checked today is open."""
    return _message(OPEN_RESPONSE)


def _message(name: str, why: str = "") -> Message:
    return Message.from_json(_filled(_responses()[name][0], why or WHY_UNKNOWN))


def _filled(value: Any, why: str) -> Any:
    if isinstance(value, str):
        return value.replace("{red_flag_why}", why)
    if isinstance(value, dict):
        return {key: _filled(inner, why) for key, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, why) for inner in value]
    return value


def button_payloads() -> frozenset[str]:
    """The payloads that start with '/' and that one of our own buttons carries."""
    return frozenset(
        button["payload"]
        for variations in _responses().values()
        for variation in variations
        for button in variation.get("buttons") or []
        if str(button["payload"]).startswith("/")
    )
