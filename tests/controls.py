"""The safety controls of tests/controls.yml, and how a test takes one away.

`python -m tests.controls` writes the hazard log of docs/safety_case.md, and
docs/clinical_safety/controls.md, again.
"""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("controls.yml")
_DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE = _DOCS / "safety_case.md"
REGISTER = _DOCS / "clinical_safety" / "controls.md"
# The risk of a hazard: a row for each likelihood, a column for each severity, mildest first.
LIKELIHOODS = ("very low", "low", "medium", "high", "very high")
_RISKS = {
    "minor": (1, 1, 2, 2, 3),
    "moderate": (1, 2, 2, 3, 4),
    "serious": (2, 3, 3, 4, 5),
    "catastrophic": (3, 4, 4, 5, 5),
}
_BEGIN, _END = "<!-- hazards: written by python -m tests.controls -->", "<!-- end of hazards -->"


@dataclass(frozen=True)
class Hazard:
    """What could hurt somebody. `left` is what remains when all controls work.

    `before` and `after` are how likely the harm is without and with the controls.
    """

    id: str
    name: str
    severity: str
    before: str
    after: str
    owner: str
    causes: str
    left: str


@dataclass(frozen=True)
class Control:
    """What keeps a hazard away, how it is taken away, and the tests that must then fail."""

    id: str
    control: str
    hazards: list[str]
    where: list[str]
    instead: str
    tests: list[str]
    given: Any = None
    in_suite: bool = False


_CONTENT = yaml.safe_load(FILE.read_text(encoding="utf-8"))
SEVERITIES: dict[str, str] = _CONTENT["severities"]
HAZARDS = [Hazard(**entry) for entry in _CONTENT["hazards"]]
CONTROLS = [Control(**entry) for entry in _CONTENT["controls"]]


def owner_and_name(place: str) -> tuple[Any, str]:
    """The module or class that holds `place`, and the name it has there.

    Raises:
        AttributeError: it is not there (any more).
    """
    module, _, path = place.partition(":")
    *owners, name = path.split(".")
    owner = importlib.import_module(module)
    for part in owners:
        owner = getattr(owner, part)
    inspect.getattr_static(owner, name)
    return owner, name


@contextmanager
def without(control: Control) -> Iterator[None]:
    """Take a control away for a while."""
    replaced: list[tuple[Any, str, Any]] = []
    try:
        for place in control.where:
            owner, name = owner_and_name(place)
            original = inspect.getattr_static(owner, name)
            replaced.append((owner, name, original))
            setattr(owner, name, INSTEAD[control.instead](original, control.given))
        _forget()
        yield
    finally:
        for owner, name, original in replaced:
            setattr(owner, name, original)
        _forget()


def _forget() -> None:
    """Empty what is made once in a process, so that nothing of before is used."""
    for place in (
        "bot.safety.default:default_detector",
        "bot.knowledge.emergency_numbers:default_numbers",
        "bot.knowledge.catalogue:_load",
        "bot.understanding.mentions.finder:default_finder",
    ):
        owner, name = owner_and_name(place)
        getattr(owner, name).cache_clear()


# What stands in the place of a control: a function of the original and of `given`.
INSTEAD: dict[str, Callable[[Any, Any], Any]] = {
    "nothing": lambda original, given: lambda *_, **__: None,
    "always": lambda original, given: lambda *_, **__: True,
    "never": lambda original, given: lambda *_, **__: False,
    "never_so": lambda original, given: property(lambda self: False),
    "no_items": lambda original, given: lambda *_, **__: [],
    "empty_set": lambda original, given: frozenset(),
    "always_the_same": lambda original, given: lambda *_, **__: "the same",
    "first_argument": lambda original, given: lambda self, first, *_, **__: first,
}


