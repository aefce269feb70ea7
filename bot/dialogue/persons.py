"""Which persons a conversation is about, and what was told of each; kept in one slot.

What is told of a person counts for that person only. While it is unclear who wants to press, all of
it counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.knowledge.schema.guidance import CHILD, SOMETHING_TOLD
from bot.text.json_types import JsonObject

SELF = ""
# Somebody who was not named.
SOMEBODY = "that person"
_MOST_WORDS = 60


@dataclass(frozen=True)
class ToldCondition:
    """A condition that was told.

    Attributes:
        condition: its id.
        who: whose it is: 'your wife'; SELF for the person's own.
        words: how it was called, where no condition of ours is known for it; of an age, the years.
    """

    condition: str
    who: str = SELF
    words: str = ""


@dataclass(frozen=True)
class Persons:
    """The persons of a conversation.

    Attributes:
        told: what was told of them, newest last.
        met: everybody who was spoken of, last one last.
        asks_for: who wants to press; SELF, 'your wife', or None where that is unclear.
        are_well: whether they said, when asked, that there is no illness and no pregnancy.
        ages_corrected: whose age under sixteen was taken back once.
        agreed: how that was called to which a clinician agreed, of which we know no condition.
    """

    told: tuple[ToldCondition, ...] = ()
    met: tuple[str, ...] = ()
    asks_for: str | None = None
    are_well: bool = False
    ages_corrected: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()

    @classmethod
    def from_slot(cls, value: Any, conditions: Iterable[str] = ()) -> Persons:
        """The persons as they were stored.

        Args:
            value: what `to_slot` gave.
            conditions: ids that were stored without saying whose; they count as the person's own.
        """
        if not isinstance(value, Mapping):
            return cls(tuple(ToldCondition(str(condition)) for condition in conditions))
        told = tuple(ToldCondition(*map(str, each)) for each in value.get("told") or ())
        asks_for = value.get("asks_for")
        met = tuple(map(str, value.get("met") or ()))
        asked = None if asks_for is None else str(asks_for)
        corrected = tuple(map(str, value.get("ages_corrected") or ()))
        agreed = tuple(map(str, value.get("agreed") or ()))
        return cls(told, met, asked, bool(value.get("are_well")), corrected, agreed)

    def to_slot(self) -> JsonObject | None:
        """In plain values; None where nothing is known."""
        if self == Persons():
            return None
        told = [[each.condition, each.who, each.words] for each in self.told]
        more: JsonObject = {"are_well": True} if self.are_well else {}
        if self.ages_corrected:
            more["ages_corrected"] = list(self.ages_corrected)
        if self.agreed:
            more["agreed"] = list(self.agreed)
        return {"told": told, "met": list(self.met), "asks_for": self.asks_for, **more}

    def adding(self, told: ToldCondition) -> Persons:
        """With something told; what was told before stands where it stood."""
        told = replace(told, words=told.words[:_MOST_WORDS])
        known = {(each.condition, each.who) for each in self.told}
        if told.condition == SOMETHING_TOLD and self.is_agreed(told.words):
            return self
        is_named = told.condition == SOMETHING_TOLD and told.words
        if told in self.told or ((told.condition, told.who) in known and not is_named):
            return self
        return replace(self, told=(*self.told, told))

    def with_agreement(self) -> Persons:
        """With a clinician's yes to what counts and is no condition that we know."""
        gone = [each for each in self.counting if each.condition == SOMETHING_TOLD]
        named = (each.words.lower() for each in gone if each.words)
        agreed = tuple(dict.fromkeys((*self.agreed, *named)))
        return replace(self.without(gone), agreed=agreed) if gone else self

    def is_agreed(self, words: str) -> bool:
        """Whether a clinician agreed to what is called so."""
        return words.lower() in self.agreed

    def meeting(self, who: str) -> Persons:
        """With somebody spoken of."""
        return replace(self, met=(*(each for each in self.met if each != who), who))

    def without(self, gone: Collection[ToldCondition]) -> Persons:
        """Without what was taken back."""
        ages = dict.fromkeys(each.who for each in gone if each.condition == CHILD)
        return replace(
            self,
            told=tuple(each for each in self.told if each not in gone),
            ages_corrected=tuple(dict.fromkeys((*self.ages_corrected, *ages))),
        )

    def told_two_ages(self, told: ToldCondition) -> bool:
        """Whether an age under sixteen was taken back, and told again since.

        The careful one of two ages counts then, whatever is said afterwards.
        """
        return told.condition == CHILD and told.who in self.ages_corrected

    def handed_to(self, who: str, gone: Collection[ToldCondition]) -> Persons:
        """With what was taken back told of somebody else."""
        persons = self.without(gone).meeting(who)
        for each in gone:
            persons = persons.adding(replace(each, who=who))
        return persons

    def asking_for(self, who: str | None) -> Persons:
        """With who wants to press."""
        return replace(self, asks_for=who)

    @property
    def counting(self) -> tuple[ToldCondition, ...]:
        """What counts for the person who wants to press.

        That the person is a child counts whomever they ask for: what is said here is for adults.
        """
        return tuple(each for each in self.told if self._counts(each))

    def _counts(self, told: ToldCondition) -> bool:
        if self.asks_for is None or told.who == self.asks_for:
            return True
        if (told.condition, told.who) == (CHILD, SELF):
            return True
        return told.who == SOMEBODY and self.asks_for != SELF

    @property
    def whose(self) -> dict[str, str]:
        """The counting conditions that only somebody else has, and who has them."""
        own = {each.condition for each in self.counting if each.who == SELF}
        return {each.condition: each.who for each in self.counting if each.condition not in own}

    @property
    def unknown_words(self) -> tuple[str, ...]:
        """The person's own words for what counts but is no condition that we know."""
        said = (each.words for each in self.counting if each.condition == SOMETHING_TOLD)
        return tuple(dict.fromkeys(words for words in said if words))
