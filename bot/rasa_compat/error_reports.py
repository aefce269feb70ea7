"""Reports of errors to Rasa's makers: a stand-in for structlog-sentry that sends nothing.

Rasa puts it among the steps that every line of its log goes through. What reports need is not
installed, so that no switch can turn them on.
"""

from __future__ import annotations

import sys
from collections.abc import MutableMapping
from types import ModuleType
from typing import Any

_NAME = "structlog_sentry"


class SentryProcessor:
    """A step of the log that hands on what it gets."""

    def __init__(self, *_: Any, **__: Any) -> None:
        """Take whatever the true one takes."""

    def __call__(
        self, logger: Any, method: str, event: MutableMapping[str, Any]
    ) -> MutableMapping[str, Any]:
        """What goes on to the next step."""
        return event


def stand_in() -> None:
    """Let `import structlog_sentry` give this, in this process."""
    if _NAME not in sys.modules:
        module = ModuleType(_NAME, __doc__)
        vars(module).update(SentryProcessor=SentryProcessor)
        sys.modules[_NAME] = module
