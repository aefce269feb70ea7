"""Texts made to cost time: long, monotonous, or of alphabets that nothing here is made for."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Final

from bot.understanding.mentions.names.word_sets import words

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CJK = "".join(map(chr, range(0x4E00, 0x9FA0)))
_KANA = "".join(map(chr, range(0x3041, 0x3097)))
_HANGUL = "".join(map(chr, range(0xAC00, 0xD7A4)))
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюя"
_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
_HEBREW = "אבגדהוזחטיכלמנסעפצקרשת"
_HINDI = "".join(map(chr, range(0x0905, 0x0940)))
_THAI = "".join(map(chr, range(0x0E01, 0x0E2F)))
_EMOJI = "".join(map(chr, (*range(0x1F300, 0x1F5FF), *range(0x1F600, 0x1F64F))))
_ACCENTS = "".join(map(chr, range(0x0300, 0x0370)))
_ODD = "".join(map(chr, (*range(0x2100, 0x214F), *range(0x1D400, 0x1D4FF), *range(0xFF01, 0xFF5E))))
_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"

# What is said over and over.
REPEATED: Final[tuple[str, ...]] = (
    "x", "a", "ab", "abc", "aeiou", "qu", "h", "th", "l", "li", "lI", "bl", "1", "4",
    "12 ", "0.", "1,", "-", "–", "—", "_", " - ", "a-", "a_", "x-y", "'", "’", "a'", "'a",
    "\"", "“”", "/", "//", "/ ", "\\", ".", "..", ". ", ", ", ",", "?", "!", "? ", ";",
    ":", "(", ")", "((", "[", "{", "}", "<", "<b>", "&", "*", "**", "~", "|", "^", "=",
    "+", "@", "#", "%", "$", "€", " ", "\t", "\n", "\r\n", "\n\n- ", "\u00a0", "\u200b",
    "\u2028", "\x00", "\ufeff", "a\u200b", "é", "e\u0301", "\u0301", "a\u0301\u0302", "İ",
    "ß", "ﬃ", "ﷺ", "ª", "Ǆ", "中", "针", "痛", "の", "ア", "한", "ש", "ا", "\u202e",
    "\u202ea", "अ", "ก", "😭", "🔥", "👨‍👩‍👧", "👍🏽", "🇬🇧", "❤️", "☝", "a ", "i ",
    "x y ", "a b ", "no ", "not ", "or ", "and ", "the ", "my ", "is ", "it ", "so ",
    "of ", "to ", "don't ", "i don't ", "not not ", "no no, ", "no pain ", "never had ",
    "my mother ", "what if ", "my back hurts and ", "my back hurts. ", "back pain ",
    "pain ", "back ", "hurts ", "numb ", "i had ", "since ", "for ", "for two weeks ",
    "since monday ", "since 3 days ", "two days ago ", "three weeks and ", "worse ",
    "better and worse ", "4 out of 10 ", "10/10 ", "pain is 7 ", "from 6 to 4 ", "LI4 ",
    "LI4", "li 4 ", "BL23, ", "bl 23 ", "l i 4 ", "b l ", "el eye four ", "st36/",
    "point ", "point 4 ", "stomach 36 ", "gb thirty ", "large intestine four ", "kidney ",
    "hegu ", "he gu ", "shenshu ", "zusanli", "zu san li ", "he ", "gu ", "hay goo ",
    "not LI4 but ", "LI4 i mean ", "i mean ", "sorry ", "no wait ", "scratch that ",
    "instead of ", "rather than ", "one ", "two ", "twenty ", "twenty three ",
    "one two three ", "hundred ", "thousand ", "first ", "the second one ", "half ",
    "a half ", "and a half ", "at 5 ", "at 5, ", "at five ", "at 17:30 ", "5 pm ",
    "half past ", "quarter to ", "every day ", "every weekday ", "every ", "monday ",
    "monday and ", "tomorrow ", "in 5 minutes ", "next week ", "remind me ",
    "remind me at 5 ", "remind me every day ", "not on monday ", "except ", "until ",
    "next ", "skip ", "stop ", "repeat ", "yes ", "yes no ", "five minutes ", "session ",
    "how long ", "where is ", "where is LI4 ", "where is LI4? ", "is it safe ",
    "uper back ", "siatika ", "accu pressure ", "acu", "fome roller ", "tenis bal ",
    "sholder ", "pregnat ", "prenant ", "i am pregnant ", "i am in spain ", "i'm in ",
    "in the uk ", "country ", "what ", "why ", "my doctor said ", "that was my sister ",
    "on the foot ", "left ", "left or right ", "between thumb and ",
    "lower back and upper back ", "knee hand foot ", "http://x.y/ ", "a@b.c ", "{{7*7}}",
    "<script>", "mein rücken ", "mal de dos ", "ich ", "не ", "no puedo ", "腰痛 ",
    "我的背", "hmm ", "uh ", "um, ", "haha", "lol ", "aaaa bbbb ", "zzz zz z ", "can't ",
    "cant feel my ", "i can not feel ", "wait no, sorry ", "or rather ", "my bad ", "'s",
    "n't", "km", "5km", "a.", ".a", "a.b", "$5", "back's", "um ", "er", "my 9 year old ",
    "my father had ", "women ", "if ", "used to be ", "went from ", "was a ",
    "every day the ", "gone, ", "is better ", "not worse ", "hard to pee? ",
    "wet myself or ", "do i have ", "does it mean ", "if i ",
)  # fmt: skip
# What is drawn at random, and how long its words are; 0: no spaces.
DRAWN: Final[Mapping[str, tuple[str, int]]] = {
    "latin": (_LATIN, 0),
    "latin words": (_LATIN, 6),
    "long latin words": (_LATIN, 30),
    "longer latin words": (_LATIN, 150),
    "short latin words": (_LATIN, 2),
    "single letters": (_LATIN, 1),
    "capitals": (_LATIN.upper(), 12),
    "vowels": ("aeiou", 12),
    "two letters": ("ab", 20),
    "digits": ("0123456789", 0),
    "numbers": ("0123456789", 2),
    "letters and digits": (_LATIN + "0123456789", 5),
    "punctuation": (_PUNCTUATION, 0),
    "punctuation apart": (_PUNCTUATION, 1),
    "letters and punctuation": (_LATIN + _PUNCTUATION, 0),
    "dashes": ("-–—-_ ", 0),
    "hyphened words": (_LATIN + "----", 0),
    "apostrophes": (_LATIN + "''''’", 0),
    "blanks": (" \t\n\r\u00a0\u2003\u200b", 0),
    "cjk": (_CJK, 0),
    "cjk words": (_CJK, 2),
    "kana": (_KANA, 0),
    "hangul": (_HANGUL, 3),
    "cyrillic": (_CYRILLIC, 7),
    "cyrillic in one": (_CYRILLIC, 0),
    "arabic": (_ARABIC, 5),
    "hebrew": (_HEBREW, 5),
    "hindi": (_HINDI, 5),
    "thai": (_THAI, 0),
    "emoji": (_EMOJI, 0),
    "emoji apart": (_EMOJI, 1),
    "accents": (_ACCENTS, 0),
    "accents on letters": (_LATIN + _ACCENTS, 0),
    "odd letters": (_ODD, 0),
    "odd words": (_ODD, 5),
    "every script": (_LATIN + _CJK[:40] + _CYRILLIC + _ARABIC + _HINDI + _EMOJI[:40], 4),
}
# Words that mean something here, in any order.
_WORDS = sorted(words(
    "i my you the a no not never and or but if since for ago worse better pain hurts back leg "
    "foot numb weak fever can't cannot feel pee bladder cancer fell chest arm night weeks "
    "days two 4 10 LI4 BL23 hegu shenshu point where how long press remind every monday at 5 "
    "half past sorry mean mother doctor said is was have had did does what"
))  # fmt: skip


def _repeated(piece: str) -> Callable[[int], str]:
    return lambda length: (piece * (length // len(piece) + 1))[:length]


def _drawn(letters: str, word: int) -> Callable[[int], str]:
    def make(length: int) -> str:
        at_random = random.Random(f"{letters[:9]}{word}")
        drawn = "".join(at_random.choices(letters, k=length))
        if not word:
            return drawn
        pieces = (drawn[at : at + word] for at in range(0, length, word))
        return " ".join(pieces)[:length]

    return make


def _in_any_order(length: int) -> str:
    at_random = random.Random("words")
    return " ".join(at_random.choices(_WORDS, k=length))[:length]


def _between(piece: str) -> Callable[[int], str]:
    """The same between two things that are understood, so that it is read from both of them."""
    return lambda length: f"where is LI4 {_repeated(piece)(max(0, length - 22))} x BL23"


def _apart(middle: str, end: str) -> Callable[[int], str]:
    """One long word, and an ordinary question behind it."""
    return lambda length: (middle * length)[: max(0, length - len(end))] + end


KINDS: Final[Mapping[str, Callable[[int], str]]] = {
    **{f"{piece!r} over and over": _repeated(piece) for piece in REPEATED},
    **{f"{piece!r} between points": _between(piece) for piece in REPEATED},
    **{name: _drawn(letters, word) for name, (letters, word) in DRAWN.items()},
    "our own words": _in_any_order,
    "a long word and a question": _apart("ab", " where is LI4"),
    "a long word and a sign": _apart("x", " i can't feel it when i wipe"),
    "dashes and a question": _apart("-", " where is LI4"),
}
