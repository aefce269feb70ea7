"""What people ask of a voice: to spell a name, to send what was said to where it can be read."""

from __future__ import annotations

from actions.moments.unclear import START_AGAIN
from actions.points import PointAction
from actions.turn import Turn
from bot.answers.reply import Reply
from bot.messages.answer_key import NO_ANSWER, Mark
from bot.text.json_types import Slots

# Channels that put a card where the person can read it.
WITH_CARDS = frozenset({"alexa"})


class Spell(PointAction):
    """Spells the name and the code of a point."""

    action_name = "action_spell"

    def reply(self, turn: Turn) -> Reply:
        """The letters of the point named now, or talked about."""
        if not turn.named_points and not turn.point:
            return self.general(turn).say("nothing_to_spell", START_AGAIN)
        return self.about_one(turn, self.about_points(turn).spelt)

    def remember(self, turn: Turn) -> Slots:
        """A point that was named is the one talked about."""
        return self.named(turn)


class SendCard(PointAction):
    """Sends the last answer to where it can be read, if this channel can."""

    action_name = "action_send_card"

    def reply(self, turn: Turn) -> Reply:
        """The last answer as a card, or that nothing can be sent from here."""
        last = turn.last_reply
        if turn.channel not in WITH_CARDS or not last:
            return self.general(turn).say("card_not_here", ("Say that again", "Slower"))
        wording = self.catalogue.wording("card_sent")
        return Reply((last.key or NO_ANSWER).marked(Mark.CARD), last.written or "", wording.spoken)
