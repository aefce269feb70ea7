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
from bot.channels.http.request_guard import limits_for
from bot.channels.phone.endpoint import PhoneChannel
from bot.channels.web.tokens import kept_secret
from bot.channels.wyoming.discovery import announced
from bot.channels.wyoming.server import WyomingChannel
from bot.gateway.gateway import gateway_for
from bot.gateway.sender_ids import Senders
from bot.knowledge.catalogue import Catalogue
from bot.privacy.quiet_log import log_failure
from bot.runtime.assistant import Assistant

logger = logging.getLogger(__name__)


def open_voice_channels(app: Sanic, assistant: Assistant) -> None:
    """Mount Alexa and the phone. Each refuses everything until it is set up."""
    voice, senders = assistant.settings.voice, senders_of(assistant)
    alexa = AlexaChannel(
        gateway_for(assistant),
        senders,
        WelcomedUsers(assistant.settings.state_folder),
        AlexaVerifier(voice.alexa_skill_id, fetched),
        reminding=AlexaReminding(lambda: assistant.reminders, Catalogue.load()),
        limits=limits_for(assistant),
    )
    app.blueprint(alexa.blueprint(), url_prefix="/webhooks/alexa")
    phone = PhoneChannel(senders, voice.twilio_token, voice.public_url, limits_for(assistant))
    app.blueprint(phone.blueprint(assistant), url_prefix=f"/webhooks/{phone.name()}")


def attach_wyoming(app: Sanic, assistant: Assistant, listener: socket.socket) -> None:
    """Open the Wyoming channel with the server, and close it with it."""
    voice = assistant.settings.voice
    channel = WyomingChannel(gateway_for(assistant), senders_of(assistant), limits_for(assistant))

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


def senders_of(assistant: Assistant) -> Senders:
    """Who makes the ids of conversations from what channels know people by."""
    return Senders(assistant.settings.web.secret or kept_secret(assistant.settings.state_folder))
