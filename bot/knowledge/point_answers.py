"""Answers about points: where, how, how long, what for, which ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.knowledge.catalogue import Catalogue, Suggested
from bot.knowledge.guidance import Condition
from bot.knowledge.people import Person
from bot.knowledge.points import Point, ReferencePoint, Sides
from bot.knowledge.reply import Reply

_SHOWN = 3


class PointAnswers:
    """Builds replies about points for one person."""

    def __init__(self, catalogue: Catalogue, person: Person | None = None) -> None:
        self._catalogue = catalogue
        self._person = person or Person()

    def locate(self, point: Point, mention: str = "") -> Reply:
        """Where a point is and how to find it with one's own fingers."""
        withheld = self._person.withheld_by(point)
        if withheld:
            return self.withheld(point, withheld)
        lines = [
            f"**{title(point)}**: {point.location.lay}",
            f"**To find it:** {point.find}",
            *self._old_number(point, mention),
            *self._please_note(point),
        ]
        spoken = [
            f"{point.spoken_name}: {point.location.spoken}",
            *self._old_number(point, mention),
            *self._spoken_caution(point),
        ]
        return self._reply(
            f"locate:{point.code}", lines, spoken,
            (f"How do I press {point.code}?", f"How long do I hold {point.code}?",
             f"What is {point.code} for?"),
            self.card(point),
        )  # fmt: skip

    def how_to_press(self, point: Point) -> Reply:
        """Technique, strength, posture and tools for a point."""
        withheld = self._person.withheld_by(point)
        if withheld:
            return self.withheld(point, withheld)
        press, rule = point.press, self._catalogue.techniques.default
        lines = [
            f"**How to press {title(point)}:** {press.how}",
            f"**Where:** {point.location.lay}",
            f"**Hold:** {seconds(point)}, {press.rounds}. {_sentence(press.times_a_day)} a day.",
            f"**Position:** {press.posture}",
            f"**Stop** {rule.stop_when}",
            *self._please_note(point),
        ]
        spoken = [
            press.how,
            f"Hold it for {seconds(point)}.",
            f"Stop {rule.stop_when}",
            *self._spoken_caution(point),
        ]
        return self._reply(
            f"press:{point.code}", lines, spoken,
            (f"Where is {point.code}?", f"How often can I press {point.code}?"),
            self.card(point),
        )  # fmt: skip

    def how_to_press_any(self) -> Reply:
        """The general way to press, when no point was named."""
        rule = self._catalogue.techniques.default
        withheld = self._person.everything_withheld_by
        if withheld:
            return self.withheld(None, withheld)
        lines = [
            f"**How to press:** {rule.how}",
            f"**Strength:** {rule.strength}",
            f"**Hold:** {rule.hold}",
            f"**Stop** {rule.stop_when}",
        ]
        return self._reply(
            "press:any", lines, [rule.how_spoken, rule.hold_spoken],
            ("Where is the point on my hand?", "Which points help the lower back?"),
        )  # fmt: skip

    def how_long(self, points: Sequence[Point]) -> Reply:
        """Hold time and frequency for the points, or the general rule for none."""
        rule = self._catalogue.techniques.default
        withheld = self._person.everything_withheld_by
        for point in points:
            withheld = withheld or self._person.withheld_by(point)
        if withheld:
            return self.withheld(points[0] if points else None, withheld)
        if not points:
            lines = [f"**How long:** {rule.hold}", f"**How often:** {rule.times_a_day}",
                     rule.why_this_rule, rule.studied]  # fmt: skip
            return self._reply("long:any", lines, [rule.hold_spoken], ())
        lines, spoken = [], []
        for point in points[:_SHOWN]:
            press = point.press
            lines.append(
                f"**{title(point)}:** hold for {seconds(point)}, {press.rounds}. "
                f"{_sentence(press.times_a_day)} a day is enough."
            )
            spoken.append(
                f"Hold {point.names.pinyin} for {seconds(point)}, {press.times_a_day} a day."
            )
            lines += self._please_note(point)
        lines.append(f"Take breaks between rounds. **Stop** {rule.stop_when}")
        spoken.append("Take breaks in between.")
        code = points[0].code
        return self._reply(
            "long:" + "+".join(point.code for point in points), lines, spoken,
            (f"How do I press {code}?", f"Where is {code}?"), self.card(points[0]),
        )  # fmt: skip

    def purpose(self, point: Point) -> Reply:
        """What a point is traditionally used for, with the number of sources."""
        names = [self._complaint_name(purpose.complaint) for purpose in point.purposes]
        lines = [
            f"**{title(point)}** is traditionally used for {_join(names)}.",
            "Trials have not tested this point on its own, so nobody can promise that it helps.",
            f"It is {point.location.lay[0].lower()}{point.location.lay[1:]}",
            *self._please_note(point),
        ]
        spoken = [
            f"{point.spoken_name} is traditionally used for {_join(names[:3])}.",
            "Trials have not tested this point on its own.",
        ]
        return self._reply(
            f"purpose:{point.code}", lines, spoken,
            (f"Where is {point.code}?", f"How do I press {point.code}?", "Does acupressure work?"),
            self.card(point),
        )  # fmt: skip

    def safety(self, point: Point) -> Reply:
        """Every caution of a point."""
        withheld = self._person.withheld_by(point)
        if withheld:
            return self.withheld(point, withheld)
        cautions = [self._catalogue.caution(c) for c in point.cautions]
        listed = "\n".join(f"- {caution.written}" for caution in cautions)
        lines = [
            f"**Before you press {title(point)}**, check that none of these is you. "
            "If one is, ask a doctor or pharmacist first.",
            listed,
            *([point.note] if point.note else []),
        ]
        spoken = [
            f"Most healthy adults can press {point.names.pinyin} gently.",
            *[caution.spoken for caution in cautions if caution.always_say][:2],
            "Leave it out where the skin is broken.",
        ]
        return self._reply(
            f"safety:{point.code}", lines, spoken,
            (f"Where is {point.code}?", "Who should not do acupressure?"), self.card(point),
        )  # fmt: skip

    def names(self, point: Point, mention: str = "") -> Reply:
        """Codes and names of a point."""
        names = point.names
        others = [a for a in point.aliases if a.lower() != names.pinyin.lower()][:6]
        lines = [
            f"**{point.code}** is the standard code of **{names.pinyin_tones}** "
            f"({names.characters}), in English {_join(names.english[:3])}. "
            f"It is number {point.code[2:]} on the {point.meridian} line.",
            *([f"You may also see it as {_join(others)}."] if others else []),
            *self._old_number(point, mention),
            f"It is {point.location.lay[0].lower()}{point.location.lay[1:]}",
        ]
        spoken = [
            f"{point.spoken_name}.",
            f"In English it is called {names.english[0]}.",
            point.location.spoken,
        ]
        return self._reply(
            f"names:{point.code}", lines, spoken, (f"What is {point.code} for?",), self.card(point)
        )

    def conflicts(self, point: Point, mention: str = "") -> Reply:
        """Kindly, what other pages say of a point and why we say otherwise."""
        listed = [f"- {c.says} {c.we_say}" for c in point.conflicts]
        lines = [
            f"**{title(point)}**: {point.location.lay} "
            "That is the standard location of the World Health Organization.",
            *(["Pages do not always agree. What we found:", "\n".join(listed)] if listed else []),
            *self._old_number(point, mention),
            *self._please_note(point),
        ]
        spoken = [
            f"The standard place of {point.names.pinyin} is this: {point.location.spoken}",
            "Some pages say otherwise, so trust the standard.",
        ]
        return self._reply(
            f"conflict:{point.code}", lines, spoken, (f"How do I find {point.code}?",),
            self.card(point),
        )  # fmt: skip

    def reference(self, reference: ReferencePoint, mention: str) -> Reply:
        """A point we know of but do not teach."""
        wording = self._catalogue.wording("reference_point")
        lines = [
            f"**{reference.code} ({reference.pinyin})** lies here: {reference.location}.",
            wording.written,
        ]
        old = self._catalogue.old_numbers.get("B" + reference.code[2:])
        if reference.code.startswith("BL") and old and self._catalogue.point(old.code):
            lines.append(old.explain)
        return self._reply(
            f"reference:{reference.code}", lines, [wording.spoken],
            ("Which points do you know?",),
        )  # fmt: skip

    def find(self, area: str | None, complaint: str | None) -> Reply:
        """The points for a body area, a complaint, or both, best first."""
        catalogue = self._catalogue
        offered = catalogue.points_for(area, complaint)
        withheld = self._person.everything_withheld_by
        if withheld:
            return self.withheld(None, withheld)
        allowed = [s for s in offered if not self._person.withheld_by(s.point)]
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
        lines += [self._line(s) for s in allowed[:_SHOWN]]
        if refused:
            lines.append(refused.reason)
        if problem and problem.note:
            lines.append(problem.note)
        notes = dict.fromkeys(
            caution for s in allowed[:_SHOWN] for caution in self._please_note(s.point)
        )
        lines += list(notes)[:2]
        lines.append(f"**How:** {catalogue.techniques.default.hold}")
        first = allowed[0].point
        spoken = [
            f"Try {first.spoken_name}: {first.location.spoken}",
            *([f"Another one is {allowed[1].point.names.pinyin}."] if len(allowed) > 1 else []),
            *self._spoken_caution(first),
        ]
        codes = "+".join(s.point.code for s in allowed[:_SHOWN])
        return self._reply(
            f"find:{codes}", lines, spoken,
            tuple([f"How do I press {first.code}?"]
                  + [f"Where is {s.point.code}?" for s in allowed[1:_SHOWN]]),
            {"type": "points", "points": [self.card(s.point) for s in allowed[:_SHOWN]]},
        )  # fmt: skip

    def list_all(self) -> Reply:
        """Every point, by part of the body."""
        places: dict[str, list[str]] = {}
        for point in self._catalogue.points:
            area = self._catalogue.area(point.areas[0])
            place = area.name if area else point.areas[0]
            places.setdefault(place, []).append(f"{point.code} ({point.names.pinyin})")
        listed = "\n".join(f"- **{_sentence(place)}:** {', '.join(names)}"
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

    def withheld(self, point: Point | None, condition: Condition) -> Reply:
        """Why a point is not given to this person, and what is still open to them."""
        lines = [condition.reason]
        spoken = [condition.reason_spoken]
        person = Person((condition, *self._person.conditions))
        others = self._safer_than(point, person) if point else []
        if others:
            names = _join([title(other) for other in others])
            lines.append(f"These points do not need the same caution: {names}.")
            spoken.append(f"You could ask about {others[0].names.pinyin} instead.")
        name = f" {title(point)}" if point else ""
        if point:
            lines.insert(0, f"I would rather not give pressing steps for{name}.")
        return self._reply(
            f"withheld:{point.code if point else 'any'}", lines, spoken,
            tuple(f"Where is {other.code}?" for other in others)
            or ("What else can help my back?", "When should I see a doctor?"),
            guidance=condition.guidance,
        )  # fmt: skip

    def card(self, point: Point) -> dict[str, Any]:
        """The structured form of a point for doors that can show it."""
        return {
            "type": "point",
            "code": point.code,
            "name": point.names.pinyin_tones,
            "english": point.names.english[0],
            "location": point.location.lay,
            "find": point.find,
            "hold_seconds": list(point.press.hold_seconds),
            "sides": point.sides.value,
        }

    def _safer_than(self, point: Point, person: Person) -> list[Point]:
        """Two points for the same complaints that this person may have."""
        wanted = {purpose.complaint for purpose in point.purposes}
        shared = {
            other.code: len(wanted & {purpose.complaint for purpose in other.purposes})
            for other in self._catalogue.points
            if not person.withheld_by(other)
        }
        free = [p for p in self._catalogue.points if shared.get(p.code)]
        return sorted(free, key=lambda p: -shared[p.code])[:2]

    def _line(self, suggested: Suggested) -> str:
        point = suggested.point
        said = "side" in point.location.lay
        both = " One on each side." if point.sides is Sides.BOTH and not said else ""
        return f"**{title(point)}** – {suggested.why} {point.location.lay}{both}"

    def _opening(self, area: str, complaint: str) -> str:
        if area and complaint:
            return f"For {complaint}, these points of the {area} are traditionally used:"
        if area:
            return f"These points of the {area} are traditionally used:"
        return f"For {complaint}, these points are traditionally used:"

    def _please_note(self, point: Point) -> list[str]:
        cautions = [self._catalogue.caution(caution) for caution in point.cautions]
        said = [caution.written for caution in cautions if caution.always_say]
        return [f"**Please note:** {' '.join(said)}"] if said else []

    def _spoken_caution(self, point: Point) -> list[str]:
        cautions = [self._catalogue.caution(caution) for caution in point.cautions]
        return [caution.spoken for caution in cautions if caution.always_say][:1]

    def _old_number(self, point: Point, mention: str) -> list[str]:
        compact = mention.upper().replace(" ", "").replace("-", "").replace("BLADDER", "B")
        old = self._catalogue.old_numbers.get(compact)
        return [old.explain] if old and old.code == point.code else []

    def _complaint_name(self, complaint_id: str) -> str:
        complaint = self._catalogue.complaint(complaint_id)
        return complaint.name if complaint else complaint_id

    def _reply(
        self,
        key: str,
        lines: Sequence[str],
        spoken: Sequence[str],
        suggestions: tuple[str, ...],
        card: dict[str, Any] | None = None,
        guidance: str = "general",
    ) -> Reply:
        return Reply(
            key=key,
            written="\n\n".join(line for line in lines if line),
            spoken=" ".join(sentence for sentence in spoken if sentence),
            guidance=guidance,
            suggestions=suggestions[:3],
            card=card or {},
        )


def title(point: Point) -> str:
    """'LI4 (Hegu)'."""
    return f"{point.code} ({point.names.pinyin})"


def seconds(point: Point) -> str:
    """'30 to 60 seconds'."""
    shortest, longest = point.press.hold_seconds
    return f"{shortest} seconds" if shortest == longest else f"{shortest} to {longest} seconds"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _join(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]
