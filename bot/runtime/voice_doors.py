"""The doors for voices, put into the server: Wyoming, Alexa, the phone."""

from __future__ import annotations

import logging
import socket
from typing import Any

from sanic import Sanic

from bot.channels.alexa.endpoint import AlexaDoor, fetched
from bot.channels.alexa.reminders import AlexaReminding
from bot.channels.alexa.signature import AlexaVerifier
from bot.channels.alexa.welcomed import Seen
from bot.channels.http.door_guard import limits_for
from bot.channels.phone.endpoint import PhoneDoor
from bot.channels.web.tokens import kept_secret
from bot.channels.wyoming.discovery import announced
from bot.channels.wyoming.server import WyomingDoor
from bot.gateway.gateway import front_door_for
from bot.gateway.sender_ids import Senders
from bot.knowledge.catalogue import Catalogue
from bot.privacy.quiet_log import log_failure
from bot.runtime.house import House

logger = logging.getLogger(__name__)


def open_voice_doors(app: Sanic, house: House) -> None:
    """Mount Alexa and the phone. Each refuses everything until it is set up."""
    voice, senders = house.settings.voice, senders_of(house)
    alexa = AlexaDoor(
        front_door_for(house),
        senders,
        Seen(house.settings.state_folder),
        AlexaVerifier(voice.alexa_skill_id, fetched),
        reminding=AlexaReminding(lambda: house.reminders, Catalogue.load()),
        limits=limits_for(house),
    )
    app.blueprint(alexa.blueprint(), url_prefix="/webhooks/alexa")
    phone = PhoneDoor(senders, voice.twilio_token, voice.public_url, limits_for(house))
    app.blueprint(phone.blueprint(house), url_prefix=f"/webhooks/{phone.name()}")


def attach_wyoming(app: Sanic, house: House, listener: socket.socket) -> None:
    """Open the Wyoming door with the server, and close it with it."""
    voice = house.settings.voice
    door = WyomingDoor(front_door_for(house), senders_of(house), limits_for(house))

    @app.after_server_start
    async def open_door(app: Sanic, _: Any) -> None:
        await door.start(listener)
        if voice.zeroconf and voice.wyoming:
            try:
                app.ctx.unfindable = await announced(voice.wyoming.port, voice.wyoming.host)
            except Exception as error:  # it can still be found by its address
                log_failure(logger, "Home Assistant was not told of us", error)

    @app.before_server_stop
    async def close_door(app: Sanic, _: Any) -> None:
        if hasattr(app.ctx, "unfindable"):
            await app.ctx.unfindable()
        await door.stop()


def senders_of(house: House) -> Senders:
    """Who makes the ids of conversations from what doors know people by."""
    return Senders(house.settings.web.secret or kept_secret(house.settings.state_folder))
