"""The sentence models as graphs for ONNX Runtime, made small and quick.

Weights of eight bits, in blocks with a scale each, take two thirds of the time of the numbers that
the packages carry, and give the same vectors but for a thousandth (cosine 0.999). Whole rows of
eight bits would be quicker still, but turn the vectors by a hundredth.
"""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantFormat
from onnxruntime.quantization.matmul_nbits_quantizer import (
    DefaultWeightOnlyQuantConfig,
    MatMulNBitsQuantizer,
)

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
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        options = onnxruntime.SessionOptions()
        # Multiplies the weights by their scales; anything more would tie the file to a processor.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        options.optimized_model_filepath = str(plain)
        onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        return in_blocks(_with_middle(onnx.load(str(plain))))


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
        return in_blocks(_SecondGraph({n: arrays[n] for n in arrays.files if n[0] != "q"}).model())


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


class _SecondGraph:
    """The graph of the encoder, from its numbers by their names in the package."""

    def __init__(self, numbers: dict[str, npt.NDArray[np.float32]]) -> None:
        self._numbers = numbers
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}

    def model(self) -> onnx.ModelProto:
        """Everything from a sentence's rows to its vector."""
        number = self._number
        words = self._words()
        orders = [order for order, _ in _BRANCHES]
        x = self._node("MatMul", words, self._joined("proj", orders, axis=1))
        x = self._node("Add", x, self._joined("proj_b", orders))
        x = self._even(x, self._joined("ln_g", orders), self._joined("ln_b", orders))
        sizes = self._whole(*[_BRANCH] * len(_BRANCHES))
        parts = [f"part{order}" for order in orders]
        self._nodes.append(helper.make_node("Split", [x, sizes], parts, axis=1))
        read = [self._branch(part, *branch) for part, branch in zip(parts, _BRANCHES, strict=True)]
        together = self._node("Concat", words, *read, axis=1)
        together = self._even(together, number("ln_g"), number("ln_b"))
        vector = self._head(self._mean(together, words))
        graph = helper.make_graph(
            [*self._nodes, helper.make_node("Identity", [vector], ["vector"])],
            "sentence",
            [
                helper.make_tensor_value_info("rows", TensorProto.UINT8, ["pieces", 512]),
                helper.make_tensor_value_info("chunks", TensorProto.INT64, ["pieces"]),
            ],
            [helper.make_tensor_value_info("vector", TensorProto.FLOAT, [1, 512])],
            list(self._constants.values()),
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
        onnx.checker.check_model(model)
        return model

    def _words(self) -> str:
        """Each piece's own numbers: its row, in the scale of its table."""
        column = np.float32
        scale = self._constant("scale", self._numbers["scale"].astype(column).reshape(-1, 1))
        lowest = self._constant("lo", self._numbers["lo"].astype(column).reshape(-1, 1))
        rows = self._node("Cast", "rows", to=TensorProto.FLOAT)
        scaled = self._node("Mul", rows, self._node("Gather", scale, "chunks"))
        return self._node("Add", scaled, self._node("Gather", lowest, "chunks"))

    def _branch(self, x: str, order: int, before: int) -> str:
        """Two layers, each of which reads `order` neighbouring pieces at once."""
        for layer in ("1", "2"):
            seen = self._neighbours(x, order, before)
            product = self._node("MatMul", seen, self._number(f"w{layer}_{order}"))
            product = self._node("Add", product, self._number(f"b{layer}_{order}"))
            x = self._node("Add", self._node("Relu", product), x)
        return x

    def _neighbours(self, x: str, order: int, before: int) -> str:
        """Each piece beside its neighbours; outside the sentence are zeros."""
        after = order - 1 - before
        padded = self._node("Pad", x, self._whole(before, 0, after, 0))
        views = [
            self._node(
                "Slice",
                padded,
                self._whole(shift),
                self._whole(shift - order + 1 or _TO_THE_END),
                self._whole(0),
            )
            for shift in range(order)
        ]
        return self._node("Concat", *views, axis=1)

    def _mean(self, x: str, words: str) -> str:
        """The sum over the pieces, over the root of how many there are."""
        count = self._node("Gather", self._node("Shape", words), self._whole(0))
        count = self._node("Cast", count, to=TensorProto.FLOAT)
        total = self._node("ReduceSum", x, self._whole(0), keepdims=1)
        total = self._node("MatMul", total, self._number("cnn_W"))
        total = self._node("Add", total, self._node("Mul", count, self._number("cnn_b")))
        return self._node("Div", total, self._node("Sqrt", count))

    def _head(self, x: str) -> str:
        def through(source: str, name: str) -> str:
            return self._node("MatMul", source, self._number(name))

        first = self._node("Relu", through(x, "d0"))
        middle = self._node("Relu", self._node("Add", through(x, "p1"), through(first, "d1")))
        last = self._node("Relu", through(middle, "d2"))
        return self._node("Tanh", self._node("Add", through(middle, "p3"), through(last, "d3")))

    def _even(self, x: str, scale: str, offset: str) -> str:
        spread = float(self._numbers["eps"])
        return self._node("LayerNormalization", x, scale, offset, axis=-1, epsilon=spread)

    def _joined(self, name: str, orders: list[int], axis: int = 0) -> str:
        arrays = [self._numbers[f"{name}{order}"] for order in orders]
        return self._constant(f"{name}_all", np.concatenate(arrays, axis=axis).astype(np.float32))

    def _number(self, name: str) -> str:
        return self._constant(name, self._numbers[name].astype(np.float32))

    def _whole(self, *numbers: int) -> str:
        name = "whole_" + "_".join(map(str, numbers))
        return self._constant(name, np.array(numbers, dtype=np.int64))

    def _constant(self, name: str, array: npt.NDArray[np.generic]) -> str:
        self._constants[name] = numpy_helper.from_array(np.ascontiguousarray(array), name)
        return name

    def _node(self, operator: str, *inputs: str, **settings: Any) -> str:
        output = f"{operator}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(operator, list(inputs), [output], **settings))
        return output
