"""What every action shares: it answers with a Reply, remembers it, and never leaves silence."""

from __future__ import annotations

import logging
import re
from abc import ABC, abstractmethod
from dataclasses import replace
from typing import ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.answering import Answering
from actions.asking import Asking
from actions.follow_ups import FollowUps
from actions.forgetting import Forgetting
from actions.guided import Answered, Guided, keeping
from actions.moments.beside import Beside
from actions.moments.crisis import dark_thoughts
from actions.moments.elsewhere import elsewhere
from actions.moments.pain import PainTold
from actions.moments.settled import Resumed
from actions.moments.unclear import Unclear
from actions.moments.untaught_places import untaught_place
from actions.reminding import Reminding
from actions.serving.services import Services
from actions.turn import Turn
from actions.varying import AS_IT_IS, Varying
from bot.answers.builder import join, small
from bot.answers.follow_ups import FollowUpAnswers
from bot.answers.general import GeneralAnswers
from bot.answers.places import PlaceAnswers
from bot.answers.points import PointAnswers
from bot.answers.pressing import held_back, without_pregnancy
from bot.answers.reply import Reply, finish
from bot.dialogue.doubts import with_doubt
from bot.dialogue.follow_up_cues import is_foreign
from bot.dialogue.memory import LIFTING
from bot.knowledge.schema.guidance import Condition
from bot.knowledge.schema.topics import Topic
from bot.messages.answer_key import AnswerKey, Kind, Mark
from bot.messages.message import MessageKind
from bot.privacy.quiet_log import log_failure
from bot.text.json_types import JsonObject, Slots
from bot.text.phrases import normalised

logger = logging.getLogger(__name__)

# Answers that say themselves what was taken back.
_SAYS_SO = ("forgot_that", "forgot_age", "not_about_me", "forgotten")
_NOTHING_MORE = AnswerKey(Kind.SAY, "condition_taken_back")
_UNCLEAR = ("nlu_fallback", "deny", "out_of_scope")
_WANTS_POINTS = frozenset({
    Topic.FIND_POINT, Topic.ONE_THING, Topic.LIST_POINTS, Topic.EASIEST,
})  # fmt: skip
_REMEMBERED = 3
_TALKED = 8
_ASKED_LAST = re.compile(r" (?:What|Which|Where)\b[^.?!]*\?$")


