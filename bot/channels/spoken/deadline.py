"""What the doors for voices share: an answer in time, whatever fails."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from bot.answers.safety_messages import red_flag_message
from bot.channels.http.door_guard import DoorLimits
from bot.gateway.gateway import FrontDoor
from bot.gateway.messages import Effort, Incoming
from bot.knowledge.schema.red_flags import Tier
from bot.messages.message import Message
from bot.privacy.quiet_log import log_failure
from bot.safety.handover import HEARD_KEY

logger = logging.getLogger(__name__)

# What a door tells the actions with a message when it cannot speak first.
NO_REMINDERS = {"can_remind": False}
# How long the engine may take: somebody who hears nothing for longer says it again.
ENGINE_SECONDS = 3.5
# How long the front door may take with all it does, such as reading what is stored.
WHOLE_SECONDS = 5.0
_LAST_SECONDS = 0.7


async def answer(
    front_door: FrontDoor, incoming: Incoming, limits: DoorLimits, address: str | None = None
) -> list[Message]:
    """The messages that answer a voice, within WHOLE_SECONDS and a little; never raises.

    Args:
        limits: how often somebody may speak; a warning sign is heard beyond that.
        address: where the voice comes from, if it comes straight from a house.
    """
    alarms = partial(front_door.alarms, incoming.text)
    if limits.seconds_to_wait(incoming.sender, address or incoming.sender, alarms):
        return [front_door.sentence("web_rate_limited")]
    metadata = {**(incoming.metadata or {}), HEARD_KEY: True}
    incoming = replace(incoming, seconds=ENGINE_SECONDS, metadata=metadata)
    try:
        return await asyncio.wait_for(front_door.exchange(incoming), WHOLE_SECONDS)
    except Exception as error:  # a person is waiting: anything is better than silence
        log_failure(logger, "a voice door got no answer", error)
    try:
        last = front_door.exchange(incoming, Effort.LAST)
        return await asyncio.wait_for(last, _LAST_SECONDS)
    except Exception as error:
        log_failure(logger, "a voice door got no last answer", error)
    if front_door.alarms(incoming.text):
        return [red_flag_message(Tier.EMERGENCY)]
    return [front_door.sentence("action_failed")]


def is_emergency(messages: list[Message]) -> bool:
    """Whether an answer is an emergency message."""
    return any(message.is_emergency for message in messages)


def warns(messages: Iterable[Message]) -> bool:
    """Whether an answer warns of a sign."""
    return any(message.is_red_flag for message in messages)
