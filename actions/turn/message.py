"""The newest message of a conversation: its words, what it is taken for, and what it mentions."""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from rasa_sdk import Tracker

from actions.turn.words import (
    CIRCUMSTANCES,
    HURTING,
    IT,
    LIES_THERE,
    NO_IT,
    NOT_THERE,
    ON,
    QUESTION,
    THERE,
    weeks_pregnant,
)
from bot.dialogue.asked import can_mean
from bot.dialogue.follow_up_cues import chosen_in
from bot.dialogue.topics import PROBABLE, SURE, intents_of, narrowest, topics_in
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.topics import Topic
from bot.text.json_types import JsonObject

UNCLEAR = "nlu_fallback"
_PREGNANCY = "ask_pregnancy"
# So few words name a place for its own sake.
_FEW_WORDS = 4
# Topics of places, and those that may go with one.
_OF_PLACES = frozenset({
    Topic.FIND_POINT, Topic.ONE_THING, Topic.LIST_POINTS, Topic.LOCATE_POINT, Topic.TELL_PAIN,
    Topic.TELL_WORSE, Topic.TELL_NO_EFFECT, Topic.TELL_DURATION, Topic.TELL_CAUSE,
    Topic.TELL_SCORE, Topic.OTHER_PAIN, Topic.ANYTHING_ELSE, Topic.EASIEST, Topic.OTHER_ONE,
    Topic.WHICH_MEANT, Topic.NOT_MEANT, Topic.RIGHT_SPOT, Topic.PURPOSE, Topic.BACK_TO_ME,
    Topic.CONFLICT, Topic.WHY_POINT,
})  # fmt: skip
_OF_PRESSING = frozenset({
    Topic.HOW_TO_PRESS, Topic.HOW_HARD, Topic.HOLD_TIME, Topic.HOW_OFTEN, Topic.ROUNDS,
    Topic.WHICH_SIDE, Topic.WHICH_FINGER, Topic.BOTH_HANDS, Topic.COMBINE, Topic.SAFE_FOR,
    Topic.TOOL, Topic.MASSAGE_GUN, Topic.SESSION, Topic.REFLEXOLOGY, Topic.HELPER, Topic.POSITION,
    Topic.NAME, Topic.POINT_NAMES, Topic.WHAT_SAID, Topic.REPEAT, Topic.MORE, Topic.THEN_WHAT,
    Topic.CANNOT_REACH, Topic.PICTURE, Topic.ANATOMY, Topic.EVIDENCE, Topic.HOW_IT_WORKS,
})  # fmt: skip
_SURE = 0.5
# With fifty intents a guess has a fiftieth.
_HARDLY_LIKELY = 0.06


