"""What the actions need, made once and passed to each of them."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor

import actions
from bot.knowledge.catalogue import Catalogue
from bot.reminders.storage.store import ReminderStore
from bot.safety.detector import RedFlagDetector


@dataclass(frozen=True)
class Services:
    """What the actions need.

    Attributes:
        catalogue: the facts.
        detector: finds warning signs.
        reminders: gives everybody's reminders; raises where they cannot be reached.
    """

    catalogue: Catalogue
    detector: RedFlagDetector
    reminders: Callable[[], ReminderStore]


def executor_with(services: Services) -> ActionExecutor:
    """Runs every action of ours."""
    for module in pkgutil.walk_packages(actions.__path__, f"{actions.__name__}."):
        importlib.import_module(module.name)
    executor = ActionExecutor()
    for kind in _kinds_of(Action):
        if not inspect.isabstract(kind) and kind.__module__.startswith(f"{actions.__name__}."):
            executor.register_action(kind(services))
    return executor


def _kinds_of(kind: type[Action]) -> Iterator[type[Action]]:
    for one in kind.__subclasses__():
        yield one
        yield from _kinds_of(one)
