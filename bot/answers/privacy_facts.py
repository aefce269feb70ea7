"""What is true of a person's data here, told beside the answers that speak of them.

An answer of the facts cannot know how long something is kept, by whom, and how to get a copy: that
differs by installation and by channel. So it is added to what the engine answers.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge.catalogue import Catalogue
from bot.messages.answer_key import AnswerKey, Kind
from bot.messages.message import Message
from bot.privacy.codes import PersonCodes
from bot.privacy.consents import Consents
from bot.privacy.copy_links import MINUTES, CopyLinks
from bot.privacy.quiet_log import log_failure
from bot.privacy.settings import PrivacySettings
from bot.text.phrases import normalised

logger = logging.getLogger(__name__)

_ALEXA = "alexa"
# Who carries the words of a channel, with rules of its own, before they come here.
CARRIERS: Mapping[str, str] = {
    _ALEXA: "Amazon",
    "twilio_voice": "Twilio and the phone company",
    "twilio": "Twilio",
    "telegram": "Telegram",
    "slack": "Slack",
    "facebook": "Meta",
    "webexteams": "Cisco",
    "hangouts": "Google",
    "botframework": "Microsoft",
}
# Channels that show links to this server as they are; elsewhere a link needs our address.
_AT_OUR_ADDRESS = frozenset({"web", "page"})
_SPOKEN = frozenset({_ALEXA, "twilio_voice", "wyoming"})
# Here the welcome stands before the first message, or each sentence may be somebody else's; who
# sits at the machine itself runs it.
_WELCOMED_BEFORE = _AT_OUR_ADDRESS | _SPOKEN | {"terminal"}
_ALLOWS = frozenset({"you may keep it", "yes you may keep it", "keep what i tell you"})
_FORBIDS = frozenset({"do not keep it", "don't keep it", "only for this talk", "only for now"})
_PRIVACY = AnswerKey(Kind.TOPIC, "ask_bot_identity:privacy")
_NOTHING_KNOWN = AnswerKey(Kind.SAY, "about_me_nothing")


@dataclass(frozen=True)
class _Line:
    written: str
    spoken: str


class PrivacyFacts:
    """Adds to messages what is true here.

    Args:
        settings: how data are dealt with.
        codes: makes the codes that persons read out.
        links: makes links to a copy.
        public_url: how people reach this server from outside; None where that is not known.
        consents: who allowed that something is kept; None where nobody is asked.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        settings: PrivacySettings,
        codes: PersonCodes,
        links: CopyLinks,
        public_url: str | None = None,
        consents: Consents | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._settings = settings
        self._codes = codes
        self._links = links
        self._public_url = (public_url or "").rstrip("/")
        self._consents = consents

    def answer_to(self, text: str, channel: str, sender: str) -> str | None:
        """The wording that answers who allows that something is kept, or takes that back.

        Returns:
            Its id; None where a message does neither, or nobody is asked.
        """
        if self._consents is None or channel == _ALEXA:
            return None
        said = normalised(text)
        try:
            if said in _ALLOWS:
                self._consents.give(sender)
                return "consent_given"
            if said in _FORBIDS:
                self._consents.take_back(sender)
        except Exception as error:  # nothing is kept then
            log_failure(logger, "a consent could not be written down", error)
        return "consent_not_given" if said in _ALLOWS | _FORBIDS else None

    def added(
        self, said: list[Message], channel: str, sender: str, is_first: bool
    ) -> list[Message]:
        """What is said, with the facts where it speaks of data, or begins a conversation.

        Args:
            is_first: whether nothing was said in this conversation before.
        """
        try:
            return self._with_facts(said, channel, sender, is_first)
        except Exception as error:  # the answer counts
            log_failure(logger, "what is kept could not be told", error)
            return said

    def _with_facts(
        self, said: list[Message], channel: str, sender: str, is_first: bool
    ) -> list[Message]:
        told = [self._told(message, channel, sender) for message in said]
        is_warned = any(message.is_red_flag for message in said)
        if is_first and told == said and not is_warned and channel not in _WELCOMED_BEFORE:
            told[-1] = _with_lines(told[-1], self._notice(channel, sender))
        return told

    def notice_text(self, channel: str) -> str:
        """The short notice, for a welcome that stands before the first message."""
        return "\n\n".join(line.written for line in self._notice(channel))

    def _notice(self, channel: str, sender: str | None = None) -> list[_Line]:
        asks = self._is_asked(channel, sender)
        question = [self._line("consent_asked", days=self._days())] if asks else []
        time = self._how_long(channel, sender)
        return [self._line("privacy_notice", time=time), *question, *self._own_text()]

    def welcome(self, message: Message, channel: str) -> Message:
        """A channel's welcome with the short notice."""
        try:
            return _with_lines(message, self._notice(channel))
        except Exception as error:  # the welcome counts
            log_failure(logger, "what is kept could not be told", error)
            return message

    def _told(self, message: Message, channel: str, sender: str) -> Message:
        key = message.reply.key
        parts = key.parts if key else ()
        if any(part.kind is Kind.ABOUT_ME or part == _NOTHING_KNOWN for part in parts):
            return _with_lines(
                message, [*self._kept(channel, sender), *self._copy(channel, sender)]
            )
        if _PRIVACY in parts:
            rights = [self._line("privacy_rights")]
            return _with_lines(message, [*self._kept(channel, sender), *rights])
        return message

    def _kept(self, channel: str, sender: str) -> list[_Line]:
        told = [self._line("privacy_kept", time=self._how_long(channel, sender))]
        if self._is_asked(channel, sender):
            told.append(self._line("consent_asked", days=self._days()))
        if channel in CARRIERS:
            told.append(self._line("privacy_carrier", carrier=CARRIERS[channel]))
        return [*told, *self._own_text()]

    def _copy(self, channel: str, sender: str) -> list[_Line]:
        """How the person gets a copy of everything, where something outlasts the session."""
        if channel == _ALEXA:
            return []
        told = []
        base = "" if channel in _AT_OUR_ADDRESS else self._public_url
        if channel not in _SPOKEN and (base or channel in _AT_OUR_ADDRESS):
            address = base + self._links.path_of(sender)
            told.append(self._line("privacy_copy", address=address, minutes=str(MINUTES)))
        code = self._codes.of(sender)
        spelt = ", ".join(code.replace("-", ""))
        return [*told, self._line("privacy_code", code=code, spelt=spelt)]

    def _own_text(self) -> list[_Line]:
        url = self._settings.url
        return [self._line("privacy_own_text", address=url)] if url else []

    def _is_asked(self, channel: str, sender: str | None) -> bool:
        """Whether somebody may still allow that something is kept."""
        if self._consents is None or channel == _ALEXA:
            return False
        return sender is None or self._consents.since(sender) is None

    def _how_long(self, channel: str, sender: str | None) -> _Line:
        is_kept = channel != _ALEXA and not self._is_asked(channel, sender)
        if not is_kept or not self._settings.retention.days:
            return self._line("privacy_session")
        return self._line("privacy_days", days=self._days())

    def _days(self) -> str:
        days = self._settings.retention.days
        return "one day" if days == 1 else f"{days} days"

    def _line(self, wording: str, **gaps: str | _Line) -> _Line:
        """A wording with its gaps filled; who runs the assistant is known everywhere."""
        words = self._catalogue.wording(wording)
        operator = self._settings.operator
        who = operator or "the people who run this assistant"
        written = {n: g.written if isinstance(g, _Line) else g for n, g in gaps.items()}
        spoken = {n: g.spoken if isinstance(g, _Line) else g for n, g in gaps.items()}
        return _Line(
            words.written.format(who=who, **written), words.spoken.format(who=who, **spoken)
        )


def _with_lines(message: Message, lines: Sequence[_Line]) -> Message:
    """The message with lines between its words and its guidance."""
    reply = message.reply
    more = "\n\n".join(line.written for line in lines)
    guidance = f"\n\n_{reply.guidance.written}_" if reply.guidance else ""
    text = message.text.removesuffix(guidance)
    guidance = guidance if text != message.text else ""
    heard = " ".join([reply.advice_spoken, *(line.spoken for line in lines if line.spoken)])
    after = f" {reply.guidance.spoken}" if reply.guidance else ""
    return message.with_text(f"{text}\n\n{more}{guidance}").with_reply(
        written=f"{reply.written}\n\n{more}" if reply.written is not None else None,
        spoken=f"{heard}{after}" if reply.spoken is not None else None,
    )
