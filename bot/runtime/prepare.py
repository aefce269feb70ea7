"""What every process does before Rasa is imported: no telemetry, no chatter, no TensorFlow."""

from __future__ import annotations

import gc
import logging
import os

import structlog

from bot.rasa_compat.adapt import adapt_rasa


def prepare() -> None:
    """Make this process ready to import Rasa.

    Below the level ERROR, Rasa's log holds what people write. That stays out of any log.
    """
    os.environ["LOG_LEVEL"] = "ERROR"  # also silences the progress bars of each small step
    # Libraries reset the filters as they load; a logger cannot be talked over.
    logging.captureWarnings(True)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s: %(message)s")
    for name in ("rasa", "apscheduler", "sanic.root", "py.warnings"):
        logging.getLogger(name).setLevel(logging.ERROR)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    adapt_rasa()
    # What is loaded at a start stays. Looking through it for garbage took a sixth of that time.
    gc.set_threshold(100_000, 20, 20)
