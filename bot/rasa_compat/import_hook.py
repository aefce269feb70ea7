"""Changes a module as soon as it is loaded, and none before somebody needs it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

Change = Callable[[ModuleType], None]


class _Changer(MetaPathFinder):
    """Finds only the modules that are to be changed."""

    def __init__(self) -> None:
        self.changes: dict[str, Change] = {}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        change = self.changes.get(fullname)
        spec = PathFinder.find_spec(fullname, path) if change else None
        if spec is None or spec.loader is None or change is None:
            return None
        load = spec.loader.exec_module

        def load_and_change(module: ModuleType) -> None:
            load(module)
            change(module)

        spec.loader.exec_module = load_and_change  # type: ignore[method-assign]
        return spec


_changer = _Changer()


def change_when_loaded(name: str, change: Change) -> None:
    """Have `change` called with the module `name` once it is loaded, or now if it is already.

    Each module is changed in one way, once.
    """
    if name in _changer.changes:
        return
    if _changer not in sys.meta_path:
        sys.meta_path.insert(0, _changer)
    _changer.changes[name] = change
    if name in sys.modules:
        change(sys.modules[name])
