"""Other points for somebody who says where they do not want to press: 'not on the hand'."""

from __future__ import annotations

from actions.turn import Turn
from bot.answers.follow_ups import FollowUpAnswers
from bot.answers.reply import Reply
from bot.knowledge.catalogue import Catalogue

_SHOWN = 2


def elsewhere(turn: Turn, catalogue: Catalogue) -> Reply | None:
    """Points that do not lie there; None where no place is ruled out, or none is left."""
    if not turn.not_there or turn.area or turn.person.everything_withheld_by:
        return None
    there = {
        suggested.point.code
        for area in turn.not_there
        for suggested in catalogue.points_for(area, None)
    }
    complaint = turn.complaint or turn.slot("complaint") or "back_pain"
    fitting = [suggested.point for suggested in catalogue.points_for(None, complaint)]
    left = [p for p in fitting if p.code not in there and not turn.person.withheld_by(p)]
    if not left:
        return None
    return FollowUpAnswers(catalogue, turn.person, turn.heard).others(left[:_SHOWN])
