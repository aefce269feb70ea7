"""Rasa component: a red flag overrules the intent. Two findings count, in this order.

1. The patterns'. The channel layer has usually screened the message already, with the earlier
   messages of the conversation, and hands its finding over in the message's metadata. What they
   find is an alarm, unless the judges (sign_judge.py) hold a sign for most unlikely. Then the
   question is answered, and a line beside the answer says what to do if the sign is the person's
   own after all. Never doubted are signs that only earlier messages complete, and words that a
   recogniser wrote, which may have been said of somebody else.
2. The judges', for what the patterns do not know, and for what they take for pain that lasts when
   there is more to it. Where it is not enough for an alarm, and not little either, the same line is
   said beside the answer, unless the patterns saw a sign and held it back (denied, over, somebody
   else's, only asked about). The milder two kinds need _NEAR_MILD.

The classifier's vote alone raises nothing: it is sure of a red flag in almost any talk between
doctor and patient. Where it votes so in vain, its next best counts.

While an emergency message stands (the gateway says so), anything but a new emergency, or words
that lift it, gets its message again. The milder kinds are told beside the answer, if one was asked.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.answers.safety_messages import WHY_UNKNOWN
from bot.dialogue.doubts import (
    DOUBTED_ENTITY,
    DOUBTED_TIERS,
    NEAR_EMERGENCY,
    NEAR_URGENT,
    doubt_of,
)
from bot.knowledge.schema.red_flags import Tier
from bot.knowledge.settling import BUTTON_INTENTS, SETTLED_ENTITY, Meaning, Standing
from bot.safety.called import default_names
from bot.safety.default import default_book
from bot.safety.handover import (
    AGAIN_KEY,
    ALARM_KEY,
    HEARD_KEY,
    JUDGES,
    METADATA_KEY,
    MILD_KEY,
    NOTES_KEY,
    SETTLED_KEY,
    STANDING_KEY,
    ScreeningSummary,
    summary_of,
)
from bot.safety.pain.durations import says_worse
from bot.safety.settling import default_settling
from bot.understanding.components.sign_judge import SIGN_JUDGEMENT, own_words, seen_alone
from bot.understanding.encoders.sign_reader import MILD
from bot.understanding.learning.judges import Judgement
from bot.understanding.learning.nearness import RED

# What no pattern knows is an alarm from TOLD on; from TOLD_DOUBTED on where the patterns hold it
# back, the message is near to no example of a sign, or its few words tell too little; from
# TOLD_ALONE on where the intent classifier, too, sees little of one. Misheard words are further
# from the sign that was said, and can be asked about. What a pattern found is doubted below DOUBT
# only, and thoughts of self-harm only where next to nothing speaks for them.
TOLD, TOLD_DOUBTED, TOLD_ALONE, TOLD_HEARD = 0.5, 0.75, 0.9, 0.3
_LITTLE, _NOT_NEAR, _FEW_WORDS = 0.3, 0.05, 6
DOUBT, DOUBT_DESPAIR = 0.2, 0.08
# The line with an answer is said from GREY on, where it is near to an example at all.
GREY = 0.2
# In another language than English only nearness judges.
NEAR_FOREIGN = 0.62
_NEAR_MILD = 0.85
_EMERGENCIES = ("red_flag_emergency", "red_flag_self_harm")
_STANDING = {"emergency": "red_flag_standing", "self_harm": "red_flag_standing_self_harm"}
# These settle a sign only where the words do (bot/safety/settling.py).
_DENIAL = "deny_red_flags"
_SETTLING = (_DENIAL, "been_checked")
_BESIDE = ("help_is_coming",)
# More pain is no relief, whatever the classifier makes of it.
_RELIEF, _NO_RELIEF = "report_improvement", "report_no_relief"
_SURE_LIFT = 0.4
# These answer an alarm; where none stands, they are seldom meant.
_AFTER_ALARM = ("been_checked", "help_is_coming")
_SURE_ALONE = 0.8
_UNDERSTOOD = 0.35
_HEARD = 0.1
_SURE_OF_THE_REST = 0.5
_ASKS_NOTHING = ("report_pain", "declare_condition", "report_no_relief", "out_of_scope", "affirm",
                 "deny")  # fmt: skip
_PAIN = "report_pain"
_NAMED = ("point", "area", "tool")
_PATTERN = "pattern"
_RANKING = "intent_ranking"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class RedFlagGuard(GraphComponent):
    """Sets the intent to red_flag_... where the detector, or nearness to known signs, says so."""

    def __init__(self) -> None:
        self._settling = default_settling()
        self._rules = default_book().rules

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> RedFlagGuard:
        """Make the component; it learns nothing."""
        return cls()

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """No settings."""
        return {}

    def process(self, messages: list[Message]) -> list[Message]:
        """Overrule the intent of each message where needed."""
        for message in messages:
            if message.get(TEXT):
                self._guard(message)
        return messages

    def _guard(self, message: Message) -> None:
        metadata = message.get("metadata") or {}
        _mark(message, _notes(metadata.get(NOTES_KEY) or {}))
        given = metadata.get(METADATA_KEY)
        found = (
            summary_of(seen_alone(message)) if given is None else ScreeningSummary.from_json(given)
        )
        standing = _standing(metadata)
        settles = self._settles(message, metadata)
        if settles and self._tells_anew(message):
            settles = None
        meant = settles or (None if standing else self._meaning(message))
        if meant:
            _mark(message, [{"entity": SETTLED_ENTITY, "value": meant.value}])
        alarm = metadata.get(ALARM_KEY)
        doubted, called = None, ""
        if found and not alarm and self._is_doubted(message, found):
            called = default_names().of_flag(found.flag)
            doubted, found = doubt_of(found), None
        elif (not found or found.tier.value in MILD) and not settles:
            but_mild = bool(found or metadata.get(MILD_KEY))
            found = self._found_near(message, but_mild) or found
            doubted = None if found or alarm else self._in_doubt(message)
        if doubted:
            _mark(message, [{"entity": DOUBTED_ENTITY, "value": doubted, "called": called}])
        if settles:
            self._set_intent(message, BUTTON_INTENTS[settles])
        elif _intent(message) in _SETTLING and (standing or not self._denies(message)):
            self._next_best(message, _SETTLING, "nlu_fallback")
        elif self._tells_of_no_help(message) or (not standing and self._is_seldom_meant(message)):
            self._next_best(message, _AFTER_ALARM, "nlu_fallback")
        elif _intent(message) == _RELIEF and says_worse(own_words(message)):
            self._set_intent(message, _NO_RELIEF)
        if found and (found.known or (found.tier.value in MILD and not alarm)):
            self._add_short_form(message, found)
        elif found and (found.is_emergency or not alarm):
            self._overrule(message, _intent_of(found), found)
        elif _intent(message).startswith(RED):
            self._next_best(message, fallback="nlu_fallback" if doubted else _PAIN)
        elif metadata.get(AGAIN_KEY) and self._only_tells(message):
            self._set_intent(message, _PAIN)
        if alarm and not settles and not self._goes_beside(message):
            self._set_intent(message, _STANDING[alarm])

    def _meaning(self, message: Message) -> Meaning | None:
        """What the words alone say of a sign that may have been told."""
        settled = self._settling.read(own_words(message))
        return settled.means if settled else None

    def _settles(self, message: Message, metadata: dict[str, Any]) -> Meaning | None:
        """Why the message settles what stands: as the gateway read it, or by its words."""
        if SETTLED_KEY in metadata:
            return Meaning(metadata[SETTLED_KEY]) if metadata[SETTLED_KEY] else None
        settled = self._settling.read(own_words(message))
        standing = _standing(metadata)
        return settled.means if settled and standing in settled.settles else None

    @staticmethod
    def _tells_anew(message: Message) -> bool:
        """Whether words that would settle a sign tell of one: 'I was checked, but now I'm wet'."""
        judgement: Judgement | None = message.get(SIGN_JUDGEMENT)
        return judgement is not None and (judgement.probability or 0) >= TOLD_DOUBTED

    def _found_near(self, message: Message, but_mild: bool) -> ScreeningSummary | None:
        near = self._near(message)
        if near is None or (but_mild and near in MILD):
            return None
        return ScreeningSummary(
            flag=f"{RED}{near}",
            tier=Tier.EMERGENCY if near == "self_harm" else Tier(near),
            layer=JUDGES,
            why=WHY_UNKNOWN,
            self_harm=near == "self_harm",
            rules=self._rules,
        )

    def _denies(self, message: Message) -> bool:
        """Whether a denial denies anything, and who was checked says so."""
        words = own_words(message)
        if _intent(message) == _DENIAL:
            return self._settling.denies(words)
        return self._meaning(message) is Meaning.CHECKED

    def _tells_of_no_help(self, message: Message) -> bool:
        """Whether help is taken for called by the model, and by the words it is not."""
        words = own_words(message)
        return _intent(message) in _BESIDE and not self._settling.tells_of_help(words)

    def _is_doubted(self, message: Message, found: ScreeningSummary) -> bool:
        """Whether what the patterns found is most likely no sign of anybody here and now."""
        if found.tier.value not in DOUBTED_TIERS or found.layer != _PATTERN:
            return False
        if _is_heard(message):
            return False
        judgement: Judgement | None = message.get(SIGN_JUDGEMENT)
        if judgement is None or judgement.probability is None:
            return False
        if judgement.probability >= (DOUBT_DESPAIR if found.self_harm else DOUBT):
            return False
        alone = seen_alone(message)
        return alone.tier is not None and alone.tier.rank >= found.tier.rank

    def _in_doubt(self, message: Message) -> str | None:
        """The kind of line for what may be a sign, but is not near enough to one for an alarm."""
        judgement: Judgement | None = message.get(SIGN_JUDGEMENT)
        if judgement is None or judgement.probability is None:
            return None
        if judgement.probability < GREY or judgement.alarming < _NOT_NEAR:
            return None
        if seen_alone(message).held_back:
            return None
        return NEAR_URGENT if judgement.kind == "urgent" else NEAR_EMERGENCY

    def _add_short_form(self, message: Message, found: ScreeningSummary) -> None:
        """What was asked is answered; gateway or actions put the short form before it."""
        if _intent(message).startswith(RED):
            self._next_best(message)
        elif _intent(message) == "nlu_fallback" and _is_asked(message) and not found.known:
            self._set_intent(message, _PAIN)
        if _asks_nothing(message):
            self._set_intent(message, "red_flag_known" if found.known else _intent_of(found))
        _mark(message, _marks(found))

    @staticmethod
    def _only_tells(message: Message) -> bool:
        """Whether few words tell of pain, or what is asked beside it is not understood."""
        is_brief = len(own_words(message).split()) <= _FEW_WORDS
        return _intent(message) == "nlu_fallback" if _is_asked(message) else is_brief

    @staticmethod
    def _is_seldom_meant(message: Message) -> bool:
        """Whether an answer to an alarm is guessed where none stands."""
        intent = message.get(INTENT) or {}
        return intent.get("name") in _AFTER_ALARM and float(intent["confidence"]) < _SURE_ALONE

    @staticmethod
    def _goes_beside(message: Message) -> bool:
        """Whether the message is a new emergency, or may be answered while an alarm stands."""
        intent = message.get(INTENT) or {}
        is_sure = float(intent.get("confidence") or 0) >= _SURE_LIFT
        return intent.get("name") in _EMERGENCIES or (intent.get("name") in _BESIDE and is_sure)

    def _near(self, message: Message) -> str | None:
        """The kind of red flag that the judges raise, if any."""
        judgement: Judgement | None = message.get(SIGN_JUDGEMENT)
        if judgement is None:
            return None
        near, held_back = judgement.near, seen_alone(message).held_back
        if judgement.probability is None:
            if judgement.alarming >= NEAR_FOREIGN and not held_back:
                return judgement.kind
        elif judgement.probability >= _enough(message, judgement):
            return judgement.kind
        if held_back or sum(near.get(kind, 0.0) for kind in MILD) < _NEAR_MILD:
            return None
        return max(MILD, key=lambda kind: near.get(kind, 0.0))

    def _overrule(self, message: Message, intent: str, found: ScreeningSummary) -> None:
        self._set_intent(message, intent)
        _mark(message, _marks(found))

    def _set_intent(self, message: Message, intent: str) -> None:
        ranked = [r for r in message.get(_RANKING) or [] if r["name"] != intent]
        verdict = {"name": intent, "confidence": 1.0}
        message.set(INTENT, verdict, add_to_output=True)
        message.set(_RANKING, [verdict, *ranked], add_to_output=True)

    def _next_best(
        self, message: Message, but: tuple[str, ...] = (), fallback: str = _PAIN
    ) -> None:
        """The best intent that is neither red flag nor among `but`, if it is understood at all.

        What sounds like a sign, is none, and is nothing else either, is met as a complaint: with
        questions, and with the signs to watch for. Nobody who denies nothing is told that it is
        good to hear.
        """
        if not self._settling.denies(own_words(message)):
            but = (*but, _DENIAL)
        others = [
            ranked
            for ranked in message.get(_RANKING) or []
            if not ranked["name"].startswith(RED) and ranked["name"] not in but
        ]
        if others and self._is_understood(others[0], message):
            message.set(INTENT, others[0], add_to_output=True)
        else:
            self._set_intent(message, fallback)

    @staticmethod
    def _is_understood(best: dict[str, Any], message: Message) -> bool:
        """Whether an intent is sure, or is as good as sure once it is no red flag."""
        sure = float(best["confidence"])
        rest = 1 - _votes(message)
        return sure >= _UNDERSTOOD or (sure >= _HEARD and sure >= _SURE_OF_THE_REST * rest)


