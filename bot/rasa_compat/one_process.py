"""`rasa run`: since Sanic 22.9 a server is a process that makes the application again.

Rasa makes it once, with listeners that cannot be sent to another process. So it is served by the
process that made it, as before. Several workers, which need a lock store of Rasa's in Redis, do not
work any more.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any

MODULE = "rasa.core.run"


def change(module: ModuleType) -> None:
    """Let every server of this process run where it was made."""
    run = module.Sanic.run  # type: ignore[attr-defined]

    def run_here(self: Any, *args: Any, workers: int = 1, **kwargs: Any) -> None:
        run(self, *args, **{"single_process": True, **kwargs})

    module.Sanic.run = run_here  # type: ignore[attr-defined]
