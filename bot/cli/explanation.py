"""What fired on a message, what held it back, and what was said: the real way, watched."""

from __future__ import annotations

import asyncio
import datetime
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from bot.dialogue.resources import Resources
from bot.gateway.gateway import Gateway
from bot.gateway.messages import Incoming, NotReadyError
from bot.runtime import paths
from bot.runtime.assistant import Assistant, Settings
from bot.runtime.training import model_path
from bot.safety.default import default_book
from bot.safety.detector import RedFlagDetector
from bot.safety.screening import Screening

_SENDER = "explain"
_RED = "red_flag_"


@dataclass(frozen=True)
class ModelView:
    """What the trained model thought of the message, before and after the guard.

    Attributes:
        nearness: the probability of each tier, and of being harmless.
        told: how likely the judges hold it that a sign is told; None where they cannot tell.
        intent: the classifier's own first choice.
        confidence: how sure it was of that.
        red_vote: how sure it was of some red flag.
        raised: flag and layer that the guard raised, if any.
    """

    nearness: dict[str, float]
    told: float | None
    intent: str
    confidence: float
    red_vote: float
    raised: tuple[str, str] | None


@dataclass(frozen=True)
class Explanation:
    """Everything that led to the answer to one message.

    `model` is None when no model is trained, or when the message never reached it.
    """

    text: str
    screening: Screening
    trained: bool
    model: ModelView | None
    tier: str | None
    first_line: str
    rules: str
    rules_date: datetime.date

    @property
    def raised(self) -> tuple[str, str] | None:
        """The flag that decided, and the layer that found it."""
        if self.model:
            return self.model.raised
        top = self.screening.top
        return (top.flag_id, top.layer) if top else None


class _Watched(RedFlagDetector):
    """The detector in force, whose newest verdict can be looked at."""

    def __init__(self, inner: RedFlagDetector) -> None:
        self._inner = inner
        self.newest = Screening()

    def screen(self, *args: Any, **settings: Any) -> Screening:
        """Screen, and keep the verdict."""
        self.newest = self._inner.screen(*args, **settings)
        return self.newest


@dataclass
class _Ear:
    """Stands between gateway and Rasa, and keeps the newest message handed on."""

    assistant: Assistant | None
    newest: list[Any] = field(default_factory=list)

    async def handle(self, message: Any) -> None:
        """Hand the message on.

        Raises:
            NotReadyError: no model is trained.
        """
        if self.assistant is None:
            raise NotReadyError
        self.newest = [message]
        await self.assistant(message)


def explain(
    text: str, earlier: Sequence[str] = (), models_folder: Path = paths.MODELS
) -> Explanation:
    """Say `earlier` and then `text` to an assistant of its own, and watch what happens.

    Args:
        models_folder: where a trained model may lie; without one the patterns alone are shown.
    """
    with tempfile.TemporaryDirectory() as state:
        model = model_path(models_folder)
        assistant = None
        if model.is_file():
            assistant = Assistant(Settings(model=model, state_folder=Path(state)))
            assistant.load_now()
        return asyncio.run(_watch(text, earlier, assistant))


async def _watch(text: str, earlier: Sequence[str], assistant: Assistant | None) -> Explanation:
    resources = Resources.load()
    detector, ear = _Watched(resources.detector), _Ear(assistant)
    gateway = Gateway(ear.handle, replace(resources, detector=cast(RedFlagDetector, detector)))
    for message in earlier:
        await gateway.exchange(Incoming(message, _SENDER, "terminal"))
    detector.newest, ear.newest = Screening(), []
    said = await gateway.exchange(Incoming(text, _SENDER, "terminal"))
    tiers = [message.reply.tier.value for message in said if message.reply.tier]
    newest = default_book().changes[0]
    return Explanation(
        text=text.strip(),
        screening=detector.newest,
        trained=assistant is not None,
        model=_view(assistant, ear.newest[0]) if assistant and ear.newest else None,
        tier=tiers[0] if tiers else None,
        first_line=said[0].text.strip().partition("\n")[0],
        rules=default_book().rules,
        rules_date=newest.date,
    )


def _view(assistant: Assistant, message: Any) -> ModelView:
    """Run the pipeline on `message` up to the guard, and once more to its end."""
    from bot.understanding.components.red_flags import RedFlagGuard
    from bot.understanding.components.sign_judge import SIGN_JUDGEMENT

    metadata = assistant.agent.processor.model_metadata
    nodes = metadata.predict_schema.nodes.values()
    before_guard = next(node for node in nodes if node.uses is RedFlagGuard).needs["messages"]
    thought, decided = (
        _run(assistant, message, node) for node in (before_guard, metadata.nlu_target)
    )
    ranking = thought.get("intent_ranking") or []
    intent = thought.get("intent") or {}
    judgement = thought.get(SIGN_JUDGEMENT)
    raised = next((e for e in decided.get("entities") or [] if e["entity"] == "red_flag"), None)
    return ModelView(
        nearness=judgement.near if judgement else {},
        told=judgement.probability if judgement else None,
        intent=str(intent.get("name") or ""),
        confidence=float(intent.get("confidence") or 0.0),
        red_vote=sum(float(r["confidence"]) for r in ranking if r["name"].startswith(_RED)),
        raised=(str(raised["value"]), str(raised["layer"])) if raised else None,
    )


def _run(assistant: Assistant, message: Any, node: str) -> Any:
    """The message as it stands after a step of the pipeline."""
    from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER

    inputs = {PLACEHOLDER_MESSAGE: [message], PLACEHOLDER_TRACKER: None}
    return assistant.agent.processor.graph_runner.run(inputs=inputs, targets=[node])[node][0]
