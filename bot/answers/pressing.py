"""Which answers lead to pressing, by their key and by their words; and the gate that holds it back.

By its key, what is not known to be without pressing is taken to lead to it: an answer added later
is held back from somebody who must not press until it is named here. By their words, single
sentences invite to press, whatever the answer is about: 'for either, press gently'.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from bot.answers.builder import called
from bot.answers.general import GeneralAnswers
from bot.answers.past_answers import PastAnswers
from bot.answers.people import Person
from bot.answers.reply import Reply
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.guidance import Withhold
from bot.messages.answer_key import AnswerKey, Kind

_WITHOUT = frozenset({
    Kind.SAY, Kind.TOPIC, Kind.DECLARED, Kind.WITHHELD, Kind.WHY_WITHHELD, Kind.CONDITION,
    Kind.REMINDER, Kind.SOURCES, Kind.NAMES, Kind.SPELT, Kind.REFERENCE, Kind.NOT_HERE,
    Kind.ABOUT_ME,
})  # fmt: skip
_TOPICS = frozenset({
    "ask_what_is_acupressure", "ask_routine", "ask_preparation", "ask_safety",
    "ask_source_conflict", "ask_right_spot", "report_pain", "report_improvement",
})  # fmt: skip
# Topics that are about nothing but pressing: without their invitation nothing is left to say.
_ONLY_PRESSING = frozenset({"ask_routine", "ask_preparation", "ask_right_spot"})
# What a session says without a step.
_SESSION_WITHOUT = frozenset({"end", "feeling", "not_now", "progress", "say"})


def leads_to_pressing(key: AnswerKey | None) -> bool:
    """Whether an answer names a point, a place or a way to press.

    Args:
        key: the key of a reply; an answer without one may lead anywhere.
    """
    return key is None or any(map(_one_leads, key.parts))


def _one_leads(key: AnswerKey) -> bool:
    if key.kind is Kind.TOPIC:
        return key.about in _TOPICS
    if key.kind is Kind.SESSION:
        return key.about not in _SESSION_WITHOUT
    return key.kind not in _WITHOUT


_PIECE = re.compile(r"(?<=[.!?:])(?:[*_\"]*)\s+|\n+")
_SOFTLY = r"(?:(?:only|softly|gently|lightly|slowly|briefly|carefully|just|now|also|again|still) )*"
_WHERE = r"(?:the|it|them|your|both|each|one|two|around|softly|gently|lightly|slowly|very|for|with)"
_DO = (
    r"(?:press(?! (?:releases?|nothing)\b)|push(?! (?:up|yourself)\b)"
    r"|hold (?:it|each|both|still|(?:the )?(?:point|spot|ankle)|(?:\w+ )?for (?:about|\d))"
    rf"|(?:rub|knead|massage|squeeze|stroke) {_WHERE})"
)
_COUNTED = r"(?:(?:the|a|an|one|two|or|three|each|any|this|that|your|few|right) )+"
_ONE = rf"{_COUNTED}(?:\w+ )?(?:points?|spots?)"
_INVITES = re.compile(
    # What is told to do, at the beginning or after another such thing.
    r"(?:^|[,;:(] ?|\b(?:then|and|or|please|(?<!how )to|can|could|may|might|should|just) )(?:you )?"
    rf"{_SOFTLY}{_DO}\b"
    rf"|\b(?:pick|choose|find|take|look for|feel for|use) {_ONE}\b(?! for a (?:sore|part))"
    r"|\b(?:pick|choose) points?\b"
    r"|\bpress(?:ed)? (?:\w+ ){0,3}(?:softly|gently|lightly|slowly)\b"
    r"|\b(?:softly|gently|lightly) press(?:ing)?\b"
    r"|\b(?:start|begin) (?:very )?(?:softly|gently)\b"
    r"|\bbe (?:soft and gentle|softer|very gentle)\b"
    r"|\b(?:short|calm|gentle|soft),? (?:\w+ )?(?:session|massage)\b"
    r"|\b\d+ to \d+ seconds\b|\bonce or twice a day\b"
    r"|^yes,? (?:wherever|whenever|do both|with both|(?:you|somebody else) can (?:use|press))\b",
)
# Before it: pressing is refused, put off, or told of others.
_REFUSES = re.compile(
    r"\b(?:not|never|no|nor|dont|don't|cannot|stop|leave out|before|without|instead of|"
    r"rather than|whether|nobody|avoid\w*|neither|if you want to|how)\b"
)
# Anywhere beside it.
_TELLS = re.compile(
    r"\b(?:agrees?|agreed|whether|stud(?:y|ies)|trials?|tested|people|tradition\w*|said|articles?)\b"
)
_SENTENCES = re.compile(r"(?<=[.!?:])(?<!\d\.) +")
_LIMITS = (Withhold.EVERYTHING, Withhold.CAUTIONED_POINTS)
# Fewer words may stand anywhere: 'on the forearm'.
_SHORTEST_PLACE = 5
_MARKS = re.compile(r"[*_\"\u201c\u201d]|^\s*(?:[-\u2013]|\d+\.)\s+")


def invites_to_press(sentence: str) -> bool:
    """Whether a sentence tells somebody to press, where, or for how long.

    Args:
        sentence: one sentence of an answer, or a line of a list.
    """
    plain = _MARKS.sub("", sentence.strip()).strip().lower()
    if _TELLS.search(plain):
        return False
    return any(not _REFUSES.search(plain[: hit.start()]) for hit in _INVITES.finditer(plain))


def invites(text: str) -> bool:
    """Whether any sentence of a text invites to press."""
    return any(map(invites_to_press, _PIECE.split(text)))


def without_invitations(text: str) -> str:
    """A text without the sentences that invite to press; "" where nothing is left."""
    return _without(text, invites)


def held_back(reply: Reply, person: Person, catalogue: Catalogue) -> Reply:
    """The reply without what invites this person to press, where that is withheld from them.

    Every answer passes through here, whatever it is about. Who may press some points hears the
    reason beside what invites to press any, and no place of a point that they may not press.
    """
    if not any(c.withhold in _LIMITS for c in person.conditions):
        return reply
    places = _places_withheld(person, catalogue)
    everything = person.everything_withheld_by

    def is_held_back(sentence: str) -> bool:
        told = _MARKS.sub("", sentence)
        return any(place in told for place in places) or bool(everything and invites(sentence))

    written, spoken = (_without(text, is_held_back) for text in (reply.written, reply.spoken))
    if (written, spoken) == (reply.written, reply.spoken):
        return reply if everything else _with_limits(reply, person)
    condition = everything or next(c for c in person.conditions if c.withhold in _LIMITS)
    point = catalogue.point(reply.key.codes[0]) if reply.key.kind is Kind.CONFLICT else None
    alone = reply.key.kind is Kind.TOPIC and not reply.key.others
    if not (written and spoken) or point or (alone and reply.key.about in _ONLY_PRESSING):
        return GeneralAnswers(catalogue, person).withheld(point, condition)
    line = catalogue.wording("pressing_left_out")
    return replace(
        reply,
        written=f"{written}\n\n{line.written.format(what=called(condition))}",
        spoken=f"{spoken} {line.spoken}",
        guidance=condition.guidance if reply.guidance == "general" else reply.guidance,
        card={},
    )


# Sentences that are about nothing but a pregnancy or a baby.
_OF_A_PREGNANCY = re.compile(
    r"^(?:\*\*[^*]{1,40}:\*\* )?(?:in pregnancy\b|not in pregnancy\.|"
    r"not if you are or may be pregnant\."
    r"|if you are or may be pregnant,|to feed (?:or hold )?(?:a|your) \W*baby\b)",
    re.IGNORECASE,
)


def without_pregnancy(reply: Reply, heard: PastAnswers) -> Reply:
    """A general answer without its line on pregnancy, for whom that cannot concern.

    Whoever it may concern is told once.

    Args:
        reply: an answer that was not asked for because of a pregnancy.
        heard: what was told before, and what cannot concern the person.
    """
    is_general = reply.key.kind is Kind.TOPIC and "pregnan" not in str(reply.key)
    was_told = any("pregnan" in text for text in heard.texts)
    if not is_general or not (heard.cannot_concern or was_told):
        return reply

    def is_of_it(sentence: str) -> bool:
        return bool(_OF_A_PREGNANCY.search(sentence))

    written, spoken = (_without(text, is_of_it) for text in (reply.written, reply.spoken))
    return replace(reply, written=written, spoken=spoken) if written and spoken else reply


def _places_withheld(person: Person, catalogue: Catalogue) -> frozenset[str]:
    codes = tuple(point.code for point in catalogue.points if person.withheld_by(point))
    return _places_of(codes, catalogue)


@lru_cache(maxsize=64)
def _places_of(codes: tuple[str, ...], catalogue: Catalogue) -> frozenset[str]:
    """The sentences, and few words, that say where these points lie."""
    said = (
        text
        for point in map(catalogue.point, codes)
        if point
        for told in (point.location.lay, point.location.spoken, point.find)
        for text in (point.location.place, *_PIECE.split(told))
    )
    return frozenset(text for text in said if len(text.split()) >= _SHORTEST_PLACE)


def _with_limits(reply: Reply, person: Person) -> Reply:
    """General words on pressing, with what this person has to leave out."""
    limits = [c for c in person.conditions if c.withhold is Withhold.CAUTIONED_POINTS]
    is_general = reply.key.kind is Kind.TOPIC or reply.key.subject in ("any", "hands")
    if not (limits and is_general and invites(reply.written)) or limits[0].reason in reply.written:
        return reply
    return replace(
        reply,
        written=f"{reply.written}\n\n**As you told me:** {limits[0].reason}",
        spoken=f"{reply.spoken} {limits[0].reason_spoken}",
        guidance=limits[0].guidance,
    )


def _without(text: str, is_held_back: Callable[[str], bool]) -> str:
    """A text without some sentences; a line that nothing is left of goes with them."""
    paragraphs = []
    for paragraph in text.split("\n\n"):
        lines = [
            " ".join(one for one in _SENTENCES.split(line) if not is_held_back(one))
            for line in paragraph.split("\n")
        ]
        kept = [line for line in lines if line]
        if kept and not (len(kept) == 1 and len(lines) > 1 and kept[0].rstrip("*").endswith(":")):
            paragraphs.append("\n".join(kept))
    return "\n\n".join(paragraphs)
