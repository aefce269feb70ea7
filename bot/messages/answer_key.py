"""The key of an answer as an object: what kind of answer it is, and what it is about.

In JSON, in stored conversations and in data/coverage.yml a key is text, such as 'locate:LI4',
'again:topic:ask_routine:morning' or 'press:LI4+long:LI4'. `AnswerKey.parse` reads every such text,
and `str()` gives the same text back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema


class Kind(StrEnum):
    """What was answered. OTHER is a kind that nobody here knows."""

    ABOUT_ME = "about_me"
    AREA = "area"
    BOTH = "both"
    COMPARE = "compare"
    CONDITION = "condition"
    CONFLICT = "conflict"
    COUNT = "count"
    DECLARED = "declared"
    DETAIL = "detail"
    EASIEST = "easiest"
    EXACT = "exact"
    FIND = "find"
    FINGER = "finger"
    HARD = "hard"
    HELPER = "helper"
    LIST = "list"
    LOCATE = "locate"
    LONG = "long"
    NAMES = "names"
    NOT_HERE = "not_here"
    OFTEN = "often"
    OBJECT = "object"
    OLD = "old"
    POSITION = "position"
    PRESS = "press"
    PURPOSE = "purpose"
    REFERENCE = "reference"
    REMINDER = "reminder"
    RIGHT_SPOT = "right_spot"
    ROUNDS = "rounds"
    SAFETY = "safety"
    SAY = "say"
    SESSION = "session"
    SIDE = "side"
    SOURCES = "sources"
    SPELT = "spelt"
    TOGETHER = "together"
    TOOL = "tool"
    TOOLS = "tools"
    TOOL_ON = "tool_on"
    TOOL_TIME = "tool_time"
    TOPIC = "topic"
    WHY = "why"
    WHY_WITHHELD = "why_withheld"
    WITHHELD = "withheld"
    WITH_TOOL = "with_tool"
    OTHER = ""


class Mark(StrEnum):
    """How an answer is given that was given before; written before its key."""

    AGAIN = "again"
    CARD = "card"
    REPEAT = "repeat"
    SIMPLE = "simple"


_MARKS = re.compile(rf"((?:(?:{'|'.join(Mark)}):)*)(.*)", re.DOTALL)
# Keys answered in one breath are joined: 'press:LI4+long:LI4'; so are codes: 'compare:LI4+BL23'.
_JOINED = re.compile(r"\+(?=\w+:)")


@dataclass(frozen=True)
class AnswerKey:
    """What an answer is about; the same key means the same answer.

    Attributes:
        kind: what was answered.
        subject: what it is about, such as 'LI4' or 'ask_routine:morning'; None where a kind has
            none.
        marks: how an answer of before is given, outermost first.
        others: what was answered in the same breath.
    """

    kind: Kind
    subject: str | None = ""
    marks: tuple[Mark, ...] = ()
    others: tuple[AnswerKey, ...] = ()

    @classmethod
    def parse(cls, text: str) -> AnswerKey:
        """The key that a text stands for; never fails."""
        found = _MARKS.fullmatch(text)
        marks, rest = (found[1], found[2]) if found else ("", text)
        first, *others = map(_one, _JOINED.split(rest))
        return replace(
            first,
            marks=tuple(Mark(mark) for mark in marks.split(":") if mark),
            others=tuple(others),
        )

    def __str__(self) -> str:
        first = str(self.kind) if self.subject is None else f"{self.kind}:{self.subject}"
        if self.kind is Kind.OTHER:
            first = self.subject or ""
        marks = "".join(f"{mark}:" for mark in self.marks)
        return marks + "+".join([first, *map(str, self.others)])

    @property
    def parts(self) -> tuple[AnswerKey, ...]:
        """Everything that was answered, without marks."""
        return (replace(self, marks=(), others=()), *self.others)

    @property
    def about(self) -> str:
        """The first word of the subject: 'ask_routine' of 'topic:ask_routine:morning'."""
        return (self.subject or "").partition(":")[0]

    @property
    def topic(self) -> str:
        """The intent whose general answer this is; '' for others, and for what is said again."""
        return self.about if self.kind is Kind.TOPIC and not self.marks else ""

    def is_of(self, *kinds: Kind) -> bool:
        """Whether it is an answer of one of these kinds, and is not said again."""
        return not self.marks and self.kind in kinds

    def only(self, kind: Kind) -> str:
        """The subject of an answer of this kind alone, that is not said again; '' for others."""
        return (self.subject or "") if self.is_of(kind) and not self.others else ""

    @classmethod
    def joined(cls, keys: Iterable[AnswerKey]) -> AnswerKey:
        """The key of several answers in one."""
        first, *others = (part for key in keys for part in key.parts)
        return replace(first, others=tuple(others))

    @property
    def codes(self) -> tuple[str, ...]:
        """The points, or other things, that the first answer is about."""
        return tuple((self.subject or "").split("+"))

    def ends_saying(self, wording: str) -> bool:
        """Whether this wording is said, last of all."""
        last = self.parts[-1]
        return last.kind is Kind.SAY and last.subject == wording

    @property
    def is_simpler(self) -> bool:
        """Whether it is said in simpler words than before."""
        return self.is_marked(Mark.SIMPLE)

    def is_marked(self, *marks: Mark) -> bool:
        """Whether it is an answer of before, given in one of these ways."""
        return bool(self.marks) and self.marks[0] in marks

    @property
    def at_first(self) -> AnswerKey:
        """The answer before it was said in simpler words; itself where it was not."""
        marks = self.marks
        while Mark.SIMPLE in marks:
            marks = marks[1:]
        return replace(self, marks=marks)

    def marked(self, *marks: Mark) -> AnswerKey:
        """The key with marks before those it has."""
        return replace(self, marks=(*marks, *self.marks))

    def without(self, mark: Mark) -> AnswerKey:
        """The key without its outermost mark, if it is this one."""
        return replace(self, marks=self.marks[1:]) if self.marks[:1] == (mark,) else self

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        """Text in JSON."""
        return core_schema.json_or_python_schema(
            json_schema=core_schema.no_info_after_validator_function(
                cls.parse, core_schema.str_schema()
            ),
            python_schema=core_schema.union_schema([
                core_schema.is_instance_schema(cls),
                core_schema.no_info_after_validator_function(cls.parse, core_schema.str_schema()),
            ]),
            serialization=core_schema.plain_serializer_function_ser_schema(
                str, return_schema=core_schema.str_schema()
            ),
        )  # fmt: skip


# The key where nothing was answered yet.
NO_ANSWER = AnswerKey(Kind.OTHER)


def _one(text: str) -> AnswerKey:
    kind, colon, subject = text.partition(":")
    if not kind or kind not in set(Kind):
        return AnswerKey(Kind.OTHER, text)
    return AnswerKey(Kind(kind), subject if colon else None)
