"""A guided session next to all other actions: it takes its messages first, and waits for the rest.

The session's rules are in bot.knowledge; here they meet the tracker.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from actions.serving.services import Services
from actions.turn import Turn
from bot.answers.general import GeneralAnswers
from bot.answers.people import Person
from bot.answers.reply import Reply
from bot.answers.safety_messages import red_flag_message
from bot.knowledge.schema.points import Point
from bot.knowledge.schema.sessions import Control, Feeling, SessionPart
from bot.knowledge.schema.topics import Topic
from bot.messages.message import Message
from bot.sessions.history import record_of, with_record
from bot.sessions.planner import NoPlan, minutes_in, place_in, still_allowed
from bot.sessions.replies import SessionAnswers
from bot.sessions.state import Session, Status, moved, place_among
from bot.sessions.steps import SessionStep, steps_of
from bot.sessions.transitions import End, Move, not_a_number, scored, steer, strayed
from bot.sessions.understanding import STEERING, control_in, feeling_in, says_no, says_yes
from bot.text.json_types import Slots
from bot.text.phrases import found, normalised, phrase_forms
from bot.text.scores import ScoreOutOfRange, score_answered

_HOUR = 3600
_PAIN = "pain"
_ASKING = (SessionPart.PAIN_BEFORE, SessionPart.PAIN_AFTER)
# Intents of an answer to 'how strong is your pain?' that holds no number. Others are questions.
_ANSWERS = frozenset({
    "nlu_fallback", "out_of_scope", "affirm", "deny", "greet", "thank", "report_pain",
    "report_improvement", "report_no_relief", "continue_session", "find_point", "ask_capabilities",
})  # fmt: skip
_GOES_ON = (Control.NEXT, Control.RESUME, Control.BACK, Control.REPEAT, Control.SKIP,
            Control.RESTART, Control.SLOWER, Control.FASTER, Control.TIME_LEFT)  # fmt: skip

# What these topics ask of a session.
_CONTROLS = {
    Topic.SESSION_NEXT: Control.NEXT, Topic.TELL_READY: Control.NEXT, Topic.TELL_DID: Control.NEXT,
    Topic.SESSION_PAUSE: Control.PAUSE, Topic.WAIT: Control.PAUSE,
    Topic.SESSION_RESUME: Control.RESUME, Topic.SESSION_STOP: Control.STOP,
    Topic.SESSION_BACK: Control.BACK, Topic.SESSION_SLOWER: Control.SLOWER,
    Topic.SESSION_TIME_LEFT: Control.TIME_LEFT, Topic.SESSION_LOST: Control.REPEAT,
    Topic.SESSION_SHORTER: Control.FASTER,
}  # fmt: skip


@dataclass(frozen=True)
class Answered:
    """What is said to a message, and the slots to keep.

    Attributes:
        message: a message that leaves as it is, in place of the reply: a red flag.
        beside: words of the message that want an answer of their own, after this one.
    """

    reply: Reply
    slots: Slots = field(default_factory=dict)
    message: Message | None = None
    beside: str = ""


def keeping(points: Iterable[Point]) -> Slots:
    """The slots that keep the points an answer is about, best first; nothing without any."""
    codes = [point.code for point in points]
    return {"point": codes[0], "points_offered": codes} if codes else {}


class Guided:
    """The session of one person in one turn."""

    def __init__(self, turn: Turn, services: Services) -> None:
        self._turn = turn
        self._services = services
        catalogue = services.catalogue
        self._catalogue = catalogue
        self._words = catalogue.sessions
        self._answers = SessionAnswers(catalogue, turn.person)
        self.session = self._present()

    @property
    def _by_topic(self) -> Control | None:
        """The control that the reader of questions takes the message for."""
        return next((_CONTROLS[t] for t in self._turn.sure_topics if t in _CONTROLS), None)

    @property
    def is_interrupted(self) -> bool:
        """Whether a warning sign stopped the session and has not been taken back."""
        return self.session is not None and self.session.status is Status.INTERRUPTED

    def taken(self) -> Answered | None:
        """The session's answer, if this message is for the session."""
        turn, session = self._turn, self.session
        control = control_in(turn.text, turn.sure_intent, self._words) or self._by_topic
        if session is None:
            return None
        if self._is_forgotten(session):
            return self._forgotten(session) if control in _GOES_ON else None
        allowed = still_allowed(session.plan, turn.person, self._catalogue)
        if isinstance(allowed, NoPlan):
            return self._withheld(session, allowed)
        if self.is_interrupted:
            return self._while_interrupted(session, control)
        if turn.intent == "start_session" and self._wishes_anew(control):
            return None
        if Topic.SESSION_POINTS in turn.sure_topics:
            return Answered(self._answers.plan(session), {"session": self._kept(session)})
        steps = steps_of(session.plan, self._catalogue)
        step = steps[place_among(session, steps)]
        if step.part is SessionPart.CONSENT:
            return self._at_consent(session, steps, control)
        feeling = self._feeling(session, step)
        if feeling:
            return self._ended_by(session, feeling)
        if step.part in _ASKING and session.status is Status.RUNNING:
            return self._at_question(session, steps, step, control)
        if control is None and turn.intent == "start_session":
            control = Control.RESUME
        declined = says_no(turn.text, turn.sure_intent, self._words)
        if control is None and declined and step.part is SessionPart.REST:
            control = Control.NEXT  # 'if anything feels worse, tell me': no
        unclear = declined or turn.intent in STEERING
        if control is None and unclear:
            return self._moved(Move(replace(session, misses=0), ("take_your_time",)))
        return self._moved(steer(session, steps, control)) if control else None

    def combine_with(self, reply: Reply, slots: Slots) -> Answered:
        """The answer of another action, with what the session has to say to it."""
        session = self.session
        if session is None:
            return Answered(reply, slots)
        if self._is_forgotten(session):
            return Answered(reply, {**slots, "session": None})
        if self.is_interrupted:
            return Answered(reply, {**slots, "session": self._kept(session)})
        if self._turn.was_misunderstood and session.status is Status.PAUSED:
            line = self._answers.with_line(reply, "may_resume")
            line = replace(line, suggestions=("Resume", "Stop"))
            return Answered(line, {**slots, "session": self._kept(session)})
        smaller = still_allowed(session.plan, self._turn.person, self._catalogue)
        if not isinstance(smaller, NoPlan) and smaller != session.plan:
            return self._smaller(reply, slots, session, smaller)
        if session.status is Status.PAUSED:
            return Answered(reply, {**slots, "session": self._kept(session)})
        asked = [condition.id for condition in self._turn.conditions("asked")]
        if asked and self._would_change(session, asked):
            reply = self._answers.with_line(reply, "about_you")
        move = strayed(session, self._words.limits.questions_until_pause)
        return Answered(
            self._answers.go_on(reply, move), {**slots, "session": self._kept(move.session)}
        )

    def started(self, session: Session) -> Answered:
        """The first step of a new session."""
        return Answered(
            self._answers.begun(session),
            {"session": self._kept(session), **self._talked_about(session)},
        )

    def interrupted(self) -> Answered:
        """No going on while a warning sign is not cleared up."""
        kept = self._kept(self.session) if self.session else None
        return Answered(self._answers.only("interrupted", "red_flag"), {"session": kept})

    def _present(self) -> Session | None:
        """The session in the tracker, interrupted if a warning sign was told since it moved."""
        session = Session.from_slot(self._turn.slot("session"))
        if session is None:
            return None
        since = [sign for sign in self._turn.signs if sign.number > session.heard]
        if any(not sign.taken_back for sign in since):
            return replace(session, status=Status.INTERRUPTED)
        misunderstood = self._turn.was_misunderstood
        if since or (session.status is Status.INTERRUPTED and misunderstood):
            return replace(session, status=Status.PAUSED)
        return session

    def _would_change(self, session: Session, conditions: list[str]) -> bool:
        """Whether these conditions, were they the person's own, would change the session."""
        ids = [*self._turn.declared_ids, *conditions]
        asked_about = Person.from_ids(ids, self._catalogue)
        return still_allowed(session.plan, asked_about, self._catalogue) != session.plan

    def _kept(self, session: Session) -> Slots:
        """The session as it is stored: it has heard this message."""
        heard = session.heard if session.status is Status.INTERRUPTED else self._turn.number
        return replace(session, heard=heard, moved_at=self._turn.said_at).to_slot()

    def _is_forgotten(self, session: Session) -> bool:
        hours = self._words.limits.forget_after_hours
        return self._turn.said_at - session.moved_at > hours * _HOUR

    def _forgotten(self, session: Session) -> Answered:
        hours = int((self._turn.said_at - session.moved_at) // _HOUR)
        return Answered(self._answers.only("over", hours=hours), {"session": None})

    def _wishes_anew(self, control: Control | None) -> bool:
        """Whether 'start' asks for another session than the present one."""
        turn = self._turn
        wishes = (
            turn.named_codes, turn.area, turn.complaint, turn.tool,
            minutes_in(turn.text, self._words), place_in(turn.text, self._words),
            found(normalised(turn.text), ("new session", "another session", "different session")),
        )  # fmt: skip
        return control is None and any(wishes)

    def _while_interrupted(self, session: Session, control: Control | None) -> Answered | None:
        if control is Control.STOP:
            return self._finished(Move(session, end=End.SIGN))
        asks_on = control in _GOES_ON or self._turn.intent == "start_session"
        return self.interrupted() if asks_on else None

    def _at_consent(
        self, session: Session, steps: tuple[SessionStep, ...], control: Control | None
    ) -> Answered | None:
        turn = self._turn
        if says_no(turn.text, turn.sure_intent, self._words) or control is Control.STOP:
            return self._finished(Move(session, end=End.REFUSED))
        if says_yes(turn.text, turn.sure_intent, self._words) or control is Control.NEXT:
            agreed = datetime.fromtimestamp(turn.said_at, UTC).date().isoformat()
            told = self._moved(Move(moved(session, steps[1]), tell=True))
            return replace(told, slots={**told.slots, "session_consent": agreed})
        if control is Control.REPEAT or turn.intent == "start_session":
            return self._moved(Move(session, tell=True))
        if control or turn.intent in STEERING | {"nlu_fallback", "out_of_scope"}:
            return self._moved(Move(session, ("consent_again",)))
        return None

    def _at_question(
        self,
        session: Session,
        steps: tuple[SessionStep, ...],
        step: SessionStep,
        control: Control | None,
    ) -> Answered | None:
        """The session has asked how strong the pain is."""
        turn, words = self._turn, self._words
        by_words = control_in(turn.text, "", words)
        if by_words and by_words is not Control.NEXT:
            return self._moved(steer(session, steps, by_words))
        try:
            score = score_answered(turn.text, words.pain_scores)
        except ScoreOutOfRange:
            return self._moved(not_a_number(session, steps, "number_range"))
        if score is not None and not turn.named_codes:
            return self._scored(session, steps, score)
        if step.part is SessionPart.PAIN_AFTER:
            compared = self._compared(session, steps)
            if compared:
                return compared
        if "next" in normalised(turn.text).split() or says_no(turn.text, turn.sure_intent, words):
            return self._moved(steer(session, steps, Control.SKIP))
        if control and by_words is None and control is not Control.NEXT:
            return self._moved(steer(session, steps, control))
        if by_words or turn.intent in _ANSWERS:
            return self._moved(not_a_number(session, steps, "number_again"))
        return None

    def _scored(self, session: Session, steps: tuple[SessionStep, ...], score: int) -> Answered:
        move = scored(session, steps, score)
        sign = self._services.detector.screen(f"{score}/10").top
        if sign and move.end:
            done = self._finished(move)
        elif sign:
            stopped = replace(session, status=Status.INTERRUPTED, before=score)
            done = self._moved(Move(stopped))
        elif not move.end and score >= self._words.limits.strong_pain_from:
            return self._moved(replace(move, sayings=("strong_pain",)))
        else:
            return self._moved(move)
        return replace(done, message=red_flag_message(sign.tier, sign.why))

    def _compared(self, session: Session, steps: tuple[SessionStep, ...]) -> Answered | None:
        """'Worse' or 'the same' in place of a number at the end."""
        said = phrase_forms(self._turn.text)
        if any(part in self._words.worse_words for part in said):
            return self._moved(Move(session, end=End.WORSE))
        if session.before is not None and any(part in self._words.same_words for part in said):
            return self._moved(scored(session, steps, session.before))
        return None

    def _feeling(self, session: Session, step: SessionStep) -> Feeling | None:
        """A bad feeling told now; while the pain is asked for, pain itself is an answer."""
        feeling = feeling_in(self._turn.text, self._words)
        if step.part not in _ASKING:
            return feeling or self._risen(session)
        return feeling if feeling and feeling.id != _PAIN else None

    def _risen(self, session: Session) -> Feeling | None:
        """'It's a seven now', said without being asked, and more than before."""
        said = normalised(self._turn.text)
        if session.before is None or not found(said, ("now", "pain", "hurts", "out of", "it's")):
            return None
        try:
            score = score_answered(self._turn.text, self._words.pain_scores)
        except ScoreOutOfRange:
            return None
        if score is None or score <= session.before or self._turn.named_codes:
            return None
        return next(feeling for feeling in self._words.feelings if feeling.id == _PAIN)

    def _ended_by(self, session: Session, feeling: Feeling) -> Answered:
        move = Move(session, end=End.FEELING)
        return Answered(self._answers.ended_by(feeling, move), self._over(move))

    def _withheld(self, session: Session, why: NoPlan) -> Answered:
        """Something the person said since takes the whole session away."""
        declared = self._turn.conditions("declared")
        general = GeneralAnswers(self._catalogue, self._turn.person)
        if declared:
            reply = general.declared(declared)
        elif why.condition:
            reply = general.withheld(None, why.condition)
        else:
            reply = general.say("session_not_running")
        line = self._answers.with_line(reply, "ended_by_condition")
        return Answered(line, self._over(Move(session, end=End.WITHHELD)))

    def _smaller(self, reply: Reply, slots: Slots, session: Session, plan: Any) -> Answered:
        """A condition takes some of the points away; the session goes on with the others."""
        gone = [p for p in map(self._catalogue.point, session.plan.points)
                if p and p.code not in plan.points]  # fmt: skip
        smaller = replace(session, plan=plan)
        steps = steps_of(plan, self._catalogue)
        here = steps[place_among(smaller, steps)].id
        # Another step than before is told first; a pause does that.
        status = session.status if here == session.step else Status.PAUSED
        smaller = replace(smaller, step=here, status=status)
        names = ", ".join(f"{p.code} ({p.names.pinyin})" for p in gone)
        line = self._answers.with_line(reply, "dropped", points=names)
        return Answered(line, {**slots, "session": self._kept(smaller)})

    def _moved(self, move: Move) -> Answered:
        """The answer to a move, and the session as it is then."""
        if move.end:
            return self._finished(move)
        return Answered(
            self._answers.told(move),
            {"session": self._kept(move.session), **self._talked_about(move.session)},
        )

    def _finished(self, move: Move) -> Answered:
        return Answered(self._answers.ended(move), self._over(move))

    def _over(self, move: Move) -> Slots:
        """The slots after the end: no session, and one more in the history."""
        slots: Slots = {"session": None}
        end = move.end or End.STOPPED
        record = record_of(move.session, end, move.after, self._turn.said_at)
        if record:
            kept = self._words.limits.sessions_kept
            slots["sessions_done"] = with_record(self._turn.slot("sessions_done"), record, kept)
        return slots

    def _talked_about(self, session: Session) -> Slots:
        """'It' is the point of the present step."""
        steps = steps_of(session.plan, self._catalogue)
        point = steps[place_among(session, steps)].point
        if point is None:
            return {}
        return {"point": point.code, "points_offered": [point.code]}