def _votes(message: Message) -> float:
    """How sure the intent classifier is of some red flag."""
    ranking = message.get(_RANKING) or []
    return float(sum(r["confidence"] for r in ranking if r["name"].startswith(RED)))


def _enough(message: Message, judgement: Judgement) -> float:
    """How likely a sign must be where no pattern knows it."""
    if _is_heard(message):
        return TOLD_HEARD
    if _votes(message) < _LITTLE and judgement.alarming < _LITTLE:
        return TOLD_ALONE
    is_doubtful = (
        judgement.alarming < _NOT_NEAR
        or seen_alone(message).held_back
        or len(own_words(message).split()) <= _FEW_WORDS
    )
    return TOLD_DOUBTED if is_doubtful else TOLD


def _is_heard(message: Message) -> bool:
    """Whether a recogniser wrote the words."""
    return bool((message.get("metadata") or {}).get(HEARD_KEY))


def _standing(metadata: dict[str, Any]) -> Standing | None:
    """What stands open in the conversation, as the gateway knows it."""
    if metadata.get(ALARM_KEY):
        return Standing(metadata[ALARM_KEY])
    return Standing.URGENT if metadata.get(STANDING_KEY) else None


def _intent(message: Message) -> str:
    return str((message.get(INTENT) or {}).get("name") or "")


