"""The web channel: Socket.IO for the chat widget, with sessions, transcripts and limits.

docs/widget.md tells what a browser sends and gets. Every message is stored before it is answered,
goes through the gateway, and is answered whether or not anybody is still connected.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import uuid
from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import partial
from typing import Any

from sanic import Sanic
from socketio.exceptions import ConnectionRefusedError as ConnectionRefused
from socketio.exceptions import TimeoutError as SocketTimeout

from bot.channels.http.origins import Origins
from bot.channels.http.rate_limit import RateLimit
from bot.channels.http.requests import (
    MOST_BYTES,
    MOST_CHARACTERS,
    Refused,
    read_after,
    read_feedback,
    read_message,
    read_token,
)
from bot.channels.web.other_workers import OtherWorkers
from bot.channels.web.queues import SessionQueues
from bot.channels.web.settings import WebSettings
from bot.channels.web.sockets import Sockets
from bot.channels.web.tokens import Session, SessionExpired, SessionInvalid, Tokens
from bot.channels.web.transcript import Transcript
from bot.channels.web.turns import Engine, Turns
from bot.gateway.gateway import Gateway
from bot.gateway.messages import Incoming, NotReadyError
from bot.messages.message import Message
from bot.privacy.quiet_log import log_failure
from bot.text.json_types import JsonObject

logger = logging.getLogger(__name__)

_MINUTE = 60
_EVENTS_PER_MINUTE = 240
# Messages with a warning sign are let in beyond the usual limit, but not without end.
_ALARMS_PER_MINUTE = 30
_MOST_WAITING = 10
_SHORT_WAIT = 2
# Long texts take up to a second or two to search for a warning sign.
_LONG_TEXTS_PER_MINUTE = 6
# How long a tab may take to keep its new token.
_TAKEN_SECONDS = 5

Answer = JsonObject
Event = Callable[[str, Session, Any], Awaitable[Answer]]


class WebChannel:
    """Answers the sockets of all sessions.

    Args:
        engine: hands messages to Rasa, and tells when somebody is to be forgotten.
        gateway: answers messages.
        transcript: what was said by both sides.
        tokens: checks who a socket belongs to.
        origins: the sites that may connect.
        settings: how long and how often.
    """

    def __init__(
        self,
        engine: Engine,
        gateway: Gateway,
        transcript: Transcript,
        tokens: Tokens,
        origins: Origins,
        settings: WebSettings,
    ) -> None:
        self._engine = engine
        self._gateway = gateway
        self._transcript = transcript
        self._tokens = tokens
        self._messages = RateLimit(settings.messages_per_minute, _MINUTE)
        self._alarms = RateLimit(_ALARMS_PER_MINUTE, _MINUTE)
        self._long_texts = RateLimit(_LONG_TEXTS_PER_MINUTE, _MINUTE)
        self._events = RateLimit(_EVENTS_PER_MINUTE, _MINUTE)
        self._queues = SessionQueues()
        self._io = Sockets(
            async_mode="sanic",
            cors_allowed_origins=lambda origin, environ: origins.allows(
                origin, environ.get("HTTP_HOST")
            ),
            cors_credentials=False,
            max_http_buffer_size=MOST_BYTES,
        )
        self._turns = Turns(engine, self._gateway, transcript, self._queues, self._io)
        self._present: dict[str, str] = {}
        self._others = OtherWorkers(transcript, self.present, self._turns.show, self._send_away)
        self._leaving: set[asyncio.Task[None]] = set()
        self._arrived: Callable[[], None] = lambda: None
        self._io.on("connect", self._connect)
        self._io.on("disconnect", self._disconnect)
        for name, event in (
            ("message", self._message),
            ("history", self._history),
            ("feedback", self._feedback),
            ("new_conversation", self._new_conversation),
        ):
            self._io.on(name, self._acknowledged(event))
        self._io.on("renew", self._acknowledged(self._renew, late=True))
        self._io.on("*", self._unknown)
        engine.register_data_store(self)

    def attach(self, app: Sanic) -> None:
        """Open the channel in an application."""
        self._io.attach(app)
        app.config.WEBSOCKET_MAX_SIZE = MOST_BYTES
        app.before_server_stop(self._stop)

    def listen(self, name: str, event: Event) -> None:
        """Let sockets send one more kind of event."""
        self._io.on(name, self._acknowledged(event))

    def when_somebody_comes(self, tell: Callable[[], None]) -> None:
        """Have `tell` called at every connection."""
        self._arrived = tell

    def present(self) -> list[str]:
        """Whose chat is open somewhere."""
        return list(dict.fromkeys(self._present.values()))

    def untold(self, sender: str, ids: Iterable[str]) -> list[str]:
        """Those of the ids under which `tell` has told nothing yet."""
        return self._transcript.untold(sender, ids)

    async def tell(self, sender: str, ids: Iterable[str], message: Message) -> None:
        """Say something that nobody asked for, once for its ids, in every open tab."""
        await self._turns.show(sender, self._transcript.tell(sender, ids, message))

    def alarms(self, text: str) -> bool:
        """Whether a text by itself holds a warning sign."""
        return self._gateway.alarms(text)

    async def take(self, session: Session, data: Any) -> Answer:
        """Take a message of a session that did not come over its socket, such as a spoken one.

        Raises:
            Refused: as for the event `message`.
        """
        return await self._message("", session, data)

    async def forget(self, sender: str) -> None:
        """Erase the transcript of a sender, empty the view of every tab, and end old tokens.

        The tab that asked goes on with a new token. Others have to come back with that, which the
        tabs of the same browser can, and nobody who kept a copy of the old one.
        """
        erased = self._transcript.erase(sender)
        tabs = [sid for sid, whose in self._present.items() if whose == sender]
        asking = self._turns.asking(sender)
        renewed: dict[str, str] = {}
        for sid in tabs:  # before anything else it sends is looked at
            if asking in (sid, ""):
                session = (await self._io.get_session(sid))["session"]
                renewed[sid] = self._tokens.issue(session)
                await self._enter(sid, renewed[sid], session)
        await self._turns.show(sender, [erased])
        leaving = asyncio.ensure_future(self._renewed(sender, renewed, set(tabs) - set(renewed)))
        self._leaving.add(leaving)
        leaving.add_done_callback(self._leaving.discard)

    async def _enter(self, sid: str, token: Any, session: Session) -> None:
        await self._io.save_session(sid, {"token": token, "session": session})

    async def _renewed(self, sender: str, tokens: Mapping[str, str], others: Iterable[str]) -> None:
        """Hand tabs their new token; then let the others come back, who may share it."""
        for sid, token in tokens.items():
            with contextlib.suppress(SocketTimeout):  # a page that knows nothing of new tokens
                await self._io.call("session", {"token": token}, to=sid, timeout=_TAKEN_SECONDS)
        for sid in others:
            await self._io.disconnect(sid)
        try:
            await self._others.renewed(sender)
        except Exception as error:  # their next event is refused, and they come back
            log_failure(logger, "other workers could not be told of a new token", error)

    async def _send_away(self, sender: str) -> None:
        """Let the tabs of a session come back with the token that another tab was given."""
        for sid in [sid for sid, whose in self._present.items() if whose == sender]:
            await self._io.disconnect(sid)

    async def _start(self, *_: Any) -> None:
        self._others.start()

    async def _stop(self, *_: Any) -> None:
        self._queues.stop()
        self._others.stop()
        await self._io.close_all()

    async def _connect(self, sid: str, environ: JsonObject, auth: Any = None) -> None:
        try:
            session = self._checked(read_token(auth))
        except Refused as refused:
            raise ConnectionRefused(refused.code, refused.told(self._gateway.catalogue)) from None
        await self._enter(sid, read_token(auth), session)
        await self._io.enter_room(sid, session.sender)
        self._present[sid] = session.sender
        self._arrived()
        try:
            for asked in self._transcript.unanswered(session.sender):
                alarming = await self._gateway.alarms_aside(asked.text)
                self._turns.put(session.sender, asked, alarming, sid, late=True)
        except Exception as error:  # what is said now can be answered all the same
            log_failure(logger, "a transcript could not be read", error)
        if self._turns.is_answering(session.sender):
            await self._io.emit("typing", {"on": True}, to=sid)

    async def _disconnect(self, sid: str, *_: Any) -> None:
        self._present.pop(sid, None)

    def _acknowledged(self, event: Event, late: bool = False) -> Callable[..., Awaitable[Answer]]:
        """An event whose token is checked first (`late`: an expired one will do), and answered."""

        async def handle(sid: str, data: Any = None, *_: Any) -> Answer:
            try:
                kept = await self._io.get_session(sid)
                session = self._checked(kept.get("token"), late)
                wait = self._events.seconds_to_wait(session.sender)
                if wait:
                    raise Refused("rate_limited", wait)
                return {"ok": True, **await event(sid, session, data)}
            except Refused as refused:
                return {"ok": False, "error": refused.told(self._gateway.catalogue)}
            except Exception as error:
                log_failure(logger, "an event of the web channel failed", error)
                return {"ok": False, "error": Refused("server_error").told(self._gateway.catalogue)}

        return handle

    def _checked(self, token: Any, late: bool = False) -> Session:
        try:
            return self._tokens.session(token, late)
        except SessionExpired:
            raise Refused("session_expired") from None
        except SessionInvalid:
            raise Refused("session_invalid") from None

    async def _renew(self, sid: str, session: Session, data: Any) -> Answer:
        """A new token for the socket's own session; the old one may have expired."""
        if self._checked(read_token(data)) != session:
            raise Refused("session_invalid")
        await self._enter(sid, read_token(data), session)
        return {}

    async def _unknown(self, name: str, sid: str, *_: Any) -> Answer:
        return {"ok": False, "error": Refused("bad_request").told(self._gateway.catalogue)}

    async def _message(self, sid: str, session: Session, data: Any) -> Answer:
        message, sender = read_message(data), session.sender
        try:
            known = self._transcript.seq_of(sender, message.id)
            if known is not None:
                return {"seq": known}
            alarming = await self._let_in(sender, message.text)
            asked = self._transcript.ask(sender, message.id, message.text, message.metadata)
            entry = self._transcript.entry(sender, asked.seq)
        except Refused:
            raise
        except Exception as error:
            log_failure(logger, "a message could not be stored", error)
            raise await self._unstored(sender, message.text, message.metadata) from None
        await self._turns.show(sender, [entry] if entry else [])
        self._turns.put(sender, asked, alarming, sid)
        return {"seq": asked.seq}

    async def _let_in(self, sender: str, text: str) -> bool:
        """Whether a message holds a warning sign. Refuses what is too much, unless it does."""
        too_large = len(text) > MOST_CHARACTERS
        too_many = self._queues.length(sender) >= _MOST_WAITING
        wait = _SHORT_WAIT if too_many else self._messages.seconds_to_wait(sender)
        is_too_much = bool(wait or too_large)
        # Of short texts only those with a sign count: chatter uses up nothing that a sign needs.
        may_search = not too_large or not self._long_texts.seconds_to_wait(sender)
        alarming = may_search and await self._gateway.alarms_aside(text)
        if is_too_much and alarming and not too_large:
            alarming = not self._alarms.seconds_to_wait(sender)
        if is_too_much and not alarming:
            raise Refused("too_large") if too_large else Refused("rate_limited", wait)
        return alarming

    async def _unstored(self, sender: str, text: str, metadata: JsonObject) -> Refused:
        """What is said where nothing can be stored: a warning must arrive all the same."""
        if not await self._gateway.alarms_aside(text):
            return Refused("server_error")
        said = await self._gateway.exchange(Incoming(text, sender, "web", metadata))
        told = "\n\n".join(message.text for message in said)
        return Refused("server_error", text=told)

    async def _history(self, sid: str, session: Session, data: Any) -> Answer:
        entries, more = self._transcript.after(session.sender, read_after(data))
        return {"entries": entries, "more": more}

    async def _feedback(self, sid: str, session: Session, data: Any) -> Answer:
        seq, value, reason = read_feedback(data)
        if not self._transcript.rate(session.sender, seq, value, reason):
            raise Refused("bad_request")
        return {}

    async def _new_conversation(self, sid: str, session: Session, data: Any) -> Answer:
        """Start again, after what was asked before has been answered."""
        if self._engine.missing:
            raise self._starting()
        begun: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queues.put(session.sender, partial(self._begin_anew, session.sender, begun))
        try:
            await asyncio.shield(begun)
        except NotReadyError:
            raise self._starting() from None
        return {}

    def _starting(self) -> Refused:
        return Refused(
            "server_error", _SHORT_WAIT, self._gateway.catalogue.wording("starting").written
        )

    async def _begin_anew(self, sender: str, begun: asyncio.Future[None]) -> None:
        try:
            standing = await self._gateway.restart(sender)
            await self._turns.show(sender, [self._transcript.note(sender, "divider")])
            if standing:
                again = self._transcript.tell(sender, [uuid.uuid4().hex], standing)
                await self._turns.show(sender, again)
            begun.set_result(None)
        except Exception as error:
            begun.set_exception(error)
