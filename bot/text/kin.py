"""Those whom people name without 'my': 'mum has the pain', 'the wife takes them'."""

from __future__ import annotations

import re

_KIN = (
    "mum|mom|mummy|mommy|mam|dad|daddy|grandma|granny|grandpa|grandad|granddad|gran|nan|nana|hubby"
)
# A mother says 'I'm a mum of two', too; so the word before has to be none that describes one.
_LEADS = (
    "and|but|so|for|because|if|when|while|as|that|ask|asks|asked|with|to|on|is|then|does|do|did|"
    "can|could|may|might|should|has|by|give|gave|told|tell|about|help|helps|forget|not|mean|meant|"
    "from|or|ok|okay|no|yes|sorry|well|now|what|how|was|since|where|which|only|just|like|poor|dear|old|leave|than|thinks|at"
)
_AT_THE_BEGINNING = r"(?:^|(?<=[.!?;:,-])\s*)"
BARE_KIN = (
    rf"(?:{_AT_THE_BEGINNING}|(?<!\w)(?:{_LEADS})\s+)"
    rf"(?P<kin>{_KIN})\b(?!\s+(?:of|to\s+be)\b)(?!-)"
    r"|\bthe\s+(?P<the>wife|missus|husband|old\s+man|other\s+half)\b"
)
_SAME = {"mam": "mum", "hubby": "husband", "old man": "father", "other half": "partner"}
_BARE = re.compile(BARE_KIN, re.IGNORECASE)


def called(hit: re.Match[str]) -> str:
    """How a hit of `BARE_KIN` is called here: 'mum'; '' where it names nobody so."""
    name = hit["kin"] or hit["the"] or ""
    name = " ".join(name.lower().split())
    return _SAME.get(name, name)


def bare_kin(text: str) -> list[tuple[int, int, str]]:
    """Where a text names somebody without 'my', in how many letters, and whom: 'mum'."""
    hits = ((hit, "kin" if hit["kin"] else "the") for hit in _BARE.finditer(text))
    return [(hit.start(group), len(hit[group]), called(hit)) for hit, group in hits]


def without_kin(text: str) -> str:
    """A text without those whom it names without 'my'."""
    for start, length, _ in reversed(bare_kin(text)):
        text = f"{text[:start]} {text[start + length :]}"
    return text
