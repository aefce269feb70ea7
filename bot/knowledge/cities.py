"""In which country, and on which clocks, a city or state is: data/cities.yml and tzdata."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from pydantic import Field

from bot.knowledge.schema.data_files import DATA_DIR, Facts, load_facts
from bot.knowledge.schema.kinds import Text

CITIES_FILE = "cities.yml"
_STROKES = str.maketrans({"ł": "l", "ø": "o", "ß": "ss", "ı": "i", "’": "'"})


class ZoneOfCities(Facts):
    """A time zone, and what lies in it."""

    zone: Text
    names: list[Text] = Field(..., min_length=1)


class CitiesFile(Facts):
    """data/cities.yml as a whole.

    Attributes:
        unsure: names of other large places, too.
        words: names that are ordinary words, or names of people, too.
        unclear: names that do not say where somebody is.
    """

    version: int
    unsure: list[Text]
    words: list[Text]
    unclear: list[Text]
    zones: list[ZoneOfCities] = Field(..., min_length=1)


class Cities:
    """Looks up cities, states and regions by their plain names.

    Attributes:
        zones: the time zone of each name.
        countries: the ISO code of each name's country.
        unsure: names of other large places, too.
        words: names that are ordinary words, too.
        unclear: names that do not say where somebody is.
    """

    def __init__(self, facts: CitiesFile) -> None:
        table = _countries_of_zones()
        self.unclear = frozenset(facts.unclear)
        self.unsure = frozenset(facts.unsure) - self.unclear
        self.words = frozenset(facts.words)
        self.zones = {_city(zone): zone for zone in table}
        self.zones |= {name: each.zone for each in facts.zones for name in each.names}
        for name in self.unclear:
            self.zones.pop(name, None)
        self.countries = {name: table[zone] for name, zone in self.zones.items() if zone in table}


def plain_place(text: str) -> str:
    """Small letters without accents: 'Kraków', 'Łódź', 'Malmö' as they are typed elsewhere.

    Args:
        text: a name, or a message that holds one.
    """
    apart = unicodedata.normalize("NFKD", text.lower().translate(_STROKES))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


@lru_cache(maxsize=2)
def cities(folder: Path = DATA_DIR) -> Cities:
    """The cities of a data folder, read once.

    Raises:
        DataError: the file is missing or has the wrong shape.
    """
    return Cities(load_facts(folder / CITIES_FILE, CitiesFile)[0])


def _city(zone: str) -> str:
    return plain_place(zone.rpartition("/")[2].replace("_", " "))


def _countries_of_zones() -> dict[str, str]:
    rows = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines()
    told = (row.split("\t") for row in rows if row and not row.startswith("#"))
    return {zone: code for code, _, zone, *_ in told}
