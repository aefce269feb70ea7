"""How well the intent model does on examples it has not seen: cross-validation over data/nlu.yml.

The same normaliser, features, classifier settings, fallback, judges of signs and guard as in
bot/config.yml, without Rasa's training around them, so that five folds take a minute or two.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.preprocessing import normalize

from bot.runtime import paths
from bot.safety.default import default_detector
from bot.understanding.components.red_flags import RedFlagGuard
from bot.understanding.components.second_features import second_encoder
from bot.understanding.components.sign_judge import SIGN_JUDGEMENT
from bot.understanding.components.transcript import OWN_WORDS, as_catalogue_text
from bot.understanding.encoders.many import side_by_side
from bot.understanding.encoders.sentence_encoder import encoder_for
from bot.understanding.encoders.sign_reader import sign_reader
from bot.understanding.learning.judges import Judgement, Judges, Read
from bot.understanding.learning.nearness import label_of
from bot.understanding.learning.sign_model import Exemplar
from bot.understanding.mentions.finder import default_finder
from tools.evaluation.judged import Judged

FALLBACK = "nlu_fallback"


def examples() -> tuple[list[str], list[str]]:
    """The texts of data/nlu.yml and their intents."""
    content = yaml.safe_load(paths.TRAINING_FILES[0].read_text(encoding="utf-8"))
    texts, intents = [], []
    for item in content["nlu"]:
        for line in item["examples"].splitlines():
            if line.strip().startswith("- "):
                texts.append(line.strip()[2:])
                intents.append(item["intent"])
    return texts, intents


def cross_validate(folds: int, progress: Callable[[int], None]) -> list[Judged]:
    """Train on all folds but one, and tell the intents of that one, for each.

    Args:
        folds: number of parts, at least 2.
        progress: called with the number of folds done.
    """
    settings = _settings()
    own_words, intents = examples()
    texts = [as_catalogue_text(text, default_finder())[0] for text in own_words]
    folder = settings["SentenceFeaturizer"]["model_folder"]
    encode = cache(second_encoder().encode)
    first = np.array(side_by_side(encoder_for(folder).encode, texts))
    second = np.array(side_by_side(encode, texts))
    scales = [
        settings[name]["scale"] for name in ("SentenceFeaturizer", "SecondSentenceFeaturizer")
    ]
    dense = csr_matrix(np.hstack([first * scales[0], second * scales[1]]))
    labels = np.array(intents)
    decide = _Decider(settings)
    judged: list[Judged] = []
    splitter = StratifiedKFold(folds, shuffle=True, random_state=42)
    for number, (train, test) in enumerate(splitter.split(texts, labels), 1):
        words = settings["CountVectorsFeaturizer"]
        counts = CountVectorizer(
            analyzer=words["analyzer"], ngram_range=(words["min_ngram"], words["max_ngram"])
        )
        scale = settings["EvenCounts"]["scale"]
        known = normalize(counts.fit_transform(texts[i] for i in train).astype(float)) * scale
        new = normalize(counts.transform(texts[i] for i in test).astype(float)) * scale
        learned, asked = hstack([known, dense[train]]).tocsr(), hstack([new, dense[test]]).tocsr()
        classifier = settings["QuickLogisticRegression"]
        model = LogisticRegression(
            class_weight="balanced", max_iter=classifier["max_iter"], tol=classifier["tol"]
        )
        model.fit(learned, labels[train])
        signs = [Exemplar(texts[i], second[i], label_of(intents[i])) for i in train]
        judges = Judges.taught(signs, paths.DATA, encode, sign_reader(), default_detector())
        for i, row in zip(test, model.predict_proba(asked), strict=True):
            read = Read(own_words[i], texts[i], default_detector().screen(own_words[i]))
            judgement = judges.judge(read, second[i])
            judged.append(decide(read, intents[i], row, model.classes_, judgement))
        progress(number)
    return judged


class _Decider:
    """What the pipeline makes of the classifier's probabilities: fallback, then red flags."""

    def __init__(self, settings: dict[str, dict[str, Any]]) -> None:
        fallback = settings["FallbackClassifier"]
        self._threshold = float(fallback["threshold"])
        self._ambiguity = float(fallback["ambiguity_threshold"])
        self._guard = RedFlagGuard()

    def __call__(
        self,
        read: Read,
        true: str,
        probabilities: npt.NDArray[np.float64],
        classes: npt.NDArray[np.str_],
        judgement: Judgement,
    ) -> Judged:
        order = np.argsort(-probabilities)[:10]
        ranking = [{"name": str(classes[i]), "confidence": float(probabilities[i])} for i in order]
        voted, confidence = str(classes[order[0]]), float(probabilities[order[0]])
        lead = confidence - float(probabilities[order[1]])
        if confidence < self._threshold or lead < self._ambiguity:
            ranking = [{"name": FALLBACK, "confidence": self._threshold}, *ranking]
        message = Message(
            {
                TEXT: read.text,
                OWN_WORDS: read.own_words,
                INTENT: ranking[0],
                "intent_ranking": ranking,
                SIGN_JUDGEMENT: judgement,
            }
        )
        self._guard.process([message])
        return Judged(read.own_words, true, voted, confidence, str(message.get(INTENT)["name"]))


def _settings() -> dict[str, dict[str, Any]]:
    pipeline = yaml.safe_load(paths.CONFIG.read_text(encoding="utf-8"))["pipeline"]
    return {entry["name"].rsplit(".", 1)[-1]: entry for entry in pipeline}
