"""The Wyoming channel: Home Assistant asks us as a conversation agent, one sentence a connection.

The protocol knows no password, so the channel is closed unless asked for, and local unless told
otherwise. Conversations are told apart by Home Assistant's conversation id, never by the device.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from contextlib import suppress
from typing import Any

from wyoming.asr import Transcript
from wyoming.event import Event, async_read_event, async_write_event
from wyoming.handle import Handled
from wyoming.info import Attribution, Describe, HandleModel, HandleProgram, Info
from wyoming.ping import Ping, Pong

from bot.channels.http.request_guard import ChannelLimits
from bot.channels.spoken.deadline import NO_REMINDERS, answer, is_emergency
from bot.channels.spoken.speech import speech_text, speeches
from bot.gateway.gateway import Gateway
from bot.gateway.messages import Incoming
from bot.gateway.sender_ids import Senders
from bot.messages.message import Message
from bot.privacy.quiet_log import log_failure
from bot.text.storable_text import storable
from bot.version import version

logger = logging.getLogger(__name__)

CHANNEL = "wyoming"
_MOST_CONNECTIONS = 64
_IDLE_SECONDS = 300.0
_LONGEST_LINE = 64 * 1024
# Sentences are short; sound is not for this channel.
_LARGEST_PART = 256 * 1024
_LONGEST_ID = 255
_ATTRIBUTION = Attribution(name="Acupoint", url="")


class WyomingChannel:
    """Answers transcripts. Every connection is served by itself; one that fails ends alone."""

    def __init__(
        self, gateway: Gateway, senders: Senders, limits: ChannelLimits | None = None
    ) -> None:
        self._gateway = gateway
        self._senders = senders
        self._limits = limits or ChannelLimits()
        self._open: set[asyncio.Task[None]] = set()
        self._server: asyncio.AbstractServer | None = None

    async def start(self, listener: socket.socket) -> None:
        """Serve on a listening socket until `stop`."""
        self._server = await asyncio.start_server(self._accept, sock=listener, limit=_LONGEST_LINE)

    async def stop(self) -> None:
        """Close the channel and every connection."""
        if self._server:
            self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(self._serve(reader, writer))
        self._open.add(task)
        task.add_done_callback(self._open.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visit = _Visit(self._gateway, self._senders, _peer(writer), self._limits)
        is_full = len(self._open) > _MOST_CONNECTIONS
        try:
            while not is_full:
                event = await asyncio.wait_for(
                    async_read_event(_Bounded(reader)),  # type: ignore[arg-type]
                    _IDLE_SECONDS,
                )
                if event is None:
                    break
                said = await visit.answer(event)
                if said is not None:
                    await async_write_event(said, writer)
        except (TimeoutError, asyncio.IncompleteReadError, ConnectionError):
            pass  # gone, or silent for long
        except Exception as error:  # whatever was sent, only this connection ends
            log_failure(logger, "a Wyoming connection was closed", error)
        finally:
            writer.close()
            await visit.end()


class _Visit:
    """One connection."""

    def __init__(
        self, gateway: Gateway, senders: Senders, peer: str, limits: ChannelLimits
    ) -> None:
        self._gateway = gateway
        self._senders = senders
        self._peer = peer
        self._limits = limits
        self._household = senders.of(CHANNEL, f"house:{peer}")
        self._fresh = senders.fresh(CHANNEL)
        self._used_fresh = False

    async def answer(self, event: Event) -> Event | None:
        """What is sent back; None where nothing is to be said."""
        if Describe.is_type(event.type):
            return _info().event()
        if Ping.is_type(event.type):
            return Pong(text=Ping.from_event(event).text).event()
        if Transcript.is_type(event.type):
            return await self._handled(Transcript.from_event(event))
        return None

    async def end(self) -> None:
        """Nobody can come back to a conversation without an id, so nothing of it is kept."""
        if self._used_fresh:
            with suppress(Exception):
                await self._gateway.forget(self._fresh)

    async def _handled(self, heard: Transcript) -> Event:
        text = storable(heard.text) if isinstance(heard.text, str) else ""
        context = heard.context if isinstance(heard.context, dict) else {}
        sender = self._sender(context.get("conversation_id"))
        if sender == self._fresh and await self._alarm_stands():
            sender = self._household
        said = await self._answered(text, sender)
        if sender == self._fresh:
            self._used_fresh = True
            if is_emergency(said):
                # Without an id the next sentence starts again: the alarm stays with the household.
                await self._answered(text, self._household)
        return Handled(text=speech_text(speeches(said)), context=heard.context).event()

    async def _answered(self, text: str, sender: str) -> list[Message]:
        incoming = Incoming(text, sender, CHANNEL, dict(NO_REMINDERS))
        return await answer(self._gateway, incoming, self._limits, f"{CHANNEL}:{self._peer}")

    def _sender(self, conversation: Any) -> str:
        """The conversation's sender; where Home Assistant drops the id, one for this connection."""
        if isinstance(conversation, str) and 0 < len(conversation) <= _LONGEST_ID:
            return self._senders.of(CHANNEL, storable(conversation))
        return self._fresh

    async def _alarm_stands(self) -> bool:
        try:
            return await self._gateway.alarm_of(self._household) is not None
        except Exception as error:
            log_failure(logger, "it could not be seen whether an alarm stands", error)
            return False


class _Bounded:
    """A reader that takes in only so much at once."""

    def __init__(self, reader: asyncio.StreamReader) -> None:
        self._reader = reader

    async def readline(self) -> bytes:
        """The next line.

        Raises:
            ValueError: it is too long.
        """
        return await self._reader.readline()

    async def readexactly(self, size: int) -> bytes:
        """So many bytes.

        Raises:
            ValueError: that is too many.
        """
        if size > _LARGEST_PART:
            raise ValueError("too large")
        return await self._reader.readexactly(size)


def _info() -> Info:
    program = HandleProgram(
        name="acupoint",
        attribution=_ATTRIBUTION,
        installed=True,
        description="Acupressure points for back pain, with doctor guidance",
        version=version(),
        models=[
            HandleModel(
                name="acupoint",
                attribution=_ATTRIBUTION,
                installed=True,
                description="English",
                version=version(),
                languages=["en"],
            )
        ],
    )
    return Info(handle=[program])


def _peer(writer: asyncio.StreamWriter) -> str:
    address = writer.get_extra_info("peername")
    return str(address[0]) if isinstance(address, tuple) and address else "local"
