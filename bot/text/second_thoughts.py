"""People who correct themselves: 'three weeks. Correction: four days', 'I'm 60, no, 61'.

What stands before a correction does not count where a thing of the same kind stands after it. The
text is put right before anything is read from it; warning signs are looked for in what was said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.text.calendar_words import WEEKDAYS
from bot.text.number_words import IN_WORDS

# Nobody corrects more than this in a message, and longer ones are stories.
_MOST, _LONGEST = 6, 2000
# So many words may stand between what is corrected and the words that correct it.
_NEAR, _FAR = 3, 10

_STRONG = (
    r"no,? (?:wait|hang on|hold on|sorry|actually|scratch that)|(?:wait|hang on|hold on|sorry),? no"
    r"|(?:or )?i (?:mean|meant)(?: to (?:say|write|type))?|no,? i (?:mean|meant)"
    r"|(?:scratch|strike|scrap|forget) that|make (?:that|it)|correction|my (?:bad|mistake)"
    r"|or rather|let me (?:rephrase|correct(?: that| myself)?|start again)|typo"
    r"|(?:no,? )?that(?:'s| is) (?:wrong|not right)|that should (?:be|say)"
)
# These mean something else in the middle of a sentence: 'hold on for a minute', 'I am sorry'.
_SET_OFF = r"wait|hang on|hold on|oops|oh no|sorry|actually|rather|no"
_PAUSE = r"[,.;:\-\u2013\u2014\u2026]"
_SAID = r"(?:u+m+|u+h+|e+r+m*|oh|ah|well|hmm+)"
# A run of signs is looked at once, from its beginning.
_MARK = re.compile(
    r"(?:(?<![\s,.;:!\-\u2013\u2014\u2026(])[\s,.;:!\-\u2013\u2014\u2026(]++|^)"
    rf"(?:{_SAID}[\s,.]{{1,4}}){{0,3}}(?:(?P<strong>{_STRONG})\b"
    rf"|(?<=[,.;:!\-\u2013\u2014\u2026(] )(?:(?:{_SET_OFF})(?=\s{{0,3}}{_PAUSE})"
    r"|(?:no|sorry|actually)(?=\s{1,3}(?:(?:the|my|on|in|at|it)\b|\d))))"
    r"[\s,.;:!\-\u2013\u2014\u2026]*+",
    re.IGNORECASE,
)
# What may stand between the words that correct and what is right.
_AROUND = re.compile(
    rf"(?:(?:{_SAID}|no|not that|wait|sorry|hang on|hold on|the|a|an|my|your|his|her|on|in|at|for|"
    r"since|from|about|it's|its|it is|it|was|is|that's|that is|that|to|of|should|be|say|i'm|i am|"
    r"im|i've|have|had|got|been|take|more like|just|only|actually|i mean|i meant)\b[\s,.;:'\-]*)*",
    re.IGNORECASE,
)
_BESIDES = re.compile(r"(?:[\s,]+\w+){0,3}?[\s,]*\b(?:too|as well|also)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"\?|\n")

_NUMBER = rf"(?:\d+(?:[.,]\d+)?|{IN_WORDS})"
_AMOUNT = rf"(?:half an?|an?|a few|a couple of|several|{_NUMBER})"
_UNITS = (
    r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|wks?|fortnights?|months?"
    r"|years?|yrs?)"
)
_KINDS = {
    "score": rf"(?P<n>{_NUMBER})\s*(?:/\s*10|out of (?:10|ten))\b",
    "age": rf"(?P<n>{_NUMBER})[\s-]*(?:years?|yrs?)[\s-]*old\b",
    "clock": (
        rf"(?:half past|half|(?:a )?quarter (?:past|to)|(?:five|ten|twenty) (?:past|to)) "
        rf"{_NUMBER}\b"
        rf"(?:\s*[ap]\.?m\b)?|\d{{1,2}}[:.]\d\d\b(?:\s*[ap]\.?m\b)?|{_NUMBER}\s*(?:[ap]\.?m\b|o'?clock\b)"
        r"|\b(?:noon|midday|midnight)\b"
    ),
    "duration": rf"(?P<n>{_AMOUNT})[\s-]+{_UNITS}\b",
    "weekday": rf"(?:{'|'.join(WEEKDAYS)})s?\b|\b(?:today|tomorrow|yesterday)\b",
    "side": r"(?:left|right)\b",
    "number": rf"{_NUMBER}\b",
}
_READERS = {kind: re.compile(rf"\b(?:{how})", re.IGNORECASE) for kind, how in _KINDS.items()}
_NUMERIC = frozenset({"score", "age", "clock", "duration", "number"})


@dataclass(frozen=True)
class Thing:
    """What may be corrected: of one kind, from `start` to `end`; `number` is the figure in it."""

    kind: str
    start: int
    end: int
    number: tuple[int, int] | None = None


Finder = Callable[[str], Iterable[Thing]]


def corrects(text: str) -> bool:
    """Whether a text holds words with which people correct themselves."""
    return len(text) <= _LONGEST and _MARK.search(text) is not None


def as_meant(text: str, others: Finder | None = None) -> str:
    """The text with what was corrected left out, and what is right in its place.

    Args:
        text: what was said.
        others: finds more things that can be corrected, such as parts of the body.
    """
    place = 0
    for _ in range(_MOST):
        mark = _MARK.search(text, place) if len(text) <= _LONGEST else None
        if mark is None:
            break
        things = [*_own_things(text), *(others(text) if others else ())]
        better = _put_right(text, mark, things)
        place = mark.end() - 1 if better is None else max(0, mark.start() - 1)
        text = text if better is None else better
    return text


def _put_right(text: str, mark: re.Match[str], things: Sequence[Thing]) -> str | None:
    around = _AROUND.match(text, mark.end())
    first = around.end() if around else mark.end()
    right = [t for t in things if mark.end() <= t.start <= first <= t.end and t.end > first]
    right += [t for t in things if t.start == first]
    before = [t for t in things if t.end <= mark.start() + 1]
    pairs = [(old, new) for new in right for old in before if _alike(text, old, new)]
    if not pairs:
        return None
    old, new = max(pairs, key=lambda pair: (pair[0].end, pair[1].end, -pair[0].start))
    between = text[old.end : mark.start()]
    far = _FAR if mark["strong"] else _NEAR
    if len(between.split()) > far or _SENTENCE_END.search(between):
        return None
    if _BESIDES.match(text, new.end):
        return None
    start, end, said = old.start, old.end, text[new.start : new.end]
    if new.kind == "number" and old.number:
        start, end = old.number
    return f"{text[:start]}{said}{text[end : mark.start()]}{text[new.end :]}"


def _alike(text: str, old: Thing, new: Thing) -> bool:
    if old.kind != new.kind:
        number = "number" in (old.kind, new.kind)
        return number and {old.kind, new.kind} <= _NUMERIC
    # 'Left' is only corrected to 'right'.
    same = text[old.start : old.end].lower() == text[new.start : new.end].lower()
    return not (same and old.kind == "side")


def _own_things(text: str) -> list[Thing]:
    """Numbers and what is counted with them, times, days and sides."""
    found: list[Thing] = []
    for kind, reader in _READERS.items():
        for hit in reader.finditer(text):
            number = hit.span("n") if "n" in reader.groupindex else None
            if not any(hit.start() < t.end and t.start < hit.end() for t in found):
                found.append(Thing(kind, hit.start(), hit.end(), number))
    return found
