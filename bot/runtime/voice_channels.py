"""The channels for voices, put into the server: Wyoming, Alexa, the phone."""

from __future__ import annotations

import logging
import socket
from typing import Any

from sanic import Sanic

from bot.channels.alexa.endpoint import AlexaChannel, fetched
from bot.channels.alexa.reminders import AlexaReminding
from bot.channels.alexa.signature import AlexaVerifier
from bot.channels.alexa.welcomed_users import WelcomedUsers
from bot.channels.phone.endpoint import PhoneChannel
from bot.channels.wyoming.discovery import announced
from bot.channels.wyoming.server import WyomingChannel
from bot.privacy.quiet_log import log_failure
from bot.runtime.assistant import Assistant

logger = logging.getLogger(__name__)


def open_voice_channels(app: Sanic, assistant: Assistant) -> None:
    """Mount Alexa and the phone. Each refuses everything until it is set up."""
    settings, senders = assistant.settings, assistant.senders
    voice = settings.voice
    alexa = AlexaChannel(
        assistant.gateway,
        senders,
        WelcomedUsers(settings.state_folder, url=settings.database_url),
        AlexaVerifier(voice.alexa_skill_id, fetched),
        reminding=AlexaReminding(lambda: assistant.reminders, assistant.resources.catalogue),
        limits=assistant.limits,
    )
    app.blueprint(alexa.blueprint(), url_prefix="/webhooks/alexa")
    phone = PhoneChannel(senders, voice.twilio_token, voice.public_url, assistant.limits)
    app.blueprint(phone.blueprint(assistant.gateway), url_prefix=f"/webhooks/{phone.name()}")


def attach_wyoming(app: Sanic, assistant: Assistant, listener: socket.socket) -> None:
    """Open the Wyoming channel with the server, and close it with it."""
    voice = assistant.settings.voice
    channel = WyomingChannel(assistant.gateway, assistant.senders, assistant.limits)

    @app.after_server_start
    async def open_channel(app: Sanic, _: Any) -> None:
        await channel.start(listener)
        if voice.zeroconf and voice.wyoming:
            try:
                app.ctx.unfindable = await announced(voice.wyoming.port, voice.wyoming.host)
            except Exception as error:  # it can still be found by its address
                log_failure(logger, "Home Assistant was not told of us", error)

    @app.before_server_stop
    async def close_channel(app: Sanic, _: Any) -> None:
        if hasattr(app.ctx, "unfindable"):
            await app.ctx.unfindable()
        await channel.stop()