class KnowledgeAction(Action, ABC):
    """An action that answers from the catalogue.

    Subclasses set `action_name` and build the reply; `remember` adds slots of their own.
    """

    action_name: ClassVar[str]

    def __init__(self, services: Services) -> None:
        self.services = services
        self.catalogue = services.catalogue

    def name(self) -> str:
        """The action's name in the domain."""
        return self.action_name

    @abstractmethod
    def reply(self, turn: Turn) -> Reply:
        """The answer to this turn."""

    def whole_reply(self, turn: Turn) -> Reply:
        """The answer to everything the message asks."""
        return self.reply(turn)

    def respond(self, turn: Turn) -> Answered:
        """The answer with the slots to keep. A guided session under way comes in before this."""
        return Answered(self.whole_reply(turn), self.remember(turn))

    def remember(self, turn: Turn) -> Slots:
        """Slots to set besides those every answer sets."""
        return {}

    def general(self, turn: Turn) -> GeneralAnswers:
        """General answers for this person."""
        return GeneralAnswers(self.catalogue, turn.person, turn.heard)

    def about_points(self, turn: Turn) -> PointAnswers:
        """Point answers for this person."""
        return PointAnswers(self.catalogue, turn.person, turn.heard)

    def about_places(self, turn: Turn) -> PlaceAnswers:
        """Answers about places and complaints for this person."""
        return PlaceAnswers(self.catalogue, turn.person, turn.heard)

    def named(self, turn: Turn) -> Slots:
        """The slots that keep the points named now; nothing if none was named."""
        return keeping(turn.named_points)

    def declared_now(self, turn: Turn) -> Reply | None:
        """What follows from the conditions that this message tells; None if it tells none."""
        declared = turn.conditions("declared")
        return self.general(turn).declared(declared) if declared else None

    def taken_back(self, turn: Turn) -> Reply:
        """The person denies a condition: noted, and what else was asked is answered."""
        if turn.named_points:
            return self.about_points(turn).locate(turn.named_points[0], turn.mention)
        if turn.area or turn.complaint:
            return self.about_places(turn).find(turn.area, turn.complaint, turn.text)
        return self.general(turn).say("condition_taken_back")

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Say the reply and remember it. A failure is said too, with guidance."""
        turn = Turn(tracker, self.catalogue)
        kept = self._told(turn)
        try:
            answered = self._answered(turn)
            person = turn.person_with(answered.slots)
            own = answered.reply
            if not turn.may_be_pregnant:
                own = without_pregnancy(own, turn.heard)
            held = held_back(own, person, self.catalogue)
            # In other words it may invite to press again.
            varying = Varying(turn, self.catalogue)
            reply = held_back(varying.varied(self._noted(turn, held)), person, self.catalogue)
            reply = replace(reply, suggestions=self._new_offers(turn, reply))
            slots, ready = {**kept, **answered.slots}, answered.message
        except Exception as error:  # a person is waiting: anything is better than silence
            log_failure(logger, f"{self.action_name} failed", error)
            # What was told of somebody's health outlasts the failure.
            reply, slots, ready = GeneralAnswers(self.catalogue).say("action_failed"), kept, None
        if "sessions_done" in slots:
            Reminding(turn, self.services).session_over()
        doubted = None if ready else turn.doubted_sign
        more = self._resumed(tracker, turn, reply)
        if more:
            # What is asked next has been asked already.
            written, spoken = (_ASKED_LAST.sub("", each) for each in (reply.written, reply.spoken))
            reply = replace(reply, written=written, spoken=spoken)
        message = ready or finish(
            with_doubt(reply, doubted, self.catalogue, turn.doubted_called),
            self.catalogue,
            turn.number,
            turn.heard,
        )
        message = message.with_reply(doubted=doubted)
        if turn.mild_sign:
            _utter(dispatcher, turn.mild_sign.to_json())
        content = message.to_json()
        _utter(dispatcher, content)
        if more:
            content = finish(more, self.catalogue, turn.number, turn.heard).to_json()
            _utter(dispatcher, content)
            slots, reply = self._talked_about(turn, more) | slots, more
        if not message.is_red_flag and not ready:
            slots = self._talked_about(turn, reply) | slots
        keys = [*turn.answer_keys, reply.key][-_REMEMBERED:]
        slots |= {"answer_keys": list(map(str, keys)), "pregnant_for": turn.pregnant_for}
        if not reply.key.is_marked(Mark.REPEAT) and not ready:
            slots["last_answer"] = content
        return [SlotSet(name, value) for name, value in slots.items() if value != turn.slot(name)]

    def _resumed(self, tracker: Tracker, turn: Turn, reply: Reply) -> Reply | None:
        """What was asked besides, once a sign is settled; None where nothing was."""
        if reply.key.topic not in LIFTING:
            return None
        try:
            more = Resumed(tracker, turn, self.catalogue).reply()
            return held_back(more, turn.person, self.catalogue) if more else None
        except Exception as error:  # that the sign is settled is said
            log_failure(logger, "what was asked before a sign could not be answered", error)
            return None

    def _told(self, turn: Turn) -> Slots:
        """The slots that keep what is known of persons with this message."""
        try:
            return turn.kept(turn.persons)
        except Exception as error:  # what was kept before stands
            log_failure(logger, "what was told of persons could not be read", error)
            return {}

    def _noted(self, turn: Turn, reply: Reply) -> Reply:
        """The answer, led by what the same message took back."""
        still = [told for told in turn.taken.stays if told in turn.persons.counting]
        if stays := [*map(self.catalogue.condition, (told.condition for told in still))]:
            return self._stays(reply, [each for each in stays if each])
        if not turn.taken.told or (reply.key.is_of(Kind.SAY) and reply.key.about in _SAYS_SO):
            return reply
        line = FollowUpAnswers(self.catalogue).taken_back(turn.taken_conditions, turn.taken_for)
        if reply.key == _NOTHING_MORE:
            return line
        written = f"{line.written}\n\n{reply.written}"
        return replace(reply, written=written, spoken=f"{line.spoken} {reply.spoken}")

    def _stays(self, reply: Reply, conditions: list[Condition]) -> Reply:
        """The answer, led by what still counts, whatever a test or a scan has shown."""
        if reply.key.is_of(Kind.WITHHELD, Kind.DECLARED):
            return reply
        line = self.catalogue.wording("still_in_mind")
        what = join([small(condition.name) for condition in conditions])
        written, spoken = line.written.format(what=what), line.spoken.format(what=what)
        if reply.kind is MessageKind.FAILURE:  # there was nothing else in it
            said = GeneralAnswers(self.catalogue).say(line.id)
            return replace(said, written=written, spoken=spoken)
        written, spoken = f"{written}\n\n{reply.written}", f"{spoken} {reply.spoken}"
        return replace(reply, written=written, spoken=spoken)

    def _answered(self, turn: Turn) -> Answered:
        """The answer to the question of deleting; else to the rest of the conversation."""
        if dark := dark_thoughts(turn, self.catalogue):
            return Answered(dark)
        forgetting = Forgetting(turn, self.catalogue)
        return forgetting.taken() or forgetting.combine_with(self._own(turn))

    def _own(self, turn: Turn) -> Answered:
        """The session's answer if the message is for it, else this action's, with the session's."""
        guided, reminding = Guided(turn, self.services), Reminding(turn, self.services)
        own = reminding.taken()
        if own is None and not turn.slot("session"):
            own = Answering(turn, self.services).taken()
        if own and not own.beside:
            own = replace(own, reply=Asking(turn, self.catalogue).besides(own.reply))
        if own is None and not reminding.is_asked:
            taken = guided.taken()
            if taken:
                return taken
            own = FollowUps(turn, self.catalogue).taken() if turn.only_says_yes else None
            own = own or untaught_place(turn, self.catalogue)
            own = own or self._own_pain(turn)
            own = own or Asking(turn, self.catalogue).taken() or self._leaning(turn)
        own = own or self._as_it_reads(turn)
        if own.beside:
            own = Beside(turn, self.catalogue).added_to(own)
        elif not own.reply.key.is_of(Kind.REMINDER):
            own = reminding.with_waiting(own)
        # What starts a session, or ends one, has said all there is to say.
        return own if "session" in own.slots else guided.combine_with(own.reply, own.slots)

    def _own_pain(self, turn: Turn) -> Answered | None:
        """A point for whoever turns from somebody else to a pain of their own."""
        if not turn.tells_own_pain or turn.tells_new or turn.taken.told:
            return None
        pain = PainTold(turn, self.catalogue)
        return Answered(pain.reply(), pain.remember())

    def _as_it_reads(self, turn: Turn) -> Answered:
        """This action's answer, where the words of the message bear it out."""
        if turn.intent in ("deny", "out_of_scope") and (
            open_sign := Unclear(turn, self.catalogue).still_open()
        ):
            return Answered(open_sign)
        if turn.intent in _UNCLEAR and (other := elsewhere(turn, self.catalogue)):
            return Answered(other)
        if not turn.is_misread:
            return self.respond(turn)
        if read := self._as_topics_say(turn):
            return read
        if turn.tells_pain:
            pain = PainTold(turn, self.catalogue)
            return Answered(pain.reply(), pain.remember())
        return Answered(Unclear(turn, self.catalogue).reply(), self.named(turn))

    def _as_topics_say(self, turn: Turn) -> Answered | None:
        """What the reader of questions is sure of, where the model was led astray."""
        sure = {*turn.sure_topics}
        if Topic.SAFE_FOR in sure and turn.named_points:
            return Answered(self.about_points(turn).safety(turn.named_points[0]), self.named(turn))
        if turn.named_codes or not _WANTS_POINTS & sure:
            return None
        area, complaint = turn.area, turn.complaint
        if not (area or complaint):
            complaint = turn.slot("complaint") or "back_pain"
        slots = {"area": area, "complaint": complaint, **turn.offered(area, complaint)}
        return Answered(self.about_places(turn).find(area, complaint, turn.text), slots)

    def _leaning(self, turn: Turn) -> Answered | None:
        """The answer to a message that is not English, or that leans on the answer before it."""
        if not turn.named_codes and is_foreign(turn.text, self.catalogue.follow_ups):
            answer = self.catalogue.answer("out_of_scope")
            chosen = [v for v in answer.variants if v.id == "other_language"] if answer else []
            if answer and chosen:
                return Answered(self.general(turn).told(answer, chosen[0]))
        return FollowUps(turn, self.catalogue).taken()

    @staticmethod
    def _new_offers(turn: Turn, reply: Reply) -> tuple[str, ...]:
        """What is offered to be asked next, without what the person has asked already."""
        if turn.slot("session") or reply.key.is_of(*AS_IT_IS):
            return reply.suggestions
        new = [each for each in reply.suggestions if normalised(each) not in turn.all_said]
        return tuple(new) or reply.suggestions

    def _talked_about(self, turn: Turn, reply: Reply) -> Slots:
        """The points of this answer: the list for 'the second one', and those talked about."""
        cards = reply.card.get("points") or [reply.card]
        codes = [str(c["code"]) for c in cards if isinstance(c, dict) and c.get("code")]
        if not codes:
            return {}
        talked = list(dict.fromkeys([*codes, *(turn.slot("points_talked") or [])]))[:_TALKED]
        kept = {"points_talked": talked, "points_offered": codes, "point": codes[0]}
        return kept | ({"points_listed": codes} if len(codes) > 1 else {})


def _utter(dispatcher: CollectingDispatcher, content: JsonObject) -> None:
    dispatcher.utter_message(
        text=content["text"],
        buttons=content.get("buttons"),
        json_message=content.get("custom"),
    )
