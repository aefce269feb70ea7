"""Empty modules in the place of libraries that Rasa imports and nobody here uses.

Rasa imports TensorFlow wherever it defines its neural components, used or not, and the libraries of
every broker and messenger. `leave_out` puts empty modules in their place, so that those classes can
be defined but never work. A broker's or messenger's library that is installed is used; TensorFlow
never is, for its import alone took longer than all the rest.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

_ALWAYS = frozenset({"tensorflow", "tensorflow_hub", "tensorflow_text", "keras"})
_IF_MISSING = frozenset(
    {
        "aio_pika",
        "aiogram",
        "aiormq",
        "boto3",
        "botocore",
        "cachecontrol",
        "dask",
        "fbmessenger",
        "google.auth",
        "google.oauth2",
        "pymongo",
        "redis",
        "rocketchat_API",
        "slack_sdk",
        "webexteamssdk",
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
        # matplotlib asks it whether an array is one of TensorFlow's.
        if name.startswith("__") or name == "is_tensor":
            raise AttributeError(name)
        return _Empty


class _EmptyFinder(MetaPathFinder, Loader):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        return ModuleSpec(fullname, self, is_package=True) if is_left_out(fullname) else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _EmptyModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run."""


@cache
def _is_missing(package: str) -> bool:
    name, folders = "", None
    for part in package.split("."):
        name = f"{name}.{part}" if name else part
        spec = PathFinder.find_spec(name, folders)
        if spec is None:
            return True
        folders = spec.submodule_search_locations
    return False


def is_left_out(name: str) -> bool:
    """Whether an empty module takes the place of the module or package `name`."""
    parts = name.split(".")
    outer = {".".join(parts[:length]) for length in (1, 2)}
    return bool(outer & _ALWAYS) or any(_is_missing(package) for package in outer & _IF_MISSING)


def leave_out() -> None:
    """Leave them out of this process from now on."""
    if not any(isinstance(finder, _EmptyFinder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _EmptyFinder())
