"""Whom to call in which country: data/emergency_numbers.yml.

Our texts say 'your local emergency number' and the like. Where the country is known, the number
takes the place of the phrase, in written and spoken words alike; where it is not, nothing is
guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import Field, constr

from bot.knowledge.schema.data_files import DATA_DIR, DataFile, Facts, Problem, load_facts
from bot.knowledge.schema.kinds import Id, Text
from bot.knowledge.schema.red_flags import Tier
from bot.text.json_types import JsonObject

Replace = Callable[[str], str]
_Swap = tuple[re.Pattern[str], str]

EMERGENCY_NUMBERS_FILE = "emergency_numbers.yml"
_NUMBER = re.compile(r"\d[\d ]*\d")
_PAUSES = re.compile(r"[.!?,;:\n]+")
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
            rf"(?:(?:yes|ok|in|from|its|it's|im in|i'm in) )*(?:the )?(?P<name>{names})(?: please)?"
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

        The bare name of a country answers our question for it, also as a sentence among others.
        """
        said = text.lower().replace("’", "'")
        told = [match["name"] for match in self._told.finditer(_plain(said))]
        if not told:
            alone = map(self._alone.fullmatch, map(_plain, _PAUSES.split(said)))
            told = [match["name"] for match in alone if match]
        return self._codes[told[-1]] if told else None

    def of(self, code: str | None) -> LocalNumbers | None:
        """What our texts say in a country; None where it has no numbers here."""
        country = self._countries.get(code or "")
        return LocalNumbers(country, self._written(country)) if country else None

    def _written(self, country: Country) -> list[_Swap]:
        """Each phrase, and what takes its place; a phrase without a number of its own stays."""
        numbers = ((phrase, str(getattr(country, name))) for name, phrase in self._patterns)
        return [*((phrase, number) for phrase, number in numbers if number), (self._asking, "")]


class LocalNumbers:
    """Puts the numbers of one country into our texts."""

    def __init__(self, country: Country, written: list[_Swap]) -> None:
        self.code = str(country.code)
        self._country = country
        self._written = written
        self._spoken = [(phrase, _by_digits(number)) for phrase, number in written]

    def written(self, text: str) -> str:
        """A text for the eye with the numbers in place of the phrases."""
        return _swapped(text, self._written)

    def spoken(self, text: str) -> str:
        """A text for the ear, in which numbers are said digit by digit."""
        return _swapped(text, self._spoken)

    def in_card(self, card: JsonObject) -> JsonObject:
        """The texts of a card; what stands under `spoken` is for the ear."""
        return {name: self._in(part, name == "spoken") for name, part in card.items()}

    def to_dial(self, tier: Tier | None) -> str | None:
        """The number for a sign of this tier: for help at once, or today; None for others."""
        if tier is Tier.EMERGENCY:
            return str(self._country.emergency)
        line = _NUMBER.search(self._country.urgent_line) if tier is Tier.URGENT else None
        return line[0] if line else None

    def _in(self, value: Any, is_spoken: bool) -> Any:
        if isinstance(value, str):
            return self.spoken(value) if is_spoken else self.written(value)
        if isinstance(value, dict):
            return {name: self._in(each, name == "spoken") for name, each in value.items()}
        if isinstance(value, list):
            return [self._in(each, is_spoken) for each in value]
        return value


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


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w']+", " ", text).split())


def _by_digits(number: str) -> str:
    """Numbers are said digit by digit: 112 as '1 1 2'."""
    return re.sub(r"\d(?=\d)", r"\g<0> ", number)


def _swapped(text: str, swaps: list[_Swap]) -> str:
    for phrase, number in swaps:
        text = phrase.sub(number, text)
    return text
