"""The sentence models as graphs for ONNX Runtime, made small and quick.

Weights of eight bits, in blocks with a scale each, take two thirds of the time of the numbers that
the packages carry, and give the same vectors but for a thousandth (cosine 0.999). Whole rows of
eight bits would be quicker still, but turn the vectors by a hundredth.
"""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
from onnx import TensorProto, helper
from onnxruntime.quantization import QuantFormat
from onnxruntime.quantization.matmul_nbits_quantizer import (
    DefaultWeightOnlyQuantConfig,
    MatMulNBitsQuantizer,
)

from bot.understanding.encoders.graph_parts import GraphParts
from bot.understanding.encoders.graph_sessions import CHUNKS, LOWER_LAYERS

# Of the multilingual Universal Sentence Encoder: the numbers of a branch, and of each branch how
# many pieces it reads at once and how many of them stand before.
_BRANCH = 256
_BRANCHES = ((2, 0), (3, 1), (5, 2))
_TO_THE_END = 2**62

# It tells of every node.
logging.getLogger("onnxruntime.quantization").setLevel(logging.WARNING)


def first_graph(model: Path) -> bytes:
    """The ONNX model in `model`, whose weights are whole numbers times a scale, in blocks.

    Beside its own output it gives what its lower layers make of each piece, for the reader of signs
    (encoders/sign_reader.py).
    """
    return in_blocks(_with_middle(plain_model(model)))


