"""Answers about one point: where, how, how long, what for, is it safe, what others say."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.builder import (
    SHOWN,
    AnswerBuilder,
    join,
    seconds,
    sentence,
    small,
    title,
    told,
    with_article,
)
from bot.answers.reply import Reply
from bot.knowledge.schema.answers import Tool
from bot.knowledge.schema.guidance import Caution
from bot.knowledge.schema.points import OldNumber, Point, Purpose, ReferencePoint
from bot.knowledge.schema.sources import SourceKind
from bot.text.number_words import in_words


class PointAnswers(AnswerBuilder):
    """Builds replies about points for one person."""

    def locate(self, point: Point, mention: str = "") -> Reply:
        """Where a point is and how to find it with one's own fingers."""
        withheld = self._person.withheld_by(point)
        if withheld:
            return self.withheld(point, withheld)
        lines = [
            f"**{title(point)}**: {point.location.lay}",
            f"**To find it:** {point.find}",
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
            f"locate:{point.code}", lines, spoken,
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
        lines = [
            f"**Have you found {title(point)}?** {point.find}",
            f"**What you may feel:** {rule.feels}",
            *self._for_you(point),
            *self._please_note(point),
        ]
        spoken = [
            f"{point.spoken_name}: {point.location.spoken}",
            rule.feels_spoken,
            *self._spoken_caution(point),
        ]
        return self._reply(
            f"right_spot:{point.code}", lines, spoken,
            (f"Where is {point.code}?", f"How do I press {point.code}?"), self.card(point),
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
            f"**Hold:** {seconds(point)}, {press.rounds}. {sentence(press.times_a_day)} a day.",
            f"**Position:** {press.posture}",
            *self._tools(point),
            *self._together(point),
            f"**Stop** {rule.stop_when}",
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
            f"**Sides:** {rule.sides}",
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
        for point in points[:SHOWN]:
            press = point.press
            lines.append(
                f"**{title(point)}:** hold for {seconds(point)}, {press.rounds}. "
                f"{sentence(press.times_a_day)} a day is enough."
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
        said = [f"{name} ({self._who_says(purpose)})"
                for name, purpose in zip(names, point.purposes, strict=True)]  # fmt: skip
        lines = [
            f"**{title(point)}** is traditionally used for {join(said)}.",
            *self._together(point),
            "Trials have not tested this point on its own, so nobody can promise that it helps.",
            *self._where_or_why_not(point),
            *self._please_note(point),
        ]
        spoken = [
            f"{point.spoken_name} is traditionally used for {join(names[:3])}.",
            "Trials have not tested this point on its own.",
        ]
        return self._reply(
            f"purpose:{point.code}", lines, spoken,
            (f"Where is {point.code}?", f"How do I press {point.code}?", "Does acupressure work?"),
            self.card(point),
        )  # fmt: skip

    def compare(self, points: Sequence[Point]) -> Reply:
        """What each of several points is traditionally used for, and that nobody knows the best."""
        withheld = self._person.everything_withheld_by
        if withheld:
            return self.withheld(points[0], withheld)
        used, places, notes, spoken = [], [], [], []
        for point in points[:SHOWN]:
            names = [self._complaint_name(purpose.complaint) for purpose in point.purposes]
            used.append(f"**{title(point)}** is traditionally used for {join(names)}.")
            places += [f"**{point.code}:** {text}" for text in self._where_or_why_not(point)]
            notes += self._please_note(point)
            spoken.append(f"{point.names.pinyin} is used for {join(names[:2])}.")
        untested = (
            "Trials have not tested these points on their own, so nobody knows which is better."
        )
        codes = [point.code for point in points[:SHOWN]]
        return self._reply(
            "compare:" + "+".join(codes), list(dict.fromkeys([*used, untested, *places, *notes])),
            ["By tradition:", *spoken, untested], tuple(f"Where is {code}?" for code in codes),
            self.cards(points[:SHOWN]),
        )  # fmt: skip

    def safety(self, point: Point) -> Reply:
        """Every caution of a point: its own in full, those of all points in short."""
        withheld = self._person.withheld_by(point)
        if withheld:
            return self.withheld(point, withheld)
        own, common = self._cautions(point)
        lines = [
            f"**Before you press {title(point)}**, please check:",
            "\n".join(f"- {caution.written}" for caution in own),
            f"**As with every point:** {' '.join(caution.spoken for caution in common)}",
            point.note,
        ]
        spoken = [
            f"Before you press {point.names.pinyin}, please check this.",
            *[caution.spoken for caution in own if caution.always_say][:2],
            "Leave it out where the skin is broken.",
        ]
        return self._reply(
            f"safety:{point.code}", lines, spoken,
            (f"Where is {point.code}?", "Who should not do acupressure?"), self.card(point),
        )  # fmt: skip

    def _cautions(self, point: Point) -> tuple[list[Caution], list[Caution]]:
        """The cautions that this point has for itself, and those that every point has."""
        everywhere = set.intersection(*(set(p.cautions) for p in self._catalogue.points))
        cautions = [self._catalogue.caution(caution) for caution in point.cautions]
        own = [caution for caution in cautions if caution.id not in everywhere]
        return own, [caution for caution in cautions if caution.id in everywhere]

    def names(self, point: Point, mention: str = "") -> Reply:
        """Codes and names of a point."""
        names = point.names
        others = [a for a in point.aliases if a.lower() != names.pinyin.lower()][:6]
        lines = [
            f"**{point.code}** is the standard code of **{names.pinyin_tones}** "
            f"({names.characters}), in English {join(names.english[:3])}. "
            f"It is number {point.code[2:]} on the {point.meridian} line.",
            *([f"You may also see it as {join(others)}."] if others else []),
            *self._old_number(point, mention),
            point.note,
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
        listed = [f"- {told(conflict)}" for conflict in point.conflicts]
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
                     *[f"- {title(p)}: {p.location.lay}" for p in allowed]]  # fmt: skip
            named = join([p.names.pinyin for p in allowed])
            spoken = [f"{point.names.pinyin} is pressed together with {named}."]
        lines += [f"**How:** {self._catalogue.techniques.default.hold}", *self._please_note(point)]
        return self._reply(
            f"together:{point.code}", lines, spoken,
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
            steps = [f"**How:** {point.press.how}", f"**How long:** {tool.how_long}",
                     f"**Never** {tool.never_on}"]  # fmt: skip
        else:
            verdict = f"Please do not use {name} on {title(point)}."
            spoken = [f"Please do not use {name} on {point.names.pinyin}.", point.press.spoken]
            steps = [f"**Better:** {point.press.how}"]
        return self._reply(
            f"with_tool:{point.code}:{tool.id}",
            [f"**{verdict}**", *steps, *self._tools(point), *self._please_note(point)], spoken,
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
            f"reference:{reference.code}", lines, [wording.spoken],
            ("Which points do you know?",),
        )  # fmt: skip

    def spelt(self, point: Point) -> Reply:
        """The letters of a point's name and code."""
        wording, name = self._catalogue.wording("spelt"), point.names.pinyin
        words = {"name": name, "letters": _letters(name), "code": _letters(point.code)}
        return self._reply(
            f"spelt:{point.code}", [wording.written.format(**words)],
            [wording.spoken.format(**words)],
            (f"Where is {point.code}?", f"What is {point.code} for?"), guidance="short",
        )  # fmt: skip

    def old_number(self, old: OldNumber) -> Reply:
        """An old Bladder number whose point we do not teach."""
        return self._reply(
            f"old:{old.old}", [f"**{old.old}:** {old.explain}"], [old.explain],
            ("Which points do you know?", "Which points help the lower back?"),
        )  # fmt: skip

    def _where_or_why_not(self, point: Point) -> list[str]:
        """The place of a point; for whom it is withheld, the reason."""
        withheld = self._person.withheld_by(point)
        if withheld:
            return [withheld.reason]
        return [f"It is {small(point.location.lay)}"]

    def _who_says(self, purpose: Purpose) -> str:
        """'two articles', or what else it rests on."""
        kinds = [self._catalogue.source(source).kind for source in purpose.sources]
        articles = kinds.count(SourceKind.ARTICLE)
        if articles:
            return f"{in_words(articles)} article{'s' if articles > 1 else ''}"
        if SourceKind.OWN in kinds:
            return "our own idea, from where it lies"
        if SourceKind.HEALTH_SERVICE in kinds:
            return "a hospital leaflet"
        return "tradition"

    def _together(self, point: Point) -> list[str]:
        others = [p for p in map(self._catalogue.point, point.combine_with) if p]
        allowed = [title(p) for p in others if not self._person.withheld_by(p)]
        return [f"**Goes well with:** {join(allowed)}."] if allowed else []

    def _tools(self, point: Point) -> list[str]:
        names = {tool.id: with_article(tool.name) for tool in self._catalogue.tools}
        suits = [names[tool] for tool in point.press.tools]
        not_with = [names[tool] for tool in point.press.not_with]
        without = f" Not with: {join(not_with, 'or')}." if not_with else ""
        return [f"**With:** {join(suits, 'or')}.{without}"]

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
