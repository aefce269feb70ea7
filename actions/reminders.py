"""Setting, changing and cancelling reminders."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

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


class ReminderBeside(ManageReminders):
    """The reminder that a message asks for which tells of pain that lasts; else nothing."""

    action_name = "action_reminder_beside"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Say it after the warning, which has been said already."""
        if not Reminding(Turn(tracker, self.catalogue), self.services).is_beside:
            return []
        return await super().run(dispatcher, tracker, domain)
