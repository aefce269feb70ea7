"""What a message takes back of what was told before: 'scrap that', 'the test was negative'.

Conditions that the message itself denies by name ('I'm not pregnant') are found where mentions are.
Here are the words that lean on what was told: they are about what was told last, as far as they can
be about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.dialogue.persons import SELF, SOMEBODY, ToldCondition
from bot.dialogue.whom import is_same, name_pattern, person_named
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
_MAY_BE_PREGNANT = frozenset({_PREGNANCY, "trying_for_baby"})
# A clear scan or a good blood test says nothing of a pregnancy.
_NO_PREGNANCY = re.compile(r"\bnegative\b|\bperiod\b|\bi'?m not\b|\bi am not\b|\bnot pregnant\b")
_ABOUT_IT = re.compile(r"\b(?:it|that|isn't so|don't have)\b")
# 'I said that by mistake': what a person says of saying it, and of nobody's health.
_SAYING_SO = re.compile(
    r"\b(?:i|i'm|i've|im|my)(?: (?:really|only|just|must|may|have|had|was|am))* (?:said|say|says|"
    r"mean|meant|"
    r"told|wrote|typed|mistyped|mixed|muddled|misread|misheard|lied|made|take|took|got|joking|kidding|"
    r"teasing|wrong|bad|mistake|fault)\b(?! (?:it|them|those|off)\b(?! back\b))"
)
_OURS = re.compile(r"\byou(?:'ve|'re| have| are| were| just)? $")
_OWN = re.compile(r"\b(?:i|i'?m|i'?ve|i'?d|me|my|mine|myself)\b")
_SHE_OR_HE = re.compile(r"\b(?:she|he|she's|he's|her|him|his|hers)\b")
_A_CHILD = re.compile(r"\b(?:son|daughter|boy|girl|lad|child|kid|little one|twins?)$")
_BORN_LONG_AGO = re.compile(
    r"\b(?:i was|were you) born\b|\bborn (?:in (?:19|20)\d\d|with|into|deaf|blind)\b|"
    r"\byears? (?:ago|old)\b"
)
# What a medicine is called by who takes none any more, and 'it'.
_IT = frozenset({"it", "them", "that", "those"})
_MEDICINE = (
    r"(?:it|them|those|these|that|blood|thinn\w+|tablets?|pills?|medicines?|medication|meds|"
    r"injections?|jabs?|drugs?|anticoagulants?|steroids?|course|treatment|breast\w*|nursing|trying|ivf)"
)
_WITH_IT = re.compile(
    r"^(?:(?:taking|using|having|with|on|all|of|the|my|her|his|any|completely|altogether|for|a) )+"
)
_ENDED = frozenset({"in", "stopped"})
_WHEN = re.compile(
    r"(?:in|last|this|since|after|before|months?|weeks?|years?|ago|a|two|three|four|five|six|\d+|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|spring|"
    r"summer|autumn|winter|christmas|easter|long|completely|altogether|now|already|because|when)\b"
)
_NEVER = re.compile(
    r"\b(?:never|not|haven't|hasn't|didn't) (?:stopped|stop|quit|given|give|come|came)\b"
)
_STILL = re.compile(r"\bstill (?:on|take|takes|taking|have|has|need|needs)\b")
_GROWN_UP = 16
_OLDEST = 115


@dataclass(frozen=True)
class TakenBack:
    """What is taken back, and whose it is instead, if somebody else's.

    `asks_age` says that an age was taken back and no other told: then nothing is taken back yet.
    `two_ages` says that it was taken back before and told again: then it stays. `is_born` says that
    it was a pregnancy, and the child is there. `stays` is what words that may be about it leave as
    it is.
    """

    told: tuple[ToldCondition, ...] = ()
    now_of: str | None = None
    asks_age: bool = False
    two_ages: bool = False
    is_born: bool = False
    stays: tuple[ToldCondition, ...] = ()


@dataclass(frozen=True)
class Saying:
    """What is known of a message before it is read for what it takes back.

    Attributes:
        named: ids of the known conditions that it names.
        words: how it calls them.
        is_recent: whether what was said lately was about what is known.
        is_answer: whether the last answer was.
        is_still: whether it says that something still is taken.
    """

    named: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()
    is_recent: bool = False
    is_answer: bool = False
    is_still: bool = False

    @property
    def is_about_it(self) -> bool:
        """Whether it can be about what is known."""
        return self.is_recent or bool(self.named)


class TakingBackReader:
    """Reads what a message takes back, by the words of data/told.yml."""

    def __init__(self, words: ToldFile) -> None:
        self._words = words
        self._back: TakingBack = words.taking_back

    def read(self, text: str, known: Sequence[ToldCondition], saying: Saying) -> TakenBack:
        """What a message takes back; nothing where it is unclear.

        It names the condition, or answers what was just said of it, and speaks of the person who
        has it.

        Args:
            text: the message.
            known: what was told, newest last.
            saying: what is known of the message.
        """
        stays = TakenBack()
        saying = replace(saying, is_still=bool(_STILL.search(normalised(text))))
        for part in _statements(text) if known else ():
            taken = self._in_part(part, known, saying)
            if taken and taken != TakenBack(stays=taken.stays):
                return taken
            stays = taken or stays
        return stays

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
        self, part: str, known: Sequence[ToldCondition], saying: Saying
    ) -> TakenBack | None:
        said = _bare(part)
        if not self._states(said):
            return None
        back, about = self._back, self.of_whom(said, known)
        about = [told for told in about if not saying.named or told.condition in saying.named]
        if born := self._born(said, known):
            return born
        own = [told for told in known if told.who == SELF and told in (about or known)]
        now_of = self._now_of(said) if saying.is_about_it else None
        if now_of and own:
            return TakenBack((own[-1],), now_of)
        if not about:
            return None
        ends = [told for told in about if told.condition in back.stoppable]
        if ends and saying.is_about_it and self._is_over(said, saying):
            return TakenBack((ends[-1],))
        seen = [told for told in about if told.condition in back.shown_by_looking]
        if looked := [told for told in seen if self._is_ruled_out(said, told, saying)]:
            return TakenBack((looked[-1],))
        is_mistake = self._is_mistake(said, saying) or self._is_denial(said, saying)
        if is_mistake and saying.is_about_it:
            return self._never_so(about)
        if seen and found(said, back.looked_at) and found(said, back.clear):
            return TakenBack(stays=tuple(seen))
        return None

    def of_whom(self, said: str, known: Sequence[ToldCondition]) -> list[ToldCondition]:
        """What is known of those whom a sentence speaks of; all where it names nobody."""
        said = _SAYING_SO.sub(" ", said)
        named = person_named(said, self._words)
        if named:
            return [
                told for told in known if any(is_same(told.who, who, self._words) for who in named)
            ]
        if _OWN.search(said):
            return [told for told in known if told.who == SELF]
        if _SHE_OR_HE.search(said):
            return [told for told in known if told.who != SELF]
        return list(known)

    def _born(self, said: str, known: Sequence[ToldCondition]) -> TakenBack | None:
        """A pregnancy is over: the child of the one who was pregnant is there."""
        pregnant = [told for told in known if told.condition == _PREGNANCY]
        back = self._back
        if not pregnant or not found(said, back.born) or found(said, back.unborn):
            return None
        if _BORN_LONG_AGO.search(said):
            return None
        others = [who for who in person_named(said, self._words) if not _A_CHILD.search(who)]
        theirs = [
            told for told in pregnant if any(is_same(told.who, who, self._words) for who in others)
        ]
        taken = theirs if others else pregnant
        return TakenBack((taken[-1],), is_born=True) if taken else None

    def _is_over(self, said: str, saying: Saying) -> bool:
        """Whether a sentence says that a medicine is no longer taken, and names it or says 'it'."""
        if saying.is_still or found(said, self._back.too_recent) or _NEVER.search(said):
            return False
        names = "|".join(map(re.escape, sorted(map(normalised, saying.words), key=len)[::-1]))
        medicine = re.compile(rf"(?:{_MEDICINE}{f'|{names}' if names else ''})\b")
        for hit in found(said, self._back.over):
            rest = _WITH_IT.sub("", said[hit.end() :].strip())
            is_named = bool(medicine.match(rest)) or hit[0].split()[-1] in _IT
            may_be_bare = hit[0].split()[-1] in _ENDED and saying.is_answer
            if is_named or (may_be_bare and (not rest or _WHEN.match(rest))):
                return True
        return False

    def _never_so(self, about: Sequence[ToldCondition]) -> TakenBack:
        """What was told last of the person that the sentence is about."""
        last = about[-1]
        return TakenBack(asks_age=True) if last.condition == CHILD else TakenBack((last,))

    def _is_ruled_out(self, said: str, told: ToldCondition, saying: Saying) -> bool:
        """Whether a sentence says that somebody looked and found nothing, and says nothing else.

        A test or a period is about a pregnancy; any other finding has to be about 'it', right after
        it was talked of.
        """
        looked, clear = (
            found(said, phrases) for phrases in (self._back.looked_at, self._back.clear)
        )
        if not (looked and clear):
            return False
        if told.condition in _MAY_BE_PREGNANT:
            is_about_it = bool(_NO_PREGNANCY.search(said))
        else:
            is_about_it = saying.is_answer and bool(_ABOUT_IT.search(said))
        return is_about_it and self._says_only(said, (*clear, *looked), saying)

    def _says_only(self, said: str, hits: Sequence[re.Match[str]], saying: Saying) -> bool:
        """Whether a sentence says nothing besides these words and those that say nothing."""
        for phrase in (*(hit[0] for hit in hits), *map(normalised, saying.words)):
            said = said.replace(phrase, " ")
        return all(word in self._back.beside for word in said.split())

    def _is_mistake(self, said: str, saying: Saying) -> bool:
        # 'You got it wrong' takes back what we said.
        hits = [
            hit for hit in found(said, self._back.mistake) if not _OURS.search(said[: hit.start()])
        ]
        return bool(hits) and (bool(saying.named) or self._says_only(said, hits, saying))

    def _states(self, said: str) -> bool:
        return not _ASKS.search(said) and not found(said, (*self._back.not_so, *self._back.waits))

    def _is_denial(self, said: str, saying: Saying) -> bool:
        bare = _LEADS.sub("", f"{said} ").strip()
        plain = _TAIL.sub("", bare)
        is_correction = bare != said or plain != bare
        if not (saying.is_answer or saying.named or is_correction):
            return False
        return any(form in self._back.whole for form in (said, bare, plain))

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
