"""The shapes of messages and cards in TypeScript, so that the browser's chat reads what is sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from bot.answers.cards import RedFlagCard
from bot.messages.message import Message
from bot.sessions.cards import SessionEndCard, SessionStepCard

FILE = Path("bot/widget/src/messages.ts")
# What the chat knows more of than that it is there; other cards it reads part by part.
_SHAPES: tuple[type[BaseModel], ...] = (Message, RedFlagCard, SessionStepCard, SessionEndCard)
_HEAD = """/** The assistant's messages. Made of bot/messages and the cards by `acupoint docs`. */

/** Any other card: what it holds is read generically (view/cards.ts). */
export interface OtherCard {
  type: string;
  [field: string]: unknown;
}

export type Card = %s | OtherCard;
"""
_PLAIN = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean"}


def message_types() -> str:
    """The file `FILE`, with one interface for each object."""
    known: dict[str, Mapping[str, Any]] = {}
    for shape in _SHAPES:
        schema = shape.model_json_schema()
        known |= schema.pop("$defs", {})
        known[shape.__name__] = schema
    objects = {name: schema for name, schema in known.items() if "properties" in schema}
    written = ("\n".join(_interface(name, objects[name], known)) for name in sorted(objects))
    cards = " | ".join(shape.__name__ for shape in _SHAPES if shape is not Message)
    return "\n".join([_HEAD % cards, "\n\n".join(written), ""])


def _interface(
    name: str, schema: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]
) -> Iterator[str]:
    yield f"export interface {name} {{"
    for field, shape in schema["properties"].items():
        # What can have one value alone is always written.
        needed = "" if field in schema.get("required", ()) or "const" in shape else "?"
        yield f"  {field}{needed}: {_type(shape, known)};"
    yield "}"


def _type(shape: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]) -> str:
    """The type of a value. What may be null is left out of JSON in its place."""
    if "$ref" in shape:
        name = shape["$ref"].rpartition("/")[2]
        return name if "properties" in known[name] else _type(known[name], known)
    if "anyOf" in shape:
        kinds = (_type(each, known) for each in shape["anyOf"] if each.get("type") != "null")
        return " | ".join(dict.fromkeys(kinds))
    values = shape.get("enum", [shape["const"]] if "const" in shape else [])
    if values:
        return " | ".join(f'"{each}"' if isinstance(each, str) else str(each) for each in values)
    if "prefixItems" in shape:
        return f"[{', '.join(_type(each, known) for each in shape['prefixItems'])}]"
    if shape.get("type") == "array":
        inner = _type(shape["items"], known)
        return f"({inner})[]" if " | " in inner else f"{inner}[]"
    if shape.get("type") == "object":
        named = shape.get("additionalProperties")
        # A message names no card's shape: it carries those of every folder.
        return f"Record<string, {_type(named, known)}>" if isinstance(named, Mapping) else "Card"
    return _PLAIN.get(str(shape.get("type")), "unknown")
