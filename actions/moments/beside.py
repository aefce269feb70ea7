"""What a message asks besides what was answered already: 'yes, and where is LI4?'."""

from __future__ import annotations

from dataclasses import replace

from actions.asking import Asking
from actions.guided import Answered
from bot.answers.reply import Reply, spoken_together
from bot.dialogue.asked import asked_in
from bot.dialogue.subjects import subjects_in, variant_of
from bot.dialogue.topics import LIKELY, PROBABLE
from bot.knowledge.schema.topics import Topic
from bot.messages.answer_key import AnswerKey
from bot.text.phrases import found, normalised

# What a message about reminders has anyway.
_OF_REMINDERS = frozenset({
    Topic.SET_REMINDER, Topic.CHANGE_REMINDER, Topic.LIST_REMINDERS, Topic.GREET, Topic.THANKS,
    Topic.GOODBYE, Topic.COMPLAINT, Topic.SORRY, Topic.HOW_OFTEN, Topic.TELL_PAIN,
})  # fmt: skip
_MOST = 2


class Beside(Asking):
    """The questions of a message that are not about the reminder it speaks of."""

    def added_to(self, own: Answered) -> Answered:
        """The answer of the reminder, followed by the answers to what is asked besides."""
        replies = self._beside(own.beside)
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

    def _beside(self, words: str) -> list[Reply]:
        """The answers to these words of the message, as far as they are understood."""
        turn, answers = self._turn, self._catalogue.answers
        import sys; print("TOPICS", words, turn.topics, asked_in(words), file=sys.stderr)
        topics = {topic: sure for topic, sure in turn.topics.items() if topic not in _OF_REMINDERS}
        asked = asked_in(words)
        replies = [reply for one in asked for reply in self._replies(one, self._in_question(asked))]
        replies += [
            self._general.told(answer, variant)
            for answer, variant in subjects_in(words, answers)
            if not variant.topics or {*variant.topics} & {*topics}
        ]
        if not replies:
            least = LIKELY if found(normalised(words), ("what", "how", "why")) else PROBABLE
            for topic in [topic for topic, sure in topics.items() if sure >= least][:_MOST]:
                answer, variant = variant_of(topic, words, answers)
                replies += [self._general.told(answer, variant)] if answer else []
        return list({reply.key: reply for reply in replies}.values())[:_MOST]
