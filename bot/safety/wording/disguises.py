"""What a message says behind odd letters: a sign has to be found however it is typed.

`plain_letters` undoes what carries no meaning, and is done once, before anything else reads a
message. `undisguised` guesses further: letters set apart, digits for letters, letters masked, drawn
out or run together. A guess is read as well as the message itself, never instead of it, and a word
is guessed only if the result is an English word. Work grows in proportion to the length.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from bot.text.ordinary_words import OrdinaryWords

_LONGEST = 30
# Unicode's Default_Ignorable_Code_Point, apart from the category Cf.
_IGNORABLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0\ufe00-\ufe0f\U000e0000-\U000e0fff]"
)
_KEPT_CONTROLS = frozenset("\n\r\t")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d?);", re.IGNORECASE)
_MOSTLY = 0.6
# A word this long may be masked except for its ends.
_LONG = 5
_MOST_WORDS = 10
_MOST_SPLIT = 3

_DIGITS = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b",
                         "9": "g", "@": "a", "$": "s", "!": "i", "|": "l", "€": "e", "£": "l",
                         "+": "t"})  # fmt: skip
_ELL = str.maketrans({"1": "l", "!": "l"})
_TOKEN = re.compile(r"[^\s,;:?\"()]+")
_ENDS = re.compile(r"^[.!*_~-]+|[.!*_~-]+$")
_CODE = re.compile(r"[a-z]{1,3}-?\d{1,3}|\d+(?:st|nd|rd|th|am|pm|x|yo|kg|cm|mg|ml|h|m|s)?", re.I)
_BETWEEN_LETTERS = r"[\s.,*_~|/·•+-]{1,3}"
_SPELT = re.compile(rf"(?<![^\W_])(?:[a-z]{_BETWEEN_LETTERS}){{2,}}[a-z](?![^\W_])", re.IGNORECASE)
_BETWEEN_WORDS = re.compile(r"(?<=[^\W\d_])(?:\.{1,}|[*_~|/…·•+]{1,3}|-{1,3})(?=[^\W\d_])")
# One dot between words is an address, or a slip; several are a way to write.
_DOTTED = re.compile(r"(?<=[^\W\d_])\.(?=[^\W\d_])")
_MANY_DOTS = 3
_DRAWN = re.compile(r"([a-z])\1{2,}", re.IGNORECASE)
_MASK = re.compile(r"[*#_.@$!%?-]")


def plain_letters(text: str) -> str:
    """The text without what cannot be seen, and with letters that look Latin made Latin.

    Args:
        text: what a person sent, of any length.

    Returns:
        The same words; other languages keep their letters.
    """
    if "&" in text:
        text = _ENTITY.sub(_unescaped, text)
    if text.isascii() and text.isprintable():
        return text
    text = _IGNORABLE.sub("", unicodedata.normalize("NFC", text))
    text = "".join(_seen(text))
    return text if text.isascii() else _folded(text)


def _unescaped(entity: re.Match[str]) -> str:
    found = html.unescape(entity[0])
    return found if found != entity[0] else html.unescape(entity[0].lower())


def _seen(text: str) -> Iterator[str]:
    """The characters that are seen; marks that no letter was made for are left out."""
    latin = False
    for character in text:
        if character.isascii():
            if character.isprintable() or character in _KEPT_CONTROLS:
                yield character
            latin = character.isalpha()
            continue
        category = unicodedata.category(character)
        if category == "Mn" and latin:
            continue
        if category not in ("Cf", "Cc", "Co", "Cn"):
            yield character
        latin = (latin and category == "Mn") or _is_latin(character)


def _folded(text: str) -> str:
    letters = [c for c in text if c.isalpha()]
    latin = sum(c.isascii() or _is_latin(c) for c in letters)
    is_latin = latin >= _MOSTLY * len(letters)
    return re.sub(r"\S*[^\x00-\x7f\s]\S*", lambda match: _fold_word(match[0], is_latin), text)


def _fold_word(word: str, is_latin_text: bool) -> str:
    """A word with its look-alikes made Latin, if it mixes scripts or stands in Latin text."""
    if all(c.isascii() or _is_latin(c) for c in word if c.isalpha()) and not _is_styled(word):
        return word
    mixed = any(c.isascii() and c.isalpha() for c in word)
    folded = "".join(c if c.isascii() else _look_alike(c) for c in word)
    whole = all(c.isascii() for c in folded if c.isalpha())
    if _is_styled(word) or mixed or (is_latin_text and whole):
        return folded
    return word


def _is_styled(word: str) -> bool:
    """Whether letters are Latin ones in another style: bold, full width, in circles."""
    return any(
        not c.isascii()
        and (
            unicodedata.normalize("NFKC", c).isascii() or "SMALL CAPITAL" in unicodedata.name(c, "")
        )
        for c in word
    )


@lru_cache(maxsize=4096)
def _is_latin(character: str) -> bool:
    return unicodedata.name(character, "").startswith("LATIN ")


@lru_cache(maxsize=4096)
def _look_alike(character: str) -> str:
    """The Latin letter that a character looks like, by Unicode's table; else the character."""
    compatible = unicodedata.normalize("NFKC", character)
    if len(compatible) == 1 and compatible.isascii():
        return compatible
    name = re.search(r"(?:LETTER|CAPITAL|SYMBOL FOR) (?:SMALL )?(?:CAPITAL )?([A-Z])$",
                     unicodedata.name(character, ""))  # fmt: skip
    if name and "LATIN" in unicodedata.name(character):
        return name[1].lower()
    for letter in _alike().get(character, ()):
        return letter
    return character


