"""What a person has said about themselves, and what it takes away from the answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.guidance import SOMETHING_TOLD, Condition, Instead, Withhold
from bot.knowledge.schema.points import ArticleArea, Point


@dataclass(frozen=True)
class Person:
    """The conditions someone declared, most limiting first.

    `whose` names, by their ids, those that somebody else has for whom they ask: 'your wife'.
    `is_unclear` says that it is not known whether they ask for themselves.
    """

    conditions: tuple[Condition, ...] = ()
    whose: Mapping[str, str] = field(default_factory=dict)
    is_unclear: bool = False

    @classmethod
    def from_ids(
        cls,
        ids: Iterable[str],
        catalogue: Catalogue,
        whose: Mapping[str, str] | None = None,
        unknown: Sequence[str] = (),
    ) -> Person:
        """Make a person from condition ids; ids that are not known are left out.

        Args:
            whose: by their ids, conditions that somebody else has, and who.
            unknown: how that was called of which we know no condition.
        """
        order = list(Withhold)
        known = [c for c in (catalogue.condition(i) for i in dict.fromkeys(ids)) if c]
        known = [_in_own_words(c, unknown, catalogue) for c in known]
        # What is known can be explained, so it comes before what is not.
        known.sort(key=lambda c: (order.index(c.withhold), c.id == SOMETHING_TOLD))
        return cls(tuple(known), whose or {})

    def withheld_by(self, point: Point | ArticleArea) -> Condition | None:
        """The condition for which this point is not given to this person, if any."""
        for condition in self.conditions:
            if condition.withhold is Withhold.EVERYTHING:
                return condition
            touched = set(condition.cautions) & set(point.cautions)
            if condition.withhold is Withhold.CAUTIONED_POINTS and touched:
                return condition
        return None

    def tools_withheld_by(self, cautions: Iterable[str]) -> Condition | None:
        """The condition for which a tool with these cautions is not given, if any."""
        for condition in self.conditions:
            if condition.withhold is Withhold.EVERYTHING:
                return condition
            limits = condition.withhold in (Withhold.CAUTIONED_POINTS, Withhold.TOOLS)
            if limits and set(condition.cautions) & set(cautions):
                return condition
        return None

    def instead_of(self, topic: str) -> tuple[Condition, Instead] | None:
        """What is said to this person in place of an answer of data/answers.yml, and why.

        Args:
            topic: an intent, or an intent and its variant: 'ask_alternatives:sleeping'.
        """
        fitting = ((c, said) for c in self.conditions for said in c.instead if topic in said.topics)
        return next(fitting, None)

    @property
    def everything_withheld_by(self) -> Condition | None:
        """The condition for which no pressing advice at all is given, if any."""
        first = self.conditions[0] if self.conditions else None
        return first if first and first.withhold is Withhold.EVERYTHING else None


def _in_own_words(condition: Condition, words: Sequence[str], catalogue: Catalogue) -> Condition:
    """The condition for what we do not know, named as it was told."""
    if condition.id != SOMETHING_TOLD or not words:
        return condition
    what = " and ".join(f'"{each}"' for each in words)
    noted, reason = catalogue.wording("unknown_noted"), catalogue.wording("unknown_reason")
    return condition.model_copy(
        update={
            "name": what,
            "noted": noted.written.format(what=what),
            "reason": reason.written.format(what=what),
            "reason_spoken": reason.spoken.format(what=what.replace('"', "")),
        }
    )
