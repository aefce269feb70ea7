"""Logging a failure without what anybody said: an exception's own text may quote the message."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path


def log_failure(logger: logging.Logger, what: str, error: BaseException) -> None:
    """Log what failed, the kind of error, and where it came from."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    places = " < ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in reversed(frames))
    logger.error("%s: %s at %s", what, type(error).__name__, places or "unknown place")
