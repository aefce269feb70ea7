"""The way out: the message of a red flag, the guidance, the card, the numbers of a country."""

from __future__ import annotations

import logging

from bot.answers.card_builder import with_card, with_red_flag_card
from bot.answers.general import GeneralAnswers
from bot.answers.local_numbers import localised
from bot.answers.reply import finish
from bot.answers.safety_messages import known_message, red_flag_message, standing_message
from bot.gateway.answered import RANK, answers_alarm, rank_of
from bot.gateway.messages import Found
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.emergency_numbers import default_numbers
from bot.knowledge.schema.red_flags import Tier
from bot.messages.message import GuidanceLine, Message
from bot.privacy.quiet_log import log_failure
from bot.text.markdown import strip_markdown

logger = logging.getLogger(__name__)


class Completing:
    """Sees to it that no red flag is without its message, and no answer without guidance."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._numbers = default_numbers()

    def complete(
        self, said: list[Message], found: Found | None, alarm: str | None
    ) -> list[Message]:
        """Add the red-flag message or the guidance that is missing."""
        if found and not any(rank_of(m) >= RANK[found["tier"]] for m in said):
            if not found["known"]:
                return [red_flag_message(Tier(found["tier"]), found["why"], found["self_harm"])]
            said = [known_message(), *said]
        if alarm and not any(answers_alarm(m) for m in said):
            return [standing_message(alarm)]
        return [message if self._is_guided(message) else self._guided(message) for message in said]

    def dressed(self, message: Message, country: str | None) -> Message:
        """The message with its card and the numbers of a country. Its words matter most."""
        try:
            message = with_card(message, self._catalogue)
        except Exception as error:
            log_failure(logger, "a card could not be made", error)
        message = localised(message, self._numbers, country)
        try:
            return with_red_flag_card(message)
        except Exception as error:
            log_failure(logger, "a red-flag card could not be made", error)
            return message

    def sentence(self, wording: str) -> Message:
        """A wording of data/guidance.yml as a message, guidance included."""
        return finish(GeneralAnswers(self._catalogue).say(wording), self._catalogue)

    def _is_guided(self, message: Message) -> bool:
        guidance = message.reply.guidance
        return message.is_red_flag or bool(guidance and (guidance.written or guidance.spoken))

    def _guided(self, message: Message) -> Message:
        line = self._catalogue.guidance("general")
        spoken = message.reply.spoken or strip_markdown(message.text)
        return message.with_text(f"{message.text}\n\n_{line.written}_".strip()).with_reply(
            spoken=f"{spoken} {line.spoken[0]}".strip(),
            guidance=GuidanceLine(written=line.written, spoken=line.spoken[0]),
        )
