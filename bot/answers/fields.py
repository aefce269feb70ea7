"""One attribute of a point alone, or of pressing in general: how hard, which side, which finger."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.answers.builder import AnswerBuilder, sentence, title
from bot.answers.reply import Reply
from bot.knowledge.schema.points import Point, Sides
from bot.messages.answer_key import AnswerKey, Kind


class FieldAnswers(AnswerBuilder):
    """Builds replies to questions about one attribute, for one person."""

    def field(self, kind: Kind, point: Point | None) -> Reply:
        """One attribute of a point; of pressing in general, where no point is in question.

        Args:
            kind: one of FIELDS.
        """
        withheld = self._person.everything_withheld_by
        withheld = self._person.withheld_by(point) if point else withheld
        if withheld:
            return self.withheld(point, withheld)
        if point is None:
            told = self._in_general()[kind]
            return self._reply(
                AnswerKey(kind, "any"), [told], [told],
                ("How do I press a point?", "Which points help the lower back?"),
            )  # fmt: skip
        written, spoken = _OF_POINT[kind](self, point)
        return self._reply(
            AnswerKey(kind, point.code),
            [written, *self._for_you(point), *self._please_note(point)],
            [spoken, *self._spoken_caution(point)],
            (f"Where is {point.code}?", f"How do I press {point.code}?"), self.card(point),
        )  # fmt: skip

    def _in_general(self) -> Mapping[Kind, str]:
        rule = self._catalogue.techniques.default
        return {
            Kind.HARD: rule.strength_spoken,
            Kind.OFTEN: rule.times_a_day,
            Kind.ROUNDS: rule.rounds,
            Kind.SIDE: rule.sides,
            Kind.FINGER: rule.fingers,
            Kind.EXACT: self._catalogue.wording("no_point_named").spoken,
            Kind.POSITION: "Sit or lie, whatever is easy for you. That is safer than standing.",
            Kind.OBJECT: self._catalogue.wording("no_object").written,
            Kind.HELPER: self._catalogue.wording("by_helper").written,
        }

    def _hard(self, point: Point) -> tuple[str, str]:
        text = f"{point.press.strength} It must never hurt."
        return f"**{title(point)}:** {text}", text

    def _often(self, point: Point) -> tuple[str, str]:
        text = f"{point.press.times_a_day} a day is enough, with breaks between rounds."
        return f"**{title(point)}:** {sentence(text)}", sentence(text)

    def _rounds(self, point: Point) -> tuple[str, str]:
        text = sentence(f"{point.press.rounds}.")
        return f"**{title(point)}:** {text}", text

    def _side(self, point: Point) -> tuple[str, str]:
        if point.sides is Sides.MIDLINE:
            wording = self._catalogue.wording("one_side")
        else:
            together = point.press.sides_together
            wording = self._catalogue.wording("both_sides_together" if together else "both_sides")
        return wording.written.format(what=title(point)), wording.spoken.format(what="")

    def _finger(self, point: Point) -> tuple[str, str]:
        text = f"Use {point.press.fingers}. You need no tool."
        return f"**{title(point)}:** {text}", text

    def _exact(self, point: Point) -> tuple[str, str]:
        return f"**{title(point)}:** {point.location.professional}", point.location.spoken

    def _object(self, point: Point) -> tuple[str, str]:
        wording, fingers = self._catalogue.wording("no_object"), f"Use {point.press.fingers}."
        return f"**{title(point)}:** {wording.written} {fingers}", f"{wording.spoken} {fingers}"

    def _helper(self, point: Point) -> tuple[str, str]:
        wording = self._catalogue.wording("by_helper")
        where = f"{title(point)} lies {point.location.place}."
        return f"{wording.written} {where}", wording.spoken

    def _position(self, point: Point) -> tuple[str, str]:
        return f"**{title(point)}:** {point.press.posture}", point.press.posture


_OF_POINT: dict[Kind, Callable[[FieldAnswers, Point], tuple[str, str]]] = {
    Kind.HARD: FieldAnswers._hard,
    Kind.OFTEN: FieldAnswers._often,
    Kind.ROUNDS: FieldAnswers._rounds,
    Kind.SIDE: FieldAnswers._side,
    Kind.FINGER: FieldAnswers._finger,
    Kind.POSITION: FieldAnswers._position,
    Kind.EXACT: FieldAnswers._exact,
    Kind.OBJECT: FieldAnswers._object,
    Kind.HELPER: FieldAnswers._helper,
}
# The kinds of answers here.
FIELDS = tuple(_OF_POINT)
