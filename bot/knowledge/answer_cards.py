"""Attaches the whole card to an answer that leaves the house.

Inside, an answer only names what its card is about, for example {"type": "point", "code": "LI4"}:
that is what conversations store. What is withheld from a person is marked there, by the one who
knows the person, and gets a card that has no place for pressing steps.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from bot.knowledge.cards import (
    Call,
    CardCaution,
    CardSource,
    MethodCard,
    MethodStep,
    PointCard,
    PointsCard,
    RedFlagCard,
    WithheldPointCard,
)
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.data_files import Facts
from bot.knowledge.points import Point

Message = dict[str, Any]
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_MARKS = re.compile(r"[*_]{1,2}(?=\S)|(?<=\S)[*_]{1,2}")


def with_card(message: Message, catalogue: Catalogue) -> Message:
    """The message with its whole card; those of sessions and reminders are whole already.

    A card about something that the catalogue no longer has is taken off.
    """
    reply = (message.get("custom") or {}).get("reply") or {}
    brief = reply.get("card")
    if not brief or str(brief.get("type")).startswith(("session_", "reminder")):
        return message
    card = _Cards(catalogue).whole(brief)
    rest = {name: part for name, part in reply.items() if name != "card"}
    if card:
        rest["card"] = _plain(card)
    return {**message, "custom": {**message["custom"], "reply": rest}}


def with_red_flag_card(message: Message) -> Message:
    """A red-flag message with its card, read off its text, so that both say the same.

    The text is as bot/domain/red_flags.yml has it: the action in bold with the reason behind it,
    a list of what to do, and a note in italics. Other messages come back as they were.
    """
    reply = (message.get("custom") or {}).get("reply") or {}
    if reply.get("kind") != "red_flag":
        return message
    action, why, steps, note = "", [], [], []
    for block in filter(None, re.split(r"\s*\n\s*\n\s*|\n(?=\s*- )", message["text"].strip())):
        block = " ".join(block.split())
        bold = re.match(r"\*\*(.+?)\*\*\s*(.*)", block)
        if bold and not action:
            action = bold[1]
            why += [bold[2]] if bold[2] else []
        elif block.startswith("- "):
            steps.append(_bare(block[2:]))
        elif re.fullmatch(r"_.+_", block):
            note.append(_bare(block))
        else:
            why.append(_bare(block))
    call = reply.get("call")
    card = RedFlagCard(
        tier=reply["tier"],
        about=reply.get("about"),
        action=action or why.pop(0),
        why=" ".join(why) or None,
        steps=steps,
        note=" ".join(note) or None,
        call=Call(**call) if call else None,
    )
    return {**message, "custom": {**message["custom"], "reply": {**reply, "card": _plain(card)}}}


class _Cards:
    """Builds whole cards from the catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def whole(self, brief: Mapping[str, Any]) -> Facts | None:
        """The card that `brief` names; None where the catalogue has none."""
        if brief.get("type") == "points":
            points = [card for card in map(self._point, brief.get("points") or []) if card]
            return PointsCard(points=points) if points else None
        if brief.get("type") == "method":
            return self._method(str(brief.get("id")))
        return self._point(brief)

    def _point(self, brief: Mapping[str, Any]) -> PointCard | WithheldPointCard | None:
        point = self._catalogue.point(brief.get("code"))
        if point is None:
            return None
        names, press = point.names, point.press
        if "withheld" in brief:
            condition = self._catalogue.condition(str(brief["withheld"]))
            return WithheldPointCard(
                code=point.code,
                name=names.pinyin_tones,
                plain_name=names.pinyin,
                english=names.english[0],
                why=condition.reason if condition else self._catalogue.wording("instead").written,
            )
        return PointCard(
            code=point.code,
            name=names.pinyin_tones,
            plain_name=names.pinyin,
            characters=names.characters,
            english=names.english[0],
            line=point.meridian,
            where=point.location.lay,
            find=_SENTENCE.split(point.find),
            press=_SENTENCE.split(press.how),
            position=press.posture,
            hold_seconds=press.hold_seconds,
            rounds=press.rounds,
            per_day=press.times_a_day,
            sides=point.sides,
            reach=point.reach,
            tools=self._tool_names(press.tools),
            not_with=self._tool_names(press.not_with),
            stop_when=self._catalogue.techniques.default.stop_when,
            used_for=[self._complaint_name(p.complaint) for p in point.purposes],
            cautions=self._cautions(self._own_first(point)),
            sources=self._sources(point.sources),
        )

    def _method(self, tool_id: str) -> MethodCard | None:
        tool = self._catalogue.tool(tool_id)
        if tool is None:
            return None
        timers = {timer.step: timer.seconds for timer in tool.timers}
        return MethodCard(
            id=tool.id,
            name=tool.name,
            summary=tool.summary,
            steps=[
                MethodStep(text=step, seconds=timers.get(number))
                for number, step in enumerate(tool.steps, 1)
            ],
            how_long=tool.how_long,
            never=tool.never_on,
            cautions=self._cautions(tool.cautions),
            sources=self._sources(tool.sources),
        )

    def _own_first(self, point: Point) -> list[str]:
        """The point's cautions, those that every point has at the end."""
        everywhere = set.intersection(*(set(p.cautions) for p in self._catalogue.points))
        return sorted(point.cautions, key=lambda caution: caution in everywhere)

    def _cautions(self, ids: Iterable[str]) -> list[CardCaution]:
        cautions = map(self._catalogue.caution, ids)
        cards = [CardCaution(text=c.written, important=c.always_say) for c in cautions]
        return sorted(cards, key=lambda card: not card.important)

    def _sources(self, ids: Iterable[str]) -> list[CardSource]:
        sources = map(self._catalogue.source, ids)
        return [CardSource(title=s.title, kind=s.kind, where=s.where or None) for s in sources]

    def _tool_names(self, ids: Iterable[str]) -> list[str]:
        return [tool.name for tool in map(self._catalogue.tool, ids) if tool]

    def _complaint_name(self, complaint_id: str) -> str:
        complaint = self._catalogue.complaint(complaint_id)
        return complaint.name if complaint else complaint_id


def _plain(card: Facts) -> dict[str, Any]:
    return dict(json.loads(card.json(exclude_none=True)))


def _bare(text: str) -> str:
    """Text without the marks of bold and italics."""
    return _MARKS.sub("", text)
