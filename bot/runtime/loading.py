"""Rasa's agent as it is used here: with our store, quicker ways, and actions in process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rasa.core.agent import Agent
from rasa.core.lock_store import InMemoryLockStore
from rasa.utils.endpoints import EndpointConfig

from actions.serving.services import Services
from bot.rasa_compat.speed.compiled_action_check import use_compiled_check
from bot.rasa_compat.speed.quick_runner import use_quick_runner
from bot.rasa_compat.speed.quick_tracker import use_quick_tracker
from bot.runtime.conversation_store import ConversationStore
from bot.runtime.in_process_actions import InProcessActions
from bot.runtime.training import TrainingError

if TYPE_CHECKING:
    from bot.dialogue.resources import Resources
    from bot.reminders.storage.store import ReminderStore
    from bot.runtime.assistant import Settings


def loaded_agent(
    settings: Settings, model: Path, resources: Resources, reminders: Callable[[], ReminderStore]
) -> Any:
    """The agent of a model.

    Raises:
        TrainingError: the model cannot be loaded.
    """
    use_compiled_check()
    use_quick_runner()
    use_quick_tracker()
    url = settings.action_url
    endpoint = (
        EndpointConfig(url=url, enable_selective_domain=True)
        if url
        else InProcessActions(Services(resources.catalogue, resources.detector, reminders))
    )
    store = ConversationStore(settings.state_folder, url=settings.database_url)
    try:
        agent = Agent.load(
            model_path=str(model),
            tracker_store=store,
            lock_store=InMemoryLockStore(),
            action_endpoint=endpoint,
        )
    except Exception as error:  # what a damaged file raises depends on where it is damaged
        raise TrainingError(
            f"The model {model} cannot be loaded ({type(error).__name__}); it may be damaged. "
            f"Delete it, for example: rm {model}; it is trained anew at the next start."
        ) from error
    # Rasa puts a wrapper around it that forgets in silence what could not be written.
    agent.tracker_store = agent.processor.tracker_store = store
    return agent
