"""What one turn of a conversation is about: the message, its entities, and what came before."""

from __future__ import annotations

import time
from functools import cached_property
from typing import Any

from rasa_sdk import Tracker

from actions.turn.past_answers import past_answers
from actions.turn.persons import PersonsTold, Said, conditions_in, signs_before
from actions.turn.signs import Sign, signs_in
from actions.turn.words import HURTING, IT, NO_IT, ON, PREGNANT_FOR, QUESTION, THERE
from bot.answers.past_answers import PastAnswers
from bot.answers.people import Person
from bot.dialogue.doubts import DOUBTED_ENTITY, DOUBTS
from bot.dialogue.follow_up_cues import chosen_in, cue_in
from bot.dialogue.persons import SELF, Persons
from bot.dialogue.taking_back import TakenBack
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.follow_ups import Cue
from bot.knowledge.schema.guidance import Condition
from bot.knowledge.schema.points import Point
from bot.knowledge.settling import Meaning, settled_by
from bot.messages.answer_key import NO_ANSWER, AnswerKey, Mark
from bot.messages.message import Message, ReplyParts

_OFFERED = 3

# What asks for more than to be noted.
_ASKING = frozenset({
    "start_session", "list_points", "find_point", "locate_point", "ask_how_to_press",
    "ask_how_long", "ask_tools", "ask_alternatives", "set_reminder",
})  # fmt: skip

_FEW_WORDS = 6
_SURE = 0.5

# With fifty intents a guess has a fiftieth.
_HARDLY_LIKELY = 0.06


