"""Finding signs that something may be serious. Stands on the facts alone: no Rasa, no model."""

from bot.knowledge.schema.red_flags import Tier
from bot.safety.detector import RedFlagDetector
from bot.safety.screening import Finding, HeldBack, Screening

__all__ = ["Finding", "HeldBack", "RedFlagDetector", "Screening", "Tier"]
