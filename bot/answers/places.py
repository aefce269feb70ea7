"""Answers about places and complaints: which points there are, and spots without a name."""

from __future__ import annotations

import re

from bot.answers.builder import SHOWN, AnswerBuilder, join, sentence, title, told
from bot.answers.reply import Reply, spoken_together
from bot.knowledge.schema.guidance import Withhold
from bot.knowledge.schema.points import ArticleArea, Point, UntaughtPlace
from bot.messages.answer_key import AnswerKey, Kind

# 'Which point' may be any of several, 'the point on my hand', 'the best' or 'something' for one.
_SEVERAL = re.compile(r"\b(?:points|spots|places|ones|some|list|which of them)\b", re.IGNORECASE)
_ALL = re.compile(r"\b(?:all|every|everything|each|full list|whole list)\b", re.IGNORECASE)
_ONE = re.compile(
    r"\b(?:an?|the|one|any|this|that|another|single|right|good) "
    r"(?:\w+ ){0,2}?(?:point|spot|place|one|acupoint)\b|\bthe \w+ one\b|\bjust one\b|\bone please\b"
    r"|\b(?:the|my) best\b|\bbest (?:for|to)\b|\bsomething\b|\bsingle\b",
    re.IGNORECASE,
)


# When to see a doctor for these is said with the question and in the guidance.
_BACK = frozenset({"back_pain", "lower_back_pain", "upper_back_pain", "desk_posture"})
_SOMEWHERE = re.compile(r"\b(?:on|in|at) (?:my|your|the) \w+", re.IGNORECASE)


def asks_for_several(said: str) -> bool:
    """Whether a message asks for points, and not for one.

    Args:
        said: the person's words.
    """
    return bool(_SEVERAL.search(said))


def how_many_asked(said: str) -> int | None:
    """How many points a message asks for: one, a few, or all (None).

    Args:
        said: the person's words.
    """
    if asks_for_several(said):
        return None if _ALL.search(said) else SHOWN
    return 1 if _ONE.search(said) else SHOWN


