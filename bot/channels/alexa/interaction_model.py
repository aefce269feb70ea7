"""The interaction model of the Alexa skill: what it listens for, and the words behind an intent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge.catalogue import Catalogue
from bot.text.json_types import JsonObject
from bot.text.number_words import number_words

_FILE = Path(__file__).parent / "words.yml"
LOCALES = ("en-US", "en-GB")
FALLBACK = "AMAZON.FallbackIntent"
_PHRASE_INTENT, _WORDS, _PHRASE = "SayIntent", "words", "phrase"
_TYPES = {"point": "POINT", "area": "AREA", "complaint": "COMPLAINT"}
# Only such words may stand in samples and slot values.
_SAYABLE = re.compile(r"[a-z][a-z' -]*")
_LONGEST, _MOST_SYNONYMS = 100, 40
# Examples that teach Alexa to let whole sentences through, for each of our intents.
_EXAMPLES, _SIGN_EXAMPLES = 12, 80
_NUMBERS = {number: word for word, number in number_words().items()}
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class AlexaWords:
    """bot/channels/alexa/words.yml."""

    invocation: str
    carriers: Mapping[str, str]
    named: Mapping[str, Mapping[str, Any]]
    built_in: Mapping[str, str]
    ending: frozenset[str]

    def said(self, intent: str, slots: Mapping[str, Any]) -> str | None:
        """What the person said, as well as an intent and its slots tell it.

        Args:
            slots: of the request; one that was resolved to an entry of ours is told by its id.

        Returns:
            The words; '' where Alexa heard none; None for an intent that carries none.
        """
        if intent in self.carriers:
            heard = _value(slots.get(_WORDS))
            return f"{self.carriers[intent]} {heard}" if heard else ""
        if intent == _PHRASE_INTENT:
            return _value(slots.get(_PHRASE))
        if intent in self.named:
            says = str(self.named[intent]["says"])
            values = {name: _value(slots.get(name)) for name in _SLOT.findall(says)}
            if all(values.values()):
                return says.format(**values)
            return " ".join(value for value in values.values() if value)
        return self.built_in.get(intent)


@lru_cache(maxsize=1)
def alexa_words() -> AlexaWords:
    """What is listened for."""
    told = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return AlexaWords(
        told["invocation"],
        told["carriers"],
        {one["intent"]: one for one in told["named"]},
        told["built_in"],
        frozenset(told["ending"]),
    )


def interaction_model(catalogue: Catalogue, examples: Mapping[str, Iterable[str]]) -> JsonObject:
    """The model as the developer console takes it.

    Args:
        examples: what people say, by intent (data/nlu.yml).
    """
    words = alexa_words()
    search = [{"name": _WORDS, "type": "AMAZON.SearchQuery"}]
    intents = [_intent(name, [], []) for name in (*words.built_in, *sorted(words.ending), FALLBACK)]
    intents += [
        _intent(name, search, [f"{carrier} {{{_WORDS}}}"])
        for name, carrier in words.carriers.items()
    ]
    for name, told in words.named.items():
        slots = dict.fromkeys(slot for sample in told["samples"] for slot in _SLOT.findall(sample))
        typed = [{"name": slot, "type": _TYPES[slot]} for slot in slots]
        intents.append(_intent(name, typed, list(told["samples"])))
    phrase = [{"name": _PHRASE, "type": "PHRASE"}]
    intents.append(_intent(_PHRASE_INTENT, phrase, [f"{{{_PHRASE}}}"]))
    types = [
        _type("POINT", ((p.code, f"{p.meridian} {_digits(p.code)}", [
            p.names.pinyin, f"{'. '.join(filter(str.isalpha, p.code)).lower()}. {_digits(p.code)}",
            *p.names.english, *p.aliases]) for p in catalogue.points)),
        _type("AREA", ((a.id, a.name, a.words) for a in catalogue.areas)),
        _type("COMPLAINT", ((c.id, c.name, c.words) for c in catalogue.complaints)),
        {"name": "PHRASE", "values": [{"name": {"value": one}} for one in _phrases(examples)]},
    ]  # fmt: skip
    language = {"invocationName": words.invocation, "intents": intents, "types": types}
    return {"interactionModel": {"languageModel": language}}


def _intent(name: str, slots: list[dict[str, str]], samples: list[str]) -> JsonObject:
    return {"name": name, **({"slots": slots} if slots else {}), "samples": samples}


def _type(name: str, entries: Iterable[tuple[str, str, Iterable[str]]]) -> JsonObject:
    """A slot type; a word that two entries share belongs to the first."""
    taken: set[str] = set()
    values = []
    for entry, spoken, others in entries:
        value = spoken.lower()
        new = dict.fromkeys(other.lower() for other in others)
        free = [one for one in new if one not in taken | {value} and _is_sayable(one)]
        synonyms = free[:_MOST_SYNONYMS]
        taken.update([value, *synonyms])
        values.append({"id": entry, "name": {"value": value, "synonyms": synonyms}})
    return {"name": name, "values": values}


def _phrases(examples: Mapping[str, Iterable[str]]) -> list[str]:
    """Whole sentences, many of warning signs: such are let through word by word."""
    kept: dict[str, None] = {}
    for intent, told in examples.items():
        most = _SIGN_EXAMPLES if intent.startswith("red_flag_") else _EXAMPLES
        fitting = [one.lower() for one in told if _is_sayable(one.lower()) and " " in one]
        kept.update(dict.fromkeys(fitting[:most]))
    return list(kept)


def _is_sayable(text: str) -> bool:
    return bool(_SAYABLE.fullmatch(text.replace(". ", " "))) and len(text) <= _LONGEST


def _digits(code: str) -> str:
    return _NUMBERS[int("".join(filter(str.isdigit, code)))]


def _value(slot: Any) -> str:
    """The id of what a slot was resolved to where that is a point, else the words heard."""
    slot = slot if isinstance(slot, dict) else {}
    for authority in (slot.get("resolutions") or {}).get("resolutionsPerAuthority") or []:
        matched = (authority.get("status") or {}).get("code") == "ER_SUCCESS_MATCH"
        values = authority.get("values") or []
        if matched and values and slot.get("name") == "point":
            return str(values[0]["value"]["id"])
    return str(slot.get("value") or "").strip()
