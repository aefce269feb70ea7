"""What is read from a stored conversation, and what the gateway adds to one."""

from __future__ import annotations

import datetime
from dataclasses import replace

from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue.recollection import PastTurn, Recollection
from bot.messages.message import Message
from bot.messages.unheard import UNHEARD
from bot.safety.handover import ScreeningSummary
from bot.text.json_types import JsonObject

_NOTES = ("country", "pain")


def recollection(tracker: DialogueStateTracker) -> Recollection:
    """What the gateway needs to know of a stored conversation."""
    turns: list[PastTurn] = []
    for event in tracker.events:
        day = datetime.date.fromtimestamp(event.timestamp)
        if isinstance(event, UserUttered):
            turns.append(PastTurn(event.text or "", (), day, event.message_id))
        elif isinstance(event, BotUttered) and turns:
            last = turns.pop()
            said = (*last.said, Message.from_json({**event.data, "text": event.text}))
            turns.append(replace(last, said=said, day=day))
    notes = {name: tracker.get_slot(name) for name in _NOTES if tracker.get_slot(name)}
    return Recollection(tuple(turns), notes)


def add_red_flag(
    tracker: DialogueStateTracker, text: str, message: Message, found: ScreeningSummary
) -> None:
    """Add a red-flag message that the gateway said in the engine's place.

    The person's words are added only if the engine did not get to keep them.
    """
    marks = [{"entity": "red_flag", "value": found.flag, **_kept(found)}]
    latest = tracker.latest_message
    if latest is None or latest.text != text:
        tracker.update(UserUttered(text, entities=marks))
    content = message.to_json()
    text = content.pop("text")
    tracker.update(BotUttered(text, content, {"red_flag": _kept(found)}))


def add_unheard(tracker: DialogueStateTracker, text: str, parsed: JsonObject) -> None:
    """Add a message that no answer was made of; the next action reads what it tells."""
    told = UserUttered(
        text, parsed.get("intent"), parsed.get("entities"), parsed, metadata={UNHEARD: True}
    )
    tracker.update(told)


def _kept(found: ScreeningSummary) -> JsonObject:
    content = found.to_json()
    return {name: content[name] for name in ("flag", "tier", "layer", "rules")}
