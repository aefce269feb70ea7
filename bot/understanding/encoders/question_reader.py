"""The reader of questions: which topics a message asks, does or tells, each by itself.

Like the reader of signs (sign_reader.py) it is two tuned layers on top of the first encoder's lower
ones, and knows a thing by what is meant: a wheat bag is warmth, the wife's thumbs are a helper.
`make question-reader` makes the file beside this module anew (tools/readers).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime

from bot.knowledge.schema.topics import Moment, Topic
from bot.understanding.encoders.graph_sessions import session_of
from bot.understanding.encoders.package_files import check_hash
from bot.understanding.encoders.sentence_encoder import SentenceEncoder, encoder_for

READER_FILE = Path(__file__).with_name("question_reader.onnx")
READER_SHA256 = "9a11174e836b262ac1f6c9f711e0f848c2ec2dc5a8a6ca56c32648efb4d1f48d"
_TOPICS = tuple(Topic)


def in_moment(text: str, moment: Moment) -> str:
    """A text as the reader reads it: behind the moment in which it is said."""
    return text if moment is Moment.START else f"({moment.value}) {text}"


class QuestionReader:
    """Reads texts in English."""

    def __init__(self, encoder: SentenceEncoder, session: onnxruntime.InferenceSession) -> None:
        self._encoder = encoder
        self._session = session

    def read(self, text: str, moment: Moment = Moment.START) -> Mapping[Topic, float]:
        """The probability of each topic; several may be likely, or none.

        Args:
            moment: what was talked of before.
        """
        middle = self._encoder.read(in_moment(text, moment)).middle
        scores = self._session.run(None, {"middle": middle})[0]
        return dict(zip(_TOPICS, (1 / (1 + np.exp(-scores))).tolist(), strict=True))


@cache
def question_reader() -> QuestionReader:
    """The reader, loaded once in a process.

    Raises:
        SentenceModelMissing: its file, or the encoder's, is missing or another.
    """
    check_hash(READER_FILE, READER_SHA256)
    return QuestionReader(encoder_for(None), session_of(READER_FILE))
