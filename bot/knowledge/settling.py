"""The shape of data/settling.yml: words that settle a warning sign."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any

from pydantic import Field

from bot.knowledge.schema.data_files import DataFile, Facts, load_facts
from bot.knowledge.schema.kinds import Id, Text

SETTLING_FILE = "settling.yml"


class Meaning(str, Enum):
    """Why a sign is settled: we got it wrong, or somebody who can judge it has looked."""

    MISUNDERSTOOD = "misunderstood"
    CHECKED = "checked"


class Standing(str, Enum):
    """What can stand open in a conversation until it is settled."""

    EMERGENCY = "emergency"
    SELF_HARM = "self_harm"
    URGENT = "urgent"


class SettlingWords(Facts):
    """One way to say that a sign is settled.

    Attributes:
        settles: what these words settle.
        only_flags: ids of the signs that they settle; empty for all.
        needs: lists of patterns; of each list one must stand somewhere in the message.
        unless_before: patterns that undo a hit when they stand before it in its sentence.
        unless_beside: patterns that undo a hit wherever they stand in its sentence.
        unless_said: patterns that undo it wherever they stand in the message.
        alone: what they settle only where the message says nothing else.
        examples: messages that must be found.
        not_: messages that must not be found.
    """

    id: Id
    means: Meaning
    settles: list[Standing] = Field(..., min_length=1)
    only_flags: list[Id] = []
    patterns: list[Text] = Field(..., min_length=1)
    needs: list[list[Text]] = []
    unless_before: list[Text] = []
    unless_beside: list[Text] = []
    unless_said: list[Text] = []
    alone: list[Standing] = []
    examples: list[Text] = Field(..., min_length=1)
    not_: list[Text] = Field(..., min_length=1, alias="not")


class Opposite(Facts):
    """Words that say the opposite of some concepts of data/red_flags.yml.

    Attributes:
        names: the concepts.
        phrases_of: ids of signs whose phrases are meant, too.
    """

    names: list[Id] = Field(..., min_length=1)
    phrases_of: list[Id] = []
    says: list[Text] = Field(..., min_length=1)


class Denials(Facts):
    """How a sign that was told is denied, over and above 'not' before it.

    Attributes:
        places: groups of concepts that say where a sign is; what is denied of one group denies
            nothing of another.
        where: concepts that are places alone.
        one_thing: concepts that are one and the same in whatever words; others are denied only in
            words that were told.
        common: concepts that are no sign by themselves.
        facts: concepts in the reason of a warning with which the reason falls.
        opposites: what says the opposite of a sign.
        undone: what makes a sentence deny nothing, wherever it stands in it.
        told_in: what says that a sign was one of a film, a book or the news.
    """

    places: dict[Id, list[Id]]
    where: list[Id]
    one_thing: list[Id]
    common: list[Id]
    facts: list[Id]
    opposites: list[Opposite]
    undone: list[Text]
    told_in: list[Text]


class HelpWords(Facts):
    """How people say that help was called, is coming, or has come.

    Attributes:
        patterns: what says so.
        unless_before: patterns that undo a hit when they stand before it in its sentence.
        unless_beside: patterns that undo a hit wherever they stand in its sentence.
        unless_said: patterns that undo it wherever they stand in the message.
    """

    patterns: list[Text] = Field(..., min_length=1)
    unless_before: list[Text] = []
    unless_beside: list[Text] = []
    unless_said: list[Text] = []
    examples: list[Text] = Field(..., min_length=1)
    not_: list[Text] = Field(..., min_length=1, alias="not")


class Heard(str, Enum):
    """What somebody says while an alarm stands, or after one, that gets words of its own."""

    TELL = "tell"
    NUMBER = "number"
    PERSON = "person"
    THANKS = "thanks"
    WHY = "why"
    WAIT = "wait"
    DRIVE = "drive"
    UNTIL = "until"
    DARK = "dark"


class HeardWords(HelpWords):
    """How people say one of these.

    Attributes:
        whole: patterns that say it where they are the whole sentence.
    """

    id: Heard
    whole: list[Text] = []


class SettlingFile(Facts):
    """data/settling.yml as a whole."""

    version: int
    reviewed: Text
    words: dict[str, list[Text]]
    groups: list[SettlingWords] = Field(..., min_length=1)
    denials: Denials
    help: HelpWords
    heard: list[HeardWords] = Field(..., min_length=1)
    denying: list[Text] = Field(..., min_length=1)
    newer: list[Text] = Field(..., min_length=1)
    renewed: list[Text] = Field(..., min_length=1)


def load_settling(folder: Path) -> tuple[SettlingFile, DataFile]:
    """Read data/settling.yml.

    Args:
        folder: the data folder.

    Returns:
        The typed facts, and the file for checks that need line numbers.

    Raises:
        DataError: the file is missing or has the wrong shape.
    """
    return load_facts(folder / SETTLING_FILE, SettlingFile)


# The intents of the two buttons under a warning.
BUTTON_INTENTS = {
    Meaning.MISUNDERSTOOD: "deny_red_flags",
    Meaning.CHECKED: "been_checked",
}
# What a stored message is marked with that settles a sign.
SETTLED_ENTITY = "settled"


def settled_by(message: Mapping[str, Any]) -> Meaning | None:
    """Why a stored message of the person settles a sign, if it does.

    Args:
        message: a user event of the tracker, or the latest message, with text and what was read.
    """
    parsed = message.get("parse_data") or message
    text = str(message.get("text") or "")
    for means, intent in BUTTON_INTENTS.items():
        if text == f"/{intent}":
            return means
    for entity in parsed.get("entities") or []:
        if entity.get("entity") == SETTLED_ENTITY:
            return Meaning(entity["value"])
    return None
