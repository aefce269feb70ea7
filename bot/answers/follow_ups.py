"""Answers that lean on the answer before them: simpler, in detail, why, both, the easiest."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from bot.answers.builder import (
    FOR_ME,
    SHOWN,
    AnswerBuilder,
    aloud,
    called,
    join,
    seconds,
    sentence,
    small,
    title,
    with_article,
)
from bot.answers.reply import Reply
from bot.knowledge.schema.answers import Answer
from bot.knowledge.schema.guidance import CHILD, Condition
from bot.knowledge.schema.points import Point, Purpose, Reach, Sides
from bot.knowledge.schema.sources import SourceKind
from bot.messages.answer_key import NO_ANSWER, AnswerKey, Kind, Mark
from bot.messages.message import ReplyParts
from bot.text.number_words import in_words

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_SHORTEST = 2
# From this share of the written form on, the spoken one is no shorter.
_AS_LONG = 0.8
_SOURCES = 4


class FollowUpAnswers(AnswerBuilder):
    """Builds replies to follow-ups for one person."""

    def simpler(self, last: ReplyParts) -> Reply:
        """The last answer in fewer and plainer words: its spoken form, then only its core.

        Args:
            last: the parts of the last answer.
        """
        key, spoken = last.key or NO_ANSWER, last.advice_spoken
        told_simply = key.is_simpler
        point = self._catalogue.point(_code(last))
        withheld = self._person.withheld_by(point) if point else None
        if withheld:
            return self.withheld(point, withheld)
        as_long = len(spoken) > _AS_LONG * len(last.written or "")
        if point and (told_simply or as_long):
            said = [self._shortest(point), *self._always_said(point)]
            spoken = " ".join(said)
        elif told_simply or as_long:
            spoken = " ".join(_SENTENCE.split(spoken)[:_SHORTEST])
        is_find = any(part.kind is Kind.FIND for part in key.parts)
        name = f"**{title(point)}** – " if point and not is_find else ""
        shown = spoken.removeprefix(f"{point.spoken_name}: ") if name and point else spoken
        marks = (Mark.SIMPLE, Mark.SIMPLE) if told_simply else (Mark.SIMPLE,)
        return Reply(
            key.without(Mark.SIMPLE).without(Mark.SIMPLE).marked(*marks),
            f"**In short:** {name}{shown}", spoken, "short", ("More detail", "Repeat that"),
            self.card_again(last.card or {}),
        )  # fmt: skip

    def detail(self, point: Point) -> Reply:
        """All there is on a point: how to find it, the place for professionals, sources."""
        withheld = self._person.withheld_by(point)
        if withheld:
            return self.withheld(point, withheld)
        names, press = point.names, point.press
        cautions = [self._catalogue.caution(caution).written for caution in point.cautions]
        uses = [f"{self._complaint_name(purpose.complaint)} ({self._who_says(purpose)})"
                for purpose in point.purposes]  # fmt: skip
        titles = [self._catalogue.source(source).title for source in point.sources[:_SOURCES]]
        lines = [
            f"**{title(point)}** in detail. In Chinese it is {names.pinyin_tones} "
            f"({names.characters}), in English {names.english[0]}.",
            f"**Where:** {point.location.lay}",
            f"**For a professional:** {point.location.professional}",
            f"**To find it:** {point.find}",
            f"**How to press:** {press.how}",
            f"**Hold:** {seconds(point)}, {press.rounds}. {sentence(press.times_a_day)} a day.",
            f"**Position:** {press.posture}",
            *self._tools(point),
            *self._together(point),
            f"**By tradition for:** {join(uses)}. No trial has tested this point on its own.",
            point.note,
            "**Please note:**\n" + "\n".join(f"- {caution}" for caution in cautions),
            "**What this rests on:**\n" + "\n".join(f"- {source}" for source in titles),
        ]
        spoken = [f"{names.pinyin} lies {point.location.place}.", press.spoken,
                  f"Hold it for {seconds(point)}.", *self._spoken_caution(point)]  # fmt: skip
        return self._reply(
            AnswerKey(Kind.DETAIL, point.code), lines, spoken,
            (f"How long do I hold {point.code}?", f"What is {point.code} for?"), self.card(point),
        )  # fmt: skip

    def detail_of_pressing(self) -> Reply:
        """All there is on pressing any point: how, how hard, how long, and why so."""
        rule = self._catalogue.techniques.default
        withheld = self._person.everything_withheld_by
        if withheld:
            return self.withheld(None, withheld)
        lines = [
            f"**How to press:** {rule.how}",
            f"**Strength:** {rule.strength}",
            f"**What you may feel:** {rule.feels}",
            f"**Sides:** {rule.sides}",
            f"**How long:** {rule.hold}",
            f"**How often:** {rule.times_a_day}",
            f"**Stop** {rule.stop_when}",
            rule.why_this_rule,
            rule.studied,
        ]
        return self._reply(
            AnswerKey(Kind.DETAIL, "any"), lines, [rule.how_spoken, rule.hold_spoken],
            ("Where is the point on my hand?", "Which points help the lower back?"),
        )  # fmt: skip

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

    def _not_in_full(self, answer: Answer) -> Reply | None:
        """All of what was told last of a subject in a few words."""
        last = self._heard.last_key.parts[-1]
        for subject, written, spoken in [
            (answer.intent, answer.written, answer.spoken),
            *((f"{answer.intent}:{v.id}", v.written, v.spoken) for v in answer.variants),
        ]:
            key = AnswerKey(Kind.TOPIC, subject)
            if self._person.instead_of(subject):
                continue
            if last == key and not self._heard.says(written):
                suggestions = tuple(answer.suggestions)
                return Reply(key, written, spoken, answer.guidance, suggestions)
        return None

    def more_on(self, intent: str, told: Collection[AnswerKey]) -> Reply | None:
        """What else is known on a subject of general knowledge, or what it rests on.

        Args:
            told: keys of the answers given lately, which are not given again.
        """
        answer = self._catalogue.answer(intent)
        if answer is None or not answer.sources:
            return None
        full = self._not_in_full(answer)
        if full:
            return full
        more = [
            v
            for v in answer.variants
            if v.words
            and AnswerKey(Kind.TOPIC, f"{intent}:{v.id}") not in told
            and not self._person.instead_of(f"{intent}:{v.id}")
        ]
        if more:
            chosen = more[0]
            return Reply(
                AnswerKey(Kind.TOPIC, f"{intent}:{chosen.id}"), chosen.written, chosen.spoken,
                answer.guidance, ("More detail", "Say it simpler"),
            )  # fmt: skip
        titles = [self._catalogue.source(source).title for source in answer.sources[:_SOURCES]]
        wording = self._catalogue.wording("rests_on")
        listed = "\n".join(f"- {source}" for source in titles)
        return Reply(
            AnswerKey(Kind.SOURCES, intent), f"{wording.written}\n\n{listed}", wording.spoken,
            answer.guidance, tuple(answer.suggestions),
        )  # fmt: skip

    def why(self, point: Point, area: str | None, complaint: str | None) -> Reply:
        """Why this point was named: what the catalogue says for the place or complaint."""
        withheld = self._person.withheld_by(point)
        if withheld:
            return self.withheld(point, withheld)
        ranked = self._catalogue.points_for(area, complaint)
        reason = next((s.why for s in ranked if s.point.code == point.code), "")
        uses = [self._complaint_name(purpose.complaint) for purpose in point.purposes[:3]]
        wording = self._catalogue.wording("no_trial")
        used = f"By tradition it is used for {join(uses)}."
        lines = [
            f"**{title(point)}:** {reason or used} {wording.written}", *self._please_note(point),
        ]  # fmt: skip
        spoken = [reason, f"By tradition it is used for {join(uses)}.", wording.spoken]
        return self._reply(
            AnswerKey(Kind.WHY, point.code), lines, spoken,
            (f"How do I press {point.code}?", "Does acupressure really work?"), self.card(point),
        )  # fmt: skip

    def easiest(self, points: Sequence[Point]) -> Reply:
        """The point that most people reach best by themselves."""
        places = self._catalogue.follow_ups.easiest_places
        allowed = [point for point in points if not self._person.withheld_by(point)]
        if not allowed:
            condition = self._person.withheld_by(points[0])
            if condition:
                return self.withheld(points[0], condition)
        order = {place: rank for rank, place in enumerate(places)}

        def effort(point: Point) -> tuple[bool, int]:
            return (point.reach is Reach.HELPER,
                    min(order.get(area, len(places)) for area in point.areas))  # fmt: skip

        best = min(allowed, key=effort)
        several = 1 < len(allowed) <= SHOWN
        among = f"Of {join([point.code for point in allowed])}, " if several else ""
        lines = [
            f"{among}**{title(best)}** is the easiest for most people. "
            f"No trial shows which is best. {best.location.spoken}",
            *self._please_note(best),
        ]
        spoken = [f"{best.names.pinyin} is the easiest for most people.", best.location.spoken,
                  *self._spoken_caution(best)]  # fmt: skip
        return self._reply(
            AnswerKey(Kind.EASIEST, best.code), lines, spoken,
            (f"How do I press {best.code}?", f"How long do I hold {best.code}?"),
            self.card(best),
        )  # fmt: skip

    def both(self, points: Sequence[Point]) -> Reply:
        """Whether to press both sides, or both points that were named."""
        for point in points:
            withheld = self._person.withheld_by(point)
            if withheld:
                return self.withheld(point, withheld)
        first = points[0]
        if len(points) > 1:
            names = join([title(point) for point in points])
            wording = self._catalogue.wording("both_points")
        elif first.sides is Sides.MIDLINE:
            names, wording = title(first), self._catalogue.wording("one_side")
        elif first.press.sides_together:
            names, wording = title(first), self._catalogue.wording("both_sides_together")
        else:
            names, wording = title(first), self._catalogue.wording("both_sides")
        lines = [wording.written.format(what=names), *self._please_note(*points)]
        spoken = [wording.spoken.format(what=join([p.names.pinyin for p in points]))]
        return self._reply(
            AnswerKey(Kind.BOTH, "+".join(point.code for point in points)), lines,
            [*spoken, *self._spoken_caution(first)],
            (f"How do I press {first.code}?", f"How long do I hold {first.code}?"),
            self.card(first),
        )  # fmt: skip

    def others(self, points: Sequence[Point]) -> Reply:
        """Further points, after those already named."""
        listed = [f"- **{title(point)}** – {point.location.place}" for point in points]
        lines = ["Other points you could try:", "\n".join(listed)]
        lines += self._please_note(*points)
        first = points[0]
        spoken = [f"Another one is {first.spoken_name}: {first.location.spoken}",
                  *self._spoken_caution(first)]  # fmt: skip
        return self._reply(
            AnswerKey(Kind.FIND, "+".join(point.code for point in points)), lines, spoken,
            tuple(f"How do I press {point.code}?" for point in points),
            self.cards(points),
        )  # fmt: skip

    def still_withheld(self, point: Point | None, condition: Condition) -> Reply:
        """Said again for another point: shorter, with what is open instead."""
        wording = self._catalogue.wording("still_withheld" if point else "still_no_pressing")
        who = self._person.whose.get(condition.id)
        why = f"{who}: {called(condition)}" if who else called(condition)
        words = {"what": title(point) if point else "", "why": why}
        full = self.withheld(point, condition)
        other = [line for line in full.written.split("\n\n") if "need the same caution" in line]
        instead = [] if other else [self._catalogue.wording("instead_again").written]
        return self._reply(
            full.key, [wording.written.format(**words), *other, *instead],
            [aloud(wording.spoken.format(**words))], full.suggestions,
            guidance=condition.guidance,
        )  # fmt: skip

    def taken_back(self, conditions: Sequence[Condition], now_of: str | None) -> Reply:
        """A condition that was noted no longer counts, or counts for somebody else."""
        is_age = any(condition.id == CHILD for condition in conditions)
        again = "forgot_age" if is_age else "forgot_that"
        wording = self._catalogue.wording("not_about_me" if now_of else again)
        words = {"what": join([small(condition.name) for condition in conditions]), "who": now_of}
        return self._reply(
            AnswerKey(Kind.SAY, wording.id), [wording.written.format(**words)],
            [wording.spoken.format(**words).replace('"', "")],
            ("What do you know about me?", "Which points help the lower back?"),
            guidance="short",
        )  # fmt: skip

    def for_other(self, who: str) -> Reply:
        """From now on answers are for somebody else, with what was told of them."""
        theirs = [called(c) for c in self._person.conditions if c.id in self._person.whose]
        wording = self._catalogue.wording("for_other_known" if theirs else "for_other")
        words = {"who": who, "what": join(theirs)}
        return self._reply(
            AnswerKey(Kind.SAY, wording.id), [wording.written.format(**words)],
            [wording.spoken.format(**words).replace('"', "")],
            (FOR_ME, "What else can help my back?"), guidance="short",
        )  # fmt: skip

    def _always_said(self, point: Point) -> list[str]:
        """The first caution of a point, said again where its answer is asked for again."""
        cautions = map(self._catalogue.caution, point.cautions)
        return [caution.spoken for caution in cautions if caution.always_say][:1]

    def _shortest(self, point: Point) -> str:
        """One landmark and one thing to do."""
        landmark = re.split(r"[,;.]", point.location.spoken)[0].strip()
        return f"{landmark}. Press there softly."


def _code(last: ReplyParts) -> str | None:
    """The code of the point that an answer begins with."""
    card = last.card or {}
    first = (card.get("points") or [card])[0]
    code = first.get("code")
    return str(code) if code else None
