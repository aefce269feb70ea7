"""How well the intent model does on examples it has not seen: cross-validation over data/nlu.yml.

The same normaliser, features and classifier settings as in bot/config.yml, without Rasa around
them, so that five folds take a minute or two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import yaml
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from bot.runtime import paths
from bot.understanding.mentions import default_finder
from bot.understanding.sentence_features import encoder_for
from bot.understanding.transcript import as_catalogue_text


@dataclass(frozen=True)
class Evaluation:
    """Results over all folds. `confusions` holds (true intent, told intent) with their counts."""

    true: list[str]
    told: list[str]

    @property
    def accuracy(self) -> float:
        """Share of examples whose intent was told right."""
        return sum(t == p for t, p in zip(self.true, self.told, strict=True)) / len(self.true)

    def recall(self) -> dict[str, float]:
        """Share of each intent's examples that were told right."""
        count, right = Counter(self.true), Counter[str]()
        for true, told in zip(self.true, self.told, strict=True):
            right[true] += true == told
        return {intent: right[intent] / count[intent] for intent in count}

    def confusions(self) -> list[tuple[tuple[str, str], int]]:
        """What was taken for what, most frequent first."""
        pairs = zip(self.true, self.told, strict=True)
        return Counter((true, told) for true, told in pairs if true != told).most_common()

    def overmatches(self) -> tuple[int, int]:
        """Red-flag examples told as something else, and other examples told as a red flag."""
        missed = raised = 0
        for true, told in zip(self.true, self.told, strict=True):
            missed += true.startswith("red_flag") and not told.startswith("red_flag")
            raised += told.startswith("red_flag") and not true.startswith("red_flag")
        return missed, raised


def examples() -> tuple[list[str], list[str]]:
    """The texts of data/nlu.yml as the classifier sees them, and their intents."""
    content = yaml.safe_load(paths.TRAINING_FILES[0].read_text(encoding="utf-8"))
    texts, intents = [], []
    for item in content["nlu"]:
        for line in item["examples"].splitlines():
            if line.strip().startswith("- "):
                texts.append(as_catalogue_text(line.strip()[2:], default_finder())[0])
                intents.append(item["intent"])
    return texts, intents


def cross_validate(folds: int, progress: Callable[[int], None]) -> Evaluation:
    """Train on all folds but one, test on that one, for each.

    Args:
        folds: number of parts, at least 2.
        progress: called with the number of folds done.
    """
    settings = _settings()
    texts, intents = examples()
    encoder = encoder_for(settings["SentenceFeaturizer"].get("model_folder"))
    scale = settings["SentenceFeaturizer"].get("scale", 1.0)
    dense = csr_matrix(np.array([encoder.encode(text) for text in texts]) * scale)
    true: list[str] = []
    told: list[str] = []
    labels = np.array(intents)
    splitter = StratifiedKFold(folds, shuffle=True, random_state=42)
    for number, (train, test) in enumerate(splitter.split(texts, labels), 1):
        words = settings["CountVectorsFeaturizer"]
        counts = CountVectorizer(
            analyzer=words["analyzer"], ngram_range=(words["min_ngram"], words["max_ngram"])
        )
        learned = hstack([counts.fit_transform(texts[i] for i in train), dense[train]]).tocsr()
        asked = hstack([counts.transform(texts[i] for i in test), dense[test]]).tocsr()
        classifier = settings["LogisticRegressionClassifier"]
        model = LogisticRegression(
            class_weight="balanced", max_iter=classifier["max_iter"], tol=classifier["tol"]
        )
        model.fit(learned, labels[train])
        true += [intents[i] for i in test]
        told += [str(intent) for intent in model.predict(asked)]
        progress(number)
    return Evaluation(true, told)


def _settings() -> dict[str, dict[str, Any]]:
    pipeline = yaml.safe_load(paths.CONFIG.read_text(encoding="utf-8"))["pipeline"]
    return {entry["name"].rsplit(".", 1)[-1]: entry for entry in pipeline}
