"""Changes a module as it is loaded, and none before somebody needs it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

Before = Callable[[], None]
Change = Callable[[ModuleType], None]


class _Changer(MetaPathFinder):
    """Finds only the modules that are to be changed."""

    def __init__(self) -> None:
        self.before: dict[str, list[Before]] = {}
        self.changes: dict[str, list[Change]] = {}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        known = fullname in self.before or fullname in self.changes
        spec = PathFinder.find_spec(fullname, path) if known else None
        if spec is None or spec.loader is None:
            return None
        load = spec.loader.exec_module

        def load_and_change(module: ModuleType) -> None:
            for before in self.before.get(fullname, ()):
                before()
            load(module)
            for change in self.changes.get(fullname, ()):
                change(module)

        spec.loader.exec_module = load_and_change  # type: ignore[method-assign]
        return spec

    def add(self, name: str, before: Before | None, change: Change | None) -> None:
        """Note what is to be done with the module `name`; what is known is not done twice."""
        if self not in sys.meta_path:
            sys.meta_path.insert(0, self)
        loaded = sys.modules.get(name)
        if before and before not in self.before.setdefault(name, []):
            self.before[name].append(before)
            if loaded:
                before()
        if change and change not in self.changes.setdefault(name, []):
            self.changes[name].append(change)
            if loaded:
                change(loaded)


_changer = _Changer()


def when_loaded(name: str, before: Before | None = None, change: Change | None = None) -> None:
    """Have something done when the module `name` is loaded, or now if it is already.

    Args:
        name: the module.
        before: called just before it is loaded.
        change: called with it just after.
    """
    _changer.add(name, before, change)
