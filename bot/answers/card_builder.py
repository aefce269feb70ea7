"""Attaches the whole card to an answer that is sent.

Inside, an answer only names what its card is about, for example {"type": "point", "code": "LI4"}:
that is what conversations store. What is withheld from a person is marked there, by the one who
knows the person, and gets a card that has no place for pressing steps.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from bot.answers.cards import (
    AreaOnBody,
    Call,
    CardCaution,
    CardSource,
    MethodCard,
    MethodStep,
    Picture,
    PointCard,
    PointsCard,
    RedFlagCard,
    SpotCard,
    WithheldPointCard,
)
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.pictures import Drawn, Pair, Pictures
from bot.knowledge.schema.data_files import Facts
from bot.knowledge.schema.points import Point
from bot.messages.message import Message
from bot.messages.warning_text import WarningText
from bot.text.json_types import JsonObject

Shown = tuple[Picture | None, Picture | None]
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def with_card(message: Message, catalogue: Catalogue, pictures: Pictures) -> Message:
    """The message with its whole card.

    Cards of reminders are whole already, and those of warnings are made at the very end; those of a
    guided session only lack their pictures.

    A card about something that the catalogue no longer has is taken off.
    """
    brief = message.reply.card
    if not brief or str(brief.get("type")).startswith(("reminder", "red_flag")):
        return message
    cards = _Cards(catalogue, pictures)
    if str(brief.get("type")).startswith("session_"):
        return message.with_reply(card={**brief, **cards.for_step(brief)})
    card = cards.complete(brief)
    return message.with_reply(card=_plain(card) if card else None)


def picture_of(message: Message) -> JsonObject | None:
    """The picture that helps most with a message, for channels that show one."""
    card = message.reply.card or {}
    first: JsonObject = next(iter(card.get("points") or []), {})
    if not isinstance(first, dict):
        first = {}
    picture = card.get("picture") or first.get("picture")
    return picture if isinstance(picture, dict) else None


def with_red_flag_card(message: Message) -> Message:
    """A red-flag message with its whole card, and with the text made of it: both say the same.

    Other messages come back as they were.
    """
    reply, warning = message.reply, WarningText.of(message.reply.card)
    if not message.is_red_flag or reply.tier is None or warning is None:
        return message
    card = RedFlagCard(
        tier=reply.tier,
        about=reply.about,
        action=warning.action,
        why=warning.why or None,
        steps=list(warning.steps),
        note=warning.note,
        call=Call(country=reply.call.country, number=reply.call.number) if reply.call else None,
    )
    return message.with_text(warning.markdown()).with_reply(card=_plain(card))


class _Cards:
    """Builds whole cards from the catalogue."""

    def __init__(self, catalogue: Catalogue, pictures: Pictures) -> None:
        self._catalogue = catalogue
        self._pictures = pictures

    def for_step(self, card: Mapping[str, Any]) -> JsonObject:
        """The pictures for a step of a guided session that is about a point."""
        point = self._catalogue.point(card.get("point"))
        if point is None:
            return {}
        near, on_body = self._of_point(point)
        shown = {"picture": near, "on_body": on_body}
        return {name: json.loads(p.model_dump_json()) for name, p in shown.items() if p}

    def complete(self, brief: Mapping[str, Any]) -> Facts | None:
        """The card that `brief` names; None where the catalogue has none."""
        if brief.get("type") == "points":
            points = [card for card in map(self._point, brief.get("points") or []) if card]
            area = self._area(brief.get("area"))
            return PointsCard(points=points, area=area) if points else None
        if brief.get("type") == "spot":
            return self._spot(brief.get("id"))
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
        near, on_body = self._of_point(point)
        return PointCard(
            code=point.code,
            name=names.pinyin_tones,
            plain_name=names.pinyin,
            characters=names.characters,
            english=names.english[0],
            line=point.meridian,
            place=point.location.place,
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
            picture=near,
            on_body=on_body,
        )

    def _of_point(self, point: Point) -> Shown:
        name = f"{point.code} ({point.names.pinyin})"
        return _shown(self._pictures.of_point(point), name, point.location.lay)

    def _area(self, area_id: str | None) -> AreaOnBody | None:
        area = self._catalogue.area(area_id)
        if area is None:
            return None
        near, on_body = _shown(self._pictures.of_area(area.id), f"the {area.name}", "")
        return AreaOnBody(id=area.id, name=area.name, picture=near, on_body=on_body)

    def _spot(self, area_id: str | None) -> SpotCard | None:
        spot = next((a for a in self._catalogue.article_areas if a.id == area_id), None)
        if spot is None:
            return None
        near, on_body = _shown(self._pictures.of_spot(spot), spot.name, spot.location.lay)
        return SpotCard(
            id=spot.id,
            name=spot.name,
            where=spot.location.lay,
            cautions=self._cautions(spot.cautions),
            sources=self._sources(spot.sources),
            picture=near,
            on_body=on_body,
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
        cards = [
            CardCaution(text=c.written, short=c.short, important=c.always_say) for c in cautions
        ]
        return sorted(cards, key=lambda card: not card.important)

    def _sources(self, ids: Iterable[str]) -> list[CardSource]:
        sources = map(self._catalogue.source, ids)
        return [CardSource(title=s.title, kind=s.kind, where=s.where or None) for s in sources]

    def _tool_names(self, ids: Iterable[str]) -> list[str]:
        return [tool.name for tool in map(self._catalogue.tool, ids) if tool]

    def _complaint_name(self, complaint_id: str) -> str:
        complaint = self._catalogue.complaint(complaint_id)
        return complaint.name if complaint else complaint_id


def _shown(pair: Pair | None, name: str, where: str) -> Shown:
    """The near picture and the one on the whole body, if there are any."""
    if pair is None:
        return None, None
    near = _picture(pair.close, f"Drawing: {pair.close.view}, with {name} marked. {where}".strip())
    return near, _picture(pair.whole, f"Drawing: {pair.whole.view}, with {name} marked.")


def _picture(drawn: Drawn, alt: str) -> Picture:
    return Picture(
        address=drawn.address(),
        alt=alt,
        width=drawn.width,
        height=drawn.height,
        tones={tone: drawn.address(tone) for tone in drawn.files},
    )


def _plain(card: Facts) -> JsonObject:
    return dict(json.loads(card.model_dump_json(exclude_none=True)))
