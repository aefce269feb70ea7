"""Rasa component: its LogisticRegressionClassifier, taught and asked without a detour.

scikit-learn checks and copies a large sparse matrix for every message. The few numbers that are not
zero, times their rows of weights, come to the same; and so does learning from the two kinds of
features apart (bot/understanding/learning/split_regression.py).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, vstack

from bot.understanding.learning.split_regression import SplitFeatures, fit

_RANKING = "intent_ranking"
_FILE = "intents.npz"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class QuickLogisticRegression(LogisticRegressionClassifier):  # type: ignore[misc]
    """Learns what Rasa's own learns, and gives the same probabilities, in less time."""

    _rows: npt.NDArray[np.float64] | None = None

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples. With two intents only, Rasa's own way is taken."""
        examples = [m for m in training_data.intent_examples if m.get(INTENT) and m.get(TEXT)]
        names, labels, counts = np.unique(
            [m.get(INTENT) for m in examples], return_inverse=True, return_counts=True
        )
        if len(names) < 3:
            return super().train(training_data)
        balanced = len(labels) / (len(names) * counts[labels])
        config = self.config
        fitted = fit(
            _features_of(examples), labels, balanced, 1.0, config["max_iter"], config["tol"]
        )
        self.clf.classes_ = names
        self.clf.coef_, self.clf.intercept_ = fitted.weights.T, fitted.offset
        self.clf.n_features_in_ = len(fitted.weights)
        self.persist()
        return self._resource

    def persist(self) -> None:
        """Write what was learnt as plain arrays; skops would take three seconds to read them."""
        with self._model_storage.write_to(self._resource) as folder:
            np.savez(
                folder / _FILE,
                classes=np.array(self.clf.classes_, dtype=str),
                weights=self.clf.coef_,
                offset=self.clf.intercept_,
            )

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> QuickLogisticRegression:
        """Make the component with what was learnt."""
        component = cls(config, execution_context.node_name, model_storage, resource)
        with (
            model_storage.read_from(resource) as folder,
            np.load(folder / _FILE, allow_pickle=False) as arrays,
        ):
            component.clf.classes_ = arrays["classes"]
            component.clf.coef_ = arrays["weights"]
            component.clf.intercept_ = arrays["offset"]
        component.clf.n_features_in_ = component.clf.coef_.shape[1]
        return component

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank the intents of each message. With two intents only, Rasa's own way is taken."""
        if len(self.clf.classes_) < 3:
            return list(super().process(messages))
        if self._rows is None:
            self._rows = np.ascontiguousarray(self.clf.coef_.T)
        for message in messages:
            self._rank(message, self._probabilities(message, self._rows))
        return messages

    def _probabilities(
        self, message: Message, rows: npt.NDArray[np.float64]
    ) -> npt.NDArray[np.float64]:
        """One for each class; the features stand in the order in which they were learnt."""
        scores = np.array(self.clf.intercept_, dtype=np.float64)
        first = 0
        _, sparse = message.get_sparse_features(attribute=TEXT)
        if sparse:
            counts = sparse.features.tocsr()
            scores += counts.data @ rows[counts.indices]
            first = counts.shape[1]
        _, dense = message.get_dense_features(attribute=TEXT)
        if dense:
            scores += np.asarray(dense.features, dtype=np.float64).reshape(-1) @ rows[first:]
        powers = np.exp(scores - scores.max())
        return np.asarray(powers / powers.sum())

    def _rank(self, message: Message, probabilities: npt.NDArray[np.float64]) -> None:
        order: Any = np.argsort(-probabilities, kind="stable")
        length = self.config["ranking_length"] or len(order)
        ranking = [
            {"name": str(self.clf.classes_[i]), "confidence": float(probabilities[i])}
            for i in order[:length]
        ]
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set(_RANKING, ranking, add_to_output=True)


def _features_of(messages: list[Message]) -> SplitFeatures:
    """The sentence features of all messages, a row each."""
    sparse = [message.get_sparse_features(attribute=TEXT)[1] for message in messages]
    dense = [message.get_dense_features(attribute=TEXT)[1] for message in messages]
    nothing = csr_matrix((len(messages), 0))
    return SplitFeatures(
        vstack([f.features for f in sparse]).tocsr().astype(np.float64) if all(sparse) else nothing,
        np.vstack([f.features for f in dense]).astype(np.float64)
        if all(dense)
        else np.zeros((len(messages), 0)),
    )
