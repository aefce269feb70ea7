"""The reader of signs: how likely a text tells of a warning sign, and of which kind.

It reads piece by piece, on top of the first encoder's lower layers: two layers that were tuned on
messages in which signs are told, denied, long over, somebody else's, feared, read out or meant as a
joke. A vector of the whole sentence knows what it is about; whose it is and when stands between the
words. `make sign-reader` makes the file beside this module anew (tools/readers).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime

from bot.understanding.encoders.graph_sessions import session_of
from bot.understanding.encoders.package_files import check_hash
from bot.understanding.encoders.sentence_encoder import SentenceEncoder, encoder_for

READER_FILE = Path(__file__).with_name("sign_reader.onnx")
READER_SHA256 = "53e5d7a38090cc190d4263faeb4524a38de2c77eb63bbff68da940470e0c164a"
NONE, MILD = "none", ("persistent", "doctor_soon")
# The kinds in the order of the model's output: no sign, pain that lasts or grows, a doctor within
# days, a doctor today, help at once, thoughts of self-harm.
KINDS = (NONE, *MILD, "urgent", "emergency", "self_harm")


class SignReader:
    """Reads texts in English."""

    def __init__(self, encoder: SentenceEncoder, session: onnxruntime.InferenceSession) -> None:
        self._encoder = encoder
        self._session = session

    def read(self, text: str) -> Mapping[str, float]:
        """The probability of each of KINDS; they add up to 1."""
        middle = self._encoder.read(text).middle
        scores = self._session.run(None, {"middle": middle})[0]
        powers = np.exp(scores - scores.max())
        return dict(zip(KINDS, (powers / powers.sum()).tolist(), strict=True))


@cache
def sign_reader() -> SignReader:
    """The reader, loaded once in a process.

    Raises:
        SentenceModelMissing: its file, or the encoder's, is missing or another.
    """
    check_hash(READER_FILE, READER_SHA256)
    return SignReader(encoder_for(None), session_of(READER_FILE))