class Turn:
    """Read access to a tracker in the words of this project."""

    def __init__(self, tracker: Tracker, catalogue: Catalogue) -> None:
        self._tracker = tracker
        self._catalogue = catalogue

    @cached_property
    def text(self) -> str:
        """The newest message."""
        return str(self._tracker.latest_message.get("text") or "")

    @cached_property
    def channel(self) -> str:
        """The name of the channel that the message came through."""
        return str(self._tracker.get_latest_input_channel() or "")

    @cached_property
    def intent(self) -> str:
        """The intent of the newest message."""
        return str((self._tracker.latest_message.get("intent") or {}).get("name") or "")

    @property
    def sender(self) -> str:
        """Whose conversation it is."""
        return str(self._tracker.sender_id)

    @cached_property
    def metadata(self) -> dict[str, Any]:
        """What the channel told beside the newest message, such as the time zone of a browser."""
        newest = self._tracker.latest_message.get("metadata")
        told = [e.get("metadata") for e in self._tracker.events if e.get("event") == "user"]
        return dict(newest or (told[-1] if told else None) or {})

    @cached_property
    def sure_intent(self) -> str:
        """The intent of the newest message where it is likelier than all others, else ''."""
        confidence = (self._tracker.latest_message.get("intent") or {}).get("confidence", 1.0)
        return self.intent if float(confidence) >= _SURE else ""

    @cached_property
    def likely_intents(self) -> list[str]:
        """The intents the message may have, likeliest first; those hardly likely are left out."""
        ranking = self._tracker.latest_message.get("intent_ranking") or []
        return [str(r["name"]) for r in ranking if float(r["confidence"]) >= _HARDLY_LIKELY]

    @cached_property
    def number(self) -> int:
        """How many messages the person has sent."""
        return sum(event.get("event") == "user" for event in self._tracker.events)

    @cached_property
    def said_at(self) -> float:
        """When the newest message came, in seconds since 1970."""
        times = [e.get("timestamp") for e in self._tracker.events if e.get("event") == "user"]
        return float(times[-1]) if times and times[-1] else time.time()

    @cached_property
    def signs(self) -> list[Sign]:
        """Warning signs told so far, in the order they were told."""
        return signs_in(e for e in self._tracker.events if e.get("event") == "user")

    @cached_property
    def was_misunderstood(self) -> bool:
        """Whether the newest message says that an earlier one was no warning sign."""
        return settled_by(self._tracker.latest_message) is Meaning.MISUNDERSTOOD

    @cached_property
    def all_entities(self) -> list[dict[str, Any]]:
        """Everything mentioned in the newest message, in order."""
        return list(self._tracker.latest_message.get("entities") or [])

    @property
    def doubted_sign(self) -> str | None:
        """What may be a sign in the newest message, and most likely is none; one of DOUBTS."""
        for entity in self.all_entities:
            if entity.get("entity") == DOUBTED_ENTITY and entity.get("value") in DOUBTS:
                return str(entity["value"])
        return None

    @cached_property
    def heard(self) -> PastAnswers:
        """What the person has been told so far."""
        return past_answers(self._tracker.events, self._catalogue, self.declared_ids)

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

    @cached_property
    def says_on(self) -> bool:
        """Whether a place is named as one to press: 'on the foot'."""
        return bool(ON.search(self.text))

    @cached_property
    def chosen(self) -> str | None:
        """The listed point that 'the second one' means; '' for none such; None if not said."""
        if self.entities("point"):
            return None
        listed = self.slot("points_listed") or []
        return chosen_in(self.text, listed, self.slot("point") or "", self._catalogue.follow_ups)

    def offered(self, area: str | None, complaint: str | None) -> dict[str, Any]:
        """The slots that keep the points found for a place or complaint, best first."""
        codes = [
            suggested.point.code
            for suggested in self._catalogue.points_for(area, complaint, self.text)
            if not self.person.withheld_by(suggested.point)
        ][:_OFFERED]
        return {"points_offered": codes, "point": codes[0] if codes else None}

    def entities(self, kind: str) -> list[dict[str, Any]]:
        """The entities of one kind in the newest message, in order."""
        return [e for e in self._tracker.latest_message.get("entities") or []
                if e.get("entity") == kind]  # fmt: skip

    def slot(self, name: str) -> Any:
        """The value of a slot."""
        return self._tracker.get_slot(name)

    @cached_property
    def named_codes(self) -> list[str]:
        """Codes of the points named in the newest message, taught or not."""
        named = list(dict.fromkeys(str(e["value"]) for e in self.entities("point")))
        return named or ([self.chosen] if self.chosen else [])

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
    def area(self) -> str | None:
        """Where the person wants to press."""
        areas = self.entities("area")
        places = [e for e in areas if e.get("role") == "press"]
        if places:
            # In 'my back complains, is there a spot on my hand' the hand is to be pressed.
            there = [e for e in places if THERE.search(self.text[: e.get("start", 0)])]
            return str((there or places)[0]["value"])
        if not areas or (self._named_complaint and not self._is_anywhere):
            return None
        named = str(areas[0]["value"])
        return None if self._is_anywhere and named in HURTING else named

    @cached_property
    def complaint(self) -> str | None:
        """What the person wants eased: a complaint named, or an area that hurts."""
        hurting = [e for e in self.entities("area") if e.get("role") == "hurts"]
        if self._named_complaint:
            there = hurting if self._is_anywhere else []
            return HURTING.get(str(there[0]["value"]) if there else "", self._named_complaint)
        if hurting and self.area != hurting[0]["value"]:
            return HURTING.get(str(hurting[0]["value"]))
        return None

    @cached_property
    def names_a_place(self) -> bool:
        """Whether a place or complaint is named, and nothing points back to an earlier point."""
        return bool(self.area or self.complaint) and not self.points_back

    @cached_property
    def points_back(self) -> bool:
        """Whether the message says 'it', 'that one', 'this point'."""
        return bool(IT.search(NO_IT.sub(" ", self.text)))

    @cached_property
    def tool(self) -> str | None:
        """The tool named now."""
        tools = self.entities("tool")
        return str(tools[0]["value"]) if tools else None

    @cached_property
    def person(self) -> Person:
        """Whoever wants to press, as known from what was told of them, now or earlier."""
        return Person.from_ids(
            self.declared_ids, self._catalogue, self.persons.whose, self.persons.unknown_words
        )

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

    @property
    def is_question(self) -> bool:
        """Whether the message asks something, with a mark or by its first word."""
        return "?" in self.text or bool(QUESTION.search(self.text))

    @property
    def turns_to_other(self) -> bool:
        """Whether the message says nothing but that it is for somebody else: 'and for my mum?'."""
        is_short = len(self.text.split()) <= _FEW_WORDS and not self.tells_new
        return is_short and self.persons.asks_for != self._told.before.asks_for

    @property
    def asks_more(self) -> bool:
        """Whether the message, beside what it says of persons, asks for something."""
        things = ("point", "area", "complaint", "tool")
        return any(map(self.entities, things)) or self.sure_intent in _ASKING or bool(self.chosen)

    @staticmethod
    def kept(persons: Persons) -> dict[str, Any]:
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
    def _told(self) -> PersonsTold:
        users = [e for e in self._tracker.events if e.get("event") == "user"]
        return PersonsTold(
            Said(self.text, self.intent, self.all_entities),
            Persons.from_slot(self.slot("persons"), self.slot("conditions") or ()),
            signs_before(users),
            self.answer_keys,
            self.is_for_oneself,
            self._catalogue,
        )

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
        ids = [condition for condition, _ in conditions_in(self.all_entities, role)]
        if role == "declared":
            ids = [condition for condition in ids if condition in self.declared_ids]
        own = {condition.id: condition for condition in self.person.conditions}
        known = [own.get(each) or self._catalogue.condition(each) for each in dict.fromkeys(ids)]
        return [condition for condition in known if condition]

    @cached_property
    def _is_anywhere(self) -> bool:
        """Whether what is complained of can be in any part of the body, like stiffness."""
        complaint = self._catalogue.complaint(self._named_complaint)
        return complaint is not None and complaint.anywhere

    @cached_property
    def _named_complaint(self) -> str | None:
        complaints = self.entities("complaint")
        if not complaints:
            return None
        # 'back pain' says less than 'sciatica' when both are there.
        values = [str(e["value"]) for e in complaints]
        return next((value for value in values if value != "back_pain"), values[0])
