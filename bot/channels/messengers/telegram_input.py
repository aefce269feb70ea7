"""Rasa's Telegram channel, whose connection outlives the start."""

from __future__ import annotations

import asyncio

from rasa.core.channels.telegram import TelegramInput, TelegramOutput


class LastingTelegramInput(TelegramInput):  # type: ignore[misc]
    """Tells Telegram our address at the start, and connects again once the server runs.

    Rasa does the first in an event loop of its own, and then goes on using a connection that ended
    with that loop, so that no message is ever answered.
    """

    def get_output_channel(self) -> TelegramOutput:
        """What sends to Telegram.

        Raises:
            Exception: Telegram could not be told our address.
        """
        channel = TelegramOutput(self.access_token)

        async def tell() -> None:
            try:
                await channel.set_webhook(url=self.webhook_url)
            finally:
                await channel.session.close()

        asyncio.run(tell())
        return channel
