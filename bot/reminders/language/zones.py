"""Which time zone somebody is in, from their own words: 'I'm in Berlin', 'New York time'."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import lru_cache
from importlib import resources
from zoneinfo import ZoneInfo, available_timezones

from bot.knowledge.cities import cities
from bot.text.phrases import normalised

_SAYS_WHERE = re.compile(
    r"\b(?:(?:i'?m|i am|we are|we're|we(?: both| all)? live|i live|she lives|he lives|she's|he's"
    r"|i moved|i'?ve moved|living|based|staying|here) "
    r"(?:now |currently |actually |over |out |based |living |staying )*(?:in|on|to|near)"
    r"|time ?zone(?: is| to)?|in the time ?zone(?: of)?) (?:the )?([a-z][a-z .'/-]*)"
)
_THEIR_TIME = re.compile(r"([a-z][a-z .'-]*?) time\b")
_LONGEST = 4
_TWELVE_HOURS = frozenset({
    "Europe/London", "Europe/Dublin", "Europe/Belfast", "Europe/Jersey", "Europe/Guernsey",
    "Europe/Isle_of_Man", "Europe/Malta",
})  # fmt: skip
# What people write after a clock time. They mean the clocks of the place, in summer, too.
_SHORT = {
    "est": "America/New_York", "edt": "America/New_York", "cst": "America/Chicago",
    "cdt": "America/Chicago", "mst": "America/Denver", "mdt": "America/Denver",
    "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles", "bst": "Europe/London",
    "gmt": "Europe/London", "cet": "Europe/Berlin", "cest": "Europe/Berlin",
    "eet": "Europe/Athens", "eest": "Europe/Athens", "ist": "Asia/Kolkata",
    "jst": "Asia/Tokyo", "aest": "Australia/Sydney", "aedt": "Australia/Sydney", "utc": "UTC",
}  # fmt: skip
_OFFSET = re.compile(r"\b(?:gmt|utc) ?([+-]) ?(\d{1,2})(?!\d|:[1-9])", re.IGNORECASE)
_STATES = {
    "california": "los angeles", "oregon": "los angeles", "nevada": "los angeles",
    "washington state": "los angeles", "arizona": "phoenix", "colorado": "denver",
    "utah": "denver", "new mexico": "denver", "texas": "chicago", "illinois": "chicago",
    "minnesota": "chicago", "wisconsin": "chicago", "louisiana": "chicago",
    "new jersey": "new york", "florida": "new york", "georgia usa": "new york",
    "massachusetts": "new york", "pennsylvania": "new york", "ohio": "new york",
    "virginia": "new york", "michigan": "detroit", "hawaii": "honolulu", "mountain": "denver",
    "queensland": "brisbane", "new south wales": "sydney", "ontario": "toronto",
    "british columbia": "vancouver", "the west coast": "los angeles",
    "the east coast": "new york", "west coast": "los angeles", "east coast": "new york",
    "central european": "berlin", "ireland": "dublin",
}  # fmt: skip
_SAYS_SHORT = re.compile(rf"\b(?:[ap]m|o'clock|noon|\d) ?({'|'.join(_SHORT)})\b")
_ONLY_WHERE = re.compile(
    r"(?:(?:no|hi|ok|okay|so|sorry|oh|but|by the way|btw|actually|now|and) )*"
    r"(?:(?:i'?m|i am|we are|we're|i live|i moved|i'?ve moved|we live|it's|it is)"
    r"(?: now| actually| currently| based)?(?: in| to| on)?|(?:my |the )?time ?zone(?: is| to)?"
    r"|(?:i )?use|set my time ?zone to) [a-z .'/-]{2,30}"
    r"(?: time)?(?: (?:now|actually|by the way|here))?"
)


def is_zone(name: object) -> bool:
    """Whether this is the name of a time zone that there is."""
    return isinstance(name, str) and name in _all_zones()


def zone_in(text: str) -> str | None:
    """The time zone of the place that somebody says they are in; None if none is named."""
    offset = _OFFSET.search(text)
    if offset:
        return _at_offset(offset)
    said = normalised(_plain(text))
    short = _SAYS_SHORT.search(said)
    if short:
        return _SHORT[short[1]]
    for match in _SAYS_WHERE.finditer(said):
        words = match[1].split()[:_LONGEST]
        for count in range(len(words), 0, -1):
            zone = _places().get(" ".join(words[:count]))
            if zone:
                return zone
    for match in _THEIR_TIME.finditer(said):
        words = match[1].split()[-_LONGEST:]
        for start in range(len(words)):
            zone = _places().get(" ".join(words[start:]))
            if zone:
                return zone
    return None


def _plain(text: str) -> str:
    """Letters without accents: 'Krakow', 'Lodz', 'Malmo'."""
    apart = unicodedata.normalize("NFKD", text.replace("_", " ").replace("\u2019", "'"))
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return bare.translate(str.maketrans("\u0142\u0141\u00f8\u00d8", "lLoO"))


def _at_offset(found: re.Match[str]) -> str | None:
    """The zone of 'GMT+2', whose name counts the other way; None where there is no such one."""
    hours = int(found[2])
    name = f"Etc/GMT{'-' if found[1] == '+' else '+'}{hours}" if hours else "UTC"
    return name if is_zone(name) else None


def only_tells_where(text: str) -> str | None:
    """The time zone, if somebody says where they are and nothing else."""
    text = _OFFSET.sub(" utc ", text) if (there := zone_in(text)) and _OFFSET.search(text) else text
    if there and _ONLY_WHERE.fullmatch(normalised(_plain(text))):
        return there
    return zone_in(text) if _ONLY_WHERE.fullmatch(normalised(_plain(text))) else None


def zone_of_country(code: str | None) -> str | None:
    """The time zone of a country that has only one; None for the others."""
    zones = _by_country().get((code or "").upper(), [])
    return zones[0] if len(zones) == 1 else None


def writes_month_first(now: dt.datetime) -> bool:
    """Whether 3/4 is the 4th of March where a moment is told: in the United States."""
    return getattr(now.tzinfo, "key", "") in _by_country().get("US", [])


def writes_24_hours(now: dt.datetime) -> bool:
    """Whether 9:30 is in the morning where a moment is told, as in most of Europe."""
    zone = str(getattr(now.tzinfo, "key", ""))
    return zone.startswith("Europe/") and zone not in _TWELVE_HOURS


def place_of(zone: str) -> str:
    """'Berlin', for Europe/Berlin; 'UTC+2', for Etc/GMT-2."""
    if zone.startswith("Etc/GMT"):
        return "UTC" + zone.removeprefix("Etc/GMT").translate(str.maketrans("+-", "-+"))
    return zone.rpartition("/")[2].replace("_", " ")


def server_zone() -> str:
    """The time zone of this machine; UTC where it has none with a name."""
    from pathlib import Path

    try:
        name = "/".join(Path("/etc/localtime").resolve().parts).partition("zoneinfo/")[2]
    except OSError:
        name = ""
    return name if is_zone(name) else "UTC"


@lru_cache(maxsize=1)
def _all_zones() -> frozenset[str]:
    return frozenset(available_timezones())


@lru_cache(maxsize=1)
def _by_country() -> dict[str, list[str]]:
    zones: dict[str, list[str]] = {}
    for codes, _, zone, *_ in _rows("zone.tab"):
        for code in codes.split(","):
            zones.setdefault(code, []).append(zone)
    return zones


@lru_cache(maxsize=1)
def _places() -> dict[str, str]:
    """Cities and, where one zone serves the whole of it, countries, in small letters."""
    places = {}
    for name in sorted(_all_zones()):
        region, _, city = name.rpartition("/")
        if region and not region.startswith(("Etc", "SystemV", "US")):
            places[normalised(city.replace("_", " "))] = name
            places[normalised(name)] = name
    for code, country in _rows("iso3166.tab"):
        zone = zone_of_country(code)
        if zone:
            places.setdefault(normalised(country), zone)
    places.update(cities().zones)
    # Names that people use, and the files do not.
    for said, meant in (("germany", "berlin"), ("spain", "madrid"), ("china", "shanghai"),
                        ("england", "london"), ("scotland", "london"), ("wales", "london"),
                        ("northern ireland", "london"), ("britain", "london"), ("uk", "london"),
                        ("great britain", "london"), ("the uk", "london"), ("holland", "amsterdam"),
                        ("eastern", "new york"), ("central", "chicago"),
                        ("pacific", "los angeles")):  # fmt: skip
        places[said] = places[meant]
    places.update({said: places[meant] for said, meant in _STATES.items()})
    places.update(_SHORT)
    return {place: zone for place, zone in places.items() if _is_sound(zone)}


def _is_sound(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (ValueError, OSError):
        return False
    return True


def _rows(name: str) -> list[list[str]]:
    text = (resources.files("tzdata") / "zoneinfo" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
