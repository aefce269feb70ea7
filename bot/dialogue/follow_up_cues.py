"""Finding in a message what it asks of the answer before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.knowledge.schema.follow_ups import Cue, CueWords, FollowUpsFile
from bot.text.phrases import found, normalised, phrase_forms

_NEAR = 2


def cue_in(text: str, words: FollowUpsFile) -> Cue | None:
    """What a short message asks of the answer before it, if anything."""
    said = tuple(part.removeprefix("but ") for part in phrase_forms(text))
    for entry in words.cues:
        if any(part in entry.words for part in said):
            return entry.id
    if len(said[0].split()) > words.longest:
        return None
    hits = [
        (len(hit[0]), entry.id)
        for entry in words.cues
        for hit in found(said[0], entry.anywhere)
        if _is_followed(said[0], hit[0], entry)
    ]
    return max(hits, key=lambda hit: hit[0])[1] if hits else None


def _is_followed(said: str, phrase: str, entry: CueWords) -> bool:
    if not (entry.followed_by and phrase.endswith(" my")):
        return True
    after = said.partition(phrase)[2].split()[:_NEAR]
    return any(word.removesuffix("s") in entry.followed_by for word in after)


def chosen_in(text: str, listed: Sequence[str], present: str, words: FollowUpsFile) -> str | None:
    """The code of the listed point that 'the second one' or 'the other one' means.

    Args:
        listed: codes of the list the person was given last.
        present: code of the point talked about last, for 'the other one'.

    Returns:
        None where no such words are said; '' where the list has no such place.
    """
    said = normalised(text)
    if len(said.split()) > words.longest:
        return None
    for entry in words.ordinals:
        if found(said, entry.words) and not _names_a_time(said):
            place = entry.place - 1 if entry.place > 0 else len(listed) - 1
            return listed[place] if 0 <= place < len(listed) else ""
    if found(said, words.other):
        others = [code for code in listed if code != present]
        if present not in listed:
            return others[0] if others else ""
        after = listed[(listed.index(present) + 1) % len(listed)]
        return after if others else ""
    return None


_TIME = re.compile(r"\b(?:first|last|second|third) (?:day|week|month|year|night|time|thing)s?\b")


def _names_a_time(said: str) -> bool:
    return bool(_TIME.search(said))


def adds_nothing(text: str, mentions: Iterable[str], words: FollowUpsFile) -> bool:
    """Whether a message holds nothing but its mentions and words like 'and on the'."""
    said = f" {normalised(text)} "
    for mention in sorted(map(normalised, mentions), key=len, reverse=True):
        said = said.replace(f" {mention} ", " ", 1)
    for hit in found(said, [phrase for phrase in words.around if " " in phrase]):
        said = said.replace(f" {hit[0]} ", " ", 1)
    return all(word in words.around for word in said.split())


def takes_back(text: str, words: FollowUpsFile) -> bool:
    """Whether a message corrects what was said before: 'no, I meant'."""
    return bool(found(normalised(text), words.corrects))


_LATIN = re.compile(r"[a-z\u00e0-\u024f]", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_FOREIGN_SHARE = 0.3


def is_foreign(text: str, words: FollowUpsFile) -> bool:
    """Whether a message is in another language: other letters, or several of its small words."""
    letters = _LETTER.findall(text)
    if len(letters) > 1 and 2 * len(_LATIN.findall("".join(letters))) < len(letters):
        return True
    said = re.findall(r"[^\W\d_]+", text.lower())
    other = {word for word in said if word in words.foreign}
    return len(other) > 1 and len(other) >= _FOREIGN_SHARE * len(said)
