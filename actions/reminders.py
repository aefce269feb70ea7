"""Setting, changing and cancelling reminders."""

from __future__ import annotations

from actions.base import KnowledgeAction
from actions.guided import Answered
from actions.reminding import Reminding
from actions.serving.services import Services
from actions.turn import Turn
from bot.answers.reply import Reply
from bot.reminders.language.phrases import make_ready


class ManageReminders(KnowledgeAction):
    """Whatever is said about reminders."""

    action_name = "action_reminder"

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        make_ready(services.catalogue.reminders)

    def reply(self, turn: Turn) -> Reply:
        """What `respond` says."""
        return self.respond(turn).reply

    def respond(self, turn: Turn) -> Answered:
        """The answer, and what is asked meanwhile."""
        return Reminding(turn, self.services).asked()
