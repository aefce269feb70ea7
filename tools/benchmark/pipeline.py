"""Trains and asks a Rasa pipeline, by the very graph that Rasa makes of a configuration.

Every component is created, trained, stored and loaded as Rasa's graph says. Only the training data
comes from a list instead of from files, and nothing is packed into an archive.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from rasa.engine.graph import ExecutionContext, GraphSchema, SchemaNode
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.data import TrainingType
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from tools.benchmark.sets import Example

# They read this project's own names and signs, which no public set is about.
OWN_SUBJECT = ("CatalogueTranscript", "SignJudge", "RedFlagGuard")
FALLBACK = "nlu_fallback"


@dataclass(frozen=True)
class Understood:
    """What the pipeline makes of one message.

    Attributes:
        voted: the classifier's best intent.
        confidence: the classifier's probability for it, 0 to 1.
        told: the intent that is acted on: `voted`, or FALLBACK where the classifier is not sure.
        milliseconds: how long it took.
    """

    voted: str
    confidence: float
    told: str
    milliseconds: float


def general_part(config: Path) -> dict[str, Any]:
    """The configuration in `config` without policies and without OWN_SUBJECT."""
    content: dict[str, Any] = yaml.safe_load(config.read_text(encoding="utf-8"))
    content["pipeline"] = [
        entry for entry in content["pipeline"] if _short_name(entry) not in OWN_SUBJECT
    ]
    content.pop("policies", None)
    return content


def component_names(config: Path) -> list[str]:
    """The components that `general_part` keeps, by their short names."""
    return [_short_name(entry) for entry in general_part(config)["pipeline"]]


class TrainedPipeline:
    """A pipeline that has learned from examples."""

    def __init__(self, config: dict[str, Any], examples: Sequence[Example], folder: Path) -> None:
        """Train the pipeline of `config` on `examples`; `folder`, empty, takes what it learns."""
        graph = DefaultV1Recipe().graph_config_for_recipe(
            config, cli_parameters={}, training_type=TrainingType.NLU
        )
        self._storage = LocalModelStorage(folder)
        data = TrainingData([Message({TEXT: e.text, INTENT: e.intent}) for e in examples])
        for name, node in graph.train_schema.nodes.items():
            if node.fn == "train":
                self._component(name, node, graph.train_schema).train(data)
            elif node.fn == "process_training_data":
                data = self._component(name, node, graph.train_schema).process_training_data(data)
        self._components = [
            self._component(name, node, graph.predict_schema)
            for name, node in graph.predict_schema.nodes.items()
            if node.fn == "process"
        ]

    def understand(self, text: str) -> Understood:
        """The intent of `text`."""
        message = Message({TEXT: text})
        start = time.perf_counter()
        for component in self._components:
            component.process([message])
        milliseconds = (time.perf_counter() - start) * 1000
        ranking: list[dict[str, Any]] = message.get("intent_ranking")
        voted = next(intent for intent in ranking if intent["name"] != FALLBACK)
        told = message.get(INTENT)["name"]
        return Understood(str(voted["name"]), float(voted["confidence"]), str(told), milliseconds)

    def _component(self, name: str, node: SchemaNode, schema: GraphSchema) -> Any:
        make = getattr(node.uses, node.constructor_name)
        resource = node.resource or Resource(node.needs.get("resource", name))
        context = ExecutionContext(schema, node_name=name)
        return make(
            config={**node.uses.get_default_config(), **node.config},
            model_storage=self._storage,
            resource=resource,
            execution_context=context,
        )


def _short_name(entry: dict[str, Any]) -> str:
    return str(entry["name"]).rsplit(".", 1)[-1]
