"""Warning signs that are held until the conversation that tells them is stored."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bot.answers.safety_messages import red_flag_message
from bot.dialogue.recollection import PastTurn, Recollection
from bot.messages.message import Message
from bot.privacy.quiet_log import log_failure
from bot.runtime.storage.lane import Lane, Unavailable
from bot.runtime.storage.outbox import HeldSign, Outbox
from bot.safety.handover import ScreeningSummary

logger = logging.getLogger(__name__)

_SECONDS = 0.5


class HeldSigns:
    """The outbox, as one that may fail or hang: nobody's answer waits long for it.

    Args:
        folder: the state folder.
        today: which day it is.
    """

    def __init__(
        self, folder: Path, today: Callable[[], datetime.date] = datetime.date.today
    ) -> None:
        self._today = today
        self._lane = Lane("held-signs", _SECONDS)
        self._told: set[str] = set()
        self._outbox: Outbox | None = None
        try:
            self._outbox = Outbox(folder)
        except OSError as error:
            log_failure(logger, "warning signs cannot be held in a file", error)

    def __len__(self) -> int:
        """How many signs wait to be stored."""
        return len(self._outbox) if self._outbox else 0

    @property
    def senders(self) -> list[str]:
        """Whose signs wait to be stored."""
        return [sign.sender for sign in self._outbox.all()] if self._outbox else []

    async def hold(self, sender: str, text: str, found: ScreeningSummary) -> bool:
        """Hold a sign until it is released; whether none was held yet."""
        if self._outbox is None:
            return False
        is_new = self._outbox.of(sender) is None
        self._told.discard(sender)
        sign = HeldSign.of(sender, text, self._today().isoformat(), found)
        try:
            await self._lane.call(self._outbox.hold, sign)
        except Unavailable as error:  # the person has the message
            log_failure(logger, "a warning sign could not be held", error.__cause__ or error)
        return is_new

    async def release(self, sender: str) -> None:
        """Let the sign of a conversation go, if one is held."""
        self._told.discard(sender)
        if self._outbox is None or self._outbox.of(sender) is None:
            return
        try:
            await self._lane.call(self._outbox.release, sender)
        except Unavailable as error:  # it stands once more after the next start
            log_failure(logger, "a warning sign could not be let go", error.__cause__ or error)

    def is_told(self, sender: str) -> None:
        """Take note that the conversation tells the sign, stored yet or not."""
        self._told.add(sender)

    def tells(self, sender: str) -> bool:
        """Whether the conversation tells the sign that is held."""
        return sender in self._told

    def after(self, stored: Recollection, sender: str) -> Recollection:
        """A conversation with the sign that is held, where it does not tell that itself."""
        sign = self._outbox.of(sender) if self._outbox else None
        if sign is None or self.tells(sender):
            return stored
        day = datetime.date.fromisoformat(sign.day)
        turn = PastTurn(sign.text, (self._message(sign),), day)
        return replace(stored, turns=(*stored.turns, turn))

    def record_of(self, sender: str) -> tuple[str, Message, ScreeningSummary] | None:
        """The words, the message and the finding of a sign that is held, to be stored."""
        sign = self._outbox.of(sender) if self._outbox else None
        return (sign.text, self._message(sign), sign.found) if sign else None

    @staticmethod
    def _message(sign: HeldSign) -> Message:
        return red_flag_message(sign.found.tier, self_harm=sign.about_self_harm)
