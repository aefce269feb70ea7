"""What became of each message, and the figures that follow from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_FLAG = "red_flag"
_OUTSIDE = "out_of_scope"
_NOT_UNDERSTOOD = frozenset({"nlu_fallback", _OUTSIDE})
# Talk about one's state that rightly ends in a mild tier although another intent was written down.
_PERSONAL = frozenset({"report_pain", "report_no_relief", "declare_condition", "ask_pregnancy"})
_BINS = 10


@dataclass(frozen=True)
class Judged:
    """One message.

    Attributes:
        text: the message, as it was written.
        true: the intent it belongs to.
        voted: the classifier's best intent.
        confidence: the classifier's probability for it, 0 to 1.
        told: the intent that is acted on, after fallback and red-flag guard.
    """

    text: str
    true: str
    voted: str
    confidence: float
    told: str


@dataclass(frozen=True)
class Bin:
    """Messages of like confidence: how sure the classifier was, and how often it was right."""

    confidence: float
    right: float
    count: int


class Figures:
    """Everything that is counted over judged messages."""

    def __init__(self, judged: Sequence[Judged]) -> None:
        self.judged = list(judged)

    @property
    def accuracy(self) -> float:
        """Share of messages whose intent the classifier told right."""
        return _share(j.true == j.voted for j in self.judged)

    @property
    def out_of_scope_recall(self) -> float:
        """Share of messages outside the subject that are met with 'that is outside what I know'."""
        return _share(j.told in _NOT_UNDERSTOOD for j in self.judged if j.true == _OUTSIDE)

    @property
    def turned_away(self) -> float:
        """Share of messages inside the subject that are met with 'I did not understand'."""
        return _share(j.told in _NOT_UNDERSTOOD for j in self.judged if j.true != _OUTSIDE)

    @property
    def calibration_error(self) -> float:
        """Mean distance between how sure the classifier is and how often it is right (ECE)."""
        total = len(self.judged) or 1
        return sum(abs(b.confidence - b.right) * b.count for b in self.bins()) / total

    def bins(self) -> list[Bin]:
        """The messages by confidence, in steps of a tenth; empty steps are left out."""
        steps: dict[int, list[Judged]] = {}
        for j in self.judged:
            steps.setdefault(min(int(j.confidence * _BINS), _BINS - 1), []).append(j)
        return [
            Bin(
                sum(j.confidence for j in step) / len(step),
                _share(j.true == j.voted for j in step),
                len(step),
            )
            for _, step in sorted(steps.items())
        ]

    def recall(self) -> dict[str, float]:
        """Share of each intent's messages that the classifier told right, worst first."""
        count, right = Counter[str](), Counter[str]()
        for j in self.judged:
            count[j.true] += 1
            right[j.true] += j.true == j.voted
        return dict(sorted(((i, right[i] / count[i]) for i in count), key=lambda item: item[1]))

    def confusions(self) -> list[tuple[tuple[str, str], int]]:
        """(meant, told) with how often, most frequent first."""
        return Counter((j.true, j.told) for j in self.judged if j.true != j.told).most_common()

    def missed_flags(self) -> list[Judged]:
        """Red flags that are acted on as something else, in whatever tier."""
        return [j for j in self.judged if _is_flag(j.true) and not _is_flag(j.told)]

    def false_alarms(self) -> list[Judged]:
        """Ordinary messages that raise a red flag. Talk about one's own state may rightly do so."""
        return [
            j for j in self.judged
            if _is_flag(j.told) and not _is_flag(j.true) and j.true not in _PERSONAL
        ]  # fmt: skip


def _is_flag(intent: str) -> bool:
    return intent.startswith(_FLAG)


def _share(hits: Iterable[bool]) -> float:
    values = list(hits)
    return sum(values) / len(values) if values else 0.0
