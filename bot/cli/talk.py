"""Commands that ask the assistant and show what it says."""

from __future__ import annotations

import asyncio
import json
import os
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markdown import Markdown
from rich.markup import escape
from rich.panel import Panel

from bot.cli.options import (
    Port,
    VoiceModel,
    console,
)
from bot.cli.settings import (
    check_voice,
    known_country,
)
from bot.cli.stopping import stop
from bot.knowledge.catalogue import Catalogue
from bot.messages.message import Message
from bot.runtime.assistant import Assistant, Settings
from bot.runtime.prepare import prepare
from bot.sessions.replies import duration
from bot.text.json_types import JsonObject


def ask(
    question: Annotated[str, typer.Argument(help="What you want to know.")],
    port: Port = 5005,
    as_json: Annotated[bool, typer.Option("--json", help="Print the raw messages.")] = False,
) -> None:
    """Ask one question and print the answer."""
    talk = _talker(port)
    messages = talk(f"ask-{uuid.uuid4().hex}", question)
    if as_json:
        print(json.dumps(messages, indent=2, ensure_ascii=False))
        return
    _show(_read(messages))


def chat(
    port: Port = 5005,
    name: Annotated[
        str | None, typer.Option(help="Go on as this person, with what was said before.")
    ] = None,
) -> None:
    """Talk to the assistant in the terminal. An empty line ends it."""
    talk = _talker(port)
    sender = f"chat-{name or uuid.uuid4().hex}"
    console.print("[dim]Ask away. An empty line ends the conversation.[/]")
    while True:
        try:
            text = console.input("[bold cyan]You:[/] ")
        except (EOFError, KeyboardInterrupt):
            break
        if not text.strip():
            break
        _show(_read(talk(sender, text)))
    console.print("[dim]Take care.[/]")


def voice(
    question: Annotated[
        Path | None, typer.Argument(help="A recording of your question: wav, mp3, ogg, webm, m4a.")
    ] = None,
    mic: Annotated[bool, typer.Option("--mic", help="Speak into the microphone.")] = False,
    out: Annotated[
        Path | None, typer.Option(help="Write the spoken answer to this wav file.")
    ] = None,
    port: Port = 5005,
    voice_model: VoiceModel = None,
) -> None:
    """Ask by voice, and hear the answer. Nothing that you say leaves this machine."""
    from bot.voice.loop import SpokenConversation
    from bot.voice.sound import NoSound, record

    if mic == (question is not None):
        raise stop("Name a recording, such as question.wav, or use --mic.")
    if question and not question.is_file():
        raise stop(f"There is no file '{question}'.")
    check_voice(True, voice_model)
    talk = _talker(port, heard=True)
    sender = f"voice-{uuid.uuid4().hex}"
    conversation = SpokenConversation(
        lambda text: _read(talk(sender, text)), Catalogue.load(), voice_model
    )
    try:
        if question:
            _take_turn(conversation, question.read_bytes(), out)
            return
        while console.input("[dim]Press Enter and speak. Write q to end.[/] ").strip() != "q":
            try:
                recording = record(_until_enter)
            except NoSound as error:
                raise stop(str(error)) from None
            _take_turn(conversation, recording, out)
    except (EOFError, KeyboardInterrupt):
        console.print("[dim]Take care.[/]")
    finally:
        conversation.end()


def _until_enter() -> None:
    console.input("[bold]I am listening.[/] Press Enter when you are done. ")


def _take_turn(conversation: Any, recording: bytes, out: Path | None) -> None:
    """Hear a recording, show what was heard, answer and speak."""
    from bot.voice.loop import speak
    from bot.voice.sound import NoSound
    from bot.voice.synthesis import CannotSpeak

    with console.status("Listening ..."):
        turn = conversation.turn(recording)
    if turn.heard.text:
        console.print(f"[bold cyan]I heard:[/] {escape(turn.heard.text)}", highlight=False)
    _show(turn.messages)
    for one in turn.said[:1] if not turn.messages else turn.said:
        if not turn.messages or one.text.startswith("I am not sure"):
            console.print(escape(one.text), style="yellow", highlight=False)
    try:
        speak(turn.said, out)
    except (CannotSpeak, NoSound) as error:
        console.print(str(error), style="dim", markup=False, highlight=False)


def _talker(port: int, heard: bool = False) -> Any:
    """A function (sender, text) -> messages as JSON: a running assistant, or one loaded here.

    `heard`: the texts are what a recogniser heard.
    """
    from bot.safety.handover import HEARD_KEY

    base = f"http://127.0.0.1:{port}"
    metadata = {HEARD_KEY: True} if heard else {}
    if _is_running(base):
        return lambda sender, text: _post(base, sender, text, metadata)
    prepare()
    with console.status("Loading the assistant ..."):
        assistant = Assistant(Settings(country=known_country(os.environ.get("ACUPOINT_COUNTRY"))))
        assistant.load_now()
    exchange = exchange_with(assistant, metadata)
    loop = asyncio.new_event_loop()

    def talk(sender: str, text: str) -> Any:
        said = loop.run_until_complete(exchange(text, sender))
        return [{"recipient_id": sender, **message.to_json()} for message in said]

    return talk


def exchange_with(
    assistant: Assistant, metadata: JsonObject | None = None
) -> Callable[[str, str], Coroutine[Any, Any, list[Message]]]:
    """A function (text, sender) -> the messages of an assistant loaded here."""
    from bot.gateway.messages import Incoming

    gateway = assistant.gateway
    return lambda text, sender: gateway.exchange(Incoming(text, sender, "terminal", metadata))


def _is_running(base: str) -> bool:
    try:
        with urllib.request.urlopen(f"{base}/health", timeout=1) as answer:
            return bool(answer.status == 200)
    except (OSError, ValueError):
        return False


def _post(base: str, sender: str, text: str, metadata: JsonObject) -> Any:
    body = json.dumps({"sender": sender, "message": text, "metadata": metadata}).encode()
    request = urllib.request.Request(
        f"{base}/webhooks/rest/webhook", body, {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)
    except urllib.error.URLError as error:
        raise stop(f"The assistant did not answer ({error.reason}).") from None


def _read(messages: Any) -> list[Message]:
    return [Message.from_json(message) for message in messages]


def _show(messages: list[Message]) -> None:
    for message in messages:
        style = "red" if message.is_red_flag else "green"
        console.print(Panel(Markdown(message.text), border_style=style))
        seconds = (message.reply.card or {}).get("seconds")
        if seconds:
            console.print(f"[bold]Timer: {duration(seconds)}[/]", highlight=False)
        if message.buttons:
            titles = "  ".join(f"[{button.title}]" for button in message.buttons)
            console.print(titles, style="dim", markup=False, highlight=False)
