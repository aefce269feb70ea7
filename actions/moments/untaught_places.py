"""A place that people ask about and on which none of our points lies: the calf, the temples."""

from __future__ import annotations

import re

from actions.guided import Answered
from actions.turn import Turn
from actions.turn.message import UNCLEAR
from bot.answers.places import PlaceAnswers
from bot.dialogue.topics import LIKELY
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.points import UntaughtPlace
from bot.knowledge.schema.topics import Topic

# What asks for a point, or for its name.
_FOR_A_POINT = frozenset({
    Topic.FIND_POINT, Topic.LOCATE_POINT, Topic.LIST_POINTS, Topic.ONE_THING, Topic.NAME,
})  # fmt: skip
_INTENTS = frozenset({
    "find_point", "locate_point", "list_points", "ask_other_codes", "ask_right_spot",
})  # fmt: skip
# What a message that names a place, and says nothing else, may hold besides.
_EMPTY = re.compile(
    r"\b(?:the|my|a|an|of|on|in|at|and|or|what|how|about|any|anything|something|one|ones|there|is|"
    r"are|points?|spots?|please|ok|okay|so|then|also|for|left|right|both|side|sides|itself|thigh|"
    r"leg|foot|arm|head|body|inner|outer|upper|lower|rear|maybe|no|um|uh)\b|[^\w']+"
)
_UNSURE = ("out_of_scope", UNCLEAR)
_POINT = re.compile(
    r"\b(?:points?|spots?|press|rub|massage|which one|the one|ones?)\b"
    r"|^(?:what|which|anything)(?: \w+){0,2} (?:on|at|in|around|near|there)\b"
)
_ON = r"\b(?:on|at) (?:(?:the|my|your|his|her|their|a|both) )?(?:\w+ )?"


def untaught_place(turn: Turn, catalogue: Catalogue) -> Answered | None:
    """The answer to somebody who wants a point where we have none; None where nobody does."""
    named = catalogue.untaught_place(turn.text)
    if named is None or turn.named_codes or turn.tells_new or turn.slot("session"):
        return None
    place, words = named
    if not _asks_for(turn, place, words):
        return None
    reply = PlaceAnswers(catalogue, turn.person, turn.heard).untaught(place)
    return Answered(reply, {"area": place.area} if place.area else {})


def _asks_for(turn: Turn, place: UntaughtPlace, words: str) -> bool:
    """Whether a point is asked for at the place, or nothing but the place is said."""
    said = turn.text.lower()
    rest = said
    for word in sorted(place.words, key=len, reverse=True):
        rest = re.sub(rf"\b{re.escape(word.lower())}\b", " ", rest)
    if not _EMPTY.sub("", rest):
        return True
    asks = turn.intent in _INTENTS or any(
        turn.topics.get(topic, 0) >= LIKELY for topic in _FOR_A_POINT
    )
    asks = asks or (turn.intent in _UNSURE and bool(_POINT.search(said)))
    if place.beside and turn.intent != "report_pain":
        return True  # 'the wrist one against seasickness' describes a point
    if turn.tells_pain and place.area:
        return False  # what hurts is asked about first
    elsewhere = [e for e in turn.entities("area") if e.get("value") != place.area]
    if elsewhere or turn.entities("complaint"):
        return asks and bool(re.search(_ON + re.escape(words.lower()), said))
    hurts = turn.intent == "report_pain" and not place.area
    return asks or hurts
