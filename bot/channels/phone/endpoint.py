"""The phone: Rasa's Twilio Voice channel, made safe.

The stock channel takes requests from anybody as any caller, and fails at answers with structured
parts. This one answers only what Twilio signed, and says the spoken form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from rasa.core.channels.twilio_voice import TwilioVoiceInput
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse
from twilio.request_validator import RequestValidator
from twilio.twiml.voice_response import Gather, Say, VoiceResponse

from bot.channels.http.request_guard import ChannelLimits
from bot.channels.spoken.deadline import NO_REMINDERS, answer, warns
from bot.channels.spoken.speech import Speech, speech_text, speeches
from bot.gateway.gateway import Gateway
from bot.gateway.messages import Incoming
from bot.gateway.sender_ids import Senders
from bot.knowledge.catalogue import Catalogue
from bot.text.storable_text import storable

NAME = "twilio_voice"
PATH = f"/webhooks/{NAME}/webhook"
# Polly voices can speak slowly; the others cannot.
_VOICE = "Polly.Joanna"
_SLOW = "85%"
_SILENT_TURNS = 2
_OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
_MOST_HINTS = 500
_LONGEST_SAY = 4_000
_LONGEST_PAUSE = 10
# Numbers that Twilio shows in place of one that is withheld: many people share them.
_WITHHELD = frozenset({"+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"})
_SHORTEST_NUMBER = 8

_Form = dict[str, str]


class PhoneChannel(TwilioVoiceInput):  # type: ignore[misc]
    """POST /webhooks/twilio_voice/webhook, as Twilio calls it for each turn of a phone call.

    Args:
        senders: callers are known by a keyed hash, never by their number.
        token: the account's auth token, which signs requests; without it all are refused.
        public_url: how Twilio reaches this server, which is part of what it signs.
        limits: how often somebody may speak.
    """

    def __init__(
        self,
        senders: Senders,
        token: str | None = None,
        public_url: str | None = None,
        limits: ChannelLimits | None = None,
    ) -> None:
        super().__init__(None, None, _VOICE, "3", "default", "false")
        self._senders = senders
        self._limits = limits or ChannelLimits()
        self._validator = RequestValidator(token) if token else None
        self._public_url = (public_url or "").rstrip("/")

    @classmethod
    def name(cls) -> str:
        """Reached at /webhooks/twilio_voice."""
        return NAME

    def blueprint(self, gateway: Gateway) -> Blueprint:
        """The routes of this channel."""
        blueprint = Blueprint("phone_channel", "phone")

        @blueprint.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            status, said = await self.received(gateway, request.url, request.body, request.headers)
            kind = "text/xml" if status == 200 else "text/plain"
            return response.text(said, status=status, content_type=kind)

        return blueprint

    async def received(
        self, gateway: Gateway, url: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[int, str]:
        """The HTTP status and the TwiML that answer a webhook.

        Args:
            url: where it arrived; behind a proxy Twilio signed another one, see `public_url`.
        """
        form = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
        arrived = urlsplit(url)
        query = f"?{arrived.query}" if arrived.query else ""
        signed = f"{self._public_url}{arrived.path}{query}" if self._public_url else url
        signature = headers.get("X-Twilio-Signature") or ""
        if self._validator is None or not self._validator.validate(
            signed, _Signed(form), signature
        ):
            return 403, "Only signed requests of Twilio are answered."
        quiet = parse_qs(arrived.query).get("quiet", [None])[0]
        return 200, str(await self._turn(gateway, dict(form), quiet))

    async def _turn(self, gateway: Gateway, form: _Form, quiet: str | None) -> VoiceResponse:
        """What is said to one turn of a call.

        Args:
            quiet: how many turns the caller has been silent; None where the call just began.
        """
        if form.get("CallStatus") in _OVER:
            return VoiceResponse()
        sender = self._senders.of(NAME, _caller(form))
        heard = storable(form.get("SpeechResult") or "").strip()
        incoming = Incoming(
            heard, sender, NAME, {"country": form.get("FromCountry") or "", **NO_REMINDERS}
        )
        if heard:
            said = await answer(gateway, incoming, self._limits)
            if any(message.topic == "goodbye" for message in said):
                return self._ended(speeches(said))
            return self._asked(gateway, speeches(said))
        # Without words an alarm that stands is said again, and nothing else happens.
        said = await answer(gateway, incoming, self._limits)
        if quiet is None:
            begun = said if warns(said) else [gateway.welcome("voice_welcome", NAME)]
            return self._asked(gateway, speeches(begun))
        silent = int(quiet) + 1 if quiet.isdigit() else 1
        if silent < _SILENT_TURNS:
            return self._asked(gateway, speeches(said), silent)
        over = gateway.sentence("still_nothing_heard")
        return self._ended(speeches([*said, over] if warns(said) else [over]))

    def _asked(self, gateway: Gateway, said: list[Speech], quiet: int = 0) -> VoiceResponse:
        """Says something and listens; silence comes back as a turn, too."""
        call = VoiceResponse()
        listening = Gather(
            input="speech",
            action=f"{self._public_url}{PATH}?quiet={quiet}",
            actionOnEmptyResult=True,
            speechTimeout=self.speech_timeout,
            speechModel=self.speech_model,
            enhanced=self.enhanced,
            language="en-US",
            hints=speech_hints(gateway.catalogue),
            # Masked words would hide warning signs.
            profanityFilter=False,
        )
        self._say(listening, said)
        call.append(listening)
        return call

    def _ended(self, said: list[Speech]) -> VoiceResponse:
        call = VoiceResponse()
        self._say(call, said)
        call.hangup()
        return call

    def _say(self, call: VoiceResponse | Gather, said: list[Speech]) -> None:
        """Everything in order; what is serious slowly, and twice."""
        for number, one in enumerate(said):
            if number:
                call.pause(length=1)
            self._say_one(call, one)
            if one.is_red_flag:
                call.pause(length=1)
                call.say("I say it again.", voice=self.assistant_voice)
                self._say_one(call, one)
            left = one.seconds
            while left > 0:
                call.pause(length=min(left, _LONGEST_PAUSE))
                left -= _LONGEST_PAUSE
                call.say(f"{left} seconds left." if left > 0 else "And let go. Say next to go on.",
                         voice=self.assistant_voice)  # fmt: skip

    def _say_one(self, call: VoiceResponse | Gather, one: Speech) -> None:
        text = speech_text([one])[:_LONGEST_SAY]
        if one.is_red_flag or one.is_slow:
            said = Say(voice=self.assistant_voice)
            said.prosody(text, rate=_SLOW)
            call.append(said)
        else:
            call.say(text, voice=self.assistant_voice)


class _Signed:
    """The fields of a form, as the check of the signature reads them: empty ones count."""

    def __init__(self, form: list[tuple[str, str]]) -> None:
        self._form = form

    def __iter__(self) -> Any:
        return iter([name for name, _ in self._form])

    def getall(self, name: str) -> list[str]:
        """All values of a field."""
        return [value for known, value in self._form if known == name]


@lru_cache(maxsize=1)
def speech_hints(catalogue: Catalogue) -> str:
    """Words of ours that a recogniser should expect, the least guessable first."""
    points = catalogue.points
    hints: Iterable[str] = [
        *(point.names.pinyin for point in points),
        *(point.spoken_name.partition(",")[0] for point in points),
        *(" ".join(re.findall(r"[A-Z]|\d+", point.code)) for point in points),
        "acupressure", "sciatica", "pressure point", "help me do a session", "next", "repeat that",
        *(complaint.name for complaint in catalogue.complaints),
        *(area.name for area in catalogue.areas),
    ]  # fmt: skip
    fitting = dict.fromkeys(hint.replace(",", "") for hint in hints if len(hint) <= 100)
    return ", ".join(list(fitting)[:_MOST_HINTS])


def _caller(form: _Form) -> str:
    """What tells this caller from others: the number, or the call where it is withheld."""
    number = form.get("From") or ""
    digits = number.removeprefix("+")
    known = digits.isdigit() and len(digits) >= _SHORTEST_NUMBER and number not in _WITHHELD
    return number if known else f"call:{form.get('CallSid') or ''}"
