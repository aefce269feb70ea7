"""pkg_resources, a part of setuptools that is gone: a stand-in with what is still asked of it.

Rasa and textstat look for files inside packages with it, and Rasa for versions of packages.
"""

from __future__ import annotations

import sys
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import BinaryIO

_NAME = "pkg_resources"


def resource_filename(package: str, name: str) -> str:
    """Where the file `name` next to a package or module lies.

    Raises:
        ModuleNotFoundError: there is no such package.
    """
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"There is no package '{package}'.", name=package)
    return str(Path(spec.origin).parent / name)


def resource_stream(package: str, name: str) -> BinaryIO:
    """The file `name` next to a package or module, open for reading.

    Raises:
        OSError: there is no such file.
    """
    return Path(resource_filename(package, name)).open("rb")


def stand_in() -> None:
    """Let `import pkg_resources` give this, in this process."""
    if _NAME not in sys.modules:
        module = ModuleType(_NAME, __doc__)
        vars(module).update(
            resource_filename=resource_filename,
            resource_stream=resource_stream,
            get_distribution=distribution,
            # pytest calls it where the module is loaded.
            fixup_namespace_packages=lambda *_: None,
        )
        sys.modules[_NAME] = module
