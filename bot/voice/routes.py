"""Voice in the page, over plain HTTP: a recording becomes words, and an answer becomes sound.

A recording is handed to the recogniser and then gone: it is never written anywhere. What was said
is shown to the person, who sends it. Only a warning sign is taken as said at once, so that it is
answered even if the person's connection is gone before they press Send.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.http.origins import Origins
from bot.channels.http.rate_limit import RateLimit
from bot.channels.http.requests import Refused
from bot.channels.spoken.speech import speeches
from bot.channels.web.entries import Entry
from bot.channels.web.tokens import Session, SessionExpired, SessionInvalid, Tokens
from bot.channels.web.transcript import Transcript
from bot.knowledge.catalogue import Catalogue
from bot.messages.message import Message
from bot.privacy.quiet_log import log_failure
from bot.text.json_types import JsonObject
from bot.voice.hearing import Clarity, Transcription
from bot.voice.recogniser import Busy, CannotHear, NotSound
from bot.voice.settings import HearingSettings
from bot.voice.synthesis import CannotSpeak, Voice

logger = logging.getLogger(__name__)

# Half a minute of speech, as browsers record it, is 100 to 500 kB.
MOST_RECORDING_BYTES = 900_000
_MINUTE = 60
_SPEECHES_PER_MINUTE = 30
_SPEECHES_AT_ONCE = 2
_BEARER = "Bearer "
_STATUS = {"session_expired": 401, "session_invalid": 401, "origin_not_allowed": 403,
           "bad_request": 400, "voice_too_long": 413, "rate_limited": 429,
           "voice_busy": 503, "voice_down": 503, "voice_no_sound": 400,
           "voice_mute": 503}  # fmt: skip
_SAID_TO = ("country", "lang", "timezone")


class Ear(Protocol):
    """Hears recordings."""

    async def hear(self, recording: bytes) -> Transcription:
        """What was said."""


class VoiceChannel(Protocol):
    """The web channel, as voice needs it."""

    def alarms(self, text: str) -> bool:
        """Whether a text holds a warning sign."""

    async def take(self, session: Session, data: Any) -> JsonObject:
        """Take a message as if it had come over the session's socket."""


