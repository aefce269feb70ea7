"""What is said in a guided session: every step, what stands between the steps, and the end."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace

from bot.answers.builder import AnswerBuilder, aloud, join, title
from bot.answers.reply import Reply
from bot.knowledge.schema.points import Point
from bot.knowledge.schema.sessions import Control, Feeling, SessionPart, SessionText
from bot.messages.answer_key import AnswerKey, Kind
from bot.sessions.cards import CardControl, PainScale, SessionEndCard, SessionStepCard
from bot.sessions.planner import Plan
from bot.sessions.state import Session, Status, place_among
from bot.sessions.steps import SessionStep, steps_of
from bot.sessions.transitions import End, Move, seconds_left
from bot.text.json_types import JsonObject

# Speech synthesis says about 160 words a minute; a step may take 20 seconds. The rest is for the
# line about the doctor.
MOST_WORDS = 53
_GUIDANCE_WORDS = 8
_SUGGESTED = {
    SessionPart.CONSENT: ("Yes", "No"),
    SessionPart.PAIN_BEFORE: ("Skip", "Stop"),
    SessionPart.PAIN_AFTER: ("Skip", "Stop"),
    SessionPart.FIND: ("Next", "I can't find it", "Skip", "Stop"),
}
_SCALES = {
    SessionPart.PAIN_BEFORE: PainScale(when="before"),
    SessionPart.PAIN_AFTER: PainScale(when="after"),
}
_USUAL = ("Next", "Slower", "Pause", "Stop")
_STEP_GUIDANCE = "session_step"


class SessionAnswers(AnswerBuilder):
    """Builds the replies of a guided session, for one person."""

    def begun(self, session: Session) -> Reply:
        """The first step, and what the session will be like."""
        first = steps_of(session.plan, self._catalogue)[0]
        reply = self.told(Move(session, tell=True))
        if first.part is SessionPart.CONSENT:
            written, _ = self._intro(session.plan)
            return replace(reply, written=f"{written}\n\n{reply.written}")
        return reply

    def told(self, move: Move, first: str = "") -> Reply:
        """What a move leads to: what is said, then the step, if it is told.

        Args:
            first: something written before everything else.
        """
        session = move.session
        steps = steps_of(session.plan, self._catalogue)
        here = place_among(session, steps)
        step = steps[here]
        said = [self._saying(name, move, steps) for name in move.sayings]
        written = [first, *(w for w, _ in said)]
        spoken = [s for _, s in said]
        if move.tell:
            text, voice = self._step(step, session, spoken)
            written += [f"**{self._headline(step, steps)}**", text]
            spoken.append(voice)
        subject = step.id if move.tell else f"say:{'+'.join(move.sayings)}"
        return Reply(
            AnswerKey(Kind.SESSION, subject),
            "\n\n".join(part for part in written if part),
            " ".join(part for part in spoken if part),
            _STEP_GUIDANCE,
            self._suggestions(session, step),
            self.step_card(session),
        )

    def ended(self, move: Move) -> Reply:
        """The end: what was done, how the pain changed, what to mind."""
        session, plan = move.session, move.session.plan
        points = [p for p in map(self._catalogue.point, session.pressed) if p]
        parts: list[tuple[str, str]] = []
        if move.end is End.REFUSED:
            parts.append(self.say("refused"))
        elif move.end in (End.STOPPED, End.SIGN, End.WORSE) and points:
            parts.append(self.say("stopped_after", points=_names(points)))
        elif move.end in (End.STOPPED, End.SIGN):
            wording = self._catalogue.wording("session_stopped")
            parts.append((wording.written, wording.spoken))
        elif plan.tool:
            parts.append(self.say("done_method", tool=self._tool_name(plan)))
        elif points:
            parts.append(self.say("done", points=_names(points)))
        parts += self._change(move)
        if move.end is End.DONE:
            parts.append(self.say("afterwards"))
        return Reply(
            AnswerKey(Kind.SESSION, f"end:{move.end.value if move.end else ''}"),
            "\n\n".join(written for written, _ in parts),
            aloud(" ".join(spoken for _, spoken in parts if spoken)),
            "session",
            ("How am I doing?", "How often should I press?"),
            self.end_card(move),
        )

    def ended_by(self, feeling: Feeling, move: Move) -> Reply:
        """A bad feeling ends the session."""
        return Reply(
            AnswerKey(Kind.SESSION, f"feeling:{feeling.id}"),
            feeling.written, feeling.spoken, "session",
            ("When should I see a doctor?",), self.end_card(move),
        )  # fmt: skip

    def only(self, name: str, guidance: str = "session", **values: object) -> Reply:
        """One saying as a whole answer, outside a running session."""
        written, spoken = self.say(name, **values)
        return Reply(AnswerKey(Kind.SESSION, f"say:{name}"), written, spoken, guidance)

    def plan(self, session: Session) -> Reply:
        """Which points a session presses, or with what."""
        points = [p for p in map(self._catalogue.point, session.plan.points) if p]
        if points:
            return self.only("plan", points=_names(points))
        return self.only("plan_method", tool=self._tool_name(session.plan))

    def with_line(self, reply: Reply, name: str, **values: object) -> Reply:
        """Another answer with one more line about the session."""
        written, spoken = self.say(name, **values)
        return replace(
            reply,
            written=f"{reply.written}\n\n{written}",
            spoken=f"{reply.spoken} {spoken}".strip(),
        )

    def go_on(self, reply: Reply, move: Move) -> Reply:
        """The answer to a question beside the session, and how to go on with it."""
        session = move.session
        steps = steps_of(session.plan, self._catalogue)
        here = place_among(session, steps)
        name = move.sayings[0]
        if name == "go_on" and steps[here].part is SessionPart.CONSENT:
            name = "go_on_consent"
        elif name == "go_on" and steps[here].part in (
            SessionPart.PAIN_BEFORE,
            SessionPart.PAIN_AFTER,
        ):
            name = "go_on_pain"
        paused = session.status is Status.PAUSED
        more = self.with_line(reply, name, **_position(steps, here))
        ways = ("Resume",) if paused else self._suggestions(session, steps[here])[:1]
        kept = tuple(title for title in reply.suggestions if title not in ways)
        return replace(more, suggestions=(*ways, *kept[:2]))

    def say(self, name: str, **values: object) -> tuple[str, str]:
        """A saying of data/sessions.yml, written and spoken."""
        return self._catalogue.sessions.saying(name).filled(**values)

    def step_card(self, session: Session) -> JsonObject:
        """The card of the present step (docs/cards.md)."""
        steps = steps_of(session.plan, self._catalogue)
        here = place_among(session, steps)
        step, slower = steps[here], session.slower
        text, spoken = self._step(step, session, [])
        at, last = _position(steps, here).values()
        card = SessionStepCard(
            type="session_step",
            kind="session_step",
            version=1,
            guide="method" if session.plan.tool else "points",
            status=session.status,
            id=step.id,
            part=step.part,
            step=at,
            of=last,
            title=self._title(step),
            text=text,
            spoken=spoken,
            point=step.point.code if step.point else None,
            name=step.point.names.pinyin_tones if step.point else None,
            side=step.side,
            tool=session.plan.tool,
            seconds=step.timer(slower) or None,
            seconds_left=seconds_left(session, steps),
            pain=_SCALES.get(step.part),
            controls=[
                CardControl(id=entry.id, title=entry.title, say=entry.title.rstrip("?"))
                for entry in self._catalogue.sessions.controls
                if _makes_sense(entry.id, session, step)
            ],
        )
        return _as_json(card)

    def end_card(self, move: Move) -> JsonObject:
        """The card of the end (docs/cards.md)."""
        tool = move.session.plan.tool
        card = SessionEndCard(
            type="session_end",
            kind="session_end",
            version=1,
            ended=move.end or End.STOPPED,
            points=[] if tool else list(move.session.pressed),
            tool=tool,
            pain_before=move.session.before,
            pain_after=move.after,
        )
        return _as_json(card)

    def _headline(self, step: SessionStep, steps: Sequence[SessionStep]) -> str:
        if step.part is SessionPart.CONSENT:
            return self._title(step)
        at = _position(steps, steps.index(step))
        return f"Step {at['step']} of {at['of']} – {self._title(step)}"

    def _step(self, step: SessionStep, session: Session, said: Sequence[str]) -> tuple[str, str]:
        """A step, written and spoken. Spoken, what is said already takes its share of the time."""
        text = self._catalogue.sessions.step_text(step.text)
        written, spoken = text.filled(**self._values(step, session, short=session.slower)), ""
        spoken = aloud(text.spoken.format_map(self._values(step, session, short=True, heard=True)))
        lines, voice = [written[0].strip()], [spoken]
        room = MOST_WORDS - _GUIDANCE_WORDS - len(" ".join([*said, spoken]).split())
        extras: list[tuple[str, str]] = []
        if step.part is SessionPart.PAIN_BEFORE:
            intro, heard = self._intro(session.plan)
            if not session.plan.ask_consent:
                lines.insert(0, intro)
            voice.insert(0, heard)
        if step.part is SessionPart.PREPARE:
            lines.append(self.say("controls")[0])
        if step.part is SessionPart.FIND and step.point:
            lines += self._please_note(step.point)
            extras += [("", caution) for caution in self._spoken_caution(step.point)]
            extras.append(self.say("say_next"))
        if step.seconds != (0, 0) and step.part in (SessionPart.HOLD, SessionPart.METHOD):
            extras.append(self.say("hold_next"))
        for more, heard in extras:
            if more:
                lines.append(more)
            if len(heard.split()) <= room:
                voice.append(heard)
                room -= len(heard.split())
        return "\n\n".join(lines), " ".join(voice)

    def _values(
        self, step: SessionStep, session: Session, short: bool, heard: bool = False
    ) -> dict[str, object]:
        """What is filled into a step's text. Short: only what is needed to do it."""
        tool = self._catalogue.tool(session.plan.tool)
        preparation = self._catalogue.techniques.preparation
        place = self._catalogue.sessions.place(session.plan.place)
        settle: SessionText = place or self._catalogue.sessions.place("chair")  # type: ignore[assignment]
        values: dict[str, object] = {
            "breaths": preparation.breaths,
            "seconds": duration(step.timer(session.slower)),
            "settle": settle.spoken if short else settle.written,
        }
        if step.point:
            point = step.point
            values |= {
                "point": point.spoken_name if heard else title(point),
                "where": point.location.spoken if short else point.location.lay,
                "find": "" if short else point.find,
                "posture": "" if short else point.press.posture.split(". ")[0] + ".",
                # In a session the short form is also the right one to read while pressing.
                "how": point.press.spoken,
            }
        if tool:
            how = tool.steps[step.number - 1] if step.number else ""
            values |= {
                "tool": tool.name,
                "never": tool.never_on,
                "how": re.sub(r"\*", "", how) if heard else how,
            }
        return values

    def _title(self, step: SessionStep) -> str:
        tool = self._catalogue.tool(step.id.partition(":")[0])
        return self._catalogue.sessions.step_text(step.text).title.format(
            point=title(step.point) if step.point else "", tool=tool.name if tool else ""
        )

    def _intro(self, plan: Plan) -> tuple[str, str]:
        session = Session(plan, "")
        steps = [s for s in steps_of(plan, self._catalogue) if s.part is not SessionPart.CONSENT]
        takes = minutes(sum(step.takes for step in steps))
        if plan.tool:
            return self.say("intro_method", tool=self._tool_name(session.plan), minutes=takes)
        points = [p for p in map(self._catalogue.point, plan.points) if p]
        written, _ = self.say("intro", points=_names(points), minutes=takes)
        _, spoken = self.say("intro", points=join([p.code for p in points]), minutes=takes)
        left = [p for p in map(self._catalogue.point, plan.left_out) if p]
        if left:
            why = {c.name: None for p in left if (c := self._person.withheld_by(p))}
            names = join([name[:1].lower() + name[1:] for name in why]) or "your health"
            written += " " + self.say("left_out", points=_names(left), conditions=names)[0]
        return written, aloud(spoken)

    def _saying(self, name: str, move: Move, steps: Sequence[SessionStep]) -> tuple[str, str]:
        here = place_among(move.session, tuple(steps))
        values = {
            **_position(steps, here),
            "minutes": minutes(seconds_left(move.session, tuple(steps))),
            "score": "" if move.score is None else move.score,
        }
        return self.say(name, **values)

    def _change(self, move: Move) -> list[tuple[str, str]]:
        before, after = move.session.before, move.after
        if move.end is End.WORSE and (before is None or after is None):
            return [self.say("change_worse")]
        if before is None or after is None:
            return []
        change = "change_less" if after < before else "change_none"
        if after > before:
            change = "change_more"
        return [self.say(change, before=before, after=after)]

    def _tool_name(self, plan: Plan) -> str:
        tool = self._catalogue.tool(plan.tool)
        return tool.name if tool else ""

    def _suggestions(self, session: Session, step: SessionStep) -> tuple[str, ...]:
        if session.status is Status.PAUSED:
            return ("Resume", "Stop")
        return _SUGGESTED.get(step.part, _USUAL)


