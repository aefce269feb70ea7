"""What one turn of a conversation is about: the message, its entities, and what came before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from actions.turn.message import NewestMessage
from actions.turn.past_answers import past_answers
from actions.turn.persons import PersonsTold
from actions.turn.signs import Sign, open_sign, signs_in
from actions.turn.telling import ReadMessage, conditions_in, signs_before
from actions.turn.words import (
    PREGNANT_FOR,
)
from bot.answers.past_answers import PastAnswers
from bot.answers.people import Person
from bot.answers.safety_messages import MILD_RESPONSES, mild_message
from bot.dialogue.agreement import says_yes_of_a_clinician
from bot.dialogue.doubts import DOUBTED_ENTITY, DOUBTS
from bot.dialogue.follow_up_cues import adds_nothing, cue_in
from bot.dialogue.persons import SELF, Persons
from bot.dialogue.sign_owner import somebody_else_in
from bot.dialogue.taking_back import TakenBack
from bot.dialogue.topics import topics_in
from bot.dialogue.whom import asking_in
from bot.knowledge.schema.follow_ups import Cue
from bot.knowledge.schema.guidance import SOMETHING_TOLD, Condition
from bot.knowledge.schema.points import Point
from bot.knowledge.schema.red_flags import Tier
from bot.knowledge.schema.told import Takes
from bot.knowledge.schema.topics import Topic
from bot.knowledge.settling import Meaning, settled_by
from bot.messages.answer_key import NO_ANSWER, AnswerKey, Mark
from bot.messages.message import Message, ReplyParts
from bot.safety.handover import JUDGES
from bot.text.json_types import JsonObject
from bot.text.phrases import normalised

_OFFERED = 3

# What asks for more than to be noted.
_ASKING = frozenset({
    "start_session", "list_points", "find_point", "locate_point", "ask_how_to_press",
    "ask_how_long", "ask_tools", "ask_alternatives", "set_reminder",
})  # fmt: skip

# What a yes to pressing may look like: 'she said it is fine with lupus, whoever presses'.
_BESIDE_A_YES = frozenset({
    Topic.SAFE_FOR, Topic.PREGNANCY, Topic.CONFLICT, Topic.HELPER, Topic.YES, Topic.TAKES_BACK,
    Topic.HOW_HARD, Topic.COMPLAINT, Topic.STOP_WARNING,
})  # fmt: skip
_FEW_WORDS = 6
_OF_PREGNANCY = frozenset({"pregnancy", "trying_for_baby", "breastfeeding"})


class Turn(NewestMessage):
    """Read access to a tracker in the words of this project."""

    @cached_property
    def signs(self) -> list[Sign]:
        """Warning signs told so far, in the order they were told."""
        return signs_in(e for e in self._tracker.events if e.get("event") == "user")

    @cached_property
    def all_said(self) -> frozenset[str]:
        """Everything the person has said, as `normalised` gives it."""
        users = (e for e in self._tracker.events if e.get("event") == "user")
        return frozenset(normalised(str(e.get("text") or "")) for e in users)

    @property
    def may_be_pregnant(self) -> bool:
        """Whether a pregnancy counts now, or the newest message names one."""
        named = {str(entity.get("value")) for entity in self.entities("condition")}
        return bool(_OF_PREGNANCY & {*self.declared_ids, *named})

    @cached_property
    def clinician_says_yes(self) -> bool:
        """Whether the newest message tells that somebody who can judge it agreed to pressing."""
        before = [str(e.get("text") or "") for e in self._said_by_the_person[:-1]]
        return self._says_yes(self.text, self.all_entities, before)

    @cached_property
    def clinician_agreed(self) -> bool:
        """Whether any message tells so."""
        told = [(str(e.get("text") or ""), e) for e in self._said_by_the_person]
        texts = [text for text, _ in told]
        return self.clinician_says_yes or any(
            self._says_yes(text, (e.get("parse_data") or {}).get("entities") or (), texts[:place])
            for place, (text, e) in enumerate(told)
        )

    @property
    def lifts_unknown(self) -> bool:
        """Whether that yes is to something of which we know no condition."""
        told = (told.condition for told in self._told.before.counting)
        named = (e.get("value") for e in self.entities("condition"))
        return self.clinician_says_yes and SOMETHING_TOLD in (*told, *named)

    @property
    def only_says_yes(self) -> bool:
        """Whether the newest message tells of a clinician's yes, and asks for nothing."""
        if not self.clinician_says_yes or self.is_question or self.asks_more:
            return False
        asked = (t for t in self.sure_topics if t not in _BESIDE_A_YES)
        return all(topic.value.startswith("tell_") for topic in asked)

    def _says_yes(self, text: str, entities: Iterable[JsonObject], before: Sequence[str]) -> bool:
        checked = topics_in(entities).get(Topic.TELL_CHECKED, 0.0)
        return says_yes_of_a_clinician(text, self._catalogue.told, checked, before)

    @property
    def _said_by_the_person(self) -> list[JsonObject]:
        return [e for e in self._tracker.events if e.get("event") == "user"]

    @cached_property
    def open_sign(self) -> str:
        """The kind of a sign told before that is not settled; '' for none."""
        users = [e for e in self._tracker.events if e.get("event") == "user"][:-1]
        if self.persons.asks_for == SELF:  # the sign of somebody else is not the person's own
            users = [
                e for e in users if not somebody_else_in(str(e.get("text") or ""), self.persons.met)
            ]
        return open_sign(users)

    @cached_property
    def was_misunderstood(self) -> bool:
        """Whether the newest message says that an earlier one was no warning sign."""
        return settled_by(self._tracker.latest_message) is Meaning.MISUNDERSTOOD

    @property
    def doubted_sign(self) -> str | None:
        """What may be a sign in the newest message, and most likely is none; one of DOUBTS."""
        return str(self._doubted["value"]) if self._doubted else None

    @property
    def doubted_called(self) -> str:
        """How the doubted sign is spoken of; "" where it has no name."""
        return str((self._doubted or {}).get("called") or "")

    @cached_property
    def _doubted(self) -> JsonObject | None:
        doubted = (e for e in self.all_entities if e.get("entity") == DOUBTED_ENTITY)
        return next((each for each in doubted if each.get("value") in DOUBTS), None)

    @cached_property
    def mild_sign(self) -> Message | None:
        """The short form of a milder sign that the judges alone see; None for none."""
        for entity in self.entities("red_flag"):
            tier = str(entity.get("tier"))
            if entity.get("layer") == JUDGES and tier in [each.value for each in MILD_RESPONSES]:
                return mild_message(Tier(tier))
        return None

    @cached_property
    def heard(self) -> PastAnswers:
        """What the person has been told so far."""
        return past_answers(self._tracker.events, self._catalogue, self.declared_ids, self.persons)

    @cached_property
    def last_reply(self) -> ReplyParts | None:
        """What was said last, as channels get it; None where nothing was."""
        last = Message.from_json(self.slot("last_answer"))
        return last.reply if last.reply.key else None

    @cached_property
    def answer_keys(self) -> tuple[AnswerKey, ...]:
        """The keys of the last answers, newest last."""
        return tuple(AnswerKey.parse(str(key)) for key in self.slot("answer_keys") or [])

    @cached_property
    def last_key(self) -> AnswerKey:
        """The key of the last answer, without the marks of a variant or a repetition."""
        last = self.answer_keys[-1] if self.answer_keys else NO_ANSWER
        return last.without(Mark.AGAIN).without(Mark.REPEAT)

    @cached_property
    def key_just_said(self) -> AnswerKey:
        """The key of what was said to the person right before the newest message."""
        said = [e for e in self._tracker.events if e.get("event") == "bot"]
        key = Message.from_json(said[-1].get("data")).reply.key if said else None
        return key or NO_ANSWER

    def offered(self, area: str | None, complaint: str | None) -> JsonObject:
        """The slots that keep the points found for a place or complaint, best first."""
        codes = [
            suggested.point.code
            for suggested in self._catalogue.points_for(area, complaint, self.text)
            if not self.person.withheld_by(suggested.point)
        ][:_OFFERED]
        return {"points_offered": codes, "point": codes[0] if codes else None}

    @cached_property
    def named_points(self) -> list[Point]:
        """The points named in the newest message that we teach."""
        return [p for p in map(self._catalogue.point, self.named_codes) if p]

    @cached_property
    def mention(self) -> str:
        """The person's own words for the first point named."""
        entities = self.entities("point")
        return str(entities[0].get("mention") or "") if entities else ""

    @cached_property
    def point(self) -> Point | None:
        """The point in question: named now, or the one last talked about."""
        if self.named_codes:
            return self.named_points[0] if self.named_points else None
        return self._catalogue.point(self.slot("point"))

    @cached_property
    def points(self) -> list[Point]:
        """The points in question: those named now, or those of the answer before."""
        if self.named_codes:
            return self.named_points
        earlier = [self._catalogue.point(code) for code in self.slot("points_offered") or []]
        return [p for p in earlier if p] or ([self.point] if self.point else [])

    @cached_property
    def names_a_place(self) -> bool:
        """Whether a place or complaint is named, and nothing points back to an earlier point."""
        return bool(self.area or self.complaint) and not self.points_back

    @cached_property
    def person(self) -> Person:
        """The person who wants to press, as known from what was told of them, now or earlier."""
        return self.person_of(self.persons)

    def person_of(self, persons: Persons) -> Person:
        """The person who wants to press, by what is known of these persons."""
        ids = list(dict.fromkeys(told.condition for told in persons.counting))
        person = Person.from_ids(ids, self._catalogue, persons.whose, persons.unknown_words)
        return replace(person, is_unclear=persons.asks_for is None)

    def person_with(self, slots: JsonObject) -> Person:
        """The same, with the slots that the answer keeps: a clinician's yes may have lifted one."""
        if "persons" not in slots:
            return self.person
        return self.person_of(Persons.from_slot(slots["persons"]))

    @cached_property
    def persons(self) -> Persons:
        """Everybody who was spoken of, with this message."""
        return self._told.after

    @cached_property
    def declared_ids(self) -> list[str]:
        """Ids of all conditions that count now; 'I'm not pregnant' takes one back."""
        return list(dict.fromkeys(told.condition for told in self.persons.counting))

    @property
    def taken(self) -> TakenBack:
        """What this message takes back of what was told."""
        return self._told.taken

    @property
    def taken_conditions(self) -> list[Condition]:
        """The conditions that this message takes back, named as they were told."""
        named = Person.from_ids(
            [told.condition for told in self.taken.told], self._catalogue,
            unknown=[told.words for told in self.taken.told if told.words],
        )  # fmt: skip
        return list(named.conditions)

    @property
    def taken_for(self) -> str | None:
        """Whose they are instead: 'your sister'."""
        return self.persons.met[-1] if self.taken.now_of and self.persons.met else None

    def awaits(self, kind: Takes) -> bool:
        """Whether what was said just before takes this kind of answer."""
        asked = (
            q for q in self._catalogue.told.questions if AnswerKey.parse(q.key) == self.last_key
        )
        return any(kind in question.takes for question in asked)

    @property
    def turns_to_other(self) -> bool:
        """Whether the message says nothing but that it is for somebody else: 'and for my mum?'."""
        is_short = len(self.text.split()) <= _FEW_WORDS and not self.tells_new
        return is_short and self.persons.asks_for != self._told.before.asks_for

    @property
    def tells_own_pain(self) -> bool:
        """Whether somebody who asked for another turns to a pain of their own, and asks no more.

        'What about me? I'm 50, healthy, stiff low back from driving.'
        """
        told, complaint = self._told, self.area or self.complaint
        if not complaint or self.named_codes or told.before.asks_for == SELF or not told.before.met:
            return False
        asks = [each for each in asking_in(self.text) if len(each.split()) > _FEW_WORDS]
        return self.persons.asks_for == SELF and not asks and Topic.SESSION not in self.topics

    @property
    def asks_more(self) -> bool:
        """Whether the message, besides what it says of persons, asks for something."""
        things = ("point", "area", "complaint", "tool")
        return any(map(self.entities, things)) or self.sure_intent in _ASKING or bool(self.chosen)

    @staticmethod
    def kept(persons: Persons) -> JsonObject:
        """The slots that keep what is known of persons.

        A reminder reads the conditions when it is due: the person's own are among them, whomever
        they ask for just now.
        """
        counting = persons.counting
        told = [each for each in persons.told if each.who == SELF or each in counting]
        conditions = list(dict.fromkeys(each.condition for each in told))
        return {"conditions": conditions, "persons": persons.to_slot()}

    @property
    def tells_new(self) -> bool:
        """Whether a condition is told that was not known before."""
        known = {told.condition for told in self._told.before.told}
        return any(c.id not in known for c in self.conditions("declared"))

    @property
    def tells_only_known(self) -> bool:
        """Whether a condition is told once more, and a point is asked for besides."""
        told = self.intent == "declare_condition" and self.conditions("declared")
        asks = {Topic.FIND_POINT, Topic.LIST_POINTS, Topic.LOCATE_POINT} & {*self.sure_topics}
        return bool(told and asks) and not (self.tells_new or self.taken.told)

    @cached_property
    def others_set_aside(self) -> dict[str, str]:
        """Conditions of somebody else that count no more: 'it is for me'; with whose they were."""
        if self.persons.asks_for != SELF:
            return {}
        return {told.condition: told.who for told in self.persons.told if told.who}

    @cached_property
    def is_for_oneself(self) -> bool:
        """Whether the person says that they ask for themselves."""
        return cue_in(self.text, self._catalogue.follow_ups) is Cue.FOR_ME

    @cached_property
    def leans_back(self) -> bool:
        """Whether the message only means something after the answer before it: 'and SP6?'."""
        words = self._catalogue.follow_ups
        mentions = [str(e.get("mention") or "") for e in self.all_entities]
        return cue_in(self.text, words) is not None or adds_nothing(self.text, mentions, words)

    @cached_property
    def _told(self) -> PersonsTold:
        users = [e for e in self._tracker.events if e.get("event") == "user"]
        return PersonsTold(
            ReadMessage(self.text, self.intent, self.all_entities, self.clinician_says_yes),
            Persons.from_slot(self.slot("persons"), self.slot("conditions") or ()),
            signs_before(users),
            self.answer_keys,
            self.is_for_oneself,
            self._catalogue,
        )

    def _is_agreed(self, entity: JsonObject) -> bool:
        """Whether a clinician agreed to what is named here, and no condition is known for it."""
        if entity.get("entity") != "condition" or entity.get("value") != SOMETHING_TOLD:
            return False
        called = str(entity.get("mention") or "")
        return self.clinician_says_yes or self.persons.is_agreed(called)

    def is_known(self, what: str) -> bool:
        """Whether what is called so is a thing that we know, or was told before."""
        return self.clinician_says_yes or self._told.is_known(what)

    @property
    def tells_something_unknown(self) -> bool:
        """Whether something about somebody's health is told that no condition is known for."""
        return self._told.tells_something_unknown

    @cached_property
    def pregnant_for(self) -> str | None:
        """How far a pregnancy is, in the person's own words: '20 weeks'."""
        if all(told.condition != "pregnancy" for told in self.persons.told):
            return None
        told = PREGNANT_FOR.search(self.text)
        if told and any(c.id == "pregnancy" for c in self.conditions("declared")):
            return " ".join(told[0].lower().split())
        earlier = self.slot("pregnant_for")
        return str(earlier) if earlier else None

    @cached_property
    def took_back(self) -> bool:
        """Whether conditions are only denied in this message: 'I'm not pregnant'."""
        roles = {str(entity.get("role")) for entity in self.entities("condition")}
        return roles == {"negated"}

    def conditions(self, role: str) -> list[Condition]:
        """Conditions in the newest message with this role: declared, asked or negated."""
        said = [e for e in self.all_entities if not self._is_agreed(e)]
        ids = [condition for condition, _ in conditions_in(said, role)]
        if role == "declared":
            ids = [condition for condition in ids if condition in self.declared_ids]
        own = {condition.id: condition for condition in self.person.conditions}
        known = [own.get(each) or self._catalogue.condition(each) for each in dict.fromkeys(ids)]
        return [condition for condition in known if condition]
