"""What a voice says: the messages of an answer as plain sentences, or as SSML.

Red flags come first, slowly and with weight. Nothing is said that only a screen can show.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from bot.answers.builder import MERIDIANS
from bot.messages.message import Message
from bot.text.json_types import JsonObject
from bot.text.markdown import strip_markdown
from bot.text.number_words import number_words

# Alexa refuses more characters than this.
MOST_SSML_CHARACTERS = 8_000
# The longest pause SSML players keep.
LONGEST_BREAK_SECONDS = 10
# A hold that is counted by silence; a longer one is told, and waited for.
LONGEST_COUNTED_SECONDS = 60
_WORDS = {number: word for word, number in number_words().items()}
_POINT = re.compile(rf"\b({'|'.join(MERIDIANS.values())}) (\d{{1,2}})\b")
_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_SIGNS = (
    (re.compile(r"[*_`#|<>{}\[\]\\~^]"), ""),
    (re.compile(r"\s*[–—]\s*"), ", "),
    (re.compile(r"\s*[(]\s*"), ", "),
    (re.compile(r"\s*[)](?=[.,;:?!])"), ""),
    (re.compile(r"\s*[)]\s*"), ", "),
    (re.compile(r"&"), " and "),
    (re.compile(r"(?<=\d)\s*%"), " percent"),
    (re.compile(r"(?<=\w)/(?=\w)"), " or "),
    (re.compile(r"[\"“”„]"), ""),
    # The older numbers of books: 'B 52'.
    (re.compile(r"\bB(?=\d\d\b)"), "B "),
)


@dataclass(frozen=True)
class Speech:
    """One message, for the ear.

    Attributes:
        text: plain sentences.
        is_red_flag: whether it warns of something serious.
        is_slow: whether the person wants it slowly.
        seconds: how long to hold a point after it is said; 0 where nothing is held.
    """

    text: str
    is_red_flag: bool = False
    is_slow: bool = False
    seconds: int = 0

    @property
    def sentences(self) -> list[str]:
        """The sentences, in order."""
        return [sentence for sentence in _SENTENCE.split(self.text) if sentence]


def speeches(messages: Iterable[Message]) -> list[Speech]:
    """The messages of one answer in the order they are said: red flags first."""
    said = [_speech(message) for message in messages]
    return sorted((one for one in said if one.text), key=lambda one: not one.is_red_flag)


def speech_text(said: Sequence[Speech]) -> str:
    """Everything in one text without any signs; no sentence twice."""
    sentences = dict.fromkeys(sentence for one in said for sentence in one.sentences)
    return " ".join(sentences)


def ssml(said: Sequence[Speech], after: str = "") -> str:
    """Everything as one `<speak>` document, at most MOST_SSML_CHARACTERS long.

    Args:
        after: a sentence that ends it, such as a question.
    """
    parts = [_marked(one) for one in said]
    if after:
        parts.append(f"<p><s>{escape(after)}</s></p>")
    document = f"<speak>{''.join(parts)}</speak>"
    if len(document) <= MOST_SSML_CHARACTERS:
        return document
    # Whole sentences from the beginning: what matters most comes first.
    kept, room = "", MOST_SSML_CHARACTERS - len("<speak></speak>")
    for sentence in _SENTENCE.split(speech_text(said)):
        marked = f"<s>{escape(sentence)}</s>"
        if len(kept) + len(marked) > room:
            break
        kept += marked
    return f"<speak>{kept}</speak>"


def _speech(message: Message) -> Speech:
    reply = message.reply
    return Speech(
        _said(reply.spoken or strip_markdown(message.text)),
        message.is_red_flag,
        reply.pace == "slow",
        _held_seconds(reply.card or {}),
    )


def _said(text: str) -> str:
    """Signs as words, and the numbers of points as words: 'Large Intestine four'."""
    for sign, words in _SIGNS:
        text = sign.sub(words, text)
    text = _POINT.sub(lambda found: f"{found[1]} {_WORDS[int(found[2])]}", text)
    return " ".join(text.split())


def _held_seconds(card: JsonObject) -> int:
    """How long a step of a session is held, where silence can count it."""
    seconds = card.get("seconds") if card.get("type") == "session_step" else 0
    running = card.get("status") == "running" and card.get("part") == "hold"
    fits = isinstance(seconds, int) and 0 < seconds <= LONGEST_COUNTED_SECONDS
    return int(seconds) if running and fits and seconds else 0


def _marked(one: Speech) -> str:
    sentences = [f"<s>{escape(sentence)}</s>" for sentence in one.sentences]
    if one.is_red_flag:
        first = f'<s><emphasis level="strong">{escape(one.sentences[0])}</emphasis></s>'
        sentences = [first, '<break time="600ms"/>', *sentences[1:]]
    inner = f"<p>{''.join(sentences)}</p>"
    if one.is_red_flag or one.is_slow:
        inner = f'<prosody rate="slow">{inner}</prosody>'
    return inner + _counted(one.seconds)


def _counted(seconds: int) -> str:
    """Silence for a hold, with the seconds left said in between."""
    parts: list[str] = []
    left = seconds
    while left > 0:
        step = min(LONGEST_BREAK_SECONDS, left)
        parts.append(f'<break time="{step}s"/>')
        left -= step
        if left:
            parts.append(f"<s>{left} seconds left.</s>")
    if parts:
        parts.append("<p><s>And let go.</s><s>Say next to go on.</s></p>")
    return "".join(parts)