@lru_cache(maxsize=1)
def _alike() -> dict[str, tuple[str, ...]]:
    """Of every character that looks like an ASCII letter, those letters. Read at the first need."""
    from confusable_homoglyphs.confusables import confusables_data

    found: dict[str, tuple[str, ...]] = {}
    for character, others in confusables_data.items():
        letters = tuple(o["c"] for o in others if len(o["c"]) == 1 and o["c"].isascii())
        letters = tuple(letter for letter in letters if letter.isalpha())
        if not character.isascii() and letters:
            found[character] = letters
    return found


class Undisguiser:
    """Guesses words beneath a disguise.

    Args:
        ordinary: English words.
        signs: words of warning signs, which run-together words must hold.
        masked: words of which letters may be masked, such as 'suicide'.
    """

    def __init__(
        self, ordinary: OrdinaryWords, signs: Iterable[str], masked: Collection[str]
    ) -> None:
        self._ordinary = ordinary
        self._signs = frozenset(sign for sign in signs if not sign.endswith("*"))
        self._masked = tuple(masked)

    def undisguised(self, text: str) -> str | None:
        """The text with its disguised words guessed; None where there is nothing to guess."""
        guessed = _TOKEN.sub(lambda match: self._unmasked(match[0]) or match[0], text)
        guessed = _SPELT.sub(self._joined, guessed)
        guessed = _BETWEEN_WORDS.sub(self._apart, guessed)
        if len(_DOTTED.findall(guessed)) >= _MANY_DOTS:
            guessed = _DOTTED.sub(" ", guessed)
        guessed = _TOKEN.sub(lambda match: self._word(match[0]), guessed)
        return guessed if guessed != text else None

    def _is_word(self, word: str) -> bool:
        return word in self._ordinary or word in self._signs

    def _joined(self, match: re.Match[str]) -> str:
        """Letters that stand alone; what divides most of them divides letters, the rest words."""
        apart = re.findall(rf"({_BETWEEN_LETTERS})[a-z]", match[0], re.IGNORECASE)
        narrow = Counter(apart).most_common(1)[0][0]
        words = re.split(rf"(?<=[a-z])(?!{re.escape(narrow)}[a-z]){_BETWEEN_LETTERS}(?=[a-z])",
                         match[0], flags=re.IGNORECASE)  # fmt: skip
        joined = ["".join(c for c in word if c.isalpha()).lower() for word in words]
        return " ".join(self._split(word) or word for word in joined)

    @staticmethod
    def _apart(match: re.Match[str]) -> str:
        return " " if match[0] not in ("-", "/", ".") else match[0]

    def _word(self, token: str) -> str:
        core = _ENDS.sub("", token).lower()
        if not 3 <= len(core) <= _LONGEST or self._is_word(core) or _CODE.fullmatch(core):
            return token
        guesses = list(self._guesses(core))
        for guess in guesses:
            if self._is_word(guess):
                return guess
        for guess in guesses[:_MOST_SPLIT]:
            if split := self._split(guess):
                return split
        return token

    def _guesses(self, core: str) -> Iterator[str]:
        bare = core.replace("'", "")
        if bare.isascii() and bare.isalpha():
            if _DRAWN.search(bare):
                yield _DRAWN.sub(r"\1", bare)
                yield _DRAWN.sub(r"\1\1", bare)
            elif len(bare) > _LONG:
                yield bare
                yield from (
                    bare[:n] + bare[n + 1] + bare[n] + bare[n + 2 :]
                    for n in range(1, len(bare) - 1)
                )
        elif re.search(r"[a-z]", bare) and not bare.isalpha():
            plain = bare.translate(_DIGITS)
            yield plain
            yield bare.translate(_ELL).translate(_DIGITS)
            if re.fullmatch(r"[a-z.*_-]+", bare):
                yield re.sub(r"[.*_-]", "", bare)

    def _unmasked(self, token: str) -> str | None:
        core = re.sub(r"[.!?]+$", "", token.lower())
        if not 3 <= len(core) <= _LONGEST or not _MASK.search(core) or core in self._ordinary:
            return None
        pattern = re.compile("".join("." if _MASK.match(c) else re.escape(c) for c in core))
        shown = len(re.sub(r"[^a-z]", "", core))
        ends_shown = core[0].isalpha() and core[-1].isalpha() and len(core) > _LONG
        if shown * 2 < len(core) and not ends_shown:
            return None
        fitting = [word for word in self._masked if pattern.fullmatch(word)]
        return fitting[0] if fitting else None

    def _split(self, run: str) -> str | None:
        """Words that were run together, if one of them belongs to a sign; the fewest there are."""
        if not 6 <= len(run) <= _LONGEST or not run.isalpha() or run in self._ordinary:
            return None
        best: list[list[str] | None] = [[]] + [None] * len(run)
        for end in range(1, len(run) + 1):
            for begin in range(max(0, end - 14), end):
                before, piece = best[begin], run[begin:end]
                is_piece = piece in _SHORT or (len(piece) > 2 and self._is_word(piece))
                if before is None or not is_piece:
                    continue
                known = best[end]
                if known is None or len(before) + 1 < len(known):
                    best[end] = [*before, piece]
        words = best[-1]
        if not words or len(words) > _MOST_WORDS or not any(word in self._signs for word in words):
            return None
        return " ".join(words) if len(words) > 1 else None


_SHORT = frozenset(
    [
        "i",
        "a",
        "my",
        "me",
        "to",
        "in",
        "on",
        "is",
        "it",
        "no",
        "of",
        "up",
        "im",
        "am",
        "go",
        "so",
        "be",
        "do",
        "at",
        "we",
        "he",
        "us",
        "or",
        "an",
        "any",
    ]
)
