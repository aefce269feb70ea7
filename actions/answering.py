"""Answers to a question of ours are read as answers, before anything else is made of them.

Which question takes which kinds of answers stands in data/told.yml. Reminders and sessions ask, and
hear, for themselves.
"""

from __future__ import annotations

import re
from dataclasses import replace

from actions.guided import Answered
from actions.moments.interview import Interview
from actions.serving.services import Services
from actions.turn import Turn
from bot.answers.general import GeneralAnswers
from bot.answers.people import Person
from bot.answers.places import PlaceAnswers
from bot.answers.pressing import leads_to_pressing
from bot.answers.reply import Reply
from bot.dialogue.answering import ParsedAnswer, Trend, answer_in, is_none, trend_of_scores
from bot.dialogue.persons import ToldCondition
from bot.knowledge.schema.guidance import SOMETHING_TOLD
from bot.knowledge.schema.told import Takes
from bot.messages.answer_key import AnswerKey
from bot.sessions.understanding import feeling_in
from bot.text.json_types import Slots
from bot.text.phrases import normalised

_STRONG = 7
# Pain that moves on is worse, whatever else is said of it.
_SPREADS = re.compile(
    r"\b(?:it|pain|ache|which|that)?(?:'s| has| is)? ?(?:now |since |also )?"
    r"(?:moved|moving|moves|crept|creeping|creeps|spread\w*|travell?ed|travels|travelling|wandered"
    r"|wandering|went|gone|goes|going|shot|radiat\w+|sits|settled|extends)\b"
    r"(?: \w+){0,2} (?:down|into|to|up|across|over|in|round|around)\b(?: \w+){0,2}? "
    r"(?:legs?|thighs?|hips?|buttocks?|bum|knees?|calf|calves|foot|feet|toes|arms?|shoulders?"
    r"|neck|chest|groin|belly|tummy|side|ribs)\b"
)
_ALWAYS = frozenset({Takes.SCORE})
_MOST_WORDS_OF_AN_ILLNESS = 5
_PAIN = "pain"
_WHILE_PRESSING = re.compile(
    r"\b(?:press\w*|push\w*|while|when|after|since|there|spot|point|hold\w*)\b", re.IGNORECASE
)
# Questions that have their own answer: 'does tingling mean I found it?'
_ASKS_OF_FEELING = frozenset({"ask_right_spot", "ask_side_effects"})
_NO_ILLNESS = frozenset({
    "greet", "goodbye", "thank", "affirm", "ask_capabilities", "nlu_fallback", "repeat_last",
})  # fmt: skip


class Answering:
    """The answer that one message may be to what was asked, or to pressing that was told."""

    def __init__(self, turn: Turn, services: Services) -> None:
        self._turn = turn
        self._services = services
        catalogue = services.catalogue
        self._catalogue = catalogue
        self._words = catalogue.told
        self._general = GeneralAnswers(catalogue, turn.person)

    def taken(self) -> Answered | None:
        """What is said to it; None where it is something else."""
        turn = self._turn
        if turn.taken.told or turn.named_codes:
            return None
        felt = self._felt()
        if felt:
            return Answered(felt)
        if not turn.is_question and _SPREADS.search(normalised(turn.text)):
            return self._worse()
        takes = self._takes
        if Takes.ILLNESS in takes and (named := self._illness()):
            return named
        names_a_place = any(map(turn.entities, ("area", "complaint", "tool")))
        moved = trend_of_scores(turn.text)
        if moved:
            return self._told(ParsedAnswer(trend=moved))
        if names_a_place or turn.conditions("declared"):
            return None
        # How strong it is may be told at any time.
        heard = answer_in(turn.text, takes or _ALWAYS, self._words, self._services.detector)
        return self._told(heard) if heard else None

    @property
    def _takes(self) -> frozenset[Takes]:
        """The kinds of answers that what was said just before takes."""
        asked = (q for q in self._words.questions if AnswerKey.parse(q.key) == self._turn.last_key)
        return frozenset(kind for question in asked for kind in question.takes)

    def _told(self, heard: ParsedAnswer) -> Answered | None:
        interview = Interview(self._turn, self._catalogue, heard)
        if heard.trend is Trend.WORSE:
            return self._worse()
        if heard.trend is Trend.BETTER:
            topic = self._general.topic("report_improvement", "")
            return Answered(topic, self._kept(heard)) if topic else None
        if heard.says_yes:
            return Answered(self._general.say("which_illness"))
        if heard.trend is Trend.SAME:
            return Answered(interview.led_by(interview.variant("no_change")), self._kept(heard))
        if heard.score is not None:
            strong = heard.score >= _STRONG
            noted = self._general.say("score_heard_strong" if strong else "score_heard")
            noted = replace(
                noted,
                written=noted.written.format(score=f"{heard.score:g}"),
                spoken=noted.spoken.format(score=f"{heard.score:g}"),
            )
            return Answered(interview.led_by(noted), self._kept(heard))
        if heard.is_well:
            return self._points(interview.variant("well"), heard)
        if heard.days is not None:
            question = interview.next()
            return (
                Answered(question) if question else self._points(interview.variant("well"), heard)
            )
        return None

    def _worse(self) -> Answered | None:
        answer = self._catalogue.answer("report_no_relief")
        chosen = next((v for v in answer.variants if v.id == "worse"), None) if answer else None
        return Answered(self._general.told(answer, chosen)) if answer and chosen else None

    def _kept(self, heard: ParsedAnswer) -> Slots:
        """That there is no illness and no pregnancy is kept, so that it is not asked again."""
        return self._turn.kept(replace(self._turn.persons, are_well=True)) if heard.is_well else {}

    def _points(self, told: Reply, heard: ParsedAnswer) -> Answered:
        """The points for what hurts, after a word on what was told."""
        turn = self._turn
        complaint = turn.slot("complaint") or "back_pain"
        places = PlaceAnswers(self._catalogue, turn.person, turn.heard)
        points = places.with_points(told, None, complaint, "")
        slots = {"complaint": complaint, **turn.offered(None, complaint), **self._kept(heard)}
        return Answered(points, slots)

    def _illness(self) -> Answered | None:
        """What was named after 'which illness is it?', whether we know it or not."""
        turn = self._turn
        declared = turn.conditions("declared")
        if declared:
            return Answered(self._general.declared(declared))
        if is_none(turn.text, self._words):
            return self._told(ParsedAnswer(is_well=True))
        words = turn.text.strip(" .!")
        too_long = len(words.split()) > _MOST_WORDS_OF_AN_ILLNESS or words.endswith("?")
        if too_long or turn.asks_more or turn.sure_intent in _NO_ILLNESS:
            return None
        persons = turn.persons.adding(ToldCondition(SOMETHING_TOLD, words=words))
        unknown = Person.from_ids([SOMETHING_TOLD], self._catalogue, unknown=[words])
        reply = GeneralAnswers(self._catalogue, unknown).declared(unknown.conditions)
        return Answered(reply, turn.kept(persons))

    def _felt(self) -> Reply | None:
        """A bad feeling told after pressing is no success, whatever else it sounds like."""
        turn = self._turn
        feeling = feeling_in(turn.text, self._catalogue.sessions)
        pressed = any(map(leads_to_pressing, turn.answer_keys))
        if feeling is None or turn.intent in _ASKS_OF_FEELING:
            return None
        if not (pressed or turn.intent == "report_improvement"):
            return None
        if feeling.id == _PAIN and not _WHILE_PRESSING.search(turn.text):
            return None
        if any(map(turn.entities, ("area", "complaint"))) and not turn.points_back:
            return None
        return self._general.topic("ask_side_effects", turn.text)
