"""Rasa's own channels, and those made as Rasa documents: all behind the gateway.

A channel keeps how it receives and sends. What it hands on goes to the gateway instead of to
Rasa, and it is given plain text to send.
"""

from __future__ import annotations

import logging
import re
from collections import OrderedDict
from collections.abc import Mapping
from contextvars import ContextVar
from importlib import import_module
from typing import Any

from rasa.core.channels import (
    BUILTIN_CHANNELS,
    CmdlineInput,
    RasaChatInput,
    SocketIOInput,
    TwilioVoiceInput,
)
from rasa.core.channels import RestInput as RasaRestInput
from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from rasa.core.channels.telegram import TelegramInput
from rasa.shared.constants import DEFAULT_SENDER_ID
from sanic import Blueprint
from sanic.request import Request

from bot.answers.card_builder import picture_of
from bot.channels.messengers.plain_text import plain_parts
from bot.channels.messengers.telegram_input import LastingTelegramInput
from bot.channels.rest.endpoint import RestInput
from bot.channels.spoken.deadline import NO_REMINDERS
from bot.gateway.gateway import Gateway
from bot.gateway.messages import Incoming
from bot.gateway.sender_ids import Senders
from bot.messages.message import Message
from bot.privacy.quiet_log import log_failure
from bot.rasa_compat.left_out import is_left_out
from bot.text.storable_text import storable

logger = logging.getLogger(__name__)

_FILE = "bot/credentials.yml"
_MOST_IDS = 10_000
_MOST_REASON = 160
# Channels of our own, under whose names nothing else may speak.
_OURS = frozenset({"rest", "web", "alexa", "phone", "wyoming"})
# Channels that answer by themselves, or for which we have a channel; and what to do instead.
_REFUSED: tuple[tuple[type, str], ...] = (
    (RasaChatInput, "Rasa X has no place here; remove the line, and use the page or the widget"),
    (CmdlineInput, "a terminal is no server's channel; remove the line, and run `acupoint chat`"),
    (TwilioVoiceInput, "it repeats itself past the safety checks; use our phone (docs/phone.md)"),
    (SocketIOInput, "our widget has that address; remove the line, and see docs/widget.md"),
)
# Settings without which a channel starts, and then answers nobody.
_NEEDED: Mapping[str, tuple[str, ...]] = {
    "telegram": ("access_token", "verify", "webhook_url"),
    "slack": ("slack_token", "slack_signing_secret"),
    "facebook": ("verify", "secret", "page-access-token"),
    "twilio": ("account_sid", "auth_token", "twilio_number"),
    "mattermost": ("url", "token", "webhook_url"),
    "rocketchat": ("user", "password", "server_url"),
    "webexteams": ("access_token",),
    "botframework": ("app_id", "app_password"),
    "callback": ("url",),
}
# What a channel speaks to its service with; from the extra `messengers`.
_LIBRARIES: Mapping[str, str] = {
    "telegram": "aiogram",
    "slack": "slack_sdk",
    "facebook": "fbmessenger",
    "rocketchat": "rocketchat_API",
    "webexteams": "webexteamssdk",
    "hangouts": "google.auth",
}
# Where a request says which one it is; clouds send a request again when they hear nothing.
_IDS: Mapping[str, tuple[str, ...]] = {
    "telegram": ("update_id",),
    "slack": ("event_id",),
    "twilio": ("MessageSid",),
    "facebook": ("entry", "0", "messaging", "0", "message", "mid"),
    "mattermost": ("post_id",),
    "rocketchat": ("message_id",),
    "webexteams": ("data", "id"),
    "botframework": ("id",),
    "hangouts": ("message", "name"),
}
# A place on the map, as Telegram and WhatsApp hand it on: we have no use for where somebody is.
_PLACE = re.compile(r"(?:/locationData)?\{['\"]\w+['\"]: ?[-\d.]+, ?['\"]\w+['\"]: ?[-\d.]+\}")
_START = re.compile(r"/start(?:@\w+)?(?: \S+)?", re.IGNORECASE)
_GREETING = "hello"
_request_id: ContextVar[str | None] = ContextVar("request_id", default=None)


class ChannelRefused(Exception):
    """Raised when a line of credentials.yml cannot be served; the message says what to do."""


class NotSent(Exception):
    """Raised when a channel could not send an answer, so that the message is delivered again."""


