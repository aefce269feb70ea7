"""Word patterns a nurse can write, made into regular expressions.

A pattern is words separated by spaces. 'numb*' is any word that begins so; '..' up to two words in
between, '...' up to four; '(a|b c)' either; '(a|b)?' maybe; '<leg>' any entry of that word list;
'#' a number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from bot.text.number_words import IN_WORDS

_ELEMENT = re.compile(r"\([^)]*\)\??|<\w+>\??|\S+")
_NUMBER = rf"(?:\d+(?:\.\d+)?|{IN_WORDS})"
_GAP = r",? (?:[^ ]+ ){0,%d}?"
_NEXT = r",? "
Plain = Callable[[str], str]


class PatternLanguage:
    """Compiles patterns. `words` are the named lists; `plain` leaves out words nobody needs."""

    def __init__(self, words: Mapping[str, Iterable[str]], plain: Plain = str) -> None:
        self._plain = plain
        self._lists: dict[str, list[str]] = {}
        for name, entries in words.items():
            self._lists[name] = [plain(entry) for entry in entries]

    def compile(self, patterns: Iterable[str]) -> re.Pattern[str]:
        """One expression that finds any of the patterns; the longest is tried first."""
        ordered = sorted({self._plain(p) for p in patterns}, key=lambda p: (-len(p), p))
        body = "|".join(self._expression(pattern) for pattern in ordered) or r"(?!)"
        return re.compile(rf"(?<![^ ])(?:{body})(?=[, ]|$)")

    def signal_words(self, pattern: str) -> set[str]:
        """Words of which one must be in a sentence that matches; 'numb*' stands for beginnings.

        An empty set says that nothing can be known beforehand.
        """
        best: set[str] = set()
        for element in _ELEMENT.findall(self._plain(pattern)):
            options = self._options(element)
            if options and (not best or _cost(options) < _cost(best)):
                best = options
        return best

    def _options(self, element: str) -> set[str]:
        if element in ("..", "...", "#") or (element.endswith("?") and len(element) > 1):
            return set()
        if element[0] not in "<(":
            return {element}
        found: set[str] = set()
        for entry in self._entries(element):
            options = self.signal_words(entry)
            if not options:
                return set()
            found |= options
        return found

    def _entries(self, element: str) -> list[str]:
        if element[0] == "<":
            return self._lists[element.strip("<>?")]
        if element[0] == "(":
            return [self._plain(entry) for entry in element.rstrip("?")[1:-1].split("|")]
        return [element]

    def _expression(self, pattern: str) -> str:
        out, glue = "", ""
        for element in _ELEMENT.findall(pattern):
            if element in ("..", "..."):
                glue = _GAP % (2 if element == ".." else 4)
            elif element.endswith("?") and len(element) > 1:
                body = self._body(element)
                out += f"(?:{glue}{body})?" if out else f"(?:{body}{_NEXT})?"
            else:
                out += glue + self._body(element)
                glue = _NEXT
        return out

    def _body(self, element: str) -> str:
        if element == "#":
            return _NUMBER
        if element[0] not in "<(":
            return re.escape(element).replace(r"\*", "[^ ,]*")
        entries = sorted(set(self._entries(element)), key=lambda entry: (-len(entry), entry))
        return "(?:" + "|".join(self._expression(entry) for entry in entries) + ")"


def _cost(options: set[str]) -> float:
    return len(options) / min(len(option) for option in options)
