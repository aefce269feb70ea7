"""A message of the assistant, from where it is made to where it is written as JSON.

JSON is read and written at the edges alone: where Rasa hands a message over, where one is stored,
where a channel sends it. In between it is this object, which never changes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.knowledge.schema.red_flags import Tier
from bot.messages.answer_key import AnswerKey
from bot.messages.warning_text import WarningText
from bot.text.json_types import JsonObject

REPLY_VERSION = 1


class MessageKind(StrEnum):
    """What a message is: an answer, a word where there is none, or a warning."""

    ANSWER = "answer"
    FAILURE = "failure"
    RED_FLAG = "red_flag"


class About(StrEnum):
    """What a warning is about that does not tell a new sign of the body."""

    SELF_HARM = "self_harm"
    # An alarm that stands is said again.
    STANDING = "standing"
    # Pain of long standing, in its short form.
    KNOWN = "known"
    # A sign to be checked today is said again.
    OPEN = "open"


class _Part(BaseModel):
    """Base of everything a message is made of."""

    model_config = ConfigDict(frozen=True, extra="ignore")


_PartT = TypeVar("_PartT", bound=_Part)


class Button(_Part):
    """Something to tap: what stands on it, and what is said by it."""

    title: str
    payload: str


class GuidanceLine(_Part):
    """The doctor guidance that an answer carries."""

    written: str
    spoken: str = ""


class LocalCall(_Part):
    """Whom to call where the person is: an ISO country code, and the number to dial."""

    country: str
    number: str


class ReplyParts(_Part):
    """What a message holds beside its text, for channels that can do more with it.

    Attributes:
        key: what was answered.
        tier: how fast somebody should look at a sign; set in warnings.
        about: what a warning is about.
        written: the text without its guidance, in light Markdown.
        spoken: plain sentences for the ear, guidance included.
        card: structured content; inside, only what it is about (bot/answers/card_builder.py).
        pace: whether voices say it slowly.
        call: whom to call, where the country is known.
        doubted: the tier of a sign that was judged to be none, or what a message is near to.
        told_on: the day on which a sign was told that is carried into a new conversation.
        id: the same for a reminder that comes twice.
    """

    model_config = ConfigDict(extra="forbid")

    version: int | None = None
    kind: MessageKind | None = None
    key: AnswerKey | None = None
    tier: Tier | None = None
    about: About | None = None
    written: str | None = None
    spoken: str | None = None
    guidance: GuidanceLine | None = None
    card: JsonObject | None = None
    pace: Literal["slow"] | None = None
    call: LocalCall | None = None
    doubted: str | None = None
    told_on: datetime.date | None = None
    id: str | None = None

    @property
    def advice_spoken(self) -> str:
        """What is said, without the guidance."""
        guidance = self.guidance.spoken if self.guidance else ""
        return (self.spoken or "").removesuffix(guidance).strip()


class Custom(_Part):
    """Where Rasa's messages hold what Rasa itself does not know."""

    reply: ReplyParts = ReplyParts()


class Message(_Part):
    """What is said at once: a text, buttons, and the parts of the reply."""

    text: str = ""
    buttons: tuple[Button, ...] = ()
    custom: Custom = Custom()

    @classmethod
    def of(cls, text: str, reply: ReplyParts, buttons: Iterable[Button] = ()) -> Message:
        """A message with these parts."""
        return cls(text=text, buttons=tuple(buttons), custom=Custom(reply=reply))

    @classmethod
    def from_json(cls, given: Any) -> Message:
        """The message that JSON holds. What has the wrong form is left out; this never fails.

        A warning comes without a text, which is made of what its card says.
        """
        given = given if isinstance(given, Mapping) else {}
        text, custom, buttons = given.get("text"), given.get("custom"), given.get("buttons")
        reply = custom.get("reply") if isinstance(custom, Mapping) else None
        offered = [_valid(Button, one) for one in buttons] if isinstance(buttons, list) else []
        parts = parts_from_json(reply)
        text = text if isinstance(text, str) else ""
        if not text and parts.kind is MessageKind.RED_FLAG:
            warning = WarningText.of(parts.card)
            text = warning.markdown() if warning else ""
        return cls.of(text, parts, [button for button in offered if button])

    def to_json(self) -> JsonObject:
        """The message as it is stored and sent; what it does not have is left out."""
        reply = self.reply.model_dump(mode="json", exclude_none=True)
        content: JsonObject = {"text": self.text}
        if self.buttons:
            content["buttons"] = [button.model_dump(mode="json") for button in self.buttons]
        if reply:
            content["custom"] = {"reply": reply}
        return content

    @property
    def reply(self) -> ReplyParts:
        """What it holds beside its text."""
        return self.custom.reply

    @property
    def is_red_flag(self) -> bool:
        """Whether it warns of a sign."""
        return self.reply.kind is MessageKind.RED_FLAG

    @property
    def is_emergency(self) -> bool:
        """Whether it tells of something that must not wait."""
        return self.reply.tier is Tier.EMERGENCY

    @property
    def topic(self) -> str:
        """The intent whose general answer it is; '' for other messages."""
        return self.reply.key.topic if self.reply.key else ""

    def with_reply(self, **parts: Any) -> Message:
        """The message with other parts of the reply; None takes one away."""
        reply = ReplyParts(**{**dict(self.reply), **parts})
        return self.model_copy(update={"custom": Custom(reply=reply)})

    def with_text(self, text: str) -> Message:
        """The message with another text."""
        return self.model_copy(update={"text": text})


def parts_from_json(given: Any) -> ReplyParts:
    """The parts that JSON holds; what has the wrong form is left out."""
    given = given if isinstance(given, Mapping) else {}
    known = {name: given[name] for name in ReplyParts.model_fields if name in given}
    try:
        return ReplyParts.model_validate(known)
    except ValidationError as error:
        wrong = {each["loc"][0] for each in error.errors()}
        return ReplyParts.model_validate({k: v for k, v in known.items() if k not in wrong})


def _valid(kind: type[_PartT], given: Any) -> _PartT | None:
    try:
        return kind.model_validate(given)
    except ValidationError:
        return None
