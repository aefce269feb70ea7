"""Messages that got no answer because something was broken; what they tell counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# How such a message is marked in its metadata.
UNHEARD = "unheard"


def is_unheard(message: Mapping[str, Any]) -> bool:
    """Whether a stored message is one of them."""
    return bool((message.get("metadata") or {}).get(UNHEARD))
