"""Whom to call in which country, in TypeScript: chat and server share one table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from bot.knowledge.emergency_numbers import Country, load_emergency_numbers
from bot.knowledge.schema.data_files import DATA_DIR

FILE = Path("bot/widget/src/numbers.ts")
_HEAD = """/** Whom to call. Made of data/emergency_numbers.yml by `acupoint docs`. */

export interface Numbers {
  /** How a person says that they are there. */
  said: string;
  emergency: string;
  urgent?: string;
  crisis?: string;
  /** The time zones of the country, as a device names them, with blanks between. */
  zones: string;
}

export const NUMBERS: Record<string, Numbers> = {
"""


def number_table(folder: Path = DATA_DIR) -> str:
    """The file `FILE`, with one line for each country.

    Raises:
        DataError: the numbers are missing or have the wrong shape.
    """
    facts, _ = load_emergency_numbers(folder)
    zones = _zones_by_country()
    lines = (
        f"  {country.code}: {_entry(country, zones.get(str(country.code), []))},\n"
        for country in sorted(facts.countries, key=lambda each: str(each.code))
    )
    return f"{_HEAD}{''.join(lines)}}};\n"


def said_by_a_person(country: Country) -> str:
    """A sentence that says one is in a country, which `country_told` understands."""
    return f"I am in {country.called}."


def _entry(country: Country, zones: list[str]) -> str:
    told = {
        "said": said_by_a_person(country),
        "emergency": country.emergency,
        "urgent": country.urgent_line,
        "crisis": country.crisis_line,
        "zones": " ".join(zones),
    }
    written = (
        f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in told.items() if value
    )
    return f"{{ {', '.join(written)} }}"


def _zones_by_country() -> dict[str, list[str]]:
    """The zones of each country, with the older names that browsers still tell."""
    table = files("tzdata.zoneinfo")
    countries: dict[str, str] = {}
    for line in (table / "zone.tab").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, _, zone = line.split("\t")[:3]
            countries[zone] = code
    countries |= dict(_older_names((table / "tzdata.zi").read_text(encoding="utf-8"), countries))
    found: dict[str, list[str]] = {}
    for zone, code in sorted(countries.items()):
        found.setdefault(code, []).append(zone)
    return found


def _older_names(rules: str, countries: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Zones that are only another name; those of another continent are another country's."""
    for line in rules.splitlines():
        kind, *names = line.split(" ")
        if kind != "L":
            continue
        zone, name = names
        same_continent = zone.partition("/")[0] == name.partition("/")[0]
        if name not in countries and zone in countries and same_continent:
            yield name, countries[zone]
