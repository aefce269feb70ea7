"""The red-flag messages of bot/domain/red_flags.yml, for moments when Rasa cannot say them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.knowledge.schema.data_files import DataError, Problem, read_data_file
from bot.knowledge.schema.red_flags import Tier
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
KNOWN_RESPONSE = "utter_red_flag_known"
OPEN_RESPONSE = "utter_red_flag_open"
_ALL = (
    *RESPONSES.values(),
    SELF_HARM_RESPONSE,
    *STANDING_RESPONSES.values(),
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
