"""Runs the actions inside the assistant's own process, in place of a server beside it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

import actions
from actions.calls import answer
from bot.privacy.quiet_log import log_failure
from bot.reminders.home import work_on
from bot.reminders.storage.store import ReminderStore

logger = logging.getLogger(__name__)


class InProcessActions(EndpointConfig):  # type: ignore[misc]
    """Looks like an action server to Rasa, and calls the actions directly.

    Args:
        reminders: gives the reminders that they work on.
    """

    def __init__(self, reminders: Callable[[], ReminderStore]) -> None:
        self._reminders = reminders
        super().__init__(url="in-process", enable_selective_domain=True)
        self._executor = ActionExecutor()
        self._executor.register_package(actions)

    async def request(self, *_: Any, json: dict[str, Any], **__: Any) -> dict[str, Any] | None:
        """Run the action that `json` asks for, as the action server's webhook would."""
        try:
            work_on(self._reminders())
        except Exception as error:  # everything else can be answered without them
            log_failure(logger, "the reminders could not be reached", error)
        return await answer(self._executor, json)
