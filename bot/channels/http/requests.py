"""What a browser may send over the socket, and what it is told when it may not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.gateway.message_metadata import said_of_itself
from bot.knowledge.catalogue import Catalogue
from bot.text.json_types import JsonObject
from bot.text.storable_text import storable

# What a person may write or paste; longer text is taken only if it holds a warning sign.
MOST_CHARACTERS = 20_000
# What a single frame may hold; a longer one ends the connection.
MOST_BYTES = 900_000
MOST_REASON_CHARACTERS = 500
_ID = re.compile(r"[\w-]{8,64}")
_HIGHEST_SEQ = 2**53


class Refused(Exception):
    """Something that is not done.

    Args:
        code: one of docs/widget.md.
        retry_after: in how many seconds to try again.
        text: what the person is told, if not the wording of the code.
    """

    def __init__(self, code: str, retry_after: int = 0, text: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.retry_after = retry_after
        self._text = text

    def told(self, catalogue: Catalogue) -> JsonObject:
        """The code with kind words, and in how many seconds to try again."""
        text = self._text or catalogue.wording(f"web_{self.code}").written
        again = {"retry_after": self.retry_after} if self.retry_after else {}
        return {"code": self.code, "text": text, **again}


@dataclass(frozen=True)
class WebMessage:
    """A person's message. `id` was made by the browser and tells it from all others."""

    id: str
    text: str
    metadata: JsonObject


def read_message(data: Any) -> WebMessage:
    """The message in what a browser sent.

    Raises:
        Refused: bad_request.
    """
    content = _object(data)
    message_id, text = content.get("id"), content.get("text")
    if not isinstance(message_id, str) or not _ID.fullmatch(message_id):
        raise Refused("bad_request")
    if not isinstance(text, str):
        raise Refused("bad_request")
    return WebMessage(message_id, storable(text), said_of_itself(content.get("metadata")))


def read_after(data: Any) -> int:
    """The number after which a browser wants to know more.

    Raises:
        Refused: bad_request.
    """
    return _number(_object(data).get("after", 0))


def read_feedback(data: Any) -> tuple[int, str | None, str]:
    """Number of the answer, "up", "down" or None, and the reason.

    Raises:
        Refused: bad_request or too_large.
    """
    content = _object(data)
    value, reason = content.get("value"), content.get("reason") or ""
    if value not in ("up", "down", None) or not isinstance(reason, str):
        raise Refused("bad_request")
    if len(reason) > MOST_REASON_CHARACTERS:
        raise Refused("too_large")
    return _number(content.get("seq")), value, storable(reason).strip()


def read_token(data: Any) -> Any:
    """The token in what a browser sent; None if there is none."""
    return data.get("token") if isinstance(data, Mapping) else None


def _object(data: Any) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise Refused("bad_request")
    return data


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < _HIGHEST_SEQ:
        raise Refused("bad_request")
    return int(value)
