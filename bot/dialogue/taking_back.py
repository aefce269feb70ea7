"""What a message takes back of what was told before: 'scrap that', 'the test was negative'.

Conditions that the message itself denies by name ('I'm not pregnant') are found where mentions are.
Here are the words that lean on what was told: they are about what was told last, as far as they can
be about it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.dialogue.persons import SELF, SOMEBODY, ToldCondition
from bot.dialogue.whom import name_pattern, person_named
from bot.knowledge.schema.guidance import CHILD
from bot.knowledge.schema.told import TakingBack, ToldFile
from bot.text.number_words import number_words
from bot.text.phrases import ASKING, found, normalised

_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\s+[-\u2013\u2014]+\s+|,\s*(?=but\b)")
_LEADS = re.compile(
    r"^(?:(?:no|nope|nah|sorry|actually|oh|ah|oops|wait|hang on|hold on|well|ok|okay|so|but|and|um|"
    r"uh|er|hmm|in fact|to be honest|come to think of it|thinking about it|my bad|as it happens|"
    r"it turns out|turns out|thankfully|luckily|good news|not me|not me but) )+"
)
_TAIL = re.compile(
    r"(?: (?:sorry|actually|really|after all|any more|anymore|now|though|in fact|either|"
    r"thankfully|luckily|i'm afraid|oops|i meant|i mean))+$"
)
_ASKS = re.compile(rf"^(?:and |so |but |ok |okay )*{ASKING}\b")
# 'No, my wife is', 'it's my husband who has it', 'I meant my mum', 'she is, not me'.
_CORRECTS = re.compile(r"^(?:no|nope|nah|sorry|actually|oh|ah|oops|wait|hang on|my bad|not me)\b")
_COLOUR = re.compile(r"\b(?:only|just|really|actually|honestly) (?=\w)")
_TAG = re.compile(
    r"^\W*(?:am|are|is|isn't|aren't|do|don't|does|did|right|ok|okay|no|eh)\b(?: \w+)?\W*$"
)
_IT_IS = (
    r"(?:it's|its|it is|that's|thats|that is|it was|that was|this is|this was|i mean|i meant|"
    r"i was talking about|i'm talking about)"
)
_HAS_IT = (
    r"(?: who| that)?(?:'s| is| was| has| does| did| takes| had)"
    r"(?: (?:it|that|them|those|the one|who is|who has (?:it|that|them)|who takes (?:it|them)))*"
)
_NOT_ME = (
    r"(?: (?:not me|and not me|not mine|and not i|i mean|i meant|i was talking about|"
    r"i'?m a (?:bloke|man|guy|woman|lady)))"
)
_NUMBER = re.compile(
    r"(?<![\w/.-])(?:\d{2,3}|"
    + "|".join(sorted(number_words(), key=len, reverse=True))
    + r")(?![\w/.%])"
)
_NOT_THIS = re.compile(r"\b(?:not|instead of|rather than) (?:\d+|[a-z]+(?:[ -][a-z]+)?)$")
_AROUND_AN_AGE = re.compile(
    r"\b(?:no|not|sorry|oops|typo|i|i'm|im|am|mean|meant|to|say|type|wrote|it's|its|it|is|was|should|be|read|"
    r"actually|years|year|old|a|my|age|make|that|wrong|key|finger|slip|of|the|mistake|by|mistyped|course|"
    r"instead|really|yes|oh|wait|hang|on|haha|lol|joking|kidding|just|only)\b"
)
_PREGNANCY = "pregnancy"
_GROWN_UP = 16
_OLDEST = 115


@dataclass(frozen=True)
class TakenBack:
    """What is taken back, and whose it is instead, if somebody else's.

    `asks_age` says that an age was taken back and no other told: then nothing is taken back yet.
    `two_ages` says that it was taken back before and told again: then it stays. `is_born` says that
    it was a pregnancy, and the child is there.
    """

    told: tuple[ToldCondition, ...] = ()
    now_of: str | None = None
    asks_age: bool = False
    two_ages: bool = False
    is_born: bool = False


class TakingBackReader:
    """Reads what a message takes back, by the words of data/told.yml."""

    def __init__(self, words: ToldFile) -> None:
        self._words = words
        self._back: TakingBack = words.taking_back

    def read(
        self, text: str, known: Sequence[ToldCondition], named: Collection[str], recent: bool
    ) -> TakenBack:
        """What a message takes back; nothing where it is unclear.

        Args:
            text: the message.
            known: what was told, newest last.
            named: ids of the known conditions that the message names.
            recent: whether what was said just before was about what is known.
        """
        for part in _statements(text) if known else ():
            if taken := self._in_part(part, known, named, recent):
                return taken
        return TakenBack()

    def undoes(self, text: str) -> bool:
        """Whether what follows something told takes it back: 'pregnant - scrap that'."""
        back = self._back
        return any(
            self._states(said) and found(said, back.mistake)
            for said in map(_bare, _statements(text))
        )

    def is_open(self, text: str) -> bool:
        """Whether a message only wishes or waits, so that nothing new is told."""
        return bool(found(normalised(text), self._back.waits))

    def _in_part(
        self, part: str, known: Sequence[ToldCondition], named: Collection[str], recent: bool
    ) -> TakenBack | None:
        said = _bare(part)
        if not self._states(said):
            return None
        pregnant = [told for told in known if told.condition == _PREGNANCY]
        back = self._back
        if pregnant and found(said, back.born) and not found(said, back.unborn):
            return TakenBack((pregnant[-1],), is_born=True)
        about = [told for told in known if not named or told.condition in named]
        if not about:
            return None
        now_of = self._now_of(said) if recent or named else None
        own = [told for told in about if told.who == SELF]
        if now_of and own:
            return TakenBack((own[-1],), now_of)
        ends = [told for told in about if told.condition in back.stoppable]
        if (
            (recent or named)
            and ends
            and found(said, back.over)
            and not found(said, back.too_recent)
        ):
            return TakenBack((ends[-1],))
        seen = [told for told in about if told.condition in back.shown_by_looking]
        if seen and self._is_ruled_out(said):
            return TakenBack((seen[-1],))
        is_mistake = bool(found(said, back.mistake)) or self._is_denial(said)
        if is_mistake and (recent or named):
            return self._never_so(said, about)
        return None

    def _never_so(self, said: str, about: Sequence[ToldCondition]) -> TakenBack | None:
        """What was told last of the person that the sentence is about."""
        other = re.search(r"\b(?:she|he|she's|he's)\b", said)
        fitting = [told for told in about if (told.who != SELF) == bool(other)] or list(about)
        last = fitting[-1]
        if last.condition == CHILD:
            return TakenBack(asks_age=True)
        return TakenBack((last,))

    def _is_ruled_out(self, said: str) -> bool:
        """Whether a sentence says that somebody looked and found nothing, and says nothing else."""
        looked, clear = (
            found(said, phrases) for phrases in (self._back.looked_at, self._back.clear)
        )
        if not (looked and clear):
            return False
        for hit in (*clear, *looked):
            said = said.replace(hit[0], " ")
        return all(word in self._back.beside for word in said.split())

    def _states(self, said: str) -> bool:
        return not _ASKS.search(said) and not found(said, (*self._back.not_so, *self._back.waits))

    def _is_denial(self, said: str) -> bool:
        bare = _LEADS.sub("", f"{said} ").strip()
        return any(form in self._back.whole for form in (said, bare, _TAIL.sub("", bare)))

    def _now_of(self, said: str) -> str | None:
        """Whose a condition is instead: 'your wife'."""
        bare = _LEADS.sub("", said)
        hit = _somebody_is(name_pattern(self._words)).search(bare)
        if hit is None or not (hit["is"] or hit["not"] or _CORRECTS.search(said)):
            return None
        if hit["who"] in ("she", "he"):
            return SOMEBODY if "not me" in said else None
        return person_named(hit["who"], self._words)[-1]


@lru_cache(maxsize=4)
def _somebody_is(names: str) -> re.Pattern[str]:
    return re.compile(
        rf"^(?P<is>{_IT_IS} )*(?:about )?(?P<who>{names}|she|he)(?P<has>{_HAS_IT})?"
        rf"(?P<not>{_NOT_ME})*$"
    )


def _statements(text: str) -> Iterator[str]:
    """The sentences that state something, each as a whole and then its parts between commas."""
    for sentence in _SENTENCE.split(text):
        parts = sentence.split(",")
        if not sentence.rstrip().endswith("?"):
            yield sentence
        elif _TAG.search(parts[-1]):
            continue
        else:
            parts = parts[:-1]
        yield from parts if len(parts) > 1 or sentence.rstrip().endswith("?") else ()


def _bare(part: str) -> str:
    """The words of a part, without filler words: 'I was only joking'."""
    return _COLOUR.sub("", normalised(part))


def age_put_right(text: str) -> bool:
    """Whether a message is nothing but a grown-up's age: 'typo, 51', '34 not 14'."""
    said = _NOT_THIS.sub("", normalised(text).replace(".", " ").strip())
    numbers = _NUMBER.findall(said)
    if len(numbers) != 1 or _AROUND_AN_AGE.sub("", _NUMBER.sub("", said)).replace("'", "").strip():
        return False
    value = int(numbers[0]) if numbers[0].isdigit() else number_words()[numbers[0]]
    return _GROWN_UP <= value <= _OLDEST
