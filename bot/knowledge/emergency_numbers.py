"""Whom to call in which country: data/emergency_numbers.yml.

Our texts say 'your local emergency number' and the like. Where the country is known, the number
takes the place of the phrase, in written and spoken words alike; where it is not, nothing is
guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import Field, constr

from bot.knowledge.schema.data_files import DATA_DIR, DataFile, Facts, Problem, load_facts
from bot.knowledge.schema.kinds import Id, Text

EMERGENCY_NUMBERS_FILE = "emergency_numbers.yml"
_NUMBER = re.compile(r"\d[\d ]*\d")
_LINES = ("emergency", "urgent_line", "crisis_line")
_IS_AT = (
    r"(?:i(?:'?m| am)|we(?:'?re| are)|live|living|staying|based|located|here|"
    r"on holiday|travell?ing|visiting|my country is|country is|calling|call (?:an )?ambulance)"
    r"(?: \w+){0,2}? (?:in|from|is) (?:the )?"
)


class Phrases(Facts):
    """What our texts say where no country is known."""

    emergency: Text
    urgent_line: Text
    crisis_line: Text
    ask_country: Text


class Country(Facts):
    """The numbers of a country. `code` is ISO 3166-1 alpha-2; `emergency` reaches an ambulance."""

    code: constr(pattern=r"^[A-Z]{2}$")  # type: ignore[valid-type]
    names: list[Text] = Field(..., min_length=1)
    emergency: constr(pattern=r"^[0-9]{3}$")  # type: ignore[valid-type]
    urgent_line: str = ""
    crisis_line: str = ""
    sources: list[Id] = Field(..., min_length=1)


class EmergencyNumbersFile(Facts):
    """data/emergency_numbers.yml as a whole."""

    version: int
    reviewed: Text
    phrases: Phrases
    countries: list[Country] = Field(..., min_length=1)


class EmergencyNumbers:
    """Finds a country in what people say, and puts its numbers into our texts."""

    def __init__(self, facts: EmergencyNumbersFile) -> None:
        self._patterns = [(name, _insensitive(getattr(facts.phrases, name))) for name in _LINES]
        self._asking = _insensitive(facts.phrases.ask_country, r"\s*")
        self._countries = {country.code: country for country in facts.countries}
        self._codes = {name: c.code for c in facts.countries for name in c.names}
        names = "|".join(map(re.escape, sorted(self._codes, key=len, reverse=True)))
        self._told = re.compile(rf"\b{_IS_AT}(?P<name>{names})\b")
        self._alone = re.compile(
            rf"(?:(?:in|from|its|it's|im in|i'm in) )?(?:the )?(?P<name>{names})"
        )

    @classmethod
    def load(cls, folder: Path = DATA_DIR) -> EmergencyNumbers:
        """Read the file of a data folder.

        Raises:
            DataError: the file is missing or has the wrong shape.
        """
        return cls(load_emergency_numbers(folder)[0])

    def knows(self, code: str | None) -> bool:
        """Whether there are numbers for an ISO country code."""
        return code in self._countries

    def country_told(self, text: str) -> str | None:
        """The code of the country a person says they are in; the last one wins.

        The bare name of a country answers our question for it.
        """
        plain = " ".join(re.sub(r"[^\w']+", " ", text.lower().replace("’", "'")).split())
        told = [match["name"] for match in self._told.finditer(plain)]
        if not told:
            alone = self._alone.fullmatch(plain)
            told = [alone["name"]] if alone else []
        return self._codes[told[-1]] if told else None

    def localised(self, message: dict[str, Any], code: str | None) -> dict[str, Any]:
        """A message with the numbers of a country in place of the phrases.

        A red flag also gets `custom.reply.call`, the number a client may dial: the emergency
        number where help is needed at once; where it is needed today, the country's line for that,
        if it has one. Without a known country the message comes back as it was.
        """
        country = self._countries.get(code or "")
        if country is None:
            return message
        written = self._written(country)
        spoken = [(phrase, _by_digits(number)) for phrase, number in written]
        message = _replaced(message, written, spoken)
        reply = (message.get("custom") or {}).get("reply")
        if reply and reply.get("kind") == "red_flag":
            number = _to_dial(country, str(reply.get("tier")))
            reply |= {"call": {"country": country.code, "number": number}} if number else {}
        return message

    def _written(self, country: Country) -> list[tuple[re.Pattern[str], str]]:
        """Each phrase, and what takes its place; a phrase without a number of its own stays."""
        numbers = ((phrase, str(getattr(country, name))) for name, phrase in self._patterns)
        return [*((phrase, number) for phrase, number in numbers if number), (self._asking, "")]


def _to_dial(country: Country, tier: str) -> str | None:
    if tier == "emergency":
        return str(country.emergency)
    line = _NUMBER.search(country.urgent_line) if tier == "urgent" else None
    return line[0] if line else None


def load_emergency_numbers(folder: Path) -> tuple[EmergencyNumbersFile, DataFile]:
    """Read the numbers of a data folder.

    Raises:
        DataError: the file is missing or has the wrong shape.
    """
    return load_facts(folder / EMERGENCY_NUMBERS_FILE, EmergencyNumbersFile)


@lru_cache(maxsize=1)
def default_numbers() -> EmergencyNumbers:
    """The numbers of our own data folder."""
    return EmergencyNumbers.load()


def named_twice(folder: Path) -> Iterator[Problem]:
    """Countries, and names of countries, that stand there twice.

    Raises:
        DataError: the file is missing or has the wrong shape.
    """
    facts, file = load_emergency_numbers(folder)
    known = Counter(n for c in facts.countries for n in (c.code, *c.names))
    for index, country in enumerate(facts.countries):
        for name in (country.code, *country.names):
            if known[name] > 1:
                yield file.problem(
                    ("countries", index, "names"),
                    f"'{name}' is there twice.",
                    "Leave it with one country only.",
                )


def _insensitive(phrase: str, before: str = r"\b") -> re.Pattern[str]:
    return re.compile(before + r"\s+".join(map(re.escape, phrase.split())), re.IGNORECASE)


def _by_digits(number: str) -> str:
    """Numbers are said digit by digit: 112 as '1 1 2'."""
    return re.sub(r"\d(?=\d)", r"\g<0> ", number)


def _replaced(
    value: Any,
    written: list[tuple[re.Pattern[str], str]],
    spoken: list[tuple[re.Pattern[str], str]],
) -> Any:
    if isinstance(value, str):
        for phrase, number in written:
            value = phrase.sub(number, value)
        return value
    if isinstance(value, dict):
        return {
            key: _replaced(inner, spoken if key == "spoken" else written, spoken)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_replaced(inner, written, spoken) for inner in value]
    return value
