"""How a sign gets odd letters: by a keyboard, a phone or a screen reader, or on purpose."""

import random

KEYBOARD, ON_PURPOSE = "keyboard, phone or screen reader", "on purpose"
_CYRILLIC = str.maketrans("aeopcxy", "\u0430\u0435\u043e\u0440\u0441\u0445\u0443")
_GREEK = str.maketrans("ovi", "\u03bf\u03bd\u03b9")
_LEET = {"a": "4", "e": "3", "i": "1", "o": "0", "s": "5", "t": "7"}
_SMALL_CAPS = dict(zip("abcdefghijklmnoprtuvwyz", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ", strict=True))


def _inside(text, what):
    """`what` put into the middle of each longer word."""
    return " ".join(w[: len(w) // 2] + what + w[len(w) // 2 :] if len(w) > 3 else w
                    for w in text.split())  # fmt: skip


def _styled(first_small, first_capital=None):
    def style(text):
        out = []
        for c in text:
            if "a" <= c <= "z":
                out.append(chr(first_small + ord(c) - 97))
            elif first_capital and "A" <= c <= "Z":
                out.append(chr(first_capital + ord(c) - 65))
            else:
                out.append(c)
        return "".join(out)

    return style


def _longest(text, change):
    """The longest word changed, as somebody hides the word that matters."""
    words = text.split()
    place = max(range(len(words)), key=lambda n: len(words[n]))
    words[place] = change(words[place])
    return " ".join(words)


def _one_digit(letter):
    def change(text):
        return " ".join(
            w.replace(letter, _LEET[letter], 1) if len(w) > 3 else w for w in text.split()
        )

    return change


def _spelt(between, gap=" "):
    return lambda text: gap.join(between.join(w) for w in text.replace("'", "").split())


def _drawn(times):
    def change(text):
        return " ".join(
            w[:-1] + w[-1] * times if len(w) > 3 and w[-1].isalpha() else w for w in text.split()
        )

    return change


def _swapped(text):
    chance = random.Random(text)
    words = text.split()
    places = [n for n, w in enumerate(words) if len(w) > 6]
    for n in places[:1]:
        at = chance.randrange(2, len(words[n]) - 2)
        w = words[n]
        words[n] = w[:at] + w[at + 1] + w[at] + w[at + 2 :]
    return " ".join(words)


DISGUISES = {
    # keyboard, phone or screen reader
    "as it is": (KEYBOARD, str),
    "capitals": (KEYBOARD, str.upper),
    "capitals at the start": (KEYBOARD, str.title),
    "two letters swapped": (KEYBOARD, _swapped),
    "soft hyphens": (KEYBOARD, lambda t: _inside(t, "\u00ad")),
    "zero-width spaces": (KEYBOARD, lambda t: _inside(t, "\u200b")),
    "zero-width joiners": (KEYBOARD, lambda t: _inside(t, "\u200d")),
    "zero-width non-joiners": (KEYBOARD, lambda t: _inside(t, "\u200c")),
    "word joiners": (KEYBOARD, lambda t: _inside(t, "\u2060")),
    "byte order marks": (KEYBOARD, lambda t: "\ufeff" + _inside(t, "\ufeff")),
    "variation selectors": (KEYBOARD, lambda t: _inside(t, "\ufe0f")),
    "grapheme joiners": (KEYBOARD, lambda t: _inside(t, "\u034f")),
    "Mongolian separators": (KEYBOARD, lambda t: _inside(t, "\u180e")),
    "invisible separators": (KEYBOARD, lambda t: _inside(t, "\u2063")),
    "marks of direction": (KEYBOARD, lambda t: "\u200e" + _inside(t, "\u200f")),
    "isolates of direction": (KEYBOARD, lambda t: f"\u2067{_inside(t, chr(0x2069))}\u2069"),
    "embedded direction": (KEYBOARD, lambda t: f"\u202b{t}\u202c"),
    "invisible tags": (KEYBOARD, lambda t: _inside(t, "\U000e0041")),
    "NUL": (KEYBOARD, lambda t: _inside(t, "\x00")),
    "other control characters": (KEYBOARD, lambda t: _inside(t, "\x08")),
    "no-break spaces": (KEYBOARD, lambda t: t.replace(" ", "\u00a0")),
    "wide spaces": (KEYBOARD, lambda t: t.replace(" ", "\u3000")),
    "narrow spaces": (KEYBOARD, lambda t: t.replace(" ", "\u202f")),
    "double spaces": (KEYBOARD, lambda t: t.replace(" ", "  ")),
    "tabs": (KEYBOARD, lambda t: t.replace(" ", "\t")),
    "curly apostrophes": (KEYBOARD, lambda t: t.replace("'", "\u2019")),
    "accents of their own": (KEYBOARD, lambda t: _inside(t, "\u0301")),
    "accented letters": (KEYBOARD, lambda t: t.replace("e", "\u00e9").replace("a", "\u00e1")),
    "full width": (KEYBOARD, _styled(0xFF41, 0xFF21)),
    "bold letters": (KEYBOARD, _styled(0x1D41A, 0x1D400)),
    "letters of another style": (KEYBOARD, _styled(0x1D5BA, 0x1D5A0)),
    "HTML entities, decimal": (KEYBOARD, lambda t: t.replace("a", "&#97;").replace("'", "&#39;")),
    "HTML entities, hexadecimal": (KEYBOARD, lambda t: t.replace("e", "&#x65;")),
    "HTML spaces": (KEYBOARD, lambda t: t.replace(" ", "&nbsp;")),
    "a quotation": (KEYBOARD, lambda t: f"&quot;{t}&quot;"),
    "exclamation marks": (KEYBOARD, lambda t: t + "!!!!!"),
    "emoji at the end": (KEYBOARD, lambda t: t + " 😭🙏"),
    "no apostrophes": (KEYBOARD, lambda t: t.replace("'", "")),
    "drawn out": (KEYBOARD, _drawn(4)),
    "drawn out far": (KEYBOARD, _drawn(9)),
    # on purpose
    "dots between words": (ON_PURPOSE, lambda t: t.replace(" ", "...")),
    "one dot between words": (ON_PURPOSE, lambda t: t.replace(" ", ".")),
    "underscores between words": (ON_PURPOSE, lambda t: t.replace(" ", "_")),
    "hyphens between words": (ON_PURPOSE, lambda t: t.replace(" ", "--")),
    "stars between words": (ON_PURPOSE, lambda t: t.replace(" ", "*")),
    "slashes between words": (ON_PURPOSE, lambda t: t.replace(" ", "//")),
    "bullets between words": (ON_PURPOSE, lambda t: t.replace(" ", "•")),
    "letters apart": (ON_PURPOSE, _spelt(" ", "  ")),
    "letters with dots": (ON_PURPOSE, _spelt(".")),
    "letters with hyphens": (ON_PURPOSE, _spelt("-")),
    "the longest word with dots": (ON_PURPOSE, lambda t: _longest(t, ".".join)),
    "the longest word apart": (ON_PURPOSE, lambda t: _longest(t, " ".join)),
    "Cyrillic look-alikes": (ON_PURPOSE, lambda t: t.translate(_CYRILLIC)),
    "Greek look-alikes": (ON_PURPOSE, lambda t: t.translate(_GREEK)),
    "small capitals": (ON_PURPOSE, lambda t: t.translate(str.maketrans(_SMALL_CAPS))),
    "letters in circles": (ON_PURPOSE, _styled(0x24D0, 0x24B6)),
    "fraktur": (ON_PURPOSE, _styled(0x1D586, 0x1D56C)),
    "typewriter letters": (ON_PURPOSE, _styled(0x1D68A, 0x1D670)),
    **{f"{_LEET[letter]} for {letter}": (ON_PURPOSE, _one_digit(letter)) for letter in _LEET},
}  # fmt: skip
assert len(DISGUISES) >= 60
