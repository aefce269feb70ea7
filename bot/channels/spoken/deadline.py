"""What the channels for voices share: an answer in time, whatever fails."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from bot.answers.safety_messages import red_flag_message
from bot.channels.http.request_guard import ChannelLimits
from bot.gateway.gateway import Gateway
from bot.gateway.messages import Effort, Incoming
from bot.knowledge.schema.red_flags import Tier
from bot.messages.message import Message
from bot.privacy.quiet_log import log_failure
from bot.safety.handover import HEARD_KEY

logger = logging.getLogger(__name__)

# What a channel tells the actions with a message when it cannot speak first.
NO_REMINDERS = {"can_remind": False}
# How long the engine may take: somebody who hears nothing for longer says it again.
ENGINE_SECONDS = 3.5
# How long the gateway may take with all it does, such as reading what is stored.
WHOLE_SECONDS = 5.0
_LAST_SECONDS = 0.7


async def answer(
    gateway: Gateway, incoming: Incoming, limits: ChannelLimits, address: str | None = None
) -> list[Message]:
    """The messages that answer a voice, within WHOLE_SECONDS and a little; never raises.

    Args:
        limits: how often somebody may speak; a warning sign is heard beyond that.
        address: where the voice comes from, if it comes straight from a household.
    """
    alarms = partial(gateway.alarms, incoming.text)
    if limits.seconds_to_wait(incoming.sender, address or incoming.sender, alarms):
        return [gateway.sentence("web_rate_limited")]
    metadata = {**(incoming.metadata or {}), HEARD_KEY: True}
    incoming = replace(incoming, seconds=ENGINE_SECONDS, metadata=metadata)
    try:
        return await asyncio.wait_for(gateway.exchange(incoming), WHOLE_SECONDS)
    except Exception as error:  # a person is waiting: anything is better than silence
        log_failure(logger, "a voice channel got no answer", error)
    try:
        last = gateway.exchange(incoming, Effort.LAST)
        return await asyncio.wait_for(last, _LAST_SECONDS)
    except Exception as error:
        log_failure(logger, "a voice channel got no last answer", error)
    if gateway.alarms(incoming.text):
        return [red_flag_message(Tier.EMERGENCY)]
    return [gateway.sentence("action_failed")]


def is_emergency(messages: list[Message]) -> bool:
    """Whether an answer is an emergency message."""
    return any(message.is_emergency for message in messages)


def warns(messages: Iterable[Message]) -> bool:
    """Whether an answer warns of a sign."""
    return any(message.is_red_flag for message in messages)
