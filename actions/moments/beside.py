"""What a message asks besides what was answered already: 'yes, and where is LI4?'."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.asking import Asking
from actions.guided import Answered
from bot.answers.reply import Reply, spoken_together
from bot.dialogue.asked import asked_in
from bot.dialogue.subjects import subjects_in, variant_of
from bot.dialogue.topics import LIKELY, PROBABLE
from bot.knowledge.schema.points import Point
from bot.knowledge.schema.topics import Topic
from bot.messages.answer_key import AnswerKey
from bot.text.phrases import found, normalised

# What a message about reminders has anyway.
_OF_REMINDERS = frozenset({
    Topic.SET_REMINDER, Topic.CHANGE_REMINDER, Topic.LIST_REMINDERS, Topic.GREET, Topic.THANKS,
    Topic.GOODBYE, Topic.COMPLAINT, Topic.YES, Topic.NO, Topic.SORRY, Topic.HOW_OFTEN,
    Topic.TELL_PAIN,
})  # fmt: skip
_MOST = 2
_ASKS = re.compile(r"\?|\b(?:what|how|why|where|which|who|tell me|can i|should i)\b", re.IGNORECASE)


class Beside(Asking):
    """The questions of a message that are not about the reminder it speaks of."""

    def added_to(self, own: Answered) -> Answered:
        """The answer of the reminder, followed by the answers to what is asked besides."""
        replies = self._beside(own.beside)
        if not replies and _ASKS.search(own.beside):
            replies = [self._general.say("ask_other_alone")]
        if not replies:
            return replace(own, beside="")
        every = [own.reply, *replies]
        rest = self._catalogue.wording("ask_for_the_rest").spoken
        reply = replace(
            own.reply,
            key=AnswerKey.joined(each.key for each in every),
            written="\n\n".join(dict.fromkeys(each.written for each in [*replies, own.reply])),
            spoken=spoken_together(every, rest),
            guidance=replies[0].guidance,
        )
        return Answered(reply, own.slots)

    def _named_as(self, point: Point) -> list[str]:
        """How the message names a point."""
        entities = [e for e in self._turn.entities("point") if e.get("value") == point.code]
        names = [normalised(str(e.get("mention") or "")) for e in entities]
        return [name for name in (*names, normalised(point.code)) if name]

    def _beside(self, words: str) -> list[Reply]:
        """The answers to these words of the message, as far as they are understood."""
        turn, answers = self._turn, self._catalogue.answers
        topics = {topic: sure for topic, sure in turn.topics.items() if topic not in _OF_REMINDERS}
        # A subject that is named says more than the words that ask: 'is it OK to use heat?'.
        replies = [
            self._general.told(answer, variant) for answer, variant in subjects_in(words, answers)
        ]
        asked = [] if replies else asked_in(words)
        replies += [r for one in asked for r in self._replies(one, self._in_question(asked))]
        held = [(point, turn.person.withheld_by(point)) for point in turn.named_points]
        told = normalised(words)
        for point, condition in held:
            if condition and any(name in told for name in self._named_as(point)):
                # What is withheld is said first, whatever is asked of it.
                replies = [self._points.withheld(point, condition)]
        if not replies:
            least = LIKELY if found(normalised(words), ("what", "how", "why")) else PROBABLE
            for topic in [topic for topic, sure in topics.items() if sure >= least][:_MOST]:
                answer, variant = variant_of(topic, words, answers)
                replies += [self._general.told(answer, variant)] if answer else []
        return list({reply.key: reply for reply in replies}.values())[:_MOST]
