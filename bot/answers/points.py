"""Answers about one point: where, how, how long, what for, is it safe, what others say."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.builder import (
    SHOWN,
    AnswerBuilder,
    join,
    seconds,
    small,
    title,
    told,
    with_article,
)
from bot.answers.reply import Reply
from bot.knowledge.schema.answers import Tool
from bot.knowledge.schema.guidance import Caution
from bot.knowledge.schema.points import OldNumber, Point, ReferencePoint
from bot.messages.answer_key import AnswerKey, Kind

# Of what other pages get wrong about a point, so much is told.
_CONFLICTS = 2


class PointAnswers(AnswerBuilder):
    """Builds replies about points for one person."""

    def locate(self, point: Point, mention: str = "") -> Reply:
        """Where a point is; who has heard that is told how to feel for it with the fingers."""
        withheld = self._person.withheld_by(point)
        if withheld:
            return self.withheld(point, withheld)
        again = self._heard.says(point.location.lay)
        lines = [
            f"**{title(point)}. To find it:** {point.find}"
            if again
            else f"**{title(point)}:** {point.location.lay}",
            *self._old_number(point, mention),
            *self._for_you(point),
            *self._please_note(point),
        ]
        spoken = [
            f"{point.spoken_name}: {point.location.spoken}",
            *(["Older books give it another number."] if self._old_number(point, mention) else []),
            *self._spoken_caution(point),
        ]
        return self._reply(
            AnswerKey(Kind.LOCATE, point.code), lines, spoken,
            (f"How do I press {point.code}?", f"How long do I hold {point.code}?",
             f"What is {point.code} for?"),
            self.card(point),
        )  # fmt: skip

    def right_spot(self, point: Point) -> Reply:
        """By what one knows that the point is found, and what it may feel like."""
        withheld = self._person.withheld_by(point)
        if withheld:
            return self.withheld(point, withheld)
        rule = self._catalogue.techniques.default
        again = self._heard.says(point.location.spoken)
        lines = [
            f"**{title(point)}:** {point.find if again else point.location.spoken} "
            f"{rule.feels_spoken}",
            *self._for_you(point),
            *self._please_note(point),
        ]
        spoken = [
            f"{point.spoken_name}: {point.location.spoken}",
            rule.feels_spoken,
            *self._spoken_caution(point),
        ]
        return self._reply(
            AnswerKey(Kind.RIGHT_SPOT, point.code), lines, spoken,
            (f"Where is {point.code}?", f"How do I press {point.code}?"), self.card(point),
        )  # fmt: skip

    def how_to_press(self, point: Point) -> Reply:
        """How to press a point, how long, and when to stop."""
        withheld = self._person.withheld_by(point)
        if withheld:
            return self.withheld(point, withheld)
        press, rule = point.press, self._catalogue.techniques.default
        lines = [
            f"**How to press {title(point)}:** {press.spoken} Hold it for {seconds(point)}.",
            *self._stop(),
            *self._for_you(point),
            *self._please_note(point),
        ]
        spoken = [
            press.spoken,
            f"Hold it for {seconds(point)}.",
            f"Stop {rule.stop_when}",
            *self._spoken_caution(point),
        ]
        return self._reply(
            AnswerKey(Kind.PRESS, point.code), lines, spoken,
            (f"Where is {point.code}?", f"How often can I press {point.code}?"),
            self.card(point),
        )  # fmt: skip

    def how_to_press_any(self) -> Reply:
        """The general way to press, when no point was named."""
        rule = self._catalogue.techniques.default
        withheld = self._person.everything_withheld_by
        if withheld:
            return self.withheld(None, withheld)
        return self._reply(
            AnswerKey(Kind.PRESS, "any"), [f"{rule.how_spoken} {rule.hold_spoken}"],
            [rule.how_spoken, rule.hold_spoken],
            ("Where is the point on my hand?", "Which points help the lower back?"),
        )  # fmt: skip

    def how_long(self, points: Sequence[Point]) -> Reply:
        """How long to hold the points, or the general rule for none."""
        rule = self._catalogue.techniques.default
        withheld = self._person.everything_withheld_by
        for point in points:
            withheld = withheld or self._person.withheld_by(point)
        if withheld:
            return self.withheld(points[0] if points else None, withheld)
        if not points:
            return self._reply(
                AnswerKey(Kind.LONG, "any"), [rule.hold, *self._stop()], [rule.hold_spoken],
                ("How often should I press?", "Which points help the lower back?"),
            )  # fmt: skip
        lines, spoken = [], []
        for point in points[:SHOWN]:
            press = point.press
            times = f"{press.rounds}, {press.times_a_day} a day."
            lines.append(f"**{title(point)}:** hold for {seconds(point)}, {times}")
            spoken.append(
                f"Hold {point.names.pinyin} for {seconds(point)}, {press.times_a_day} a day."
            )
        lines += [*self._stop(), *self._please_note(*points[:SHOWN])]
        spoken.append("Take breaks in between.")
        code = points[0].code
        return self._reply(
            AnswerKey(Kind.LONG, "+".join(point.code for point in points)), lines, spoken,
            (f"How do I press {code}?", f"Where is {code}?"), self.card(points[0]),
        )  # fmt: skip

    def purpose(self, point: Point) -> Reply:
        """What a point is traditionally used for, with the number of sources."""
        names = [self._complaint_name(purpose.complaint) for purpose in point.purposes]
        lines = [
            f"**{title(point)}** is traditionally used for {join(names)}.",
            "No trial has tested it on its own.",
            *self._why_not(point),
        ]
        spoken = [
            f"{point.spoken_name} is traditionally used for {join(names[:3])}.",
            "Trials have not tested this point on its own.",
        ]
        return self._reply(
            AnswerKey(Kind.PURPOSE, point.code), lines, spoken,
            (f"Where is {point.code}?", f"How do I press {point.code}?", "Does acupressure work?"),
            self.card(point),
        )  # fmt: skip

    def compare(self, points: Sequence[Point]) -> Reply:
        """What each of several points is traditionally used for, and that nobody knows the best."""
        withheld = self._person.everything_withheld_by
        if withheld:
            return self.withheld(points[0], withheld)
        used, why_not, spoken = [], [], []
        for point in points[:SHOWN]:
            names = [self._complaint_name(purpose.complaint) for purpose in point.purposes]
            used.append(f"**{title(point)}** is traditionally used for {join(names)}.")
            why_not += [f"**{point.code}:** {text}" for text in self._why_not(point)]
            spoken.append(f"{point.names.pinyin} is used for {join(names[:2])}.")
        untested = "No trial has tested them on their own, so nobody knows which is better."
        codes = [point.code for point in points[:SHOWN]]
        return self._reply(
            AnswerKey(Kind.COMPARE, "+".join(codes)),
            list(dict.fromkeys([*used, untested, *why_not])),
            ["By tradition:", *spoken, untested], tuple(f"Where is {code}?" for code in codes),
            self.cards(points[:SHOWN]),
        )  # fmt: skip

    def safety(self, point: Point) -> Reply:
        """Every caution of a point, its own first, each in short."""
        withheld = self._person.withheld_by(point)
        if withheld:
            return self.withheld(point, withheld)
        own, every = self._own_cautions(point), self._catalogue.wording("every_point")
        lines = [
            f"**{title(point)}:** {' '.join(dict.fromkeys(caution.short for caution in own))}"
            if own
            else "",
            f"**As with every point:** {every.written}",
            *self._for_you(point),
        ]
        spoken = [
            f"Before you press {point.names.pinyin}, please check this.",
            *[caution.spoken for caution in own if caution.always_say][:2],
            "Leave it out where the skin is broken.",
        ]
        return self._reply(
            AnswerKey(Kind.SAFETY, point.code), lines, spoken,
            (f"Where is {point.code}?", "Who should not do acupressure?"), self.card(point),
        )  # fmt: skip

    def _own_cautions(self, point: Point) -> list[Caution]:
        """The cautions of a point that not every point has."""
        everywhere = set.intersection(*(set(p.cautions) for p in self._catalogue.points))
        return [self._catalogue.caution(c) for c in point.cautions if c not in everywhere]

    def names(self, point: Point, mention: str = "") -> Reply:
        """Codes and names of a point."""
        names = point.names
        others = [a for a in point.aliases if a.lower() != names.pinyin.lower()][:5]
        lines = [
            f"**{point.code}** is the standard code of **{names.pinyin_tones}** "
            f"({names.characters}), in English {names.english[0]}: "
            f"number {point.code[2:]} on the {point.meridian} line.",
            *([f"You may also see it as {join(others, 'or')}."] if others else []),
            *self._old_number(point, mention),
        ]
        spoken = [
            f"{point.spoken_name}.",
            f"In English it is called {names.english[0]}.",
            point.location.spoken,
        ]
        return self._reply(
            AnswerKey(Kind.NAMES, point.code),
            lines,
            spoken,
            (f"What is {point.code} for?",),
            self.card(point),
        )

    def conflicts(self, point: Point, mention: str = "", in_full: bool = False) -> Reply:
        """Kindly, what other pages say of a point and why we say otherwise; all if asked again."""
        standard = "That is the standard of the World Health Organization."
        in_full = in_full or self._heard.says(f"{point.location.lay} {standard}")
        told_of = point.conflicts if in_full else point.conflicts[:_CONFLICTS]
        listed = [f"- {told(conflict)}" for conflict in told_of]
        lines = [
            f"**{title(point)}:** {point.location.lay} {standard}",
            "\n".join(listed),
            *self._old_number(point, mention),
            *self._please_note(point),
        ]
        spoken = [
            f"The standard place of {point.names.pinyin} is this: {point.location.spoken}",
            "Some pages say otherwise, so trust the standard.",
        ]
        return self._reply(
            AnswerKey(Kind.CONFLICT, point.code), lines, spoken, (f"How do I find {point.code}?",),
            self.card(point),
        )  # fmt: skip

    def together(self, point: Point) -> Reply:
        """Which points are pressed in the same session."""
        withheld = self._person.withheld_by(point)
        if withheld:
            return self.withheld(point, withheld)
        partners = [p for p in map(self._catalogue.point, point.combine_with) if p]
        allowed = [p for p in partners if not self._person.withheld_by(p)]
        if not allowed:
            lines = [f"No source I know names a partner for **{title(point)}**."]
            spoken = [f"No source I know names a partner for {point.names.pinyin}."]
        else:
            names = join([title(partner) for partner in allowed])
            lines = [f"**{title(point)}** is pressed together with {names}.",
                     "\n".join(f"- {title(p)}: {p.location.place}" for p in allowed)]  # fmt: skip
            named = join([p.names.pinyin for p in allowed])
            spoken = [f"{point.names.pinyin} is pressed together with {named}."]
        lines += self._please_note(point, *allowed)
        return self._reply(
            AnswerKey(Kind.TOGETHER, point.code), lines, spoken,
            (f"How do I press {point.code}?", *[f"Where is {p.code}?" for p in allowed]),
            self.card(point),
        )  # fmt: skip

    def with_tool(self, point: Point, tool: Tool) -> Reply:
        """Whether a tool suits a point, and what does."""
        withheld = self._person.withheld_by(point) or self._person.tools_withheld_by(tool.cautions)
        if withheld:
            return self.withheld(point, withheld)
        name = with_article(tool.name)
        if tool.id in point.press.tools:
            verdict = f"Yes, you can use {name} on {title(point)}, if you stay gentle."
            spoken = [f"Yes, if you stay gentle. {tool.spoken}"]
            steps = [tool.spoken]
        else:
            verdict = f"Please do not use {name} on {title(point)}."
            spoken = [f"Please do not use {name} on {point.names.pinyin}.", point.press.spoken]
            steps = [point.press.spoken]
        return self._reply(
            AnswerKey(Kind.WITH_TOOL, f"{point.code}:{tool.id}"),
            [verdict, *steps, *self._please_note(point)], spoken,
            (f"How do I press {point.code}?", f"Where is {point.code}?"), self.card(point),
            guidance="tools",
        )  # fmt: skip

    def reference(self, reference: ReferencePoint) -> Reply:
        """A point we know of but do not teach."""
        wording = self._catalogue.wording("reference_point")
        today = self._catalogue.old_number("B" + reference.code[2:])
        mixed_up = reference.code.startswith("BL") and today and self._catalogue.point(today.code)
        lines = [
            f"**{reference.code} ({reference.pinyin})** lies here: {small(reference.location)}",
            wording.written,
            reference.why_known,
            *([today.explain] if today and mixed_up else []),
        ]
        return self._reply(
            AnswerKey(Kind.REFERENCE, reference.code), lines, [wording.spoken],
            ("Which points do you know?",),
        )  # fmt: skip

    def spelt(self, point: Point) -> Reply:
        """The letters of a point's name and code."""
        wording, name = self._catalogue.wording("spelt"), point.names.pinyin
        words = {"name": name, "letters": _letters(name), "code": _letters(point.code)}
        return self._reply(
            AnswerKey(Kind.SPELT, point.code), [wording.written.format(**words)],
            [wording.spoken.format(**words)],
            (f"Where is {point.code}?", f"What is {point.code} for?"), guidance="short",
        )  # fmt: skip

    def old_number(self, old: OldNumber) -> Reply:
        """An old Bladder number whose point we do not teach."""
        return self._reply(
            AnswerKey(Kind.OLD, old.old), [f"**{old.old}:** {old.explain}"], [old.explain],
            ("Which points do you know?", "Which points help the lower back?"),
        )  # fmt: skip

    def _why_not(self, point: Point) -> list[str]:
        """For whom a point is withheld, the reason."""
        withheld = self._person.withheld_by(point)
        return [withheld.reason] if withheld else []

    def _stop(self) -> list[str]:
        """When to stop, once in a conversation."""
        line = f"Stop {self._catalogue.techniques.default.stop_when}"
        return [] if self._heard.says(line) else [line]

    def _old_number(self, point: Point, mention: str) -> list[str]:
        """What to say where the person used an old number, or one that has two meanings."""
        old = self._catalogue.old_number(mention)
        if old is None or (old.code != point.code and old.old[1:] != point.code[2:]):
            return []
        return [old.explain]


def _letters(word: str) -> str:
    """'H, E, G, U'; the digits of a number stay together."""
    letters = [letter.upper() for letter in word if letter.isalpha()]
    number = "".join(sign for sign in word if sign.isdigit())
    return ", ".join([*letters, number] if number else letters)
