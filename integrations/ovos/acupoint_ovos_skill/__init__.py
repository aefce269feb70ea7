"""OpenVoiceOS: hands what was heard to the Acupoint assistant and speaks what it answers."""

from __future__ import annotations

import json
import re
import time
import urllib.request
from typing import Any

from ovos_bus_client.message import Message
from ovos_bus_client.session import SessionManager
from ovos_workshop.decorators import fallback_handler
from ovos_workshop.skills.fallback import FallbackSkill

URL = "http://127.0.0.1:5005"
SECONDS = 6.0
# So long after an answer of ours the next sentence is for us, too.
STAYS_SECONDS = 120.0
_OURS = re.compile(
    r"\b(?:acupress\w*|pressure points?|points?|back|spine|neck|shoulder|hip|leg|legs|sciatica"
    r"|pain\w*|ach(?:e|es|ing)|hurts?|sore|numb\w*|tingl\w*|weak\w*|bladder|bowels?|pee|chest"
    r"|fever|fell|kill myself|hegu|meridian)\b",
    re.IGNORECASE,
)
UNREACHABLE = (
    "I am sorry, I cannot reach the assistant at the moment. Please ask a doctor or pharmacist. "
    "If you feel very ill, do not wait for me: call your local emergency number."
)


class AcupointSkill(FallbackSkill):
    """Answers what is about backs and points, and goes on where it answered just before."""

    def initialize(self) -> None:
        """Nobody has been answered yet."""
        self._answered: dict[str, float] = {}

    def can_answer(self, message: Message) -> bool:
        """Whether a sentence is for us."""
        said = message.data.get("utterances") or [message.data.get("utterance") or ""]
        return self._goes_on(message) or any(_OURS.search(one) for one in said)

    @fallback_handler(priority=40)
    def answer(self, message: Message) -> bool:
        """Ask the assistant and speak; False where the sentence is for somebody else."""
        heard = str(message.data.get("utterance") or "")
        if not (self._goes_on(message) or _OURS.search(heard)):
            return False
        session = SessionManager.get(message).session_id
        for spoken in self._asked(heard, session):
            self.speak(spoken)
        self._answered[session] = time.monotonic()
        return True

    def _goes_on(self, message: Message) -> bool:
        before = self._answered.get(SessionManager.get(message).session_id)
        return before is not None and time.monotonic() - before < STAYS_SECONDS

    def _asked(self, heard: str, session: str) -> list[str]:
        """The spoken answers; one that says so where the assistant cannot be reached."""
        url = str(self.settings.get("url") or URL).rstrip("/")
        said = {"sender": f"ovos-{session}", "message": heard, "metadata": {"heard": True}}
        body = json.dumps(said).encode()
        kind = {"Content-Type": "application/json"}
        try:
            request = urllib.request.Request(f"{url}/webhooks/rest/webhook", body, kind)
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:
                messages: list[dict[str, Any]] = json.load(answer)
            return [spoken_form(message) for message in messages] or [UNREACHABLE]
        except Exception:  # a person is waiting: anything is better than silence
            return [UNREACHABLE]


def spoken_form(message: dict[str, Any]) -> str:
    """What is said of a message: its form for the ear, which has the guidance."""
    reply = (message.get("custom") or {}).get("reply") or {}
    return str(reply.get("spoken") or re.sub(r"[*_#]", "", str(message.get("text") or "")))
