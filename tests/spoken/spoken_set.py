"""What the spoken set says, and how each answer is judged."""

import re
from dataclasses import dataclass

import yaml

from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.red_flags import Tier
from bot.runtime import paths
from bot.text.number_words import number_words

FOLDER = paths.ROOT / "tests" / "spoken"
# In turn, so that every way to ask meets every kind of name: for tuning, and held out.
_ASKED_TUNING = (
    ("locate", "Where is {name}?"),
    ("press", "How do I press {name}?"),
    ("long", "How long should I hold {name}?"),
    ("purpose", "What is {name} good for?"),
)
_ASKED_HELD_OUT = (
    ("locate", "Can you tell me where {name} is?"),
    ("press", "Show me how to press {name}."),
    ("long", "How long do I press {name}?"),
    ("purpose", "What does {name} help with?"),
)
# The answer about one point.
_TAUGHT = re.compile(r"(?:locate|press|long|purpose):[A-Z]+\d")
_RANK = {tier.value: tier.rank for tier in Tier}


@dataclass(frozen=True)
class Sentence:
    """One sentence.

    Attributes:
        part: what it asks for: codes, (English) names, pinyin, questions, signs, harmless, others.
        is_tuning: whether what was heard of it was looked at while data and thresholds were mended;
            the rest is only measured.
    """

    id: str
    part: str
    text: str
    wanted: str = ""
    is_tuning: bool = False

    def is_met(self, messages):
        """Whether the messages are the right answer."""
        tiers = [_RANK[m.reply.tier.value] for m in messages if m.is_red_flag]
        keys = [str(m.reply.key or "") for m in messages]
        if self.part == "signs":
            return max(tiers, default=0) >= _RANK[self.wanted]
        if self.part == "others":
            return not any(map(_TAUGHT.match, keys))
        if tiers:
            return False
        return any(key.startswith(self.wanted) for key in keys)


def sentences():
    """All sentences of the set."""
    own = yaml.safe_load((FOLDER / "sentences.yml").read_text())
    found = []
    for half, parts in own.items():
        is_tuning = half == "tuning"
        found += [s for number, point in enumerate(Catalogue.load().points)
                  for s in _of(number, point, is_tuning)]  # fmt: skip
        for part, rows in parts.items():
            for number, row in enumerate(rows, 1):
                wanted = row.get("key") or row.get("tier") or ""
                name = _name(part, number, is_tuning)
                found.append(Sentence(name, part, row["text"], wanted, is_tuning))
    return found


def _of(number, point, is_tuning):
    """What is asked of a point. Codes are the way that is recommended: they are held out most."""
    called = {"codes": _spelled(point.code)}
    if is_tuning or number % 2 == 1:
        called["names"] = point.names.english[0]
    if number % (2 if is_tuning else 4) == 1:
        called["pinyin"] = point.names.pinyin
    questions = _ASKED_TUNING if is_tuning else _ASKED_HELD_OUT
    for kind, name in called.items():
        asked, text = questions[(number + number // 4 + len(kind)) % len(questions)]
        yield Sentence(
            _name(f"{kind}-{asked}", point.code, is_tuning), kind, text.format(name=name),
            f"{asked}:{point.code}", is_tuning,
        )  # fmt: skip


def _name(part, which, is_tuning):
    return f"{part}-{which}" if is_tuning else f"{part}-held-out-{which}"


def _spelled(code):
    """'LI4' as it is said: 'L I four'."""
    letters = "".join(c for c in code if c.isalpha())
    words = {value: word for word, value in number_words().items()}
    return f"{' '.join(letters)} {words[int(code[len(letters) :])]}"