class PlaceAnswers(AnswerBuilder):
    """Builds replies about parts of the body and what people want eased."""

    def article_area(self, area: ArticleArea) -> Reply:
        """A spot that an article describes without naming a point, and what we make of it."""
        withheld = self._person.withheld_by(area)
        if withheld:
            return self.withheld(None, withheld)
        listed = [f"- {told(conflict)}" for conflict in area.conflicts]
        lines = [
            f"**About {area.name}:** {area.location.lay}",
            area.note,
            *(["What we found:", "\n".join(listed)] if listed else []),
            *([f"**How to press:** {area.press.how}"] if area.press else []),
            *self._please_note(area),
        ]
        return self._reply(
            AnswerKey(Kind.AREA, area.id), lines,
            [area.location.spoken, area.note_spoken or area.note],
            ("Which points do you know?",), {"type": "spot", "id": area.id},
        )  # fmt: skip

    def with_points(
        self,
        asked: Reply,
        area: str | None,
        complaint: str | None,
        said: str,
        only_best: bool = False,
    ) -> Reply:
        """A question or word on the pain, and the points meanwhile.

        Over a voice the first point is told with it, as there may be no second turn.
        """
        points = self.find(area, complaint, said, only_best)
        first, *rest = asked.written.split("\n\n")
        problem = self._catalogue.complaint(complaint)
        brief = self._meanwhile(points, complaint) if only_best else points.written
        if problem and problem.note and complaint in _BACK:
            brief = "\n\n".join(p for p in brief.split("\n\n") if p != problem.note)
        return Reply(
            asked.key,
            "\n\n".join([first, brief, *rest]),
            spoken_together([asked, points] if points.card else [asked], ""),
            points.guidance,
            (*asked.suggestions[:2], *points.suggestions[:1]),
            points.card,
        )

    def _meanwhile(self, found: Reply, complaint: str | None) -> str:
        """The one point that was found, in a few words, with what to watch for."""
        point = self._catalogue.point(found.card.get("points", [{}])[0].get("code"))
        if point is None:
            return found.written
        problem = self._catalogue.complaint(complaint)
        what_for = f", by tradition for {problem.name}" if problem else ""
        limits = (c for c in self._person.conditions if c.withhold is not Withhold.NOTHING)
        refused = next((c.reason for c in limits if c.reason in found.written), "")
        lines = [
            f"Meanwhile you could softly press **{title(point)}**{what_for}, "
            f"{point.location.place}.",
            refused,
            problem.note if problem and problem.note and complaint not in _BACK else "",
            *self._for_you(point),
            *self._please_note(point),
        ]
        return "\n\n".join(filter(None, dict.fromkeys(lines)))

    def find(
        self, area: str | None, complaint: str | None, said: str = "", only_best: bool = False
    ) -> Reply:
        """The points for a body area, a complaint, or both, best first.

        Args:
            said: what the person said, which may name a side of the area, or how many are wanted.
            only_best: whether to name one, however many are wanted.
        """
        catalogue = self._catalogue
        offered = catalogue.points_for(area, complaint, said)
        withheld = self._person.everything_withheld_by
        if withheld:
            return self.withheld(None, withheld)
        allowed = [s for s in offered if not self._person.withheld_by(s.point)]
        # What is hard to get at for this person comes after what is not.
        allowed.sort(key=lambda suggested: bool(self._for_you(suggested.point)))
        refused = next((c for c in (self._person.withheld_by(s.point) for s in offered) if c), None)
        if not allowed:
            if refused:
                return self.withheld(offered[0].point, refused)
            wording = catalogue.wording("no_points_for")
            return self._reply(AnswerKey(Kind.FIND, "none"), [wording.written], [wording.spoken],
                               ("Which points do you know?",))  # fmt: skip
        body = catalogue.area(area)
        problem = catalogue.complaint(complaint)
        # A place that was not understood may be any of several.
        unclear = area is None and bool(_SOMEWHERE.search(said))
        wanted = SHOWN if unclear else how_many_asked(said)
        shown = [s.point for s in allowed[: 1 if only_best else wanted]]
        first = shown[0]
        lines = [self._opening(body.name if body else "", problem.name if problem else "")]
        listed = ["\n".join(self._line(point) for point in shown)]
        if len(shown) == 1:
            lines, listed = [f"**{title(first)}:** {first.location.lay}"], []
        spots = [] if problem else self._spots(area)
        on_the_spot = any(area in s.point.areas for s in allowed)
        lines += [*listed, *spots] if on_the_spot else [*spots, *listed]
        if unclear and allowed[SHOWN:]:
            lines.append(f"Also used: {join([title(s.point) for s in allowed[SHOWN:]])}.")
        if refused:
            lines.append(refused.reason)
        if problem and problem.note:
            lines.append(problem.note)
        lines += dict.fromkeys(line for point in shown for line in self._for_you(point))
        lines += self._please_note(*shown)
        nameless = [] if on_the_spot or problem else self._nameless(area)
        spoken = [
            f"Try {first.spoken_name}: {first.location.spoken}",
            *([f"Another one is {allowed[1].point.names.pinyin}."] if len(allowed) > 1 else []),
            *(["One article shows a spot there, too, without a name."] if nameless else []),
            *self._spoken_caution(first),
        ]
        codes = "+".join(point.code for point in shown)
        more = ("More points",) if len(allowed) > len(shown) else ()
        return self._reply(
            AnswerKey(Kind.FIND, codes), lines, spoken,
            (f"How do I press {first.code}?", *more,
             *(f"Where is {point.code}?" for point in shown[1:])),
            self.cards(shown, area if body else None),
        )  # fmt: skip

    def untaught(self, place: UntaughtPlace) -> Reply:
        """That no point of ours lies there; what others press, the nearest, and what to mind."""
        withheld = self._person.everything_withheld_by
        if withheld:
            return self.withheld(None, withheld)
        points = [p for p in map(self._catalogue.point, place.nearest) if p]
        near = [point for point in points if not self._person.withheld_by(point)]
        parts = [
            ("place_not_taught", {"where": place.lies}),
            *([("place_known", {"known": place.known})] if place.known else []),
            *([("place_nearest", {"points": self._near(near)})] if near else []),
        ]
        told = [(self._catalogue.wording(name), words) for name, words in parts]
        spoken_words = (
            {"points": f"{near[0].spoken_name}, {near[0].location.place}"} if near else {}
        )
        lines = [" ".join(wording.written.format(**words) for wording, words in told)]
        spoken = [wording.spoken.format(**(words | spoken_words)) for wording, words in told]
        lines += [*([place.note] if place.note else []), *self._please_note(*near)]
        codes = "+".join(point.code for point in near)
        key = AnswerKey(Kind.FIND, codes) if near else AnswerKey(Kind.NOT_HERE, place.id)
        offers = tuple(f"How do I press {point.code}?" for point in near[:1])
        return self._reply(
            key, lines, [*spoken, *([place.note] if place.note else [])],
            (*offers, "Which points do you know?"), self.cards(near, place.area) if near else {},
        )  # fmt: skip

    @staticmethod
    def _near(points: list[Point]) -> str:
        return "; or ".join(f"**{title(point)}**, {point.location.place}" for point in points)

    def count(self) -> Reply:
        """How many points there are."""
        told = (
            f"I know {len(self._catalogue.points)} points, from the neck to the feet. "
            "Ask me for one by body part, or say: list all points."
        )
        return self._reply(
            AnswerKey(Kind.COUNT, "points"), [told], [told], ("Which points do you know?",)
        )

    def list_all(self) -> Reply:
        """Every point, by part of the body."""
        places: dict[str, list[str]] = {}
        for point in self._catalogue.points:
            area = self._catalogue.area(point.areas[0])
            place = area.name if area else point.areas[0]
            places.setdefault(place, []).append(f"{point.code} ({point.names.pinyin})")
        listed = "\n".join(f"- **{sentence(place)}:** {', '.join(names)}"
                           for place, names in places.items())  # fmt: skip
        count = len(self._catalogue.points)
        spoken = [
            f"I know {count} points, from the neck to the feet.",
            "Ask me for one by body part, for example the hand, the lower back or the knee.",
        ]
        return self._reply(
            AnswerKey(Kind.LIST, "all"),
            [f"I know {count} points:", listed, "Ask me about any of them."], spoken,
            ("Where is LI4?", "Which points help sciatica?", "Which points are on the foot?"),
        )  # fmt: skip

    @staticmethod
    def _line(point: Point) -> str:
        return f"- **{title(point)}** – {point.location.place}"

    def _spots(self, area: str | None) -> list[str]:
        return [
            f"**A spot without a name:** {spot.location.spoken} {spot.note_spoken or spot.note}"
            for spot in self._nameless(area)
        ]

    def _nameless(self, area: str | None) -> list[ArticleArea]:
        """Spots of the area that an article shows and that are none of our points."""
        return [
            spot
            for spot in self._catalogue.article_areas
            if spot.body_area == area
            and spot.likely
            and not any(self._catalogue.point(code) for code in spot.likely)
            and not self._person.withheld_by(spot)
        ]

    def _opening(self, area: str, complaint: str) -> str:
        if area and complaint:
            return f"By tradition for {complaint}, around the {area}:"
        return f"By tradition for {complaint}:" if complaint else f"Points around the {area}:"
