"""The red-flag check: what must be raised, what must not, over turns, over time, on any input."""

import datetime
from pathlib import Path

import pytest
import yaml

from bot.knowledge.data_files import DATA_DIR
from bot.knowledge.red_flags import Tier, load_red_flags
from bot.safety.default import default_detector
from bot.safety.detector import RedFlagDetector

PHRASES = yaml.safe_load((Path(__file__).parent / "phrases.yml").read_text(encoding="utf-8"))
SATURDAY = datetime.date(2026, 11, 21)


@pytest.fixture(scope="module")
def detector():
    return default_detector()


@pytest.fixture(scope="module")
def on_saturday():
    return RedFlagDetector(load_red_flags(DATA_DIR / "red_flags.yml"), today=lambda: SATURDAY)


@pytest.mark.parametrize(
    ("tier", "text"),
    [(tier, text) for tier in ("emergency", "urgent", "doctor_soon", "persistent")
     for text in PHRASES[tier]],
)  # fmt: skip
def test_a_sign_is_raised_at_its_tier_or_above(detector, tier, text):
    screening = detector.screen(text, ["my lower back hurts"])
    assert screening.tier is not None
    assert screening.tier >= Tier(tier), screening


@pytest.mark.parametrize("text", PHRASES["ordinary"])
def test_an_ordinary_sentence_raises_nothing(detector, text):
    assert detector.screen(text).findings == ()


@pytest.mark.parametrize("text", PHRASES["despite_negation"])
def test_negation_words_do_not_hide_a_sign(detector, text):
    screening = detector.screen(text, ["my back hurts"])
    assert screening.tier is not None
    assert screening.tier >= Tier.URGENT


@pytest.mark.parametrize(
    ("text", "raised", "not_raised"),
    [
        ("No fever, no numbness, but the pain is getting worse every day", "worsening",
         "fever_with_back_pain"),
        ("I can feel everything fine but I can't pee", "ces_bladder", "ces_saddle_numbness"),
        ("My mum had cancer; I have back pain and I'm losing weight without trying",
         "weight_loss_systemic", "spinal_cord_compression_cancer"),
        ("BL40 point for my bladder meridian and I can't feel my bum", "ces_saddle_numbness",
         "ces_bladder"),
        ("Pain for 3 weeks, doctor said strain, but now my leg is weak", "leg_weakness_one_side",
         "leg_weakness_severe"),
        ("what should my father do, he has sudden tearing back pain right now",
         "aortic_dissection", "self_harm"),
    ],
)  # fmt: skip
def test_of_two_signs_the_right_one_stands(detector, text, raised, not_raised):
    flags = {finding.flag_id for finding in detector.screen(text).findings}
    assert raised in flags
    assert not_raised not in flags


def test_signs_add_up_over_turns(detector):
    assert detector.screen("my back hurts").tier is None
    together = detector.screen("and i'm shivering", ["my back hurts", "where is LI4"])
    assert together.tier is Tier.URGENT


def test_an_old_sign_does_not_fire_again_by_itself(detector):
    earlier = ["i lost control of my bladder", "my back hurts"]
    assert detector.screen("where is the point on my hand", earlier).tier is None


@pytest.mark.parametrize(
    ("text", "persistent"),
    [
        ("my back has hurt for three days", False),
        ("my back has hurt for four days", True),
        ("back pain since yesterday", False),
        ("my back hurts since thursday", False),
        ("my back hurts since tuesday", True),
        ("back ache for too weeks", True),
        ("going on three weeks now with this back", True),
        ("on and off since spring my back hurts", True),
        ("how long do i press it, two weeks?", False),
        ("i have had a desk job for 20 years and my back is stiff today", False),
        ("it hurt for two weeks but it is nearly gone", False),
    ],
)
def test_pain_longer_than_a_few_days_is_persistent(on_saturday, text, persistent):
    tier = on_saturday.screen(text).tier
    assert (tier is Tier.PERSISTENT) == persistent


def test_a_bare_duration_counts_only_as_an_answer(detector):
    assert detector.screen("for about six weeks").tier is None
    assert detector.screen("for about six weeks", asked_duration=True).tier is Tier.PERSISTENT
    assert detector.screen("for about six weeks", ["my lower back hurts"]).tier is Tier.PERSISTENT


def test_the_end_of_a_very_long_text_is_read(detector):
    story = " ".join(f"On day {n} we walked by the river and had tea." for n in range(2500))
    assert len(story) > 100_000
    assert detector.screen(story).tier is None
    assert detector.screen(story + " I cannot control my bladder.").tier is Tier.EMERGENCY


@pytest.mark.parametrize(
    "text", ["", " ", "\x00\x01", "🙂🙃", "a" * 100_000, "....", "'" * 500, "我背疼", "(((*"]
)
def test_any_input_is_survived(detector, text):
    assert detector.screen(text).tier is None


def test_thoughts_of_self_harm_have_their_own_mark(detector):
    assert detector.screen("i dont want to live with this pain").is_self_harm
    assert not detector.screen("i lost control of my bladder").is_self_harm
