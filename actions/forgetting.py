"""The question whether everything is to be deleted, and what is said right after it.

Only a yes that answers the question deletes. The gateway does the deleting.
"""

from __future__ import annotations

from dataclasses import replace

from actions.guided import Answered
from actions.turn import Turn
from bot.answers.general import GeneralAnswers
from bot.answers.reply import Reply
from bot.dialogue.agreement import agrees
from bot.knowledge.catalogue import Catalogue
from bot.messages.answer_key import Mark

_ASKED, _DONE, _KEPT = "forget_asked", "forgotten", "nothing_forgotten"
# Guesses that ask nothing new.
_NOTHING_NEW = frozenset({"affirm", "deny", "confirm_forget", "nlu_fallback"})
_YES = frozenset({"affirm", "confirm_forget"})


class Forgetting:
    """The deleting of what is stored of one person, in one turn."""

    def __init__(self, turn: Turn, catalogue: Catalogue) -> None:
        self._turn = turn
        self._answers = GeneralAnswers(catalogue, turn.person)

    def question(self) -> Reply:
        """Asks whether everything is to be deleted."""
        return self._answers.say(_ASKED, ("Yes, delete everything.", "No, keep it."))

    def taken(self) -> Answered | None:
        """The answer to a yes, a no or something unclear right after the question."""
        if not self._was_asked:
            return None
        turn = self._turn
        says_so = turn.sure_intent in _YES
        if agrees(turn.text, says_so) or _is_command(turn):
            return Answered(self._answers.say(_DONE))
        if turn.intent in _NOTHING_NEW or _declines(turn.text):
            return Answered(self._answers.say(_KEPT))
        return None

    def combine_with(self, answered: Answered) -> Answered:
        """The answer to something else, which also says that nothing was deleted."""
        reply = answered.reply
        if reply.key.ends_saying(_ASKED):
            return replace(answered, reply=self.question())  # no other question with this one
        if not self._was_asked or answered.message or Mark.REPEAT in reply.key.marks:
            return answered
        line = self._answers.say(_KEPT)
        written = f"{line.written}\n\n{reply.written}"
        told = replace(reply, written=written, spoken=f"{line.spoken} {reply.spoken}")
        return replace(answered, reply=told)

    @property
    def _was_asked(self) -> bool:
        return self._turn.key_just_said.ends_saying(_ASKED)


def _is_command(turn: Turn) -> bool:
    """'Delete it all now' is no yes by its words, and agrees all the same."""
    return turn.sure_intent == "confirm_forget" and agrees(f"yes {turn.text}", says_so=True)


def _declines(text: str) -> bool:
    return text.lower().strip().startswith(("no", "keep", "don't", "dont", "cancel", "stop"))
