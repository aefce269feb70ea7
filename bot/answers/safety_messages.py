"""The red-flag messages of bot/domain/red_flags.yml, for moments when Rasa cannot say them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.knowledge.schema.data_files import DataError, Problem, read_data_file
from bot.knowledge.schema.red_flags import Tier
from bot.knowledge.settling import Heard
from bot.messages.message import Message
from bot.safety.called import NOTHING_NAMED, Named
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
_SHORT, _NAMED = "short", "named"
_SELF_HARM, _OPEN = "self_harm", "open"
OPEN_RESPONSE = "utter_red_flag_open"
_FAMILIES = {**STANDING_RESPONSES, _OPEN: OPEN_RESPONSE}
# What is said, instead of what stands, to what was said; what comes first leads.
_FITTING = {
    "emergency": (
        Heard.WHY, Heard.WAIT, Heard.DRIVE, Heard.UNTIL, Heard.TELL, Heard.NUMBER, Heard.THANKS,
    ),
    _SELF_HARM: (Heard.WHY, Heard.PERSON, Heard.THANKS),
    _OPEN: (Heard.WHY, Heard.WAIT, Heard.DRIVE, Heard.UNTIL, Heard.TELL, Heard.NUMBER),
}  # fmt: skip
# Of these, several are answered at once.
_TOGETHER = frozenset({Heard.WHY, Heard.WAIT, Heard.DRIVE, Heard.UNTIL, Heard.TELL, Heard.NUMBER})
_MOST_AT_ONCE = 3
BESIDE_RESPONSE = "utter_red_flag_standing_beside"
MILD_RESPONSES = {tier: f"{RESPONSES[tier]}_beside" for tier in (Tier.DOCTOR_SOON, Tier.PERSISTENT)}
KNOWN_RESPONSE = "utter_red_flag_known"
_ALL = (
    *RESPONSES.values(),
    *MILD_RESPONSES.values(),
    SELF_HARM_RESPONSE,
    *_FAMILIES.values(),
    *(f"{name}_{_SHORT}" for name in STANDING_RESPONSES.values()),
    *(f"{_FAMILIES[each]}_{_NAMED}" for each in ("emergency", _OPEN)),
    *(f"{_FAMILIES[each]}_{kind.value}" for each, kinds in _FITTING.items() for kind in kinds),
    BESIDE_RESPONSE,
    KNOWN_RESPONSE,
)
WHY_UNKNOWN = "What you describe needs checking."
SIGN_UNKNOWN = "what you told me"
_SIGN, _WHY, _WORDS = "{sign}", "{red_flag_why}", "{words}"


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
    alarm: str,
    heard: Collection[Heard] = (),
    told: Collection[str] = (),
    named: Named = NOTHING_NAMED,
) -> Message:
    """What is said while an alarm stands: to what was said, if it fits, and in other words.

    Args:
        heard: what the message says to the alarm.
        told: the texts of all warnings so far.
        named: what the alarm is for.
    """
    name = STANDING_RESPONSES[alarm]
    fitting = _fitting(alarm, heard, told, named)
    if fitting:
        return fitting
    names = [f"{name}_{_NAMED}"] if named.sign and alarm != _SELF_HARM else []
    return _fresh(_all_of([*names, name, f"{name}_{_SHORT}"], named), told)


def open_again(
    told: Collection[str], heard: Collection[Heard] = (), named: Named = NOTHING_NAMED
) -> Message:
    """The same of a sign that should be checked today, in words that were not said yet."""
    fitting = _fitting(_OPEN, heard, told, named)
    names = [f"{OPEN_RESPONSE}_{_NAMED}"] if named.sign else [OPEN_RESPONSE]
    return fitting or _fresh(_all_of(names, named), told)


def answers_open(heard: Collection[Heard]) -> bool:
    """Whether something of it is answered of a sign that should be checked today."""
    return any(kind in heard for kind in _FITTING[_OPEN])


def _fitting(
    family: str, heard: Collection[Heard], told: Collection[str], named: Named
) -> Message | None:
    """The answer to what was said to a warning; None where it has none."""
    kinds = [kind for kind in _FITTING[family] if kind in heard]
    if any(kind in _TOGETHER for kind in kinds):
        kinds = [kind for kind in kinds if kind in _TOGETHER]
    if not kinds:
        return None
    first, *others = [_kind(family, kind, told, named) for kind in kinds[:_MOST_AT_ONCE]]
    for other in others:
        first = _joined(first, other)
    return first


def _kind(family: str, kind: Heard, told: Collection[str], named: Named) -> Message:
    names = [f"{_FAMILIES[family]}_{kind.value}"]
    if kind not in _TOGETHER and family in STANDING_RESPONSES:
        names.append(f"{_FAMILIES[family]}_{_SHORT}")
    return _fresh(_all_of(names, named), told)


def _joined(first: Message, other: Message) -> Message:
    """A warning with what another one says, as its next step."""
    card, more = dict(first.reply.card or {}), other.reply.card or {}
    line = " ".join(str(more[part]) for part in ("action", "why") if more.get(part))
    new = [step for step in more.get("steps") or [] if step not in (card.get("steps") or [])]
    card["steps"] = [*(card.get("steps") or []), " ".join([line, *new[:1]])]
    spoken = f"{first.reply.spoken} {line}"
    joined = first.with_text("").with_reply(card=card, spoken=spoken)
    return Message.from_json(joined.to_json())


def beside_message() -> Message:
    """Said before an answer for somebody else, while help is coming for the one with the sign."""
    return _message(BESIDE_RESPONSE)


def _all_of(names: Iterable[str], named: Named) -> list[Message]:
    """The variations of responses, without those that need words that are not known."""
    found = [each for name in names for each in _responses()[name]]
    cards = [each["custom"]["reply"]["card"] for each in found]
    return [
        Message.from_json(_filled(each, named))
        for each, card in zip(found, cards, strict=True)
        if named.words or _WORDS not in card["action"]
    ]


def _fresh(messages: Sequence[Message], told: Collection[str]) -> Message:
    """The first that was not said yet; else the one that was said longest ago."""

    def last_said(message: Message) -> int:
        action = str((message.reply.card or {}).get("action"))
        return max((place for place, text in enumerate(told) if action in text), default=-1)

    return min(messages, key=last_said)


def known_message() -> Message:
    """The short form, for pain of long standing that a doctor knows of."""
    return _message(KNOWN_RESPONSE)


def open_message() -> Message:
    """Said before an answer about pressing while a sign that should be checked today is open."""
    return _message(OPEN_RESPONSE)


def mild_message(tier: Tier, why: str = "") -> Message:
    """What is said before the answer to a message that tells of a milder sign, too.

    Args:
        tier: DOCTOR_SOON or PERSISTENT.
        why: the sentence that says why it should be looked at.
    """
    return _message(MILD_RESPONSES[tier], why)


def _message(name: str, why: str = "") -> Message:
    return Message.from_json(_filled(_responses()[name][0], Named(why=why)))


def _filled(value: Any, named: Named) -> Any:
    if isinstance(value, str):
        filled = value.replace(_WHY, named.why or WHY_UNKNOWN)
        return filled.replace(_SIGN, named.sign or SIGN_UNKNOWN).replace(_WORDS, named.words)
    if isinstance(value, dict):
        return {key: _filled(inner, named) for key, inner in value.items()}
    if isinstance(value, list):
        known = [each for each in value if named.words or _WORDS not in str(each)]
        return [_filled(inner, named) for inner in known]
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
