"""Answers of general knowledge, about tools, conditions, sessions, and for moments without one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.answers.builder import FOR_ME, AnswerBuilder, aloud, title, with_article
from bot.answers.reply import Reply
from bot.knowledge.schema.answers import Answer, Tool, Variant
from bot.knowledge.schema.guidance import Condition, Withhold
from bot.knowledge.schema.points import BodyArea
from bot.messages.answer_key import AnswerKey, Kind
from bot.messages.message import MessageKind
from bot.text.markdown import strip_markdown

# Answers under this guidance, and these, are told in full at once.
_IN_FULL = frozenset({"safety_information", "pregnancy"})
_ASKING = frozenset({"report_pain"})


class GeneralAnswers(AnswerBuilder):
    """Builds replies that are not about one point, for one person."""

    def topic(self, intent: str, question: str) -> Reply | None:
        """The answer of data/answers.yml to `intent`, in the variant that fits the question."""
        answer = self._catalogue.answer(intent)
        if answer is None:
            return None
        best: tuple[int, Answer, Variant] | None = None
        for holder in self._catalogue.answers:
            for variant in holder.variants:
                if holder is answer or intent in variant.also_for:
                    length = _longest_word(variant, question.lower())
                    if length and (best is None or length > best[0]):
                        best = (length, holder, variant)
        return self.told(best[1], best[2]) if best else self.told(answer)

    def told(self, answer: Answer, variant: Variant | None = None, in_full: bool = False) -> Reply:
        """An answer of data/answers.yml, or one of its variants: its few words, or all of it.

        Who asks for it again gets all of it. Signs, and what has to be asked, are always told
        in full.
        """
        chosen: Answer | Variant = variant or answer
        subject = f"{answer.intent}:{variant.id}" if variant else answer.intent
        key = AnswerKey(Kind.TOPIC, subject)
        if own := self._person.instead_of(subject):
            condition, said = own
            may_press = condition.withhold is not Withhold.EVERYTHING
            offered = tuple(answer.suggestions) if may_press else ()
            return Reply(key, said.written, said.spoken, condition.guidance, offered)
        in_full = in_full or answer.guidance in _IN_FULL or answer.intent in _ASKING
        written = chosen.written if in_full or self._heard.says(chosen.spoken) else chosen.spoken
        offers = (variant.suggestions if variant else []) or answer.suggestions
        return Reply(key, written, chosen.spoken, answer.guidance, tuple(offers))

    def tool_on(self, tool: Tool, area: BodyArea) -> Reply:
        """Whether a tool may be used on a part of the body; if so, how."""
        if area.id in tool.areas or self._person.tools_withheld_by(tool.cautions):
            return self.tool(tool)
        named = with_article(tool.name)
        refused = f"Please do not use {named} on the {area.name}."
        points = [suggested.point for suggested in self._catalogue.points_for(area.id, None)]
        allowed = [point for point in points if not self._person.withheld_by(point)]
        if not allowed:
            why = self._person.withheld_by(points[0])
            withheld = self.withheld(points[0], why) if why else self.tool(tool)
            return replace(
                withheld,
                written=f"**{refused}**\n\n{withheld.written}",
                spoken=f"{refused} {withheld.spoken}",
            )
        first = allowed[0]
        return Reply(
            AnswerKey(Kind.TOOL_ON, f"{tool.id}:{area.id}"),
            f"{refused} Your fingers are enough there.\n\n**{title(first)}:** {first.press.spoken}",
            f"{refused} Your fingers are enough there. {first.press.spoken}",
            "tools",
            (f"Where is {first.code}?", f"How do I press {first.code}?"),
            self.card(first),
        )

    def tool(self, tool: Tool, in_full: bool = False) -> Reply:
        """How a tool is used safely; in full, or asked again, step by step."""
        withheld = self._person.tools_withheld_by(tool.cautions)
        if withheld:
            return self.withheld(None, withheld)
        written = f"**{tool.name}:** {tool.spoken}"
        if in_full or self._heard.says(tool.spoken):
            steps = "\n".join(f"{number}. {step}" for number, step in enumerate(tool.steps, 1))
            cautions = [self._catalogue.caution(caution) for caution in tool.cautions]
            said = " ".join(caution.written for caution in cautions[:3])
            written = (
                f"**{tool.name}:** {tool.summary}\n\n{steps}\n\n**How long:** {tool.how_long}\n\n"
                f"**Never** {tool.never_on}\n\n**Please note:** {said}"
            )
        card = {"type": "method", "id": tool.id}
        return Reply(
            AnswerKey(Kind.TOOL, tool.id), written, tool.spoken, "tools",
            ("Guide me through it", "Who should not do acupressure?"), card,
        )  # fmt: skip

    def tool_time(self, tool: Tool) -> Reply:
        """How long a tool is used."""
        withheld = self._person.tools_withheld_by(tool.cautions)
        if withheld:
            return self.withheld(None, withheld)
        return Reply(
            AnswerKey(Kind.TOOL_TIME, tool.id), f"**{tool.name}:** {tool.how_long}",
            f"{tool.how_long}", "tools", (),
        )  # fmt: skip

    def tools(self) -> Reply:
        """The tools there are, when none was named."""
        withheld = self._person.tools_withheld_by(())
        if withheld:
            return self.withheld(None, withheld)
        wording = self._catalogue.wording("tools")
        return Reply(
            AnswerKey(Kind.TOOLS, "all"), wording.written, wording.spoken, "tools",
            ("How do I use a tennis ball?", "How do I use a foam roller?"),
        )  # fmt: skip

    def declared(self, conditions: Sequence[Condition]) -> Reply:
        """What it means that the person, or somebody they ask for, has these conditions."""
        first, whose = conditions[0], self._person.whose
        told = [self._noted(condition, whose.get(condition.id, "")) for condition in conditions]
        offers = ("What else can help my back?", "When should I see a doctor?")
        is_of_other = any(condition.id in whose for condition in conditions)
        return Reply(
            AnswerKey(Kind.DECLARED, "+".join(condition.id for condition in conditions)),
            "\n\n".join(written for written, _ in told),
            told[0][1], first.guidance, (FOR_ME, *offers) if is_of_other else offers,
        )  # fmt: skip

    def _noted(self, condition: Condition, who: str) -> tuple[str, str]:
        """Written and spoken, what it means that the person, or `who`, has a condition."""
        if not who:
            return condition.noted, condition.noted
        wording = self._catalogue.wording("told_of_other")
        return (
            wording.written.format(who=who, why=condition.reason),
            wording.spoken.format(who=who, why=condition.reason_spoken),
        )

    def did_you_mean(self, choices: Sequence[str]) -> Reply:
        """Up to three things the person may have meant, and a way out."""
        wording, way_out = self._catalogue.wording("did_you_mean"), "None of these"
        listed = "\n".join(f"- {choice}" for choice in choices)
        return Reply(
            AnswerKey(Kind.SAY, "not_understood:choices"),
            f"{wording.written}\n\n{listed}\n- {way_out}",
            aloud(f"{wording.spoken} {', or: '.join(choice.rstrip('?.') for choice in choices)}?"),
            "short",
            (*choices, way_out),
            kind=MessageKind.FAILURE,
        )

    def about_me(self, known: Sequence[tuple[str, Mapping[str, str]]]) -> Reply:
        """What is remembered of the person.

        Args:
            known: the ids of wordings, each with the words that take the place of its gaps.
        """
        if not known:
            return self.say("about_me_nothing", ("My lower back hurts.",))
        opening = self._catalogue.wording("about_me")
        told = [(self._catalogue.wording(wording), words) for wording, words in known]
        written = "\n".join(f"- {wording.written.format(**words)}" for wording, words in told)
        spoken = " ".join(wording.spoken.format(**words) for wording, words in told)
        return Reply(
            AnswerKey(Kind.ABOUT_ME, None),
            f"{opening.written}\n\n{written}", f"{opening.spoken} {spoken}", "short",
            ("Delete my data.", "Is this private?"),
        )  # fmt: skip

    def score(self, score: float | None) -> Reply:
        """How strong the pain was, as the person said it last."""
        if score is None:
            return self.say("no_score_told")
        wording = self._catalogue.wording("score_told")
        return Reply(
            AnswerKey(Kind.SAY, "score_told"), wording.written.format(score=f"{score:g}"),
            wording.spoken.format(score=f"{score:g}"), "short",
        )  # fmt: skip

    def unknown_illness(self, what: str) -> Reply:
        """What is asked about an illness of which we know nothing."""
        wording = self._catalogue.wording("unknown_asked")
        return Reply(
            AnswerKey(Kind.SAY, "unknown_asked"), wording.written.format(what=what),
            wording.spoken.format(what=what), "safety_information",
            ("Who should not do acupressure?", "When should I see a doctor?"),
        )  # fmt: skip

    def said_again(self, reply: Reply) -> Reply:
        """The same answer the third time: in other words where there are some, else in short."""
        key = reply.key
        answer = self._catalogue.answer(key.topic) if key.topic else None
        if answer and answer.again and key.subject == key.topic:
            return replace(reply, written=answer.again.written, spoken=answer.again.spoken)
        again = self._catalogue.wording("repeated")
        return replace(
            reply,
            written=f"{again.written}\n\n{reply.spoken}",
            spoken=f"{again.spoken} {reply.spoken}",
        )

    def quoted(self, part: str) -> Reply:
        """A paragraph of an earlier answer once more."""
        line = self._catalogue.wording("heard_before")
        plain = strip_markdown(part)
        return Reply(
            AnswerKey(Kind.SAY, "heard_before"),
            f"{line.written} {part}",
            f"{line.spoken} {plain}",
            "short",
        )

    def say(self, wording_id: str, suggestions: tuple[str, ...] = ()) -> Reply:
        """A sentence for a moment without an answer."""
        wording = self._catalogue.wording(wording_id)
        return Reply(
            AnswerKey(Kind.SAY, wording_id),
            wording.written,
            wording.spoken,
            "short",
            suggestions,
            kind=MessageKind.FAILURE,
        )


def _longest_word(variant: Variant, question: str) -> int:
    """The length of the longest of the variant's words that begins a word of the question."""
    found = (w for w in variant.words if re.search(rf"(?<!\w){re.escape(w.lower())}", question))
    return max(map(len, found), default=0)
