"""The rule by which concepts make a flag.

All concepts of a combination must count (not be denied, over, asked about, somebody else's past).
With 'within' they stand in one sentence, near each other. Without it, all but one may stand in the
sentences just before, or in earlier messages; at least one must be new, so that an old flag never
fires again by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from bot.knowledge.schema.red_flags import Flag, combination
from bot.safety.concepts import Place
from bot.safety.reading import SentenceReading

_TRIES = 64


@dataclass(frozen=True)
class Rule:
    """One combination of one flag."""

    flag: Flag
    names: tuple[str, ...]
    within: int | None


@dataclass(frozen=True)
class Verdict:
    """A rule that is met, or that only `reason` keeps from being met."""

    rule: Rule
    places: tuple[Place, ...]
    reason: str | None


def phrases_of(flag: Flag) -> str:
    """The name under which a flag's own phrases are looked for."""
    return f"phrases of {flag.id}"


def rules_of(flag: Flag) -> list[Rule]:
    """All ways in which a flag can fire."""
    rules = [Rule(flag, (phrases_of(flag),), None)] if flag.phrases else []
    return rules + [Rule(flag, *combination(text)) for text in flag.fires]


def judge(
    rule: Rule, reading: SentenceReading, before: Sequence[SentenceReading]
) -> Verdict | None:
    """Whether `rule` is met in this sentence, with the help of those before it."""
    here = [name for name in rule.names if name in reading.places]
    if not here:
        return None
    if len(here) == len(rule.names):
        verdict = _in_sentence(rule, reading)
        if verdict and not verdict.reason:
            return verdict
    else:
        verdict = None
    if rule.within is None and len(rule.names) > 1:
        return _across(rule, reading, before) or verdict
    return verdict


def _in_sentence(rule: Rule, reading: SentenceReading) -> Verdict | None:
    options = [
        [(place, name) for place in reading.places[name]][: 8 if len(rule.names) < 3 else 4]
        for name in rule.names
    ]
    held: Verdict | None = None
    for count, chosen in enumerate(product(*options)):
        places = tuple(place for place, _ in chosen)
        if count > _TRIES:
            break
        if rule.within is not None and _apart(places) > rule.within:
            continue
        if len(places) > 1 and _same(places):
            continue
        reasons = [reading.reason(place, name) for place, name in chosen]
        reason = next((reason for reason in reasons if reason), None)
        if reason is None:
            return Verdict(rule, places, None)
        held = held or Verdict(rule, places, reason)
    return held


def _across(
    rule: Rule, reading: SentenceReading, before: Sequence[SentenceReading]
) -> Verdict | None:
    here: list[Place] = []
    for name in rule.names:
        places = reading.standing(name)
        if places:
            here.append(places[0])
        elif not any(other.standing(name) for other in before):
            return None
    return Verdict(rule, tuple(here), None) if here else None


def _apart(places: tuple[Place, ...]) -> int:
    """The widest gap, in words, between neighbours."""
    ordered = sorted(places, key=lambda place: place.first)
    pairs = pairwise(ordered)
    return max((b.first - a.last - 1 for a, b in pairs), default=0)


def _same(places: tuple[Place, ...]) -> bool:
    """Whether the same word is taken for all the concepts."""
    return all(place == places[0] for place in places) and places[0].first == places[0].last
