"""What is said to dark thoughts that may come back, once thoughts of self-harm were told."""

from __future__ import annotations

from actions.turn import Turn
from bot.answers.general import GeneralAnswers
from bot.answers.reply import Reply
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.settling import Heard
from bot.safety.settling import default_settling

_SELF_HARM = "self_harm"
_SIGN = "red_flag_"


def dark_thoughts(turn: Turn, catalogue: Catalogue) -> Reply | None:
    """Whom to turn to, at any hour; None where none were told, or the message is about others.

    What comes after such a message is read in its light, whatever the model takes it for.
    """
    told = any(sign.kind == _SELF_HARM and not sign.taken_back for sign in turn.signs)
    if not told or turn.intent.startswith(_SIGN):
        return None
    if Heard.DARK not in default_settling().heard_in(turn.text):
        return None
    return GeneralAnswers(catalogue, turn.person).say("dark_thoughts")
