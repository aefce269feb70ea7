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

from bot.knowledge.cities import Cities, cities, plain_place
from bot.knowledge.schema.data_files import DATA_DIR, DataFile, Facts, Problem, load_facts
from bot.knowledge.schema.kinds import Id, Text
from bot.knowledge.schema.red_flags import Tier
from bot.text.json_types import JsonObject

Replace = Callable[[str], str]
_Swap = tuple[re.Pattern[str], str]

EMERGENCY_NUMBERS_FILE = "emergency_numbers.yml"
_NUMBER = re.compile(r"\d[\d ]*\d")
_PAUSES = re.compile(r"[.!?,;:\n]+")
_WITH_ARTICLE = ("united", "netherlands", "philippines")
_LINES = ("emergency", "urgent_line", "crisis_line")
_IS_AT = (
    r"(?:i(?:'?m| am)|we(?:'?re| are)|live|lives|living|staying|based|located|here|"
    r"on holiday|travell?ing|visiting|my country is|country is|calling|call (?:an )?ambulance)"
    r"(?: \w+){0,2}? (?:in|from|is|near|outside|around|close to)"
)
# What may follow a city: 'in Reading what do I dial', and not 'in reading glasses'.
_GOES_ON = (
    r"(?=$| (?:and|but|so|or|what|whats|what's|which|who|where|how|when|why|do|does|can|could|"
    r"should|is|are|i|i'm|im|i've|we|my|it|it's|now|right|at|for|today|please|then|help|with|the|"
    r"area|region|city|too|tell|give|if|she|he|not|in|because|cos|near|number|thanks)\b)"
)


class Phrases(Facts):
    """What our texts say where no country is known."""

    emergency: Text
    urgent_line: Text
    crisis_line: Text
    ask_country: Text
    number_in: Text


class Country(Facts):
    """The numbers of a country. `code` is ISO 3166-1 alpha-2; `emergency` reaches an ambulance."""

    code: constr(pattern=r"^[A-Z]{2}$")  # type: ignore[valid-type]
    names: list[Text] = Field(..., min_length=1)
    emergency: constr(pattern=r"^[0-9]{3}$")  # type: ignore[valid-type]
    urgent_line: str = ""
    crisis_line: str = ""
    sources: list[Id] = Field(..., min_length=1)

    @property
    def called(self) -> str:
        """Its name in a sentence: 'the United Kingdom'."""
        name = next((each for each in self.names if len(each) > 3), self.names[0])
        return f"{'the ' if name.startswith(_WITH_ARTICLE) else ''}{name.title()}"


class EmergencyNumbersFile(Facts):
    """data/emergency_numbers.yml as a whole."""

    version: int
    reviewed: Text
    phrases: Phrases
    countries: list[Country] = Field(..., min_length=1)


class EmergencyNumbers:
    """Finds a country in what people say, and puts its numbers into our texts."""

    def __init__(self, facts: EmergencyNumbersFile, places: Cities) -> None:
        self._places = places
        self._number_in = str(facts.phrases.number_in)
        self._patterns = [(name, _insensitive(getattr(facts.phrases, name))) for name in _LINES]
        self._asking = _insensitive(facts.phrases.ask_country, r"\s*")
        self._countries = {country.code: country for country in facts.countries}
        self._codes = {name: c.code for c in facts.countries for name in c.names}
        names = "|".join(map(re.escape, sorted(self._codes, key=len, reverse=True)))
        self._told = re.compile(rf"\b{_IS_AT} (?:the )?(?P<name>{names})\b")
        cities = "|".join(map(re.escape, sorted(places.countries, key=len, reverse=True)))
        unclear = "|".join(map(re.escape, places.unclear))
        self._in_city = re.compile(
            rf"\b{_IS_AT} (?P<city>{cities})(?: (?:in )?(?:(?P<land>{names})|(?P<state>{cities})"
            rf"|(?:{unclear})))?{_GOES_ON}"
        )
        self._city_alone = re.compile(
            rf"(?:(?:yes|no|ok|in|from|near|its|it's|im in|i'm in) )*(?P<city>{cities})(?: please)?"
        )
        self._alone = re.compile(
            rf"(?:(?:yes|ok|in|from|its|it's|im in|i'm in) )*(?:the )?(?P<name>{names})(?: please)?"
        )

    @classmethod
    def load(cls, folder: Path = DATA_DIR) -> EmergencyNumbers:
        """Read the file of a data folder.

        Raises:
            DataError: the file is missing or has the wrong shape.
        """
        return cls(load_emergency_numbers(folder)[0], cities(folder))

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
        if told:
            return str(self._codes[told[-1]])
        city = self._city_told(said)
        return city[1] if city else None

    def may_be_elsewhere(self, text: str) -> bool:
        """Whether a person tells of a city or state whose name another large place has, too."""
        city = self._city_told(text.lower().replace("’", "'"))
        return bool(city and city[0] in self._places.unsure)

    def _city_told(self, said: str) -> tuple[str, str] | None:
        """The city a person says they are in, the last one, and the code of its country."""
        found: list[tuple[str, str]] = []
        for match in self._in_city.finditer(_plain(plain_place(said))):
            land, state = match["land"], match["state"]
            name = state or ("" if land else match["city"])
            found.append((name, self._codes[land] if land else self._places.countries[name]))
        if not found:
            for part in _PAUSES.split(plain_place(said)):
                alone = self._city_alone.fullmatch(_plain(part))
                if alone and alone["city"] not in self._places.words:
                    found.append((alone["city"], self._places.countries[alone["city"]]))
        return found[-1] if found else None

    def of(self, code: str | None, is_named: bool = False) -> LocalNumbers | None:
        """What our texts say in a country; None where it has no numbers here.

        Args:
            code: the ISO code of the country.
            is_named: whether they say which country it is, since that may be wrong.
        """
        country = self._countries.get(code or "")
        return LocalNumbers(country, self._written(country, is_named)) if country else None

    def _written(self, country: Country, is_named: bool) -> list[_Swap]:
        """Each phrase, and what takes its place; a phrase without a number of its own stays."""
        numbers = {name: str(getattr(country, name)) for name, _ in self._patterns}
        if is_named:
            told = {"number": numbers["emergency"], "country": country.called}
            numbers["emergency"] = self._number_in.format(**told)
        swaps = [(phrase, numbers[name]) for name, phrase in self._patterns if numbers[name]]
        return [*swaps, (self._asking, "")]


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
