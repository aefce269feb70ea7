"""Components that compute with TensorFlow: Rasa says so, in place of training nothing.

Rasa does not check that TensorFlow is there, for it could not be imported without.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any

MODULE = "rasa.engine.validation"
# These, and what is made of them: ResponseSelector, UnexpecTEDIntentPolicy.
_NEURAL = frozenset({"DIETClassifier", "TEDPolicy", "ConveRTFeaturizer"})


def change(module: ModuleType) -> None:
    """Let Rasa's check of a configuration refuse them."""
    given = module._validate_required_packages
    refused = module.GraphSchemaValidationException  # type: ignore[attr-defined]

    def validate_required_packages(node: Any) -> None:
        if _NEURAL & {base.__name__ for base in node.uses.__mro__}:
            raise refused(
                f"Component '{node.uses.__name__}' needs TensorFlow, which is not installed. "
                "docs/rasa.md says which components do without, and how to try one that does not."
            )
        given(node)

    module._validate_required_packages = validate_required_packages  # type: ignore[attr-defined]