def _is_asked(message: Message) -> bool:
    return str(message.get(TEXT)).rstrip().endswith("?")


def _asks_nothing(message: Message) -> bool:
    """Whether there is no question to answer; what was not understood may still name a place."""
    intent = _intent(message)
    if _is_asked(message) and not intent.startswith(RED):
        return False
    if intent == "nlu_fallback":
        return not any(e["entity"] in _NAMED for e in message.get(ENTITIES) or [])
    return intent in _ASKS_NOTHING or intent.startswith(RED)


def _intent_of(found: ScreeningSummary) -> str:
    return f"{RED}{'self_harm' if found.self_harm else found.tier.value}"


def _marks(found: ScreeningSummary) -> list[dict[str, Any]]:
    """What is recorded of a red flag: never the person's words."""
    told = {"tier": found.tier.value, "layer": found.layer, "rules": found.rules}
    return [
        {"entity": "red_flag", "value": found.flag, **told},
        {"entity": "red_flag_why", "value": found.why},
    ]


def _notes(notes: dict[str, Any]) -> list[dict[str, Any]]:
    """The gateway's notes, which become slots."""
    return [{"entity": name, "value": notes[name]} for name in ("country", "pain") if name in notes]


def _mark(message: Message, marks: list[dict[str, Any]]) -> None:
    if marks:
        end = len(message.get(TEXT))
        placed = [{**m, "start": 0, "end": end, "extractor": "RedFlagGuard"} for m in marks]
        entities = [*(message.get(ENTITIES) or []), *placed]
        message.set(ENTITIES, entities, add_to_output=True)
