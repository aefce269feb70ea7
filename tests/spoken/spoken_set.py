"""What the spoken set says, and how each answer is judged."""

from dataclasses import dataclass

import yaml

from bot.knowledge.catalogue import Catalogue
from bot.knowledge.number_words import number_words
from bot.knowledge.red_flags import Tier
from bot.runtime import paths

FOLDER = paths.ROOT / "tests" / "spoken"
# In turn, so that every way to ask meets every kind of name.
_ASKED = (
    ("locate", "Where is {name}?"),
    ("press", "How do I press {name}?"),
    ("long", "How long should I hold {name}?"),
    ("purpose", "What is {name} good for?"),
)
_RANK = {tier.value: tier.rank for tier in Tier}


@dataclass(frozen=True)
class Sentence:
    """One sentence. `part` is what it asks for: codes, (English) names, pinyin,
    questions, signs or harmless. `is_tuning`: what was heard of it was looked at while data and
    thresholds were mended; the others are only measured."""

    id: str
    part: str
    text: str
    wanted: str = ""
    is_tuning: bool = False

    def is_met(self, messages):
        """Whether the messages are the right answer."""
        replies = [(m.get("custom") or {}).get("reply") or {} for m in messages]
        tiers = [_RANK[r["tier"]] for r in replies if r.get("kind") == "red_flag"]
        if self.part == "signs":
            return max(tiers, default=0) >= _RANK[self.wanted]
        if tiers:
            return False
        return any(str(r.get("key", "")).startswith(self.wanted) for r in replies)


def sentences():
    """All sentences of the set."""
    own = yaml.safe_load((FOLDER / "sentences.yml").read_text())
    found = [s for number, point in enumerate(Catalogue.load().points) for s in _of(number, point)]
    for split, parts in own.items():
        for part, rows in parts.items():
            for number, row in enumerate(rows, 1):
                wanted = row.get("key") or row.get("tier") or ""
                name = f"{part}-{number}" if split == "tuning" else f"{part}-h{number}"
                found.append(Sentence(name, part, row["text"], wanted, split == "tuning"))
    return found


def _of(number, point):
    """What is asked of a point: every other point is for tuning."""
    is_tuning = number % 2 == 0
    called = {"codes": _spelled(point.code), "names": point.names.english[0]}
    if number % 4 == (0 if is_tuning else 1):
        called["pinyin"] = point.names.pinyin
    for kind, name in called.items():
        # Codes are the way that is recommended, so they are measured twice.
        for turn in range(2 if kind == "codes" and not is_tuning else 1):
            asked, text = _ASKED[(number // 2 + len(kind) + 2 * turn) % len(_ASKED)]
            yield Sentence(
                f"{kind}-{asked}-{point.code}", kind, text.format(name=name),
                f"{asked}:{point.code}", is_tuning,
            )  # fmt: skip


def _spelled(code):
    """'LI4' as it is said: 'L I four'."""
    letters = "".join(c for c in code if c.isalpha())
    words = {value: word for word, value in number_words().items()}
    return f"{' '.join(letters)} {words[int(code[len(letters) :])]}"
