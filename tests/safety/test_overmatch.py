"""Ordinary things people say raise no alarm: every example of every other intent."""

import pytest
import yaml

from bot.knowledge.schema.red_flags import Tier
from bot.runtime import paths

# Asked in the words of a sign; a doctor should see these all the same.
RIGHTLY_RAISED = {
    "my bum hurts and it goes down my leg, what spot do i press",
    "which acupressure point is indicated for sciatic pain radiating down the leg?",
    "i am bloated and my back aches, which point do i use",
    "i sit at a computer nine hours a day and by the evening my lower back is like concrete, "
    "which points would you press",
}
CONTENT = yaml.safe_load(paths.TRAINING_FILES[0].read_text(encoding="utf-8"))["nlu"]
ORDINARY = [item for item in CONTENT if not item["intent"].startswith("red_flag")]


@pytest.mark.parametrize("item", ORDINARY, ids=lambda item: item["intent"])
def test_no_pattern_takes_an_ordinary_example_for_a_sign(detector, item):
    texts = [line.strip()[2:] for line in item["examples"].splitlines() if line.strip()]
    raised = {text: detector.screen(text).top for text in texts}
    wrong = {text: top.flag_id for text, top in raised.items() if top}
    assert {t: f for t, f in wrong.items() if t.lower() not in RIGHTLY_RAISED} == {}


@pytest.mark.parametrize("item", [i for i in CONTENT if i not in ORDINARY],
                         ids=lambda item: item["intent"])  # fmt: skip
def test_the_examples_of_signs_are_signs(rank, item):
    texts = [line.strip()[2:] for line in item["examples"].splitlines() if line.strip()]
    tier = item["intent"].removeprefix("red_flag_")
    least = min(Tier.URGENT.rank, 4 if tier == "self_harm" else Tier(tier).rank)
    missed = [text for text in texts if rank(text) < least]
    share = 100 if tier in ("emergency", "self_harm") else 15
    assert len(missed) <= len(texts) // share, missed