class VoiceInPage:
    """The routes under /widget/voice.

    Args:
        ear: hears recordings.
        voice: speaks where a browser has no voice of its own; None: nobody does.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        ear: Ear,
        voice: Voice | None,
        channel: VoiceChannel,
        transcript: Transcript,
        tokens: Tokens,
        origins: Origins,
        settings: HearingSettings,
    ) -> None:
        self._catalogue = catalogue
        self._ear = ear
        self._voice = voice
        self._channel = channel
        self._transcript = transcript
        self._tokens = tokens
        self._origins = origins
        self._recordings = RateLimit(settings.recordings_per_minute, _MINUTE)
        self._speeches = RateLimit(_SPEECHES_PER_MINUTE, _MINUTE)
        self._speaking = asyncio.Semaphore(_SPEECHES_AT_ONCE)

    def blueprint(self) -> Blueprint:
        """The routes."""
        blueprint = Blueprint("widget_voice", "widget/voice")
        blueprint.add_route(self._guarded(self._hear), "/hear", methods=["POST"], name="hear")
        blueprint.add_route(self._guarded(self._say), "/say", methods=["POST"], name="say")

        @blueprint.options("/hear", name="hear_preflight")
        @blueprint.options("/say", name="say_preflight")
        async def preflight(request: Request) -> HTTPResponse:
            return response.empty(headers=self._headers(request))

        return blueprint

    def _headers(self, request: Request) -> dict[str, str]:
        allowed = self._origins.headers(request.headers.get("origin"), request.headers.get("host"))
        return {**allowed, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}

    def _guarded(
        self, act: Callable[[Request, Session], Awaitable[HTTPResponse]]
    ) -> Callable[[Request], Awaitable[HTTPResponse]]:
        """A route for the session whose token comes with the request."""

        async def handle(request: Request) -> HTTPResponse:
            try:
                done = await act(request, self._session(request))
            except Refused as refused:
                done = _refusal(refused, self._catalogue)
            except Exception as error:
                log_failure(logger, "voice in the page failed", error)
                done = _refusal(Refused("voice_down"), self._catalogue)
            done.headers.update(self._headers(request))
            return done

        return handle

    def _session(self, request: Request) -> Session:
        if not self._origins.allows(request.headers.get("origin"), request.headers.get("host")):
            raise Refused("origin_not_allowed")
        try:
            return self._tokens.session(
                request.headers.get("authorization", "").removeprefix(_BEARER)
            )
        except SessionExpired:
            raise Refused("session_expired") from None
        except SessionInvalid:
            raise Refused("session_invalid") from None

    async def _hear(self, request: Request, session: Session) -> HTTPResponse:
        wait = self._recordings.seconds_to_wait(session.sender)
        if wait:
            raise Refused("rate_limited", wait)
        if len(request.body) > MOST_RECORDING_BYTES:
            raise Refused("voice_too_long")
        if not request.body:
            raise Refused("voice_no_sound")
        try:
            heard = await self._ear.hear(request.body)
        except Busy:
            raise Refused("voice_busy", 5) from None
        except NotSound:
            raise Refused("voice_no_sound") from None
        except CannotHear:
            raise Refused("voice_down", 5) from None
        is_urgent = not heard.is_nothing and self._channel.alarms(heard.text)
        body = {
            "text": heard.text,
            "is_clear": heard.clarity is Clarity.CLEAR,
            "is_cut": heard.is_cut,
            "is_urgent": is_urgent,
            "is_sent": is_urgent and await self._sent(request, session, heard),
        }
        return response.json(body)

    async def _sent(self, request: Request, session: Session, heard: Transcription) -> bool:
        """Whether a warning sign was taken as said; else the page says it, with the same id."""
        metadata = {name: request.args.get(name) for name in _SAID_TO if request.args.get(name)}
        data = {"id": request.args.get("id"), "text": heard.text, "metadata": metadata}
        try:
            await self._channel.take(session, data)
        except Refused:
            return False
        except Exception as error:  # the page has the words, and says the warning
            log_failure(logger, "a warning sign could not be taken as said", error)
            return False
        return True

    async def _say(self, request: Request, session: Session) -> HTTPResponse:
        if self._voice is None:
            raise Refused("voice_mute")
        wait = self._speeches.seconds_to_wait(session.sender)
        if wait:
            raise Refused("rate_limited", wait)
        entry = self._entry(session, request)
        said = speeches([Message.from_json(entry["message"])])
        if not said:
            raise Refused("bad_request")
        try:
            async with self._speaking:
                loop = asyncio.get_running_loop()
                sound = await loop.run_in_executor(
                    None, self._voice.say, said[0].text, said[0].is_red_flag or said[0].is_slow
                )
        except CannotSpeak:
            raise Refused("voice_mute") from None
        return response.raw(sound, content_type="audio/wav")

    def _entry(self, session: Session, request: Request) -> Entry:
        """The session's own answer whose number was sent."""
        try:
            seq = request.json["seq"]
        except Exception:
            raise Refused("bad_request") from None
        if isinstance(seq, bool) or not isinstance(seq, int) or not 0 < seq < 2**53:
            raise Refused("bad_request")
        entry = self._transcript.entry(session.sender, seq)
        if not entry or entry["from"] != "assistant":
            raise Refused("bad_request")
        return entry


def _refusal(refused: Refused, catalogue: Catalogue) -> HTTPResponse:
    again = {"Retry-After": str(refused.retry_after)} if refused.retry_after else {}
    return response.json(
        {"error": refused.told(catalogue)}, status=_STATUS.get(refused.code, 400), headers=again
    )
