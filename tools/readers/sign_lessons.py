"""What the reader of signs learns from: messages of the data folder, and what each may tell."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from bot.knowledge.assertions import Says, assertions
from bot.knowledge.look_alikes import load_look_alikes
from bot.knowledge.question_messages import question_messages
from bot.knowledge.schema.topics import Topic
from bot.knowledge.sign_messages import sign_cases, sign_messages
from bot.understanding.encoders.sign_reader import KINDS, MILD, NONE
from tools.readers.examples import examples

# With how many signs each frame is filled.
_EACH = 2
# A message as somebody wrote it, and an example of a sign, count as two sentences out of parts.
_WHOLE, _PART = 2.0, 1.0
_RED, _TELLS = "red_flag_", "tell_"
_MAY_BE_A_SIGN = frozenset({
    Topic.TINGLES_PRESSING, Topic.DIZZY_PRESSING, Topic.HURTS_PRESSING, Topic.SAD, Topic.SCARED,
    Topic.BRUISE, Topic.SORE_AFTER,
})  # fmt: skip


class SignLesson(NamedTuple):
    """A text, the kinds it may be of (one of them is right), and how much it counts."""

    text: str
    kinds: tuple[str, ...]
    weight: float


def sign_lessons(folder: Path) -> list[SignLesson]:
    """Everything in a data folder, each text once, but for what weighs the judges afterwards.

    Raises:
        DataError: a data file is wrong.
    """
    cases = sign_cases(folder)
    weighed = {text.casefold() for text in (*cases.alarming, *cases.harmless)}
    known: dict[str, SignLesson] = {}
    for lesson in (
        *_messages(folder), *_frames(folder), *_examples(folder), *_look_alikes(folder),
        *_questions(folder),
    ):  # fmt: skip
        if lesson.text.casefold() not in weighed:
            known.setdefault(lesson.text.casefold(), lesson)
    return list(known.values())


def _messages(folder: Path) -> Iterator[SignLesson]:
    known = sign_messages(folder)
    for text, kind in known.told:
        yield SignLesson(text, (kind,), _WHOLE)
    for text in known.harmless:
        yield SignLesson(text, (NONE,), _WHOLE)


def _frames(folder: Path) -> Iterator[SignLesson]:
    """Signs in frames; of which kind a sign is, the frames do not say."""
    alarming = tuple(kind for kind in KINDS if kind not in (NONE, *MILD))
    for one in assertions(folder, _EACH):
        yield SignLesson(one.text, alarming if one.says is Says.SIGN else (NONE,), _PART)


def _examples(folder: Path) -> Iterator[SignLesson]:
    """The examples of the intents."""
    for intent, text in examples(folder):
        kind = intent.removeprefix(_RED) if intent.startswith(_RED) else NONE
        yield SignLesson(text, (kind,), _PART if kind == NONE else _WHOLE)


def _questions(folder: Path) -> Iterator[SignLesson]:
    """Messages with a topic; none of them tells of a sign, but pain that is told may last.

    What is said of what pressing does may well tell of one, and what leans on what was said before
    is not read here together with it.
    """
    for text, moment, topics in question_messages(folder).told:
        if moment or _MAY_BE_A_SIGN & {*topics}:
            continue
        is_told = any(topic.value.startswith(_TELLS) for topic in topics)
        yield SignLesson(text, (NONE, *MILD) if is_told else (NONE,), _PART)


def _look_alikes(folder: Path) -> Iterator[SignLesson]:
    facts, _ = load_look_alikes(folder)
    for kind in facts.look_alikes:
        for text in kind.sentences:
            yield SignLesson(text, (NONE,), _PART)
