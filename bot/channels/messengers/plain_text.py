"""An answer as plain text, for channels that show neither Markdown nor cards."""

from __future__ import annotations

import re

from bot.messages.message import Message
from bot.text.json_types import JsonObject
from bot.text.markdown import plain_lines

# What every channel with buttons takes: Facebook shows three, Telegram sends 64 bytes back.
_MOST_BUTTONS = 3
_MOST_PAYLOAD_BYTES = 64
_BLANK_LINES = re.compile(r"\n\s*\n+")


def plain_text(written: str) -> str:
    """The text without the signs of Markdown, and without blank lines.

    Rasa's channels cut a text at blank lines, which would part the guidance from its advice.
    """
    return _BLANK_LINES.sub("\n", plain_lines(written)).strip()


def plain_parts(message: Message, shows_buttons: bool) -> tuple[str, list[JsonObject]]:
    """The text of a message and the buttons beside it; what cannot be tapped is named in the text.

    Args:
        shows_buttons: whether the channel has buttons.
    """
    offered = [b for b in message.buttons if b.title and b.payload]
    fit = [b for b in offered if len(b.payload.encode()) <= _MOST_PAYLOAD_BYTES]
    shown = fit[:_MOST_BUTTONS] if shows_buttons else []
    text = plain_text(message.text)
    others = [plain_text(b.title) for b in offered if b not in shown]
    if others:
        text = f"{text}\nYou can {'also ' if shown else ''}say: {'; '.join(others)}."
    return text, [{"title": plain_text(b.title), "payload": b.payload} for b in shown]
