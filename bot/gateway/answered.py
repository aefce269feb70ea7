"""What the messages of an answer are: whether they warn, doubt, lead to pressing, forget."""

from __future__ import annotations

from bot.answers.pressing import invites, leads_to_pressing, without_invitations
from bot.dialogue.doubts import doubt_of
from bot.dialogue.memory import BESIDE, LIFTING
from bot.messages.answer_key import AnswerKey, Kind
from bot.messages.message import About, Message
from bot.safety.handover import ScreeningSummary

FORGOTTEN = AnswerKey(Kind.SAY, "forgotten")
_FORGET_ASKED = "forget_asked"
_OPEN = "sign_open_today"
_HEARD = "heard_you"
_NO_ANSWER = (
    "action_failed", "slow", "starting", "not_understood", "not_understood_again",
    "not_understood_third",
)  # fmt: skip


def is_forgotten(said: list[Message]) -> bool:
    """Whether it is said that everything is forgotten."""
    return any(message.reply.key == FORGOTTEN for message in said)


def asks_to_forget(key: AnswerKey | None) -> bool:
    """Whether it was asked, last of all, if everything is to be forgotten."""
    return key is not None and key.ends_saying(_FORGET_ASKED)


def is_doubted(said: list[Message], found: ScreeningSummary) -> bool:
    """Whether the engine judged that the sign is none, and said what to do if it is one."""
    return any(message.reply.doubted == doubt_of(found) for message in said)


def rank_of(message: Message) -> int:
    """How serious the sign is that a message warns of; 0 if it warns of none."""
    return message.reply.tier.rank if message.reply.tier else 0


def sign_said(said: list[Message]) -> ScreeningSummary | None:
    """The gravest sign that is warned of, where it is not one of before that is said again."""
    signs = [m for m in said if m.is_red_flag and m.reply.about not in (About.STANDING, About.OPEN)]
    gravest = max(signs, key=rank_of, default=None)
    if gravest is None or gravest.reply.tier is None:
        return None
    is_self_harm = gravest.reply.about is About.SELF_HARM
    return ScreeningSummary("said", gravest.reply.tier, "engine", self_harm=is_self_harm)


def is_about_pressing(message: Message) -> bool:
    """Whether a message leads to pressing; a warning never does."""
    if message.is_red_flag:
        return False
    return leads_to_pressing(message.reply.key) or invites(message.reply.written or "")


def without_pressing(message: Message) -> Message | None:
    """A message without what leads to pressing; None where nothing is left to be said.

    Nobody is told that all is well unless they said that the sign is settled.
    """
    if message.is_red_flag or not (is_about_pressing(message) or message.topic in LIFTING):
        return None if _says_it_is_open(message) else message
    if message.topic in LIFTING or leads_to_pressing(message.reply.key):
        return None
    written = without_invitations(message.reply.written or "")
    spoken = without_invitations(message.reply.advice_spoken)
    return _said_as(message, written, spoken) if written and spoken else None


def with_line(message: Message, written: str, spoken: str) -> Message:
    """An answer with one more line, before its guidance."""
    before = message.reply.written or message.text
    return _said_as(message, f"{before}\n\n{written}", f"{message.reply.advice_spoken} {spoken}")


def is_failure(message: Message) -> bool:
    """Whether a message says that there is no answer."""
    key = message.reply.key
    last = key.parts[-1] if key else None
    return last is not None and last.kind is Kind.SAY and last.about in _NO_ANSWER


def answers_nothing(message: Message) -> bool:
    """Whether a message says no more than that there is no answer, or that it was heard."""
    key = message.reply.key
    return is_failure(message) or (key is not None and key.ends_saying(_HEARD))


def _said_as(message: Message, written: str, spoken: str) -> Message:
    """An answer in other words, with the guidance that it has."""
    line = message.reply.guidance
    text = f"{written}\n\n_{line.written}_" if line else written
    aloud = f"{spoken} {line.spoken}".strip() if line else spoken
    return message.with_text(text).with_reply(written=written, spoken=aloud)


def _says_it_is_open(message: Message) -> bool:
    """Whether an answer only says that a sign is still open, without a name for it."""
    return message.reply.key is not None and message.reply.key.ends_saying(_OPEN)


def answers_alarm(message: Message) -> bool:
    """Whether a message may be said while an alarm stands that the person has not settled."""
    return message.topic in BESIDE or (message.is_red_flag and message.is_emergency)