def plain_model(model: Path) -> onnx.ModelProto:
    """The ONNX model in `model`, its weights multiplied by their scales."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        options = onnxruntime.SessionOptions()
        # Anything more would tie the file to a processor.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        options.optimized_model_filepath = str(plain)
        onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        return onnx.load(str(plain))


def _with_middle(model: onnx.ModelProto) -> onnx.ModelProto:
    """`model` with one more output: what leaves the last of the lower layers."""
    ends = f"encoder.layer.{LOWER_LAYERS - 1}.output.LayerNorm.weight"
    middle = next(
        node.output[0]
        for node in model.graph.node
        if node.op_type == "LayerNormalization" and node.input[1].endswith(ends)
    )
    shape = [None, None, None]
    model.graph.output.append(helper.make_tensor_value_info(middle, TensorProto.FLOAT, shape))
    return model


def second_graph(weights: Path) -> bytes:
    """The encoder whose numbers `weights` (npz) holds.

    Its inputs: `rows`, the rows of `second_table` of a sentence's pieces (uint8, [pieces, 512]),
    and `chunks`, each piece's number modulo CHUNKS (int64, [pieces]). Its output: `vector`
    (float32, [1, 512]), whose length is not 1 yet.
    """
    with np.load(weights, allow_pickle=False) as arrays:
        return in_blocks(
            _SecondGraph({n: arrays[n] for n in arrays.files if n[0] != "q"}).whole_model()
        )


def second_table(weights: Path) -> npt.NDArray[np.uint8]:
    """A row for each piece of the vocabulary, [pieces, 512], out of the tables in `weights`."""
    with np.load(weights, allow_pickle=False) as arrays:
        tables = [arrays[f"q{i + 1}"] for i in range(CHUNKS)]
    return np.ascontiguousarray(np.stack(tables, axis=1).reshape(-1, tables[0].shape[1]))


def in_blocks(model: onnx.ModelProto) -> bytes:
    """`model` with the weights of its matrix products in blocks of 128 numbers of eight bits."""
    how = DefaultWeightOnlyQuantConfig(
        block_size=128,
        is_symmetric=True,
        accuracy_level=4,
        bits=8,
        quant_format=QuantFormat.QOperator,
    )
    quantizer = MatMulNBitsQuantizer(
        model, block_size=128, is_symmetric=True, accuracy_level=4, algo_config=how
    )
    quantizer.process()
    content: bytes = quantizer.model.model.SerializeToString(deterministic=True)
    return content


class _SecondGraph(GraphParts):
    """The graph of the encoder, from its numbers by their names in the package."""

    def whole_model(self) -> onnx.ModelProto:
        """Everything from a sentence's rows to its vector."""
        words = self._words()
        orders = [order for order, _ in _BRANCHES]
        x = self.node("MatMul", words, self._joined("proj", orders, axis=1))
        x = self.node("Add", x, self._joined("proj_b", orders))
        x = self._even(x, self._joined("ln_g", orders), self._joined("ln_b", orders))
        sizes = self.whole(*[_BRANCH] * len(_BRANCHES))
        parts = [f"part{order}" for order in orders]
        self.nodes("Split", [x, sizes], parts, axis=1)
        read = [self._branch(part, *branch) for part, branch in zip(parts, _BRANCHES, strict=True)]
        together = self.node("Concat", words, *read, axis=1)
        together = self._even(together, self.number("ln_g"), self.number("ln_b"))
        vector = self._head(self._mean(together, words))
        return self.model(
            "sentence",
            [
                helper.make_tensor_value_info("rows", TensorProto.UINT8, ["pieces", 512]),
                helper.make_tensor_value_info("chunks", TensorProto.INT64, ["pieces"]),
            ],
            vector,
            helper.make_tensor_value_info("vector", TensorProto.FLOAT, [1, 512]),
            opset=17,
        )

    def _words(self) -> str:
        """Each piece's own numbers: its row, in the scale of its table."""
        column = np.float32
        scale = self.constant("scale", self.numbers["scale"].astype(column).reshape(-1, 1))
        lowest = self.constant("lo", self.numbers["lo"].astype(column).reshape(-1, 1))
        rows = self.node("Cast", "rows", to=TensorProto.FLOAT)
        scaled = self.node("Mul", rows, self.node("Gather", scale, "chunks"))
        return self.node("Add", scaled, self.node("Gather", lowest, "chunks"))

    def _branch(self, x: str, order: int, before: int) -> str:
        """Two layers, each of which reads `order` neighbouring pieces at once."""
        for layer in ("1", "2"):
            seen = self._neighbours(x, order, before)
            product = self.node("MatMul", seen, self.number(f"w{layer}_{order}"))
            product = self.node("Add", product, self.number(f"b{layer}_{order}"))
            x = self.node("Add", self.node("Relu", product), x)
        return x

    def _neighbours(self, x: str, order: int, before: int) -> str:
        """Each piece beside its neighbours; outside the sentence are zeros."""
        after = order - 1 - before
        padded = self.node("Pad", x, self.whole(before, 0, after, 0))
        views = [
            self.node(
                "Slice",
                padded,
                self.whole(shift),
                self.whole(shift - order + 1 or _TO_THE_END),
                self.whole(0),
            )
            for shift in range(order)
        ]
        return self.node("Concat", *views, axis=1)

    def _mean(self, x: str, words: str) -> str:
        """The sum over the pieces, over the root of how many there are."""
        count = self.node("Gather", self.node("Shape", words), self.whole(0))
        count = self.node("Cast", count, to=TensorProto.FLOAT)
        total = self.node("ReduceSum", x, self.whole(0), keepdims=1)
        total = self.node("MatMul", total, self.number("cnn_W"))
        total = self.node("Add", total, self.node("Mul", count, self.number("cnn_b")))
        return self.node("Div", total, self.node("Sqrt", count))

    def _head(self, x: str) -> str:
        def through(source: str, name: str) -> str:
            return self.node("MatMul", source, self.number(name))

        first = self.node("Relu", through(x, "d0"))
        middle = self.node("Relu", self.node("Add", through(x, "p1"), through(first, "d1")))
        last = self.node("Relu", through(middle, "d2"))
        return self.node("Tanh", self.node("Add", through(middle, "p3"), through(last, "d3")))

    def _even(self, x: str, scale: str, offset: str) -> str:
        spread = float(self.numbers["eps"])
        return self.node("LayerNormalization", x, scale, offset, axis=-1, epsilon=spread)

    def _joined(self, name: str, orders: list[int], axis: int = 0) -> str:
        arrays = [self.numbers[f"{name}{order}"] for order in orders]
        return self.constant(f"{name}_all", np.concatenate(arrays, axis=axis).astype(np.float32))
