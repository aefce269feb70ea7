"""What the newest message tells of persons: whom it asks for, what it tells and takes back."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property

from actions.turn.telling import ReadMessage, conditions_in, told_in
from actions.turn.unknown import is_known, may_tell_an_illness, only_denies, told_words
from actions.turn.words import HEALTHY, SAYS_I
from bot.dialogue.follow_up_cues import cue_in
from bot.dialogue.persons import SELF, SOMEBODY, Persons, ToldCondition
from bot.dialogue.taking_back import Saying, TakenBack, TakingBackReader, age_put_right
from bot.dialogue.whom import UNCLEAR, asked_for, person_named, resolved
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.follow_ups import Cue
from bot.knowledge.schema.guidance import CHILD, SOMETHING_TOLD
from bot.messages.answer_key import NO_ANSWER, AnswerKey, Kind, Mark
from bot.text.phrases import normalised

# Answers about what somebody has.
_LIMITED_SAYINGS = ("doctor_agreed", "how_old")
_LATELY = 3
_AFTER_BIRTH = "breastfeeding"
_DECLARES = "declare_condition"
_HAS_NONE = re.compile(r"n't (?:\w+ )?(?:have|take|got) (?:one|it|that|any|anything|them)\b")
# 'No sorry, my wife is pregnant', 'it's my wife who is pregnant'.
_CORRECTS = re.compile(
    r"^(?:no|sorry|actually|oops|wait|oh no|i mean|i meant)\b"
    r"|\b(?:it's|it is|it was|i meant?) (?:my|our)\b"
)
# 'It's my husband who presses' says whose hands they are, and not whose illness it is.
_DOES = re.compile(
    r"\b(?:press\w*|massag\w*|rubs?|rubbing|helps?|helping|does (?:it|that) (?:to|for|on)|asks?|"
    r"asked|told|said|says)\b"
)
# Only an age that somebody tells of themselves puts theirs right.
_OF_ONESELF = re.compile(
    r"\b(?:i|i'?m|i am|i'?ve|me|my age|myself)\b|^(?:\w+ ){0,3}(?:aged? )?\d\d\b"
)
_ALSO = re.compile(r"\b(?:too|also|as well|both|either|neither)\b")


class PersonsTold:
    """The persons of a conversation before and after one message.

    Args:
        said: the message.
        before: the persons as they were stored.
        signs: the messages just before of which nothing was kept: answered with a warning, or not
            processed.
        keys: of the last answers, newest last.
        is_for_me: whether the person says that they ask for themselves.
    """

    def __init__(
        self,
        said: ReadMessage, before: Persons, signs: Iterable[ReadMessage], keys: Sequence[AnswerKey],
        is_for_me: bool, catalogue: Catalogue,
    ) -> None:  # fmt: skip
        self._said = said
        self._keys = keys
        self._is_for_me = is_for_me
        self._catalogue = catalogue
        self._words = catalogue.told
        self._reader = TakingBackReader(catalogue.told)
        self._plain = normalised(said.text)
        self._after_sign = False
        for earlier in signs:
            self._after_sign = True
            before = PersonsTold(earlier, before, (), keys, False, catalogue).after
        self.before = before

    @cached_property
    def taken(self) -> TakenBack:
        """What the message takes back of what was told before, or in itself."""
        taken = self._taken_back
        kept = any(map(self.before.told_two_ages, taken.told))
        return TakenBack(two_ages=True) if kept else taken

    @property
    def _taken_back(self) -> TakenBack:
        if self._denied:
            return TakenBack(self._denied)
        declared = [
            ToldCondition(c, who) for c, who in conditions_in(self._said.entities, "declared")
        ]
        own = [told for told in self.before.told if told.who == SELF]
        for each in declared:  # 'it is my brother who takes it, not me'
            mine = [told for told in own if told.condition == each.condition]
            if each.who != SELF and mine and self._corrects:
                return TakenBack(tuple(mine), each.who)
        named = {c for c, _ in conditions_in(self._said.entities)}
        known = {told.condition for told in self.before.told}
        if not self._new or self._undone:
            base = self._told_here if self._undone else self.before
            recent = self._undone or self._is_recent
            text = self._rest if self._undone else self._said.text
            saying = Saying(
                frozenset(named & {told.condition for told in base.told}),
                tuple(self._called(named)), recent, self._undone or self._is_answer,
            )  # fmt: skip
            taken = self._by_cue(base, named & known) or self._reader.read(text, base.told, saying)
            if taken.asks_age and (self._grown_up or age_put_right(self._said.text)):
                own = [told for told in self.before.told if told.condition == CHILD]
                return TakenBack(tuple(told for told in own if told.who == SELF))
            return taken
        return TakenBack()

    @cached_property
    def after(self) -> Persons:
        """The persons as they are with this message."""
        persons = self._told_here if not self.taken.told or self._undone else self.before
        taken = self.taken
        if taken.told and taken.now_of:
            who = resolved(taken.now_of, self._plain, persons, self._words)
            persons = persons.handed_to(who, taken.told).asking_for(SELF)
        elif taken.told:
            persons = persons.without(taken.told)
            if taken.is_born:
                persons = persons.adding(ToldCondition(_AFTER_BIRTH, taken.told[0].who))
            if not self._undone:
                gone = () if self._denied else taken.told
                persons = told_in(self._said, persons, self._words, gone)[0]
        if self.tells_something_unknown:
            persons = persons.adding(
                ToldCondition(SOMETHING_TOLD, self._owner, told_words(self._said.text))
            )
        for who in person_named(self._plain, self._words):
            persons = persons.meeting(resolved(who, self._plain, persons, self._words))
        persons = persons.asking_for(self._asks_for(persons))
        return persons.with_agreement() if self._said.agreed else persons

    @cached_property
    def tells_something_unknown(self) -> bool:
        """Whether something about somebody's health is told that no condition is known for."""
        kinds = {str(entity.get("entity")) for entity in self._said.entities}
        if self._said.intent != _DECLARES or self._is_for_me or self.taken != TakenBack():
            return False
        if (
            HEALTHY.search(self._said.text)
            or _HAS_NONE.search(self._plain)
            or self._reader.is_open(self._said.text)
            or self._said.agreed
            or only_denies(self._plain)
            or not may_tell_an_illness(self._said.entities)
            or self.is_known(told_words(self._said.text))
        ):
            return False
        return not kinds & {"condition", "adult", "point"}

    def is_known(self, what: str) -> bool:
        """Whether what is called so is a thing that we know, or was told before."""
        return is_known(what, self._said.entities, self.before)

    @cached_property
    def _denied(self) -> tuple[ToldCondition, ...]:
        """What is denied by its name: 'I'm not pregnant'."""
        confirmed = set(conditions_in(self._said.entities, "declared"))
        return tuple(
            told
            for told in self.before.told
            if (told.condition, told.who) not in confirmed and self._is_denied(told)
        )

    @property
    def _corrects(self) -> bool:
        """Whether what is told of somebody else was told of the person by mistake."""
        return self._cue is Cue.NOT_ME or bool(
            _CORRECTS.search(self._plain) and not _ALSO.search(self._plain)
        )

    @cached_property
    def _cue(self) -> Cue | None:
        return cue_in(self._said.text, self._catalogue.follow_ups)

    @cached_property
    def _is_recent(self) -> bool:
        """Whether what is known was talked of just before."""
        return self._after_sign or any(map(_is_limited, self._keys[-_LATELY:]))

    @property
    def _is_answer(self) -> bool:
        """Whether the last answer was about what is known."""
        return self._after_sign or any(map(_is_limited, self._keys[-1:]))

    def _called(self, named: Collection[str]) -> list[str]:
        """How the message calls the conditions that it names."""
        return [str(e.get("mention") or "") for e in self._said.entities
                if e.get("entity") == "condition" and e.get("value") in named]  # fmt: skip

    @cached_property
    def _told(self) -> tuple[Persons, list[ToldCondition]]:
        return told_in(self._said, self.before, self._words)

    @property
    def _told_here(self) -> Persons:
        return self._told[0]

    @property
    def _new(self) -> list[ToldCondition]:
        """What the message tells that was not known."""
        return [told for told in self._told[1] if told not in self.before.told]

    @cached_property
    def _rest(self) -> str:
        """What the message says after the last condition it tells."""
        ends = [int(e.get("end") or 0) for e in self._said.entities if e.get("role") == "declared"]
        return self._said.text[max(ends, default=0) :]

    @cached_property
    def _undone(self) -> bool:
        """Whether the message itself takes back what it tells."""
        if not self._new:
            return False
        newest = self._new[-1:]
        saying = Saying(is_recent=True, is_answer=True)
        taken = self._reader.read(self._rest.lstrip(" .,;:-"), newest, saying)
        return bool(taken.told) or self._reader.undoes(self._rest)

    @cached_property
    def _grown_up(self) -> bool:
        return any(entity.get("entity") == "adult" for entity in self._said.entities)

    def _by_cue(self, base: Persons, named: set[str]) -> TakenBack | None:
        """'Forget that', 'that was my sister': about what was talked of last, or is named."""
        last = self._keys[-1].without(Mark.AGAIN) if self._keys else NO_ANSWER
        if self._cue not in (Cue.FORGET_THAT, Cue.NOT_ME):
            return None
        if not (named or self._undone or self._after_sign or _is_limited(last)):
            return None
        about = (
            self._reader.of_whom(self._plain, base.told)
            if self._cue is Cue.FORGET_THAT
            else (list(base.told))
        )
        about = [told for told in about if not named or told.condition in named]
        if self._cue is Cue.NOT_ME and not named and _DOES.search(self._plain):
            return None
        if last.is_of(Kind.DECLARED) and not named:
            about = [told for told in about if told.condition in last.codes] or about
        else:
            about = about[-1:] if not named else about
        if any(told.condition == CHILD for told in about) and self._cue is Cue.FORGET_THAT:
            return None if self._grown_up else TakenBack(asks_age=True)
        if not about:
            return None
        others = person_named(self._plain, self._words)
        now_of = (others[-1] if others else SOMEBODY) if self._cue is Cue.NOT_ME else None
        return TakenBack(tuple(told for told in about if not now_of or told.who == SELF), now_of)

    def _is_denied(self, told: ToldCondition) -> bool:
        """Whether this message denies a condition of the person who has it.

        'Not pregnant', without saying who, is about the person who is known to be.
        """
        denied = [who for each, who in conditions_in(self._said.entities, "negated")
                  if each == told.condition]  # fmt: skip
        if told.condition == CHILD:
            denied += [str(e.get("whose") or "") for e in self._said.entities
                       if e.get("entity") == "adult"]  # fmt: skip
            if told.who == SELF and self._is_recent and age_put_right(self._said.text):
                return True
            if told.who == SELF and not _OF_ONESELF.search(self._plain):
                return False
        denied = [resolved(who, self._plain, self.before, self._words) for who in denied]
        if told.who in denied:
            return True
        if not told.who:
            return False
        own = any(t.condition == told.condition and not t.who for t in self.before.told)
        unsaid = SELF in denied and not own and not SAYS_I.search(self._said.text)
        return unsaid or any(who and SOMEBODY in (who, told.who) for who in denied)

    def _asks_for(self, persons: Persons) -> str | None:
        """Who wants to press, as far as it is clear."""
        if self.taken.now_of:
            return SELF
        said = asked_for(self._said.text, self._is_for_me, persons, self._words)
        if said is not None:
            return None if said == UNCLEAR else said
        told = [each for each in persons.told if each not in self.before.told]
        if any(each.who != persons.asks_for for each in told):
            return None
        return persons.asks_for

    @property
    def _owner(self) -> str:
        """Who is spoken of, where no mention says it."""
        named = person_named(self._plain, self._words)
        if not named or SAYS_I.search(self._said.text):
            return SELF
        return resolved(named[-1], self._plain, self.before, self._words)


def _is_limited(key: AnswerKey) -> bool:
    """Whether an answer was about what limits the person."""
    first = key.without(Mark.AGAIN)
    if first.is_of(Kind.SAY):
        return first.about.startswith(_LIMITED_SAYINGS)
    return first.is_of(Kind.WITHHELD, Kind.WHY_WITHHELD, Kind.DECLARED)
