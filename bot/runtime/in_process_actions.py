"""Runs the actions inside the assistant's own process, in place of a server beside it."""

from __future__ import annotations

from typing import Any

from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

import actions


class InProcessActions(EndpointConfig):  # type: ignore[misc]
    """Looks like an action server to Rasa, and calls the actions directly."""

    def __init__(self) -> None:
        super().__init__(url="in-process", enable_selective_domain=True)
        self._executor = ActionExecutor()
        self._executor.register_package(actions)

    async def request(self, *_: Any, json: dict[str, Any], **__: Any) -> dict[str, Any] | None:
        """Run the action that `json` asks for, as the action server's webhook would."""
        result: dict[str, Any] | None = await self._executor.run(json)
        return result
