"""Keeps TensorFlow out of a process whose pipeline does not use it.

Rasa imports TensorFlow wherever it defines its neural components, used or not. That import is most
of the start-up time and memory of a bot without such components. `leave_out_tensorflow` puts empty
modules in its place, so that those classes can be defined but never work. It must run before the
first import of rasa, and only where no component of the configuration needs TensorFlow.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

_LEFT_OUT = frozenset({"tensorflow", "tensorflow_hub", "tensorflow_text", "keras"})
_NEEDS_TENSORFLOW = frozenset(
    {
        "DIETClassifier",
        "ResponseSelector",
        "TEDPolicy",
        "UnexpecTEDIntentPolicy",
        "ConveRTFeaturizer",
        "LanguageModelFeaturizer",
    }
)


class _EmptyType(type):
    """Any attribute of the empty class is the empty class again."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return cls

    def __getitem__(cls, item: Any) -> Any:
        return cls

    def __or__(cls, other: Any) -> Any:  # type: ignore[override]
        return cls


class _Empty(metaclass=_EmptyType):
    """Stands for whatever class, decorator or annotation is asked of TensorFlow."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Accept any class arguments."""

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        """Used as a decorator, hand the decorated function back."""
        if len(args) == 1 and callable(args[0]) and not kwargs:
            return args[0]
        return super().__new__(cls)

    def __call__(self, function: Any = None) -> Any:
        return function


class _EmptyModule(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Empty


class _EmptyFinder(MetaPathFinder, Loader):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.split(".")[0] in _LEFT_OUT:
            return ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _EmptyModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run."""


def needs_tensorflow(config: Path) -> bool:
    """Whether a component or policy of the Rasa configuration `config` needs TensorFlow."""
    content = yaml.safe_load(config.read_text(encoding="utf-8")) or {}
    entries = [*(content.get("pipeline") or []), *(content.get("policies") or [])]
    names = {str(entry.get("name", "")).rsplit(".", 1)[-1] for entry in entries}
    return bool(names & _NEEDS_TENSORFLOW)


def leave_out_tensorflow(config: Path) -> bool:
    """Leave TensorFlow out of this process unless `config` needs it, or it is already there.

    Returns:
        Whether it is left out.
    """
    if "tensorflow" in sys.modules or needs_tensorflow(config):
        return False
    if not any(isinstance(finder, _EmptyFinder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _EmptyFinder())
    return True
