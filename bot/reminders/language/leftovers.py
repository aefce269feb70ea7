"""What of a message was not understood, so that nothing is left out silently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.reminders.language.grammar import items as told
from bot.reminders.language.grammar.items import Item
from bot.reminders.language.grammar.parsing import Phrase
from bot.reminders.language.grammar.vocabulary import Word

# Words that speak of when, and should have been understood.
_TELLING = frozenset({
    "EXCEPT", "DAYNAME", "DAYNAMES", "WEEKDAYS", "WEEKEND", "WEEKENDS", "MONTH", "HOLIDAY",
    "EVERY", "UNTIL", "PAUSE", "PARTS", "LOOSE",
})  # fmt: skip
_NAMES_DAYS = frozenset({"DAYWORD", "WEEKWORD", "MONTHWORD", "YEARWORD", "DAYNAME", "DAYNAMES",
                         "MONTH", "HOLIDAY", "LOOSE", "PART", "PARTS"})  # fmt: skip
_LEADING = frozenset({"UNTIL", "EXCEPT", "EVERY", "PAUSE"})
_LONGEST_TOLD = 6


def unused(
    words: Sequence[Word], phrases: Sequence[Phrase], items: Sequence[Item]
) -> Iterator[str]:
    """What was understood, but tells nothing beside the rest."""
    for phrase in phrases:
        if any(item in items and isinstance(item, told.Span) for item in phrase.meaning):
            yield " ".join(word.said for word in words[phrase.start : phrase.end])


def unread(words: Sequence[Word], phrases: Sequence[Phrase]) -> list[str]:
    """Words about when that are part of no phrase, each with what belongs to it."""
    taken = {place for phrase in phrases for place in range(phrase.start, phrase.end)}
    is_often = any(_tells(phrase, (told.Often, told.Days, told.Step)) for phrase in phrases)
    found, place = [], 0
    while place < len(words):
        word = words[place]
        if place in taken or word.kind not in _TELLING:
            place += 1
            continue
        end = place + 1
        if word.kind in _LEADING:
            while end < len(words) and end not in taken and end - place < _LONGEST_TOLD:
                if words[end].kind in ("COMMA", "AND"):
                    break
                end += 1
        # 'Hold each point for a minute', beside 'daily at 8', tells how to press.
        is_how = is_often and word.kind == "EVERY" and all(
            each.kind not in _NAMES_DAYS for each in words[place + 1 : end]
        )  # fmt: skip
        if not is_how:
            found.append(" ".join(each.said for each in words[place:end]))
        place = end
    return found


def _tells(phrase: Phrase, kinds: tuple[type, ...]) -> bool:
    return any(isinstance(item, kinds) for item in phrase.meaning)
