"""Setting, changing and cancelling reminders."""

from __future__ import annotations

from actions.base import KnowledgeAction
from actions.guided import Answered
from actions.reminding import Reminding
from actions.turn import Turn
from bot.answers.reply import Reply


class ManageReminders(KnowledgeAction):
    """Whatever is said about reminders."""

    action_name = "action_reminder"

    def reply(self, turn: Turn) -> Reply:
        """What `respond` says."""
        return self.respond(turn).reply

    def respond(self, turn: Turn) -> Answered:
        """The answer, and what is asked meanwhile."""
        return Reminding(turn, self.services).asked()
