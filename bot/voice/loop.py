"""Asking by voice in the terminal: hear, show what was heard, answer, speak."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.channels.spoken.speech import Speech, speeches
from bot.knowledge.catalogue import Catalogue
from bot.messages.message import Message
from bot.voice.hearing import Clarity, Transcription
from bot.voice.recogniser import CannotHear, NotSound, Recogniser
from bot.voice.sound import play
from bot.voice.synthesis import NO_VOICE, CannotSpeak, best_voice

Talk = Callable[[str], list[Message]]


@dataclass(frozen=True)
class SpokenTurn:
    """One turn: what was heard, the messages that answer it, and what is said of them."""

    heard: Transcription
    messages: list[Message]
    said: list[Speech]


class SpokenConversation:
    """A conversation by voice.

    Args:
        talk: answers a text.
        model: a folder with a recognition model; None takes the packaged one.

    Raises:
        VoiceMissing: nothing can be heard on this machine.
    """

    def __init__(self, talk: Talk, catalogue: Catalogue, model: Path | None = None) -> None:
        self._talk = talk
        self._catalogue = catalogue
        self._recogniser = Recogniser.of_this_machine(catalogue, model)
        self._loop = asyncio.new_event_loop()

    def turn(self, recording: bytes) -> SpokenTurn:
        """Answer what was said in a recording; something is said whatever happens."""
        try:
            heard = self._loop.run_until_complete(self._recogniser.hear(recording))
        except NotSound:
            return self._failed("web_voice_no_sound")
        except CannotHear:
            return self._failed("web_voice_down")
        if heard.is_nothing:
            return self._failed("voice_nothing_heard")
        messages = self._talk(heard.text)
        said = speeches(messages)
        if heard.clarity is Clarity.DOUBTFUL:
            doubt = self._wording("voice_unsure").replace("{what}", heard.text.rstrip(" .?!"))
            # A warning is said first, whatever the doubt.
            place = sum(one.is_red_flag for one in said)
            said.insert(place, Speech(doubt))
        return SpokenTurn(heard, messages, said)

    def end(self) -> None:
        """End the recogniser."""
        self._loop.run_until_complete(self._recogniser.stop())
        self._loop.close()

    def _failed(self, wording: str) -> SpokenTurn:
        return SpokenTurn(Transcription("", Clarity.NOTHING), [], [Speech(self._wording(wording))])

    def _wording(self, name: str) -> str:
        return self._catalogue.wording(name).spoken


def speak(said: Iterable[Speech], out: Path | None) -> None:
    """Say it through the loudspeaker, or into the file `out`.

    Raises:
        CannotSpeak: there is no voice.
        NoSound: there is no loudspeaker.
    """
    voice = best_voice()
    if voice is None:
        raise CannotSpeak(NO_VOICE)
    said = list(said)
    if out:
        is_slow = any(one.is_red_flag or one.is_slow for one in said)
        out.write_bytes(voice.say(" ".join(one.text for one in said), is_slow))
        return
    for one in said:
        play(voice.say(one.text, one.is_red_flag or one.is_slow))