def duration(seconds: int) -> str:
    """'30 seconds', '5 minutes'."""
    return f"{seconds} seconds" if seconds < 2 * 60 or seconds % 60 else f"{seconds // 60} minutes"


def minutes(seconds: int) -> str:
    """'half a minute', '1 minute', '5 minutes'."""
    whole = round(seconds / 60)
    if whole < 1:
        return "half a minute"
    return "1 minute" if whole == 1 else f"{whole} minutes"


def _names(points: Sequence[Point]) -> str:
    return join([title(point) for point in points])


def _position(steps: Sequence[SessionStep], here: int) -> dict[str, int]:
    """Which step of how many. Consent is step 0, as it is asked only once."""
    asked = steps[0].part is SessionPart.CONSENT
    return {"step": here if asked else here + 1, "of": len(steps) - asked}


def _makes_sense(control: Control, session: Session, step: SessionStep) -> bool:
    if step.part is SessionPart.CONSENT:
        return control in (Control.REPEAT, Control.STOP)
    if control is Control.FASTER:
        return session.slower
    if control is Control.SLOWER:
        return not session.slower
    if control is Control.RESUME:
        return session.status is Status.PAUSED
    if control is Control.PAUSE:
        return session.status is Status.RUNNING
    if control is Control.LOST:
        return step.part in (SessionPart.FIND, SessionPart.HOLD)
    return True


def _as_json(card: SessionStepCard | SessionEndCard) -> JsonObject:
    return dict(json.loads(card.model_dump_json(exclude_none=True)))
