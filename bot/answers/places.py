"""Answers about places and complaints: which points there are, and spots without a name."""

from __future__ import annotations

from bot.answers.builder import SHOWN, AnswerBuilder, join, sentence, title, told
from bot.answers.reply import Reply, spoken_together
from bot.knowledge.catalogue import Suggested
from bot.knowledge.schema.points import ArticleArea, Point, Sides


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
            f"area:{area.id}", lines, [area.location.spoken, area.note_spoken or area.note],
            ("Which points do you know?",), {"type": "spot", "id": area.id},
        )  # fmt: skip

    def with_points(
        self, asked: Reply, area: str | None, complaint: str | None, said: str
    ) -> Reply:
        """A question or word on the pain, and the points meanwhile.

        Over a voice the first point is told with it, as there may be no second turn.
        """
        points = self.find(area, complaint, said)
        return Reply(
            asked.key,
            f"{asked.written}\n\n{points.written}",
            spoken_together([asked, points] if points.card else [asked], ""),
            points.guidance,
            (*asked.suggestions[-1:], *points.suggestions[:2]),
            points.card,
        )

    def find(self, area: str | None, complaint: str | None, said: str = "") -> Reply:
        """The points for a body area, a complaint, or both, best first.

        `said` is what the person said, which may name a side of the area.
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
            return self._reply("find:none", [wording.written], [wording.spoken],
                               ("Which points do you know?",))  # fmt: skip
        body = catalogue.area(area)
        problem = catalogue.complaint(complaint)
        lines = [self._opening(body.name if body else "", problem.name if problem else "")]
        listed = [self._line(s) for s in allowed[:SHOWN]]
        spots = [] if problem else self._spots(area)
        on_the_spot = any(area in s.point.areas for s in allowed)
        lines += [*listed, *spots] if on_the_spot else [*spots, *listed]
        if len(allowed) > SHOWN:
            lines.append(f"**Also used:** {join([title(s.point) for s in allowed[SHOWN:]])}.")
        if refused:
            lines.append(refused.reason)
        if problem and problem.note:
            lines.append(problem.note)
        lines += dict.fromkeys(line for s in allowed[:SHOWN] for line in self._for_you(s.point))
        lines += self._notes([s.point for s in allowed[:SHOWN]])
        lines.append(f"**How:** {catalogue.techniques.default.hold}")
        first = allowed[0].point
        nameless = [] if on_the_spot or problem else self._nameless(area)
        spoken = [
            f"Try {first.spoken_name}: {first.location.spoken}",
            *([f"Another one is {allowed[1].point.names.pinyin}."] if len(allowed) > 1 else []),
            *(["One article shows a spot there, too, without a name."] if nameless else []),
            *self._spoken_caution(first),
        ]
        codes = "+".join(s.point.code for s in allowed[:SHOWN])
        return self._reply(
            f"find:{codes}", lines, spoken,
            tuple([f"How do I press {first.code}?"]
                  + [f"Where is {s.point.code}?" for s in allowed[1:SHOWN]]),
            self.cards([s.point for s in allowed[:SHOWN]], area if body else None),
        )  # fmt: skip

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
            "list:all", [f"I know {count} points:", listed, "Ask me about any of them."], spoken,
            ("Where is LI4?", "Which points help sciatica?", "Which points are on the foot?"),
        )  # fmt: skip

    def _line(self, suggested: Suggested) -> str:
        point = suggested.point
        said = "side" in point.location.lay
        both = " One on each side." if point.sides is Sides.BOTH and not said else ""
        return f"**{title(point)}** – {suggested.why} {point.location.lay}{both}"

    def _notes(self, points: list[Point]) -> list[str]:
        """What to watch for with these points, each caution once, with the points it is for."""
        codes: dict[str, list[str]] = {}
        for point in points:
            for caution in map(self._catalogue.caution, point.cautions):
                if caution.always_say:
                    codes.setdefault(caution.written, []).append(point.code)
        if not codes:
            return []
        listed = [
            f"- **{', '.join(held)}:** {written}" if len(points) > 1 else f"- {written}"
            for written, held in codes.items()
        ]
        return ["**Please note:**", "\n".join(listed)]

    def _spots(self, area: str | None) -> list[str]:
        return [
            f"**A spot without a name** – One article shows it. {spot.location.lay} {spot.note}"
            + (f" {spot.press.how}" if spot.press else "")
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
            return f"For {complaint}, these points of the {area} are traditionally used:"
        if area:
            return f"These points of the {area} are traditionally used:"
        return f"For {complaint}, these points are traditionally used:"
