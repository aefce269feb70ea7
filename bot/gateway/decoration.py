"""The last step: cards, and the numbers of a country. The words matter most."""

from __future__ import annotations

import logging

from bot.answers.card_builder import with_card, with_red_flag_card
from bot.answers.local_numbers import localised
from bot.dialogue.resources import Resources
from bot.messages.message import Message
from bot.privacy.quiet_log import log_failure

logger = logging.getLogger(__name__)


class Decoration:
    """Adds to a message what is not needed for its words."""

    def __init__(self, resources: Resources) -> None:
        self._catalogue = resources.catalogue
        self._numbers = resources.numbers
        self._pictures = resources.pictures

    def of(self, message: Message, country: str | None, is_named: bool = False) -> Message:
        """The message with its card and the numbers of a country, which may have to be named."""
        try:
            message = with_card(message, self._catalogue, self._pictures)
        except Exception as error:
            log_failure(logger, "a card could not be made", error)
        message = localised(message, self._numbers, country, is_named)
        try:
            return with_red_flag_card(message)
        except Exception as error:
            log_failure(logger, "a red-flag card could not be made", error)
            return message
