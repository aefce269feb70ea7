"""What is said in the chat of the widget, as it is kept and as it is sent."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass, field
from typing import Any

from bot.messages.message import Message
from bot.text.json_types import JsonObject

Entry = JsonObject


@dataclass(frozen=True)
class Asked:
    """A person's message, as it was stored."""

    seq: int
    id: str
    text: str
    metadata: JsonObject = field(default_factory=dict)


@dataclass(frozen=True)
class Feedback:
    """What somebody thought of an answer. `about` is the answer's key, such as 'locate:LI4'."""

    at: datetime.datetime
    seq: int
    value: str
    reason: str
    about: str


def unstored(seq: int, asked: int, message: Message) -> Entry:
    """An answer as an entry that no file holds."""
    at = datetime.datetime.now(datetime.UTC)
    content = message.to_json()
    return {"seq": seq, "at": _stamp(at), "from": "assistant", "answers": asked, "message": content}


def asked_of(row: Any) -> Asked:
    """A person's message, of its row."""
    content = json.loads(row.content)
    return Asked(row.seq, row.client_id, content["text"], content.get("metadata") or {})


def entry_of(row: Any) -> Entry:
    """An entry in the form that is sent."""
    at = datetime.datetime.fromtimestamp(row.at, datetime.UTC)
    content = json.loads(row.content)
    entry: Entry = {"seq": row.seq, "at": _stamp(at), "from": row.who}
    if row.who == "person":
        return {**entry, "id": row.client_id, "text": content["text"]}
    if row.who == "assistant":
        return {**entry, "answers": row.answers, "message": content["message"]}
    return {**entry, "kind": content["kind"]}


def _stamp(at: datetime.datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
