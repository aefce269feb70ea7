"""Finding point codes in typed and spoken text: 'LI-4', 'UB 23', 'el eye four', 'bladder forty'.

Only codes that the catalogue knows are found, so that 'vitamin b 12' or 'stomach two' stay text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from bot.knowledge.number_words import number_words

# What people write or a speech recogniser hears for each meridian. The first words are the
# written prefixes of the WHO standard and of other schools (UB, TW, SJ, LV, DU).
_PREFIXES: dict[str, tuple[str, ...]] = {
    "LI": ("li", "l i", "el eye", "el i", "l eye", "ell eye", "ally", "large intestine",
           "l", "co"),
    "BL": (
        "bl", "b l", "be el", "bee el", "be l", "b el", "bee l", "urinary bladder", "bladder",
        "ub", "u b", "you bee", "you be", "bee", "b", "be",
    ),
    "GB": (
        "gb", "g b", "gee bee", "gee be", "g bee", "jee bee", "gall bladder", "gallbladder",
        "goal bladder", "call bladder", "vb", "g",
    ),
    "TE": (
        "te", "t e", "tee e", "tee ee", "tw", "t w", "t double you", "tee double you", "th", "tb",
        "sj", "s j", "san jiao", "sanjiao", "triple warmer", "triple energizer",
        "triple energiser", "triple burner", "triple heater",
    ),
    "ST": ("st", "s t", "es tee", "ess tee", "stomach"),
    "SP": ("sp", "s p", "es pee", "ess pee", "spleen"),
    "LR": (
        "lr", "l r", "el are", "el ar", "ell are", "lv", "l v", "el vee", "ell vee", "liv",
        "liver",
    ),
    "GV": (
        "gv", "g v", "gee vee", "governing vessel", "governor vessel", "du", "d u", "du mai",
    ),
    "KI": ("ki", "k i", "kay eye", "kidney", "kid"),
    "LU": ("lu", "l u", "el you", "lung"),
    "HT": ("ht", "h t", "heart"),
    "SI": ("si", "s i", "es eye", "small intestine"),
    "PC": ("pc", "p c", "pericardium"),
    "CV": ("cv", "c v", "ren", "ren mai", "conception vessel"),
}  # fmt: skip

_HOMOPHONES = {"for": 4, "fore": 4, "to": 2, "too": 2, "tree": 3, "free": 3, "won": 1, "fourty": 40}
# Homophones are only believed after a prefix nobody uses as an ordinary word.
_SPELLED = re.compile(r"^(?:[a-z] [a-z]|e[ls]l? |el |bee? el|gee |[gu]b$|bl$|li$|sp$|st$|te$|tw$)")


_OLD_BLADDER = frozenset({"b", "bee", "be", "bladder"})


@dataclass(frozen=True)
class CodeMention:
    """A code found in a text: where it stands, and which point it names."""

    start: int
    end: int
    code: str


class PointCodes:
    """Finds the codes of the points `known` in any spelling.

    `aliases` holds codes of other schools and books, e.g. {'B47': 'BL52'}; they win over the
    WHO reading where the prefix is one that only those books use ('B', 'bladder', 'L').
    """

    def __init__(self, known: frozenset[str], aliases: dict[str, str] | None = None) -> None:
        self._known = known
        self._aliases = aliases or {}
        self._numbers = number_words()

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        prefixes = sorted((p for many in _PREFIXES.values() for p in many), key=len, reverse=True)
        numbers = sorted([*self._numbers, *_HOMOPHONES], key=len, reverse=True)
        prefix = "|".join(re.escape(p).replace(r"\ ", r"[\s.]+") for p in prefixes)
        number = "|".join(re.escape(n) for n in numbers)
        filler = r"(?:\s*(?:um+|uh+|er+|erm|point|number|no\.?|dash|minus|hyphen)\s+)*"
        return re.compile(
            rf"(?<![\w])({prefix})[\s\-.:_]*{filler}(?:(\d{{1,2}})|({number}))(?![\w])",
            re.IGNORECASE,
        )

    def find(self, text: str) -> list[CodeMention]:
        """All codes in `text`, in order."""
        found = []
        for match in self._pattern.finditer(text):
            prefix = re.sub(r"[\s.]+", " ", match[1].lower())
            if match[2]:
                number = int(match[2])
            elif match[3].lower() in self._numbers:
                number = self._numbers[match[3].lower()]
            elif _SPELLED.match(prefix):
                number = _HOMOPHONES[match[3].lower()]
            else:
                continue
            code = self._code(prefix, number, bool(match[2]))
            if code:
                found.append(CodeMention(match.start(), match.end(), code))
        return found

    def _code(self, prefix: str, number: int, digits: bool) -> str | None:
        # 'be forty' and 'g twenty' are words more often than codes.
        if prefix in {"be", "g", "kid", "l"} and not digits:
            return None
        if prefix == "l":
            return self._aliases.get(f"L{number}")
        if prefix in _OLD_BLADDER and f"B{number}" in self._aliases:
            return self._aliases[f"B{number}"]
        if prefix in {"b", "bee", "be"}:
            return None
        for meridian, forms in _PREFIXES.items():
            code = f"{meridian}{number}"
            if prefix in forms and code in self._known:
                return code
        return None
