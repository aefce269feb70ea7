"""The third step: every red flag gets its message, and an open alarm is repeated."""

from __future__ import annotations

from bot.answers.safety_messages import known_message, red_flag_message, standing_message
from bot.gateway.answered import answers_alarm, rank_of
from bot.messages.message import Message
from bot.safety.handover import ScreeningSummary


def with_alarm(
    said: list[Message], found: ScreeningSummary | None, alarm: str | None
) -> list[Message]:
    """The answer; if the message of a red flag is missing from it, that message instead.

    Args:
        found: the sign that the message tells.
        alarm: the alarm that is still open from before.
    """
    if found and not any(rank_of(message) >= found.tier.rank for message in said):
        if not found.known:
            return [red_flag_message(found.tier, found.why, found.self_harm)]
        said = [known_message(), *said]
    if alarm and not any(map(answers_alarm, said)):
        return [standing_message(alarm)]
    return said
