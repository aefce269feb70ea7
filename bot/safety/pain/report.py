"""What one message tells of the person's own pain now: there, still there, gone, and how bad."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.safety.pain.durations import Course, speaks_of_pain
from bot.safety.wording.normalise import Sentence
from bot.text.scores import scores_told

_GONE = re.compile(
    r"\b(?:(?:pain|ache|backache|it|its|that|back) (?:is |has |was |s )?"
    r"(?:all |completely |totally |now |finally |fully )*"
    r"(?:gone|disappeared|went away|cleared up|stopped hurting|over)|pain free|"
    r"no (?:more |longer any )?(?:back )?(?:pain|ache) (?:now|any ?more|at all|today)|"
    r"(?:doesnt|does not|no longer|isnt|is not) (?:hurt|hurting|hurts|sore|painful)"
    r"(?: any ?more| now)?|"
    r"(?:im|i am|all|fully|completely) (?:all |fully |completely )?"
    r"(?:better|healed|recovered)(?: now)?$)"
)
_NOT_GONE = re.compile(
    r"\b(?:not|isnt|hasnt|never|wont|nearly|almost|mostly|when|if|until|once|before|no idea|"
    r"cant be|half)\b"
)
_GOES_ON = re.compile(
    # 'Let me try again' says nothing of the pain.
    r"\b(?:still|(?<!try )(?<!ask )again|no better|not (?:any )?better|the same|keeps?|kept|"
    r"back again|"
    r"hasnt (?:gone|stopped|eased|changed|shifted)|wont (?:go|stop|shift)|unchanged|as before|"
    r"continues|ongoing)\b"
)
_OF_ONESELF = re.compile(r"\b(?:my|i|im|ive|me|mine|it|its|still|again)\b")
_ASKS = re.compile(
    r"\b(?:where|which|what|how|can|could|should|does|do you|is there|points? for|good for|"
    r"help(?:s|ing)? with|tell me|show me|explain)\b"
)
_EARLIER = (
    r"(?:this morning|yesterday|earlier|before that|last night|at first|an hour ago|last week)"
)
_OF_BEFORE = re.compile(
    rf"^(?!.*\b(?:now|still|today|again)\b).*(?:\b{_EARLIER}\b.*\bwas\b|\bwas\b.*\b{_EARLIER}\b)"
)


@dataclass(frozen=True)
class PainReport:
    """What is told of the pain. `days` is how long it has lasted, `scores` the newest last.

    `of_before`: the only score is told of an earlier time, 'this morning it was a two'.
    """

    present: bool = False
    goes_on: bool = False
    gone: bool = False
    days: float | None = None
    scores: tuple[float, ...] = ()
    of_before: bool = False

    @property
    def has_fallen(self) -> bool:
        """Whether the message tells of a score that went down."""
        return len(self.scores) > 1 and self.scores[-1] < self.scores[0]


def read_pain(
    text: str,
    told: Sequence[Sentence],
    present: Sequence[Sentence],
    course: Course,
    in_pain: bool,
) -> PainReport:
    """The report in a message.

    Args:
        text: the message as it was written, which keeps figures.
        told: those sentences of it that do not merely ask.
        present: those of them that tell something of the present.
        course: what it says of how the pain goes on.
        in_pain: whether the person spoke of their pain before, so that 'it still does' is enough.
    """
    gone = any(_GONE.search(s.full) and not _NOT_GONE.search(s.full) for s in told)
    is_there = goes_on = False
    for sentence in present:
        words = sentence.full
        if _GONE.search(words) and not _NOT_GONE.search(words):
            continue
        about_pain = speaks_of_pain(sentence)
        own = _OF_ONESELF.search(words) is not None and not _ASKS.search(words)
        is_there = is_there or (about_pain and own)
        if _GOES_ON.search(words) and (about_pain or (in_pain and own and len(words.split()) < 9)):
            goes_on = True
    scores = tuple(scores_told(text))
    is_there = is_there or goes_on or bool(scores)
    of_before = len(scores) == 1 and _OF_BEFORE.search(text.lower()) is not None
    return PainReport(is_there, goes_on, gone and not goes_on, course.days, scores, of_before)
