"""How a warning sign is spoken of afterwards: 'the fall', 'the swollen calf'."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bot.knowledge.schema.red_flags import Flag, RedFlagBook
from bot.safety.default import default_book, default_detector
from bot.safety.detector import RedFlagDetector


@dataclass(frozen=True)
class Named:
    """What stands, as it is spoken of to the person.

    Attributes:
        sign: what it is: 'the swollen calf'; "" where it has no name.
        why: why it needs checking; "" where nothing is known of it.
        words: the beginning of the message that told it, as the person wrote it.
    """

    sign: str = ""
    why: str = ""
    words: str = ""


NOTHING_NAMED = Named()


class SignNames:
    """Names signs as data/red_flags.yml does."""

    def __init__(self, book: RedFlagBook, detector: RedFlagDetector) -> None:
        self._detector = detector
        self._by_id = {flag.id: flag for flag in book.flags}
        self._by_reason = sorted(book.flags, key=lambda flag: -len(flag.why))

    def of_flag(self, flag_id: str) -> str:
        """How a sign is spoken of; "" where it has no name."""
        flag = self._by_id.get(flag_id)
        return flag.called if flag else ""

    def of_reason(self, reason: str, words: str = "") -> str:
        """The same of a sign of which the reason is known that a warning gave.

        Args:
            reason: why it needs checking, as the warning said it.
            words: the message that told the sign.
        """
        flag = next((flag for flag in self._by_reason if flag.why in reason), None)
        return self._in_words(flag, words) if flag else ""

    def _in_words(self, flag: Flag, words: str) -> str:
        if flag.called_by and words:
            told = {name for read in self._detector.readings(words) for name in read.places}
            named = (flag.called_by[name] for name in flag.called_by if name in told)
            return next(named, flag.called)
        return flag.called


@lru_cache(maxsize=1)
def default_names() -> SignNames:
    """The names of the project's own signs, made once."""
    return SignNames(default_book(), default_detector())
