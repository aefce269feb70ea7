"""What to make of what the recogniser wrote down: words, doubtful words, or nothing.

A recogniser writes something down for any sound. Where nobody spoke, nothing was said; where it
doubts, the person is asked. Only words that count are looked at for warning signs, so a fan never
raises an alarm; but doubtful words of alarm do count, since missing them is worse.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from bot.voice.names.choosing import CIRCLING, NameChoice
from bot.voice.recogniser_process import QUIET

# Less is a click or a cough.
_LEAST_SPEECH_SECONDS = 0.2
# Below these the recognisers guess: found with the clips for tuning of the spoken set.
_DOUBTFUL_PROBABILITY = 0.6
_DOUBTFUL_AGREEMENT = 0.7
_DOUBTFUL_UNTOLD = 0.5
# A tried name that fits less is a guess.
_DOUBTFUL_FIT = 4.0
# Below this there is nothing in it.
_LEAST_PROBABILITY = 0.15
_MOST_NO_SPEECH = 0.75
# In loud surroundings a recogniser is often wrong and sure of it, and so is the next; decibels.
_LOUD = 8.0
_NOISY = 14.0
_DOUBTFUL_AGREEMENT_IN_NOISE = 0.9
# What Whisper writes for sounds that are no words.
_SOUNDS = re.compile(r"\[[^\]]*\]|\([^)]*\)|\*[^*]*\*|♪[^♪]*♪?")
# What it writes, from its training on films, where it hears nothing. Some are things people say, so
# they are dropped only where it doubts.
_INVENTED = re.compile(
    r"(?:thank(?:s| you)(?: (?:so|very) much| for (?:watching|listening)(?: this video)?)?|you|"
    r"(?:bye[ -]?)+|okay|oh|so|the end|subtitles by .*|(?:please )?(?:like and )?subscribe.*|"
    r"i'?ll see you .*|see you (?:next time|later|in the next video))"
)


class Clarity(Enum):
    """How well something was heard."""

    NOTHING = "nothing"
    DOUBTFUL = "doubtful"
    CLEAR = "clear"


@dataclass(frozen=True)
class Transcription:
    """What was heard.

    Attributes:
        text: the words; "" where nothing was heard.
        clarity: whether to believe them.
        is_cut: whether the recording was longer than what is heard at once.
    """

    text: str
    clarity: Clarity
    is_cut: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether there are no words."""
        return self.clarity is Clarity.NOTHING


def judged(
    written: Mapping[str, Any], choice: NameChoice | None, prompt: str = ""
) -> Transcription:
    """What to believe of what the recogniser wrote.

    Args:
        written: its answer (recogniser_process.py).
        choice: the reading that was taken; None where there is none.
        prompt: the words that it was told to expect: it may say them where it hears nothing.
    """
    text = " ".join(_SOUNDS.sub(" ", choice.text).split()) if choice else ""
    is_cut = bool(written["is_cut"])
    nothing = Transcription("", Clarity.NOTHING, is_cut)
    too_short = float(written["speech_seconds"]) < _LEAST_SPEECH_SECONDS
    if choice is None or not re.search(r"[^\W_]", text) or too_short:
        return nothing
    no_speech = float(written["no_speech"])
    is_circling = choice.repetition > CIRCLING
    loudness = float(written.get("above_noise", QUIET))
    agreed = _DOUBTFUL_AGREEMENT_IN_NOISE if loudness < _NOISY else _DOUBTFUL_AGREEMENT
    if choice.fit is None:
        is_guessed = (
            choice.probability < _DOUBTFUL_PROBABILITY
            or choice.agreement < agreed
            or choice.untold < _DOUBTFUL_UNTOLD
            or choice.is_strange
        )
    else:
        # A name that was tried need not be what any reading has.
        is_guessed = choice.fit < _DOUBTFUL_FIT
    is_doubtful = (
        choice.is_feared
        or is_guessed
        or no_speech > _MOST_NO_SPEECH
        or is_circling
        or loudness < _LOUD
    )
    if not is_doubtful:
        return Transcription(text, Clarity.CLEAR, is_cut)
    words = re.sub(r"[^\w' -]", "", text).strip().lower()
    is_made_up = _INVENTED.fullmatch(words) or _is_echo(words, prompt)
    is_nothing = choice.fit is None and choice.probability < _LEAST_PROBABILITY
    if is_nothing or is_made_up:
        return nothing
    return Transcription(_once(text) if is_circling else text, Clarity.DOUBTFUL, is_cut)


def _is_echo(words: str, prompt: str) -> bool:
    """Whether three or more words are nothing but the words it was told to expect, in order."""
    expected = re.sub(r"[^\w' -]", "", prompt).lower()
    return len(words.split()) > 2 and words in expected


def _once(text: str) -> str:
    """A text that goes in circles, up to where it begins to."""
    words = text.split()
    kept: list[str] = []
    for word in words:
        if kept.count(word) >= 2:
            break
        kept.append(word)
    return " ".join(kept)