def _instead(make: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    INSTEAD[make.__name__] = make
    return make


@_instead
def pressing_as_it_was(original: Any, given: Any) -> Any:
    return lambda said, *_: said


@_instead
def words_as_they_were(original: Any, given: Any) -> Any:
    return lambda text: text


@_instead
def channel_and_number(original: Any, given: Any) -> Any:
    return lambda self, channel, known_as: f"{channel}-{known_as}"


@_instead
def answers_past_the_gateway(original: Any, given: Any) -> Any:
    async def receive(self: Any, message: Any) -> None:
        await self._gateway._engine._handler(message)

    return receive


@_instead
def forgets_texts(original: Any, given: Any) -> Any:
    def add(self: Any, text: str, *more: Any) -> None:
        original(self, text, *more)
        self.texts.clear()

    return add


@_instead
def lets_alarms_go(original: Any, given: Any) -> Any:
    return lambda said, found, alarm: original(said, found, None)


@_instead
def knows_nothing_told(original: Any, given: Any) -> Any:
    from bot.reminders.situation import Situation

    return lambda self, kind, occurrence, _, now: original(self, kind, occurrence, Situation(), now)


@_instead
def says_it_as_it_is(original: Any, given: Any) -> Any:
    async def prepare_announcement(self: Any, sender: str, message: Any) -> Any:
        return message

    return prepare_announcement


@_instead
def remembers_nothing_stored(original: Any, given: Any) -> Any:
    async def recalled(self: Any, sender: str, memory: Any) -> Any:
        return memory

    return recalled


@_instead
def completes_no_red_flag(original: Any, given: Any) -> Any:
    return lambda said, found, alarm: original(said, None, alarm)


@_instead
def reads_the_beginning(original: Any, given: Any) -> Any:
    return lambda self, text, *more, **named: original(self, text[:2000], *more, **named)


@_instead
def at_once(original: Any, given: Any) -> Any:
    async def screened_at_once(*given_to: Any) -> Any:
        from bot.gateway.long_texts import screened

        return screened(*given_to)

    return screened_at_once


@_instead
def this_number(original: Any, given: Any) -> Any:
    return given


@_instead
def of_its_beginning(original: Any, given: Any) -> Any:
    return lambda detector, text, told: original(detector, text[:100_000], told)


@_instead
def was_not_asked(original: Any, given: Any) -> Any:
    return lambda self, text, earlier=(), *more, **named: original(self, text, earlier)


@_instead
def upside_down(original: Any, given: Any) -> Any:
    return lambda finding: tuple(-int(part) for part in original(finding))


@_instead
def no_course(original: Any, given: Any) -> Any:
    from bot.safety.pain.durations import Course

    return lambda *_, **__: Course()


@_instead
def card_for_anybody(original: Any, given: Any) -> Any:
    return lambda self, point: {"type": "point", "code": point.code}


@_instead
def believes_any_token(original: Any, given: Any) -> Any:
    import jwt

    from bot.channels.web.tokens import Session

    def session(self: Any, token: str, late: bool = False) -> Session:
        claims = jwt.decode(token, options={"verify_signature": False})
        return Session(claims["sub"], f"web-{claims['sub']}")

    return session


@_instead
def without_guidance(original: Any, given: Any) -> Any:
    def finish(reply: Any, *more: Any, **named: Any) -> Any:
        return original(reply, *more, **named).with_text(reply.written)

    return finish


@_instead
def cut_at_blank_lines(original: Any, given: Any) -> Any:
    from rasa.core.channels.channel import OutputChannel

    return OutputChannel.send_response


@_instead
def lets_it_fail(original: Any, given: Any) -> Any:
    def fail(logger: Any, what: str, error: BaseException) -> None:
        raise error

    return fail


@_instead
def says_only_what_came(original: Any, given: Any) -> Any:
    async def ask(self: Any, *more: Any) -> Any:
        answered = await original(self, *more)
        return replace(answered, said=[m for m in answered.said if m.reply.kind != "failure"])

    return ask


@_instead
def waits_for_ever(original: Any, given: Any) -> Any:
    async def wait_for(awaitable: Any, timeout: Any = None) -> Any:
        return await awaitable

    return wait_for


@_instead
def any_command(original: Any, given: Any) -> Any:
    class Commands:
        def __contains__(self, text: str) -> bool:
            return text.startswith("/")

    return Commands


@_instead
def only_what_is_said_now(original: Any, given: Any) -> Any:
    return property(lambda self: [condition.id for condition in self.conditions("declared")])


@_instead
def forgets_conditions(original: Any, given: Any) -> Any:
    def from_ids(cls: Any, ids: Any, catalogue: Any) -> Any:
        return original.__func__(cls, [i for i in ids if i not in given], catalogue)

    return classmethod(from_ids)


@_instead
def knows_no_words(original: Any, given: Any) -> Any:
    class NoWords:
        def __contains__(self, word: str) -> bool:
            return False

        def __getattr__(self, name: str) -> Any:
            return getattr(original(), name)

    return NoWords


@_instead
def does_nothing(original: Any, given: Any) -> Any:
    async def nothing(*_: Any, **__: Any) -> None:
        return None

    return nothing


@_instead
def settled_by_anything(original: Any, given: Any) -> Any:
    from bot.knowledge.settling import Meaning
    from bot.safety.settling import Settled

    def settled(self: Any, text: str) -> Settled | None:
        standing = self.standing
        return Settled(Meaning.MISUNDERSTOOD, frozenset({standing})) if standing else None

    return settled


@_instead
def always_kept(original: Any, given: Any) -> Any:
    async def kept(self: Any, sender: str, memory: Any) -> bool:
        return True

    return kept


@_instead
def always_so_late(original: Any, given: Any) -> Any:
    async def so(*_: Any) -> bool:
        return True

    return so


@_instead
def its_own_answer(original: Any, given: Any) -> Any:
    return lambda self, said: said


@_instead
def refuses_everybody(original: Any, given: Any) -> Any:
    async def refused(self: Any, incoming: Any) -> Any:
        return [self.sentence("crowded")]

    return refused


@_instead
def says_it_unchanged(original: Any, given: Any) -> Any:
    return lambda reply, *given_to: reply


@_instead
def always_true(original: Any, given: Any) -> Any:
    return lambda *given_to: True


@_instead
def none_ever(original: Any, given: Any) -> Any:
    return lambda self, *given_to: 0


@_instead
def never_found(original: Any, given: Any) -> Any:
    return re.compile(r"(?!)")


@_instead
def holds_nothing_open(original: Any, given: Any) -> Any:
    return lambda self, today: False


@_instead
def always_so(original: Any, given: Any) -> Any:
    return property(lambda self: True)


@_instead
def counts_ones_own_alone(original: Any, given: Any) -> Any:
    return lambda self, told: told.who == (self.asks_for or "")


@_instead
def any_picture(original: Any, given: Any) -> Any:
    return lambda self, name, location: self._pairs.get(name)


@_instead
def pictures_without_words(original: Any, given: Any) -> Any:
    return lambda drawn, alt: original(drawn, "A drawing.")


@_instead
def pictures_of_one_skin(original: Any, given: Any) -> Any:
    def picture(drawn: Any, alt: str) -> Any:
        shown = original(drawn, alt)
        return shown.model_copy(update={"tones": {"light": shown.tones["light"]}})

    return picture


@_instead
def pressing_card_for_anybody(original: Any, given: Any) -> Any:
    def card(self: Any, brief: Any) -> Any:
        return original(self, {name: part for name, part in brief.items() if name != "withheld"})

    return card


@_instead
def heard_without_guidance(original: Any, given: Any) -> Any:
    def finish(reply: Any, *more: Any, **named: Any) -> Any:
        return original(reply, *more, **named).with_reply(spoken=reply.spoken)

    return finish


@_instead
def in_the_order_they_came(original: Any, given: Any) -> Any:
    from bot.channels.spoken import speech

    return lambda messages: [speech._speech(message) for message in messages]


@_instead
def the_household(original: Any, given: Any) -> Any:
    return lambda self, conversation: self._household


@_instead
def says_it_once(original: Any, given: Any) -> Any:
    def say(self: Any, call: Any, said: Any) -> None:
        for one in said:
            self._say_one(call, one)

    return say


@_instead
def whatever_number(original: Any, given: Any) -> Any:
    return lambda form: form.get("From") or ""


@_instead
def just_that_it_is_time(original: Any, given: Any) -> Any:
    return lambda self, reminder: "It is time."


@_instead
def believes_every_word(original: Any, given: Any) -> Any:
    def judged(written: Any, choice: Any, prompt: str = "") -> Any:
        from bot.voice.hearing import Clarity, Transcription

        return Transcription(choice.text if choice else "", Clarity.CLEAR)

    return judged


@_instead
def takes_every_name(original: Any, given: Any) -> Any:
    def with_name(self: Any, choice: Any, named: Any) -> Any:
        return replace(choice, text=named.text) if named else choice

    return with_name


@_instead
def nothing_unless_clear(original: Any, given: Any) -> Any:
    from bot.voice.hearing import Clarity

    return property(lambda self: self.clarity is not Clarity.CLEAR)


@_instead
def begins_with_nothing(original: Any, given: Any) -> Any:
    async def restart(self: Any, sender: str) -> None:
        await self._conversations.begin_anew(sender)

    return restart


def risk_of(severity: str, likelihood: str) -> int:
    """The risk, from 1 to 5, of a harm of a severity and a likelihood."""
    return _RISKS[severity][LIKELIHOODS.index(likelihood)]


def hazard_log() -> str:
    """The hazards of docs/safety_case.md: a row each, in the order of the register."""
    heads = ("hazard", "severity", "likelihood and risk without controls", "with them", "controls",
             "owner of what remains")  # fmt: skip
    lines = [_BEGIN, "", f"| {' | '.join(heads)} |", "| --- " * len(heads) + "|"]
    for number, hazard in enumerate(HAZARDS, 1):
        count = sum(hazard.id in control.hazards for control in CONTROLS)
        risks = [f"{how}, {risk_of(hazard.severity, how)}" for how in (hazard.before, hazard.after)]
        lines.append(
            f"| {number}. {hazard.name} | {hazard.severity} | {' | '.join(risks)} "
            f"| {count} | {hazard.owner} |"
        )
    lines += ["", "| risk | " + " | ".join(LIKELIHOODS) + " |", "| --- " * 6 + "|"]
    lines += [f"| {name} | {' | '.join(map(str, row))} |" for name, row in _RISKS.items()]
    return "\n".join([*lines, "", _END])


def register() -> str:
    """docs/clinical_safety/controls.md: every hazard with its controls and their tests."""
    lines = [
        "# Register of hazards and controls", "",
        "Written by `python -m tests.controls` from `tests/controls.yml`; the",
        "[safety case](../safety_case.md) sums it up. Severity is that of the worst that can be",
        "expected to happen to somebody:", "",
    ]  # fmt: skip
    lines += [f"- **{name}**: {meaning}." for name, meaning in SEVERITIES.items()]
    for number, hazard in enumerate(HAZARDS, 1):
        before = risk_of(hazard.severity, hazard.before)
        after = risk_of(hazard.severity, hazard.after)
        lines += ["", f"## {number}. {hazard.name}", ""]
        lines += [f"**Severity:** {hazard.severity}. **Risk:** {before} without controls, "
                  f"{after} with them. **Owner:** {hazard.owner}.", ""]  # fmt: skip
        lines += [f"**Causes:** {hazard.causes}", ""]
        own = [control for control in CONTROLS if hazard.id in control.hazards]
        if own:
            lines += ["| control | fails without it |", "| --- | --- |"]
            lines += [f"| {c.control} | {'; '.join(_told(c.tests))} |" for c in own]
            lines += [""]
        lines += [f"**What remains:** {hazard.left}"]
    return "\n".join(lines) + "\n"


def _told(tests: list[str]) -> list[str]:
    """The tests by name, with the examples meant in brackets."""
    examples: dict[str, list[str]] = {}
    for test in tests:
        name, _, example = test.partition("::")[2].partition("[")
        examples.setdefault(name, []).extend([example.rstrip("]")] if example else [])
    return [
        f"`{name}`" + (f" ({', '.join(map(_plain, given))})" if given else "")
        for name, given in examples.items()
    ]


def _plain(example: str) -> str:
    return example.replace("_", " ")


def page_with_hazards(page: str) -> str:
    """`page` with its hazards written again."""
    before, rest = page.split(_BEGIN)
    return before + hazard_log() + rest.split(_END)[1]


if __name__ == "__main__":
    PAGE.write_text(page_with_hazards(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    REGISTER.write_text(register(), encoding="utf-8")