class RasaChannel:
    """One channel of Rasa, answered by the gateway.

    Args:
        public_url: where pictures can be fetched from outside; without it none are sent.
    """

    def __init__(
        self, channel: InputChannel, gateway: Gateway, senders: Senders, public_url: str | None
    ) -> None:
        self._channel, self._name = channel, str(channel.name())
        self._gateway, self._senders = gateway, senders
        self._public_url = (public_url or "").rstrip("/")
        self._answered: OrderedDict[tuple[str, ...], None] = OrderedDict()

    def blueprint(self) -> Blueprint:
        """The routes of the channel itself, with our answers behind them."""
        blueprint = self._channel.blueprint(self.receive)

        @blueprint.middleware("request")  # type: ignore[untyped-decorator]
        async def note_id(request: Request) -> None:
            _request_id.set(_id_in(request, _IDS.get(self._name, ())))

        return blueprint

    async def receive(self, message: UserMessage) -> None:
        """Answer what the channel received, once, through its own output.

        Raises:
            NotSent: the answer could not be sent.
        """
        text, known_as = storable(str(message.text or "")), message.sender_id
        request_id = _request_id.get()
        if request_id and not self._is_first(known_as, request_id, text):
            return
        country = (message.metadata or {}).get("country")
        # Somebody without an id shares no conversation with others.
        nameless = not known_as or known_as == DEFAULT_SENDER_ID
        sender = Senders.fresh(self._name) if nameless else self._senders.of(self._name, known_as)
        said = await self._gateway.exchange(
            Incoming(
                _words(text),
                sender,
                self._name,
                {**NO_REMINDERS, **({"country": country} if country else {})},
                request_id,
            )
        )
        try:
            for one in said:
                await self._send(message.output_channel, known_as, one)
        except Exception as error:
            log_failure(logger, "an answer could not be sent", error)
            if request_id:
                self._answered.pop(self._key(known_as, request_id, text), None)
            raise NotSent("The answer could not be sent.") from None

    async def _send(self, out: OutputChannel, recipient: str, message: Message) -> None:
        text, buttons = plain_parts(message, _has_buttons(out))
        try:
            if buttons:
                await out.send_text_with_buttons(recipient, text, buttons, button_type="vertical")
        except Exception as error:  # the words matter more
            log_failure(logger, "buttons could not be sent", error)
            text, buttons = plain_parts(message, False)
        if not buttons:
            await out.send_text_message(recipient, text)
        picture = picture_of(message)
        if picture and self._public_url and _shows_pictures(out):
            try:
                await out.send_image_url(recipient, f"{self._public_url}{picture['address']}")
            except Exception as error:  # the words are there
                log_failure(logger, "a picture could not be sent", error)

    def _is_first(self, known_as: str, request_id: str, text: str) -> bool:
        """Whether this was not answered before, and is not being answered."""
        key = self._key(known_as, request_id, text)
        if key in self._answered:
            return False
        self._answered[key] = None
        if len(self._answered) > _MOST_IDS:
            self._answered.popitem(last=False)
        return True

    def _key(self, known_as: str, request_id: str, text: str) -> tuple[str, ...]:
        # Facebook puts several messages into one request. Elsewhere a request is one message, even
        # where a channel makes two of it, as Telegram's does of /restart.
        return (known_as, request_id, text if self._name == "facebook" else "")


def rasa_channel(
    key: str, settings: Any, gateway: Gateway, senders: Senders, public_url: str | None
) -> tuple[Any, str]:
    """The channel of one line of credentials.yml, and its name in the address.

    Returns:
        A RestInput of ours, or a RasaChannel.

    Raises:
        ChannelRefused: it cannot be served.
    """
    kind = _class_of(key)
    if kind is RasaRestInput or issubclass(kind, RestInput):
        return RestInput(), RestInput.name()
    for refused, instead in _REFUSED:
        if issubclass(kind, refused):
            raise ChannelRefused(f"{_FILE}, '{key}': this channel cannot be opened: {instead}.")
    name = str(kind.name())
    if name in _OURS:
        raise ChannelRefused(
            f"{_FILE}, '{key}': a channel of our own is called '{name}'; give your channel another "
            "name()."
        )
    given = settings if isinstance(settings, dict) else {}
    builtin = issubclass(kind, BUILTIN_CHANNELS.get(name, ()))
    missing = [one for one in _NEEDED.get(name, ()) if builtin and not given.get(one)]
    if missing:
        raise ChannelRefused(f"{_FILE}, '{key}': write {' and '.join(missing)} below it.")
    if builtin and name in _LIBRARIES and is_left_out(_LIBRARIES[name]):
        raise ChannelRefused(
            f"{_FILE}, '{key}': what it speaks with is not installed; run "
            "`python3 scripts/setup.py --messengers`, and start again."
        )
    try:
        kind = LastingTelegramInput if kind is TelegramInput else kind
        channel = kind.from_credentials(settings)
        return RasaChannel(channel, gateway, senders, public_url), str(channel.url_prefix())
    except Exception as error:
        raise refusal(key, settings, error) from None


def refusal(key: str, settings: Any, error: Exception) -> ChannelRefused:
    """Why a channel could not be made, in one sentence that holds none of its settings."""
    reason = " ".join(str(error).split()) or type(error).__name__
    for secret in settings.values() if isinstance(settings, dict) else ():
        reason = reason.replace(str(secret), "...") if secret else reason
    reason = re.split(r"(?<=[.!?])\s", reason)[0][:_MOST_REASON].rstrip(".!? ")
    return ChannelRefused(
        f"{_FILE}, '{key}': this channel could not be opened ({reason}); correct its settings "
        "(docs/channels.md) or remove it."
    )


def _class_of(key: str) -> type[Any]:
    if key in BUILTIN_CHANNELS:
        found: Any = BUILTIN_CHANNELS[key]
        return found  # type: ignore[no-any-return]
    module, _, class_name = key.rpartition(".")
    try:
        found = getattr(import_module(module), class_name)
    except Exception:  # a module of the user's own may fail in any way
        found = None
    if not (isinstance(found, type) and issubclass(found, InputChannel)):
        raise ChannelRefused(
            f"{_FILE}, '{key}': there is no such channel; write one of Rasa's names, such as "
            "telegram, or module.Class of a subclass of InputChannel."
        )
    return found


def _words(text: str) -> str:
    """What somebody said: a place on the map is no words, and Telegram's first tap a greeting."""
    stripped = text.strip()
    if _PLACE.fullmatch(stripped):
        return ""
    return _GREETING if _START.fullmatch(stripped) else text


def _id_in(request: Request, path: tuple[str, ...]) -> str | None:
    try:
        found: Any = request.form if "MessageSid" in path else request.json
        for step in path:
            found = found[int(step)] if step.isdigit() else found.get(step)
        return str(found) if path and found else None
    except Exception:  # whatever else was sent there; the channel judges it
        return None


def _has_buttons(out: OutputChannel) -> bool:
    return type(out).send_text_with_buttons is not OutputChannel.send_text_with_buttons


def _shows_pictures(out: OutputChannel) -> bool:
    return type(out).send_image_url is not OutputChannel.send_image_url
