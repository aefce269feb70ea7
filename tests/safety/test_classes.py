"""Classes of sentences that sound like a sign and are none, each beside a sign that must fire."""

import pytest

from bot.safety import Tier

PAIRS = {
    "the back of something else": (
        "i felt a pop at the back of my knee", "i felt a pop in my lower back and it hurts"),
    "a lump on the back of the neck": (
        "a little lump on the back of my neck", "a lump on my spine"),
    "a burning feeling": (
        "i feel a burning sensation in my forearm", "i feel burning hot and my back aches"),
    "a torn muscle": (
        "i think i tore a muscle in my back", "a tearing pain between my shoulder blades"),
    "wear and tear": (
        "there's wear and tear in my spine", "it tore through my chest into my back"),
    "an injection": (
        "they gave me a cortisone shot in my knee", "i was shot in the back"),
    "grief": (
        "she dumped me and now my heart aches", "my wife left me and there's crushing chest pain"),
    "somebody who died": (
        "he died in a train crash in 1999", "i was in a train crash and my back hurts"),
    "somebody's past attempt": (
        "she attempted suicide twice, years ago", "i attempted suicide twice, years ago"),
    "an operation after an accident": (
        "i had surgery on my pelvis after a riding accident", "i hurt my back in a car accident"),
    "a year": (
        "i had a heart attack in 2009", "i think i'm having a heart attack"),
    "an age": (
        "i was knocked down by a car when i was eight", "i was knocked down by a car this morning"),
    "a decade of life": (
        "i was in a coma after a crash in my twenties", "i'm in my twenties and my groin is numb"),
    "what to look out for": (
        "so fever, chest pain, okay. i'll look out for those",
        "i've got chest pain. i'll look out for that"),
    "the things to watch for": (
        "numbness, no bladder control, those are the things to watch for",
        "my groin is numb, is that one of the things to watch for"),
    "a clinician asks": (
        "have you had any weakness in your legs", "have you got a point for my weak legs"),
    "a clinician goes through a list": (
        "any chest pain or trouble breathing", "without any warning both my legs went numb"),
    "a clinician asks when": (
        "when did the chest pain start", "the chest pain started an hour ago"),
    "a clinician sums up": (
        "so you fell and hurt your back", "so i fell down the stairs and hurt my back"),
    "no change noticed": (
        "no, i haven't noticed any change in my bladder", "i didn't notice that i had wet myself"),
    "never told": (
        "i've never been told i have an aneurysm", "i was told i have an aneurysm"),
    "another reason not to walk": (
        "i can't walk far because of my knees", "i can't walk because of my back"),
    "a joint that will not bend": (
        "i can't bend my knee, it's stiff", "i can't feel my knee or my foot"),
    "out of breath after a sprint": (
        "i'm breathless after a sprint", "i'm breathless just walking to the door"),
    "does it cause": (
        "can stress give you chest pain", "stress gives me chest pain"),
    "patches of skin": (
        "my nephew, 7 years old, has patches on his back",
        "my nephew, 7 years old, has pain in his back"),
    "a child on the back": (
        "my little boy jumped on my back", "my little boy says his back hurts"),
    "an arm that does not go up": (
        "i can't lift my arm above my head, frozen shoulder", "i can't lift my arm any more"),
    "weight lost by walking": (
        "i lost some weight because i've been walking more", "i lost weight, i don't know why"),
    "a normal temperature": (
        "they took my temperature and it was normal", "they took my temperature, it's a fever"),
    "kept awake by others": (
        "the dog wakes me at night and my back is stiff", "my back pain wakes me at night"),
    "weak with love": (
        "i go weak at the knees when she smiles", "my knees are weak and give way"),
    "a laugh": (
        "i laughed so hard i wet myself", "i coughed and wet myself"),
    "never such pain": (
        "i have never had such a good day", "i have never had such terrible pain"),
    "never a pain that bad": (
        "my pain has never been so bad that i needed pills", "my back has never been so bad"),
    "never like this": (
        "no, never had anything like this", "never in my life has my back hurt like this"),
    "weakness of a whole life": (
        "my left leg has been weak since polio as a child",
        "leg weak since childhood but much worse since yesterday"),
    "weak since birth": (
        "my foot has been weak since birth", "my foot has been weak since the birth of my son"),
    "weak for ever": (
        "i have always had a weak leg, where is LI4", "always had back pain, weak leg"),
    "a weak leg, told in two sentences": (
        "My leg has been weak since polio. Can I press GB34?",
        "My leg has been weak since polio. It got weaker this week."),
    "leaks since the children came": (
        "i leak a bit when i cough since i had the kids", "i leak a bit when i cough, that is new"),
    "something else leaks": (
        "my tap leaks since last week", "i leak since last week"),
    "the right spot": (
        "my foot tingles at the right spot", "both feet tingle, is it the right spot"),
}  # fmt: skip
ALARMING = (Tier.URGENT, Tier.EMERGENCY)


@pytest.mark.parametrize("name", PAIRS)
def test_the_harmless_one_raises_no_alarm(detector, name):
    assert detector.screen(PAIRS[name][0]).tier not in ALARMING


@pytest.mark.parametrize("name", PAIRS)
def test_the_sign_still_does(detector, name):
    assert detector.screen(PAIRS[name][1]).tier in ALARMING


@pytest.mark.parametrize("text", [
    "I never felt pain like this", "never had such bad back pain", "i've never known pain like it",
    "it has never hurt so much", "never felt anything so painful",
])  # fmt: skip
def test_pain_never_had_before_is_unbearable_pain(detector, text):
    assert detector.screen(text).top.flag_id == "severe_pain"


@pytest.mark.parametrize("text", [
    "i don't have any sensation when my partner and i have sex",
    "i can't get my toes to move", "there's no reason i should go on living like this",
    "there's no warning before my bowels open", "my knickers were wet and i hadn't noticed, i "
    "didn't feel i was going",
])  # fmt: skip
def test_signs_in_roundabout_words(detector, text):
    assert detector.screen(text).tier is Tier.EMERGENCY


@pytest.mark.parametrize("text", [
    "my left leg has been weak, it started about a year ago",
    "it was three months ago that my foot went numb",
    "i broke my back and it still hurts",
    "i can't sit or stand, my back is so bad", "it aches just the same whether i lie or move",
])  # fmt: skip
def test_what_began_long_ago_and_is_there(detector, text):
    assert detector.screen(text).tier in ALARMING


@pytest.mark.parametrize("text", [
    "back trouble since a crash in 1995", "my back has hurt since the operation in june",
    "it's day eight and my back is no good", "my sore back goes back to 2011",
    "i had a spinal fusion. i'm in pain", "they did a laminectomy and the pain came back",
    "when i bend my neck an electric shock runs down my spine",
])  # fmt: skip
def test_a_long_course_told_by_its_beginning(detector, text):
    assert detector.screen(text).tier is not None


@pytest.mark.parametrize("text", [
    "no change in my appetite", "my eczema is worse in winter", "it doesn't go down into the leg",
    "my back hurts but not every day", "my back is red from the sun",
    "i used to get backache a long time ago",
])  # fmt: skip
def test_no_course_of_pain(detector, text):
    assert detector.screen(text).findings == ()