class NewestMessage:
    """Read access to the newest message of a tracker."""

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
        """The intent of the newest message; UNCLEAR where its words do not bear it out."""
        return UNCLEAR if self.is_misread else self._classified

    @cached_property
    def is_misread(self) -> bool:
        """Whether the model takes the message for something that its words cannot mean."""
        named = {str(entity.get("entity")) for entity in self.all_entities}
        if self._classified == _PREGNANCY:
            if self._is_sure_of_pregnancy:
                return False
        elif self.named_codes:
            return False
        return not can_mean(self._classified, self.text, named, self._catalogue.told)

    @property
    def tells_pain(self) -> bool:
        """Whether the words of a message that asks nothing are words of pain."""
        named = {str(entity.get("entity")) for entity in self.all_entities}
        told = can_mean("report_pain", self.text, named, self._catalogue.told)
        return told and not self.is_question

    @property
    def _is_sure_of_pregnancy(self) -> bool:
        """Whether the reader of questions is sure that a pregnancy is talked of."""
        return self.topics.get(Topic.PREGNANCY, 0.0) >= SURE or weeks_pregnant(self.text)

    @property
    def _classified(self) -> str:
        return str((self._tracker.latest_message.get("intent") or {}).get("name") or "")

    @property
    def sender(self) -> str:
        """Whose conversation it is."""
        return str(self._tracker.sender_id)

    @cached_property
    def metadata(self) -> JsonObject:
        """What the channel told besides the newest message, such as the time zone of a browser."""
        newest = self._tracker.latest_message.get("metadata")
        told = [e.get("metadata") for e in self._tracker.events if e.get("event") == "user"]
        return dict(newest or (told[-1] if told else None) or {})

    @cached_property
    def sure_intent(self) -> str:
        """The intent of the newest message where it is likelier than all others, else ''."""
        confidence = (self._tracker.latest_message.get("intent") or {}).get("confidence", 1.0)
        return self.intent if float(confidence) >= _SURE and not self.is_misread else ""

    @cached_property
    def likely_intents(self) -> list[str]:
        """The intents the message may have, likeliest first; those hardly likely are left out."""
        ranking = self._tracker.latest_message.get("intent_ranking") or []
        likely = [str(r["name"]) for r in ranking if float(r["confidence"]) >= _HARDLY_LIKELY]
        return [name for name in likely if not (self.is_misread and name == self._classified)]

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
    def all_entities(self) -> list[JsonObject]:
        """Everything mentioned in the newest message, in order."""
        return list(self._tracker.latest_message.get("entities") or [])

    @cached_property
    def topics(self) -> Mapping[Topic, float]:
        """What the newest message likely asks or tells, likeliest first."""
        return topics_in(self.all_entities)

    @cached_property
    def sure_topics(self) -> list[Topic]:
        """What the newest message surely asks or tells, likeliest first, as narrow as it can be.

        A topic that is only probable counts where the model takes the message for the same, or for
        nothing.
        """
        sure = narrowest(topic for topic in self.topics if self.topics[topic] >= SURE)
        if sure:
            return sure
        probable = [topic for topic in self.topics if self.topics[topic] >= PROBABLE]
        agreed = [t for t in probable if self.intent == UNCLEAR or self.intent in intents_of(t)]
        return narrowest(agreed)[:1]

    @cached_property
    def has_told_where(self) -> bool:
        """Whether any message names a place or a complaint."""
        users = (e for e in self._tracker.events if e.get("event") == "user")
        entities = (each for e in users for each in (e.get("parse_data") or {}).get("entities", ()))
        return any(each.get("entity") in ("area", "complaint") for each in entities)

    @cached_property
    def says_on(self) -> bool:
        """Whether a place is named as one to press: 'on the foot'."""
        return bool(ON.search(self.text))

    @cached_property
    def chosen(self) -> str | None:
        """The listed point that 'the second one' means; '' if it has none; None if not said."""
        if self.entities("point"):
            return None
        point = self.slot("point")
        listed = self.slot("points_listed") or ([point] if point else [])
        return chosen_in(self.text, listed, point or "", self._catalogue.follow_ups)

    def entities(self, kind: str) -> list[JsonObject]:
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
    def area(self) -> str | None:
        """Where the person wants to press."""
        areas = [e for e in self.entities("area") if not self._is_ruled_out(e)]
        if not self._is_of_places:
            areas = [e for e in areas if e.get("role") == "hurts"]
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
    def _is_of_places(self) -> bool:
        """Whether a place named may be one to press, or that hurts.

        'It is always the same arm' names one in a message about something else.
        """
        if not self.sure_topics or self._is_short or _OF_PLACES & {*self.topics}:
            return True
        return bool(_OF_PRESSING & {*self.topics}) and not self._tells_where_somebody_is

    @property
    def _tells_where_somebody_is(self) -> bool:
        starts = (int(e.get("start") or 0) for e in self.entities("area"))
        return any(LIES_THERE.search(self.text[:start]) for start in starts)

    @property
    def _is_short(self) -> bool:
        return len(self.text.split()) <= _FEW_WORDS

    @cached_property
    def not_there(self) -> list[str]:
        """The places that the person does not want: 'not on the hand'."""
        return [str(e["value"]) for e in self.entities("area") if self._is_ruled_out(e)]

    def _is_ruled_out(self, entity: JsonObject) -> bool:
        return bool(NOT_THERE.search(self.text[: int(entity.get("start") or 0)]))

    @cached_property
    def complaint(self) -> str | None:
        """What the person wants eased: a complaint named, or an area that hurts."""
        hurting = [e for e in self.entities("area") if e.get("role") == "hurts"]
        if self._named_complaint:
            is_vague = self._is_anywhere or self._named_complaint in CIRCUMSTANCES
            there = hurting if is_vague else []
            return HURTING.get(str(there[0]["value"]) if there else "", self._named_complaint)
        if hurting and self.area != hurting[0]["value"]:
            return HURTING.get(str(hurting[0]["value"]))
        return None

    @cached_property
    def points_back(self) -> bool:
        """Whether the message says 'it', 'that one', 'this point'."""
        return bool(IT.search(NO_IT.sub(" ", self.text)))

    @cached_property
    def tool(self) -> str | None:
        """The tool named now."""
        tools = self.entities("tool")
        return str(tools[0]["value"]) if tools else None

    @property
    def is_question(self) -> bool:
        """Whether the message asks something, with a mark or by its first word."""
        return "?" in self.text or bool(QUESTION.search(self.text))

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
        # 'back pain' says less than 'sciatica' when both are there, and more than 'at a desk'.
        values = [str(e["value"]) for e in complaints]
        pains = [value for value in values if value not in CIRCUMSTANCES] or values
        return next((value for value in pains if value != "back_pain"), pains[0])
