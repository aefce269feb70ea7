"""Answers as Alexa takes them: speech, a card for the app, and whether it goes on listening."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from bot.channels.spoken.speech import speeches, ssml
from bot.messages.answer_key import Kind, Mark
from bot.messages.message import Message
from bot.text.json_types import JsonObject
from bot.text.markdown import strip_markdown

_MOST_CARD_CHARACTERS = 8_000
_TITLE = "Pressure points for the back"
# What a card may be about. Others could tell of the person, and cards stay in the app.
_CARDS = frozenset({"point", "points", "method"})
_OF_THE_PERSON = frozenset({Kind.WITHHELD, Kind.DECLARED, Kind.ABOUT_ME})
_AS_TOLD = "**As you told me"


class ResponseEnding(Enum):
    """How an answer ends: with an open ear, or for good."""

    ASK = "ask"
    END = "end"


def answered(messages: Sequence[Message], ending: ResponseEnding, more: str) -> JsonObject:
    """The messages as speech, with a card where there is something worth reading again."""
    said = speeches(messages)
    asks = bool(said) and (said[-1].text.endswith("?") or said[-1].is_red_flag or _guides(messages))
    listens = ending is ResponseEnding.ASK
    content: JsonObject = {
        "outputSpeech": {"type": "SSML", "ssml": ssml(said, "" if asks or not listens else more)},
        "shouldEndSession": not listens,
    }
    card = _card(messages)
    if card:
        content["card"] = card
    if listens:
        content["reprompt"] = {"outputSpeech": {"type": "PlainText", "text": more}}
    return _envelope(content)


def with_consent(messages: Sequence[Message], permission: str, more: str) -> JsonObject:
    """The messages, and a card that asks the person for a permission."""
    envelope = answered(messages, ResponseEnding.ASK, more)
    envelope["response"]["card"] = {"type": "AskForPermissionsConsent", "permissions": [permission]}
    return envelope


def nothing() -> JsonObject:
    """The answer where nobody hears one."""
    return _envelope({})


def _envelope(content: JsonObject) -> JsonObject:
    return {"version": "1.0", "sessionAttributes": {}, "response": content}


def _guides(messages: Sequence[Message]) -> bool:
    """Whether a step of a guided session was told, which says itself how to go on."""
    cards = [message.reply.card or {} for message in messages]
    return any(card.get("type") == "session_step" for card in cards)


def _card(messages: Sequence[Message]) -> JsonObject | None:
    told = [message for message in messages if _is_for_the_app(message)]
    if not told:
        return None
    content = "\n\n".join(_for_reading(message.text) for message in told)
    return {"type": "Simple", "title": _TITLE, "content": content[:_MOST_CARD_CHARACTERS]}


def _is_for_the_app(message: Message) -> bool:
    """Whether it is about points or tools, or an emergency, and tells nothing of the person."""
    if message.is_red_flag:
        return True
    card, key = message.reply.card or {}, message.reply.key
    if key and key.marks[:1] == (Mark.CARD,):
        return key.kind not in _OF_THE_PERSON
    if card.get("type") not in _CARDS:
        return False
    return not any("withheld" in one for one in [card, *(card.get("points") or [])])


def _for_reading(text: str) -> str:
    """Plain lines; what the person told of themselves is left out."""
    lines = (line for line in text.splitlines() if not line.startswith(_AS_TOLD))
    return "\n".join(strip_markdown(line) for line in lines).strip()
