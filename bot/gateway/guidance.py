"""The fourth step: no answer is without guidance."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.general import GeneralAnswers
from bot.answers.reply import finish
from bot.knowledge.catalogue import Catalogue
from bot.messages.message import GuidanceLine, Message
from bot.text.markdown import strip_markdown


class Guidance:
    """Knows the guidance that answers carry."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def ensured(self, said: list[Message]) -> list[Message]:
        """What is said, each message with guidance. A red flag is guidance."""
        return [message if _is_guided(message) else self._guided(message) for message in said]

    def sentence(self, wording: str) -> Message:
        """A wording of data/guidance.yml as a message, guidance included."""
        return finish(GeneralAnswers(self._catalogue).say(wording), self._catalogue)

    def led_by(self, said: list[Message], others: Sequence[str]) -> list[Message]:
        """What is said to who turns to themselves, led by what still holds for somebody else.

        Args:
            said: the answer.
            others: who has a sign that is not settled: 'your mother'; nobody where there is none.
        """
        if not others or not said or any(message.is_red_flag for message in said):
            return said
        line, who = self._catalogue.wording("others_sign_stands"), " and ".join(others)
        first, reply = said[0], said[0].reply
        written, spoken = line.written.format(who=who), line.spoken.format(who=who)
        led = first.with_text(f"{written}\n\n{first.text}").with_reply(
            written=f"{written}\n\n{reply.written or ''}".strip(),
            spoken=f"{spoken} {reply.spoken or ''}".strip(),
        )
        return [led, *said[1:]]

    def _guided(self, message: Message) -> Message:
        line = self._catalogue.guidance("general")
        spoken = message.reply.spoken or strip_markdown(message.text)
        return message.with_text(f"{message.text}\n\n_{line.written}_".strip()).with_reply(
            spoken=f"{spoken} {line.spoken[0]}".strip(),
            guidance=GuidanceLine(written=line.written, spoken=line.spoken[0]),
        )


def _is_guided(message: Message) -> bool:
    guidance = message.reply.guidance
    return message.is_red_flag or bool(guidance and (guidance.written or guidance.spoken))
