"""One turn of a conversation: the message, what it mentions, and what came before."""

from __future__ import annotations

from actions.turn.signs import Sign
from actions.turn.turn import Turn
from actions.turn.words import HURTING

__all__ = ["HURTING", "Sign", "Turn"]
