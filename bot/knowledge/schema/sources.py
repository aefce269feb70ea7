"""The shape of data/sources.yml: what every fact rests on."""

from __future__ import annotations

from enum import Enum

from bot.knowledge.schema.data_files import Facts
from bot.knowledge.schema.kinds import Id, Text


class SourceKind(str, Enum):
    """What sort of thing a source is. TRADITION and OWN are no proof, and say so."""

    STANDARD = "standard"
    ARTICLE = "article"
    STUDY = "study"
    REVIEW = "review"
    GUIDELINE = "guideline"
    HEALTH_SERVICE = "health_service"
    REFERENCE = "reference"
    TRADITION = "tradition"
    OWN = "own"


class HowMuchRead(str, Enum):
    """How much of the source was read by those who wrote the facts down."""

    WHOLE = "whole"
    PART = "part"
    ABSTRACT = "abstract"
    NONE = "none"


class Source(Facts):
    """Something a fact rests on. `where` is a citation that stays true, if there is one."""

    id: Id
    kind: SourceKind
    read: HowMuchRead
    title: Text
    where: str = ""


class SourcesFile(Facts):
    """data/sources.yml as a whole."""

    version: int
    sources: list[Source]
