"""How many of 40 signs are found in each disguise: python -m tests.safety.disguise_table [FILE]

FILE holds other signs, one a line.
"""

import sys
from pathlib import Path

import yaml

from bot.safety.default import default_detector
from tests.safety.disguises import DISGUISES, KEYBOARD

MARKS = {KEYBOARD: 38}
MARK_ON_PURPOSE = 30
SIGNS = 40
ALARMING = ("emergency", "urgent")


def tier(text):
    found = default_detector().screen(text).tier
    return found.value if found else None


def own_signs():
    """Forty signs of the project's own sentences that are found as they are."""
    facts = yaml.safe_load((Path(__file__).parent / "facts.yml").read_text(encoding="utf-8"))
    texts = [text for text in _texts(facts) if 4 <= len(text.split()) <= 14]
    found = [text for text in dict.fromkeys(texts) if tier(text) in ALARMING]
    return found[:: max(1, len(found) // SIGNS)][:SIGNS]


def _texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)


def found_in(name, signs):
    _, disguise = DISGUISES[name]
    return sum(tier(disguise(sign)) in ALARMING for sign in signs)


def mark_of(name):
    return MARKS.get(DISGUISES[name][0], MARK_ON_PURPOSE)


if __name__ == "__main__":
    signs = Path(sys.argv[1]).read_text().splitlines() if len(sys.argv) > 1 else own_signs()
    for name, (kind, _) in DISGUISES.items():
        print(f"{found_in(name, signs):3} of {len(signs)}  mark {mark_of(name)}  {name} ({kind})")
