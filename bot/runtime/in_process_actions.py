"""Runs the actions inside the assistant's own process, in place of a separate server."""

from __future__ import annotations

from typing import Any

from rasa.utils.endpoints import EndpointConfig

from actions.serving.calls import answer
from actions.serving.services import Services, executor_with
from bot.text.json_types import JsonObject


class InProcessActions(EndpointConfig):  # type: ignore[misc]
    """Looks like an action server to Rasa, and calls the actions directly.

    Args:
        services: what the actions stand on.
    """

    def __init__(self, services: Services) -> None:
        super().__init__(url="in-process", enable_selective_domain=True)
        self._executor = executor_with(services)

    async def request(self, *_: Any, json: JsonObject, **__: Any) -> JsonObject | None:
        """Run the action that `json` asks for, as the action server's webhook would."""
        return await answer(self._executor, json)
