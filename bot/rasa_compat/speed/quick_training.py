"""Trains without filling Rasa's cache of what each part of the graph learnt.

The cache saves parts of the next training. Ours is always whole, so it is never read; but to fill
it every example is written out and hashed several times: 18 seconds of 87.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.training import graph_trainer
from rasa.engine.training.hooks import TrainingHook


class _NothingKept(TrainingHook):  # type: ignore[misc]
    def on_before_node(self, *_: Any, **__: Any) -> dict[str, Any]:
        return {}

    def on_after_node(self, *_: Any, **__: Any) -> None:
        """Nothing to keep."""


def use_quick_training() -> None:
    """Let every training of this process from now on keep nothing but its model."""
    graph_trainer.TrainingHook = _NothingKept
