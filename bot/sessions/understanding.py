"""What a message means within a session: a control, a bad feeling, or something else."""

from __future__ import annotations

import re

from bot.knowledge.schema.sessions import Control, Feeling, SessionsFile
from bot.text.phrases import found, normalised, phrase_forms

# What the intent says when the words are new.
_BY_INTENT = {
    "affirm": Control.NEXT,
    "continue_session": Control.NEXT,
    "session_back": Control.BACK,
    "repeat_last": Control.REPEAT,
    "session_slower": Control.SLOWER,
    "simplify": Control.SLOWER,
    "pause_session": Control.PAUSE,
    "resume_session": Control.RESUME,
    "session_skip": Control.SKIP,
    "stop_session": Control.STOP,
    "goodbye": Control.STOP,
    "session_time_left": Control.TIME_LEFT,
}
# A guess at one of these is not answered as if no session were running.
STEERING = frozenset(_BY_INTENT) - {"affirm", "repeat_last", "simplify", "goodbye"}
_DENIED = re.compile(
    r"\b(?:no|not|never|without|don't|dont|doesn't|doesnt|didn't|didnt|isn't|isnt|wasn't|hasn't"
    r"|haven't|nothing|no longer|stopped|neither|nor|hardly)(?:\s+\w+){0,3}\s*$"
)
_LESS = re.compile(r"^\s+(?:\w+\s+)?(?:less|better)\b")


def control_in(text: str, intent: str, sessions: SessionsFile) -> Control | None:
    """The control that a message is, by its words, else by its intent."""
    words = _controls(sessions)
    for said in phrase_forms(text):
        if said in words:
            return words[said]
    return _BY_INTENT.get(intent)


def says_yes(text: str, intent: str, sessions: SessionsFile) -> bool:
    """Whether a message agrees."""
    return intent == "affirm" or any(said in sessions.yes_words for said in phrase_forms(text))


def says_no(text: str, intent: str, sessions: SessionsFile) -> bool:
    """Whether a message declines."""
    return intent == "deny" or any(said in sessions.no_words for said in phrase_forms(text))


def feeling_in(text: str, sessions: SessionsFile) -> Feeling | None:
    """The bad feeling that a message tells of, neither denied nor only imagined."""
    said = normalised(text)
    if found(said, sessions.feelings_imagined):
        return None
    owners = {word: feeling for feeling in sessions.feelings for word in feeling.words}
    for hit in found(said, owners):
        before, after = said[: hit.start()], said[hit.end() :]
        if not _DENIED.search(before) and not _LESS.search(after):
            return owners[hit[0]]
    return None


def _controls(sessions: SessionsFile) -> dict[str, Control]:
    return {word: entry.id for entry in sessions.controls for word in entry.words}
