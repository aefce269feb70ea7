"""The answer to 'Shall I delete everything?': a yes deletes, all else does not, and says so."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.turn import Turn
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.general_answers import GeneralAnswers
from bot.knowledge.reply import Reply
from bot.knowledge.session_hearing import says_no, says_yes

ASKED, DONE = "forget_asked", "forgotten"
_MOST_WORDS = 6
# 'Yes, but what do you keep?' and 'yes, keep it' agree to nothing.
_BUT = re.compile(r"\?|\b(?:but|not|no|don'?t|keep|wait|what|how|why|where|which|who|only)\b", re.I)


class Forgetting:
    """What one message means just after deletion was offered."""

    def __init__(self, turn: Turn, catalogue: Catalogue) -> None:
        self._turn = turn
        self._catalogue = catalogue
        self._general = GeneralAnswers(catalogue, turn.person)
        self.was_asked = turn.last_key == f"say:{ASKED}"

    def agreed(self) -> Reply | None:
        """The confirmation, which makes the front door delete; None where nobody agreed."""
        if not self.was_asked or not self._agrees():
            return None
        return self._general.say(DONE)

    def declined(self) -> Reply | None:
        """The answer to a plain no."""
        turn = self._turn
        if not self.was_asked or not says_no(turn.text, turn.sure_intent, self._catalogue.sessions):
            return None
        return self._general.say("not_deleted")

    def with_line(self, reply: Reply) -> Reply:
        """Another answer, which says first that nothing was deleted."""
        if not self.was_asked or reply.key.startswith(("say:forget", "say:not_deleted")):
            return reply
        line = self._catalogue.wording("nothing_deleted")
        return replace(
            reply,
            written=f"{line.written}\n\n{reply.written}",
            spoken=f"{line.spoken} {reply.spoken}",
        )

    def _agrees(self) -> bool:
        turn = self._turn
        if turn.intent == "confirm_forget":
            return not _BUT.search(turn.text)
        if says_yes(turn.text, "", self._catalogue.sessions):
            return True
        is_short = len(turn.text.split()) <= _MOST_WORDS and not _BUT.search(turn.text)
        return is_short and turn.sure_intent == "affirm"
