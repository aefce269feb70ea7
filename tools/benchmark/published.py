"""What others report on the same sets. The figures and their sources are in published.yml."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel

_FILE = Path(__file__).with_name("published.yml")
Told = Literal["paper", "repeated", "recalled"]


class PublishedAccuracy(BaseModel, extra="forbid"):
    """A system's share of intents told right, in per cent, after ten and after all examples."""

    system: str
    few: float | None = None
    all: float | None = None
    source: str
    told: Told


class PublishedBot(BaseModel, extra="forbid"):
    """A system's figures on real messages to a bot, in per cent but for the last two."""

    system: str
    inside: float
    best_inside: float
    outside: float
    threshold: float
    correlation: float
    source: str
    told: Told


class Published(BaseModel, extra="forbid"):
    """Everything in published.yml."""

    sources: dict[str, str]
    accuracy: dict[str, list[PublishedAccuracy]]
    bots: dict[str, list[PublishedBot]]


def published() -> Published:
    """The figures of others."""
    return Published(**yaml.safe_load(_FILE.read_text(encoding="utf-8")))
