"""Answers in pieces: Sanic 22 has the class for them, and no function of the old name any more."""

from __future__ import annotations

from types import ModuleType

MODULE = "rasa.core.channels.rest"


def change(module: ModuleType) -> None:
    """Give Rasa's REST channel the class under the old name."""
    module.response.stream = module.ResponseStream  # type: ignore[attr-defined]
