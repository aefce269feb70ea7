"""What Rasa calls an action with, and what it hears back."""

from __future__ import annotations

from rasa_sdk.executor import ActionExecutor

from bot.text.json_types import JsonObject


async def answer(executor: ActionExecutor, call: JsonObject) -> JsonObject | None:
    """What the action that `call` names answers, as Rasa reads it.

    Rasa sends no domain to those who need none, which rasa_sdk 3.21 no longer allows.

    Raises:
        ActionExecutionRejection: the action does not want to be run now.
        ActionNotFoundException: there is no such action.
    """
    result = await executor.run({"domain": {}, **call})
    return result.model_dump() if result else None
