"""Alexa's requests and answers held against the SDK's typed models."""

from __future__ import annotations

import datetime
import re
from enum import Enum
from importlib import import_module
from typing import Any

from bot.text.json_types import JsonObject

_CONTAINER = re.compile(r"(list|dict)[\[(](?:str, ?)?(.+)[\])]")
_PLAIN: JsonObject = {
    "str": str, "bool": bool, "int": int, "float": (int, float), "object": object,
}  # fmt: skip


class WrongShape(Exception):
    """What does not fit the SDK's model; the message names the place, never the content."""


def check_request(envelope: Any) -> None:
    """Let a request pass that the SDK's RequestEnvelope describes.

    Raises:
        WrongShape: it does not, or lacks its session, context or request.
    """
    check(envelope, "ask_sdk_model.RequestEnvelope")
    for name in ("context", "request"):
        if not isinstance(envelope.get(name), dict):
            raise WrongShape(name)


def check(value: Any, type_name: str, place: str = "") -> None:
    """Let a value pass that fits a type of the SDK; parts the SDK does not know are let pass.

    Raises:
        WrongShape: it does not fit.
    """
    if value is None:
        return
    container = _CONTAINER.fullmatch(type_name)
    if container:
        _check_all(value, container[1], container[2], place)
    elif type_name == "datetime":
        _check_time(value, place)
    elif type_name in _PLAIN:
        if not isinstance(value, _PLAIN[type_name]):
            raise WrongShape(place)
    else:
        _check_model(value, _class(type_name), place)


def _check_all(values: Any, kind: str, inner: str, place: str) -> None:
    if not isinstance(values, list if kind == "list" else dict):
        raise WrongShape(place)
    for value in values.values() if isinstance(values, dict) else values:
        check(value, inner, place)


def _check_model(value: Any, model: Any, place: str) -> None:
    if issubclass(model, Enum):
        if value not in {member.value for member in model}:
            raise WrongShape(place)
        return
    if not isinstance(value, dict):
        raise WrongShape(place)
    if getattr(model, "json_discriminator_key", None):
        kind = value.get(model.json_discriminator_key)
        known = model.discriminator_value_class_map
        if not isinstance(kind, str) or (known and kind not in known):
            raise WrongShape(f"{place}.{model.json_discriminator_key}")
        model = _class(known[kind]) if known else model
    for name, type_name in model.deserialized_types.items():
        key = model.attribute_map[name]
        check(value.get(key), type_name, f"{place}.{key}")


def _check_time(value: Any, place: str) -> None:
    try:
        datetime.datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    except ValueError:
        raise WrongShape(place) from None


def _class(name: str) -> Any:
    module, _, attribute = name.rpartition(".")
    return getattr(import_module(module), attribute)
