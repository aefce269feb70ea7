"""The assistant in one process: loads the model, answers messages, says when it is ready."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.runtime import paths
from bot.runtime.training import TrainingError, ensure_model, model_path


@dataclass(frozen=True)
class Settings:
    """How the assistant runs. Defaults are safe on a machine that others can reach."""

    host: str = "127.0.0.1"
    port: int = 5005
    action_url: str | None = None
    api_token: str | None = None
    state_folder: Path = paths.STATE
    models_folder: Path = paths.MODELS
    model: Path | None = None


@dataclass(eq=False)
class House:
    """The loaded assistant. `missing` says what it still waits for; empty means ready."""

    settings: Settings
    agent: Any = None
    missing: list[str] = field(default_factory=lambda: ["the trained model"])

    async def load(self) -> None:
        """Train if needed and load, so that the server can say 'not yet' meanwhile.

        Raises:
            TrainingError: no model could be trained.
        """
        model = self.settings.model or model_path(self.settings.models_folder)
        if not model.is_file():
            self.missing = ["the model, which is being trained now"]
            await _train_apart(self.settings.models_folder)
        self.missing = ["the model, which is being loaded now"]
        loop = asyncio.get_running_loop()
        self.agent = await loop.run_in_executor(None, self._load, model)
        self.missing = []

    def load_now(self) -> None:
        """Train if needed and load, in the calling thread.

        Raises:
            TrainingError: no model could be trained.
        """
        self.agent = self._load(self.settings.model or ensure_model(self.settings.models_folder))
        self.missing = []

    async def handle(self, message: Any) -> None:
        """Hand a message to Rasa.

        Raises:
            NotReadyError: the model is still being loaded.
        """
        from bot.channels.front_door import NotReadyError

        if self.agent is None:
            raise NotReadyError
        await self.agent.handle_message(message)

    def _load(self, model: Path) -> Any:
        from rasa.core.agent import Agent
        from rasa.core.lock_store import InMemoryLockStore
        from rasa.utils.endpoints import EndpointConfig

        from bot.runtime.compiled_action_check import use_compiled_check
        from bot.runtime.conversations import sqlite_tracker_store
        from bot.runtime.in_process_actions import InProcessActions

        use_compiled_check()
        url = self.settings.action_url
        endpoint = (
            EndpointConfig(url=url, enable_selective_domain=True) if url else InProcessActions()
        )
        return Agent.load(
            model_path=str(model),
            tracker_store=sqlite_tracker_store(self.settings.state_folder),
            lock_store=InMemoryLockStore(),
            action_endpoint=endpoint,
        )


async def _train_apart(folder: Path) -> None:
    """Train in a process of its own, so that its memory is given back and Ctrl-C ends it."""
    command = [sys.executable, "-m", "bot.cli", "train", "--models-folder", str(folder)]
    process = await asyncio.create_subprocess_exec(*command, cwd=paths.ROOT)
    try:
        code = await process.wait()
    except asyncio.CancelledError:
        process.kill()
        await process.wait()
        raise
    if code:
        raise TrainingError("The model could not be trained; the reason stands above.")
