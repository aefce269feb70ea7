"""A warning that Rasa silences, under the name it had before numpy 2."""

from __future__ import annotations

MODULE = "rasa.utils.common"


def before() -> None:
    """Give numpy the old name; numpy.exceptions has the warning."""
    import numpy as np
    from numpy.exceptions import VisibleDeprecationWarning

    np.VisibleDeprecationWarning = VisibleDeprecationWarning  # type: ignore[attr-defined]
