"""Finds the phrases of schedule.lark in a message: the longest one at each place.

The grammar is Lark's, which says where two rules are at odds, and reads a phrase in one pass. A
message is not one sentence of it, but has its phrases among other words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput
from lark.lexer import Lexer

from bot.reminders.language.grammar.items import Item
from bot.reminders.language.grammar.vocabulary import OTHERWISE, Word

# Of phrases of one length, the first one of these is meant.
PHRASES = (
    "dates", "days", "next_days", "often", "nth", "month_days", "delay", "ahead", "beside",
    "lead_time", "same_time", "moment", "clocks", "tonight", "part", "a_day", "a_week", "step",
    "from_to", "start", "until", "during", "total", "window", "spans", "left_out",
)  # fmt: skip
Reader = Callable[[Tree[Token]], tuple[Item, ...] | None]
# No phrase is longer; what is written to be slow stays quick.
_LONGEST = 40
_GRAMMAR = Path(__file__).with_name("schedule.lark")


@dataclass(frozen=True)
class Phrase:
    """A phrase of a message: its words are those from `start` to `end`."""

    start: int
    end: int
    meaning: tuple[Item, ...]


class _NoLexer(Lexer):
    """The words come from vocabulary.py."""

    def __init__(self, lexer_conf: object) -> None:
        pass

    def lex(self, *_: object) -> Iterator[Token]:
        return iter(())


@lru_cache(maxsize=1)
def grammar() -> Lark:
    """The grammar, read once."""
    text = _GRAMMAR.read_text(encoding="utf-8")
    return Lark(text, parser="lalr", lexer=_NoLexer, start=list(PHRASES))


def phrases(words: Sequence[Word], meaning_of: Reader) -> Iterator[Phrase]:
    """The phrases of a message, from left to right.

    Args:
        meaning_of: what a phrase means; None where it means nothing here.
    """
    place = 0
    while place < len(words):
        found = _longest(words, place, meaning_of) if words[place].kind != OTHERWISE else None
        if found:
            yield found
        place = found.end if found else place + 1


def _longest(words: Sequence[Word], place: int, meaning_of: Reader) -> Phrase | None:
    ends = [end for name in PHRASES for end in _ends(words, place, name)]
    for end, tree in sorted(ends, key=lambda each: -each[0]):
        meaning = meaning_of(tree)
        if meaning is not None:
            return Phrase(place, end, meaning)
    return None


def _ends(words: Sequence[Word], place: int, name: str) -> Iterator[tuple[int, Tree[Token]]]:
    """Where a phrase that begins at a place may end, each with what was parsed up to there."""
    parser = grammar().parse_interactive(start=name)
    for end in range(place, min(len(words), place + _LONGEST)):
        if words[end].kind == OTHERWISE:
            return
        try:
            parser.feed_token(Token(words[end].kind, words[end].value))
        except UnexpectedInput:
            return
        try:
            yield end + 1, parser.copy().feed_eof()  # type: ignore[no-untyped-call]
        except UnexpectedInput:
            continue
