"""Several things asked in one message: 'where is it and how long do I hold it?'."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.answers.points import PointAnswers
from bot.answers.reply import Reply
from bot.knowledge.schema.points import Point

_I = r"(?: (?:do|can|should|would|must|to))?(?: (?:i|you|we|one|he|she))?(?: \w+)?"
# The beginning of the key of the answer, the words that ask for it, and what answers it.
_TASKS: tuple[tuple[str, re.Pattern[str], Callable[[PointAnswers, Point], Reply]], ...] = (
    ("locate", re.compile(r"\bwhere\b|\blocat(?:e|ion)\b|\bhow .{0,12}\bfind\b", re.IGNORECASE),
     lambda answers, point: answers.locate(point)),
    ("press", re.compile(
        rf"\bhow{_I} (?:press|massage|rub|push|stimulate|do it|use it)\b|\bhow (?:hard|firm)",
        re.IGNORECASE), lambda answers, point: answers.how_to_press(point)),
    ("long", re.compile(
        r"\bhow (?:long|often|many (?:times|seconds|minutes))\b", re.IGNORECASE),
     lambda answers, point: answers.how_long([point])),
    ("purpose", re.compile(
        r"\bwhat(?:'s| is| does) (?:(?:it|this|that|this point|[a-z]{2}\d{1,2}) )?"
        r"(?:good for|for|do|help)\b", re.IGNORECASE),
     lambda answers, point: answers.purpose(point)),
)  # fmt: skip
_MOST = 2


def others_asked(text: str, answered: Reply, point: Point, answers: PointAnswers) -> list[Reply]:
    """Answers to what else the message asks about `point`, in the order of asking.

    Args:
        answered: the answer that is given anyway. A list of points tells where they are.
    """
    done = answered.key.partition(":")[0]
    if done not in {task for task, _, _ in _TASKS} | {"find"}:
        return []
    asked = [
        (found.start(), answer)
        for task, words, answer in _TASKS
        if task != done and not (done == "find" and task in ("locate", "purpose"))
        and (found := words.search(text))
    ]  # fmt: skip
    return [answer(answers, point) for _, answer in sorted(asked, key=lambda a: a[0])][:_MOST]
