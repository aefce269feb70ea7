"""What a person has been told in this conversation, so that nothing is told twice unasked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from bot.knowledge.schema.guidance import Caution, GuidanceText
from bot.knowledge.schema.points import Point
from bot.messages.answer_key import NO_ANSWER, AnswerKey

# A paragraph of fewer words, such as 'Stop if it hurts.', may well be said again.
_LONG = 8


@dataclass(frozen=True)
class PastAnswers:
    """The answers of a conversation so far, as channels get them (`custom.reply`), oldest first.

    `cannot_concern` are cautions that the person's own words rule out: of a pregnancy that is
    denied.
    """

    replies: tuple[Mapping[str, Any], ...] = ()
    cannot_concern: frozenset[str] = frozenset()

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of all answers."""
        return frozenset(str(reply.get("key") or "") for reply in self.replies)

    @cached_property
    def in_order(self) -> tuple[AnswerKey, ...]:
        """The keys of all answers as they were first given, oldest first."""
        keys = (AnswerKey.parse(str(reply.get("key") or "")) for reply in self.replies)
        return tuple(replace(key, marks=()) for key in keys)

    @property
    def last_key(self) -> AnswerKey:
        """The key of the last answer."""
        return (
            AnswerKey.parse(str(self.replies[-1].get("key") or "")) if self.replies else NO_ANSWER
        )

    @cached_property
    def texts(self) -> frozenset[str]:
        """The written forms of all answers."""
        return frozenset(str(reply.get("written") or "") for reply in self.replies)

    @cached_property
    def _paragraphs(self) -> frozenset[str]:
        return frozenset(part.strip() for text in self.texts for part in text.split("\n\n"))

    def guided_by(self, line: GuidanceText, all_lines: Iterable[GuidanceText]) -> bool:
        """Whether the guidance was told in full, by this line or by one that stands for it."""
        told = {str((reply.get("guidance") or {}).get("written")) for reply in self.replies}
        alike = [] if line.is_of_its_own else [each for each in all_lines if each.is_advice]
        return any(each.written in told for each in (line, *alike))

    def has_caution(self, point: Point | None, caution: Caution, form: str = "written") -> bool:
        """Whether a caution was told of a point, or cannot concern this person.

        Args:
            point: None for what is no point of the catalogue: never told before.
            form: "written" or "spoken".
        """
        if caution.id in self.cannot_concern:
            return True
        return point is not None and any(
            point.code in _codes(reply) and _says(str(reply.get(form) or ""), caution)
            for reply in self.replies
        )

    def says(self, text: str) -> bool:
        """Whether these very words were said in an answer."""
        return any(text in said for said in self.texts)

    def without_old(self, written: str, kept: Collection[str] = ()) -> str:
        """A text without the paragraphs that were told before; its first one always stays.

        Args:
            kept: what is said each time: why something is withheld from this person.
        """
        first, *rest = written.split("\n\n")
        if first.endswith(":") and rest:  # what it announces goes with it
            first, rest = f"{first}\n\n{rest[0]}", rest[1:]
        new = [
            part
            for part in rest
            if len(part.split()) < _LONG
            or part.strip() not in self._paragraphs
            or any(text in part for text in kept)
        ]
        return "\n\n".join([first, *new])


NO_PAST_ANSWERS = PastAnswers()


def _codes(reply: Mapping[str, Any]) -> set[str]:
    card = reply.get("card") or {}
    shown = card.get("points") or [card]  # the card of a session names its points by their codes
    return {str(each.get("code") if isinstance(each, Mapping) else each) for each in shown if each}


def _says(text: str, caution: Caution) -> bool:
    return any(form in text for form in (caution.short, caution.spoken, caution.written))
