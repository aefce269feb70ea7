"""How the letters of point codes sound, and what people call the meridians.

Every way to say a two-letter code is made from the ways to say its letters, so that 'tea ee',
'tee e' and 't ee' need no list of their own.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from itertools import product

_LETTERS: dict[str, tuple[str, ...]] = {
    "B": ("b", "be", "bee", "bea"),
    "C": ("c", "see", "sea", "cee"),
    "D": ("d", "dee"),
    "E": ("e", "ee"),
    "G": ("g", "gee", "jee", "ge"),
    "H": ("h", "aitch"),
    "I": ("i", "eye", "aye", "ai", "y"),
    "J": ("j", "jay"),
    "K": ("k", "kay"),
    "L": ("l", "el", "ell", "elle"),
    "P": ("p", "pee", "pea", "pe"),
    "R": ("r", "are", "ar"),
    "S": ("s", "es", "ess"),
    "T": ("t", "tee", "tea", "ti"),
    "U": ("u", "you"),
    "V": ("v", "vee", "ve"),
    "W": ("w", "double you", "double u"),
}

# The WHO code of each meridian, and the letters of other schools.
_SPELLINGS: dict[str, tuple[str, ...]] = {
    "LI": ("LI",), "BL": ("BL", "UB"), "GB": ("GB", "VB"), "TE": ("TE", "TW", "TH", "TB", "SJ"),
    "ST": ("ST",), "SP": ("SP",), "LR": ("LR", "LV"), "GV": ("GV", "DU"), "KI": ("KI",),
    "LU": ("LU",), "HT": ("HT",), "SI": ("SI",), "PC": ("PC",), "CV": ("CV",),
}  # fmt: skip

NAMES: dict[str, tuple[str, ...]] = {
    "LI": ("large intestine", "co"),
    "BL": ("urinary bladder", "bladder"),
    "GB": ("gall bladder", "gallbladder", "goal bladder", "call bladder"),
    "TE": (
        "san jiao", "sanjiao", "triple warmer", "triple energizer", "triple energiser",
        "triple burner", "triple heater",
    ),
    "ST": ("stomach",),
    "SP": ("spleen",),
    "LR": ("liver", "liv"),
    "GV": ("governing vessel", "governor vessel", "du mai"),
    "KI": ("kidney", "kid"),
    "LU": ("lung",),
    "HT": ("heart",),
    "SI": ("small intestine",),
    "PC": ("pericardium",),
    "CV": ("ren", "ren mai", "conception vessel"),
}  # fmt: skip

# What a code becomes when a recogniser, or an eye, takes it for one word.
_SOUNDS_LIKE = {
    "LI": ("lie", "lye", "lai", "lee", "eli", "ellie", "la"),
    "BL": ("bell", "beal", "beel", "bel"),
    "GB": ("gib", "jeebee", "geebee"),
    "ST": ("est", "saint"),
    "SP": ("esp",),
}
# One letter for its neighbour in look or sound; none of these is a word, or another meridian.
_LOOKS_LIKE = {"LI": ("ll", "ally", "lif"), "BL": ("vl",), "ST": ("sd",)}


class Sort(Enum):
    """How much a prefix says by itself."""

    SPELLED = "spelled"
    NAME = "name"
    WORD = "word"


Prefix = tuple[str, Sort]


@lru_cache(maxsize=1)
def prefixes() -> dict[str, Prefix]:
    """Every way to say or write the letters of a code: {'el eye': ('LI', Sort.SPELLED), ...}."""
    table: dict[str, Prefix] = {}
    for meridian, spellings in _SPELLINGS.items():
        for letters in spellings:
            table[letters.lower()] = (meridian, Sort.SPELLED)
            for said in product(*(_LETTERS[letter] for letter in letters)):
                table[" ".join(said)] = (meridian, Sort.SPELLED)
    for words, sort in (
        (_LOOKS_LIKE, Sort.SPELLED),
        (NAMES, Sort.NAME),
        (_SOUNDS_LIKE, Sort.WORD),
    ):
        for meridian, ways in words.items():
            for way in ways:
                table.setdefault(way, (meridian, sort))
    return table
