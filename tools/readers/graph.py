"""The reader's upper layers: their numbers before they learn, and their graph afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from bot.understanding.encoders.encoder_graphs import in_blocks, plain_model
from bot.understanding.encoders.graph_parts import GraphParts
from bot.understanding.encoders.graph_sessions import LOWER_LAYERS

LAYERS, SIZE, HEADS = 6, 384, 12
_SPREAD = 1e-12
_PREFIX = "inner."
_PRODUCTS = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
_NORMS = ("attention.output.LayerNorm", "output.LayerNorm")

Numbers = Mapping[str, npt.NDArray[np.float32]]


def upper_numbers(package: Path) -> Numbers:
    """The numbers of the layers above LOWER_LAYERS, out of a package's model.

    Returns:
        By "4.output.dense.weight" and the like; a weight is [inputs, outputs].
    """
    graph = plain_model(package).graph
    held = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    found = {name.removeprefix(_PREFIX + "encoder.layer."): array for name, array in held.items()}
    # The weights have lost their names; what is added to their product has not.
    factor = {n.output[0]: n.input[1] for n in graph.node if n.op_type == "MatMul"}
    for node in graph.node:
        named = [name for name in node.input if name.endswith(".bias")]
        other = [name for name in node.input if name in factor]
        if node.op_type == "Add" and named and other:
            name = named[0].removeprefix(_PREFIX + "encoder.layer.")
            found[name.removesuffix("bias") + "weight"] = held[factor[other[0]]]
    wanted = [
        f"{layer}.{part}.{kind}"
        for layer in range(LOWER_LAYERS, LAYERS)
        for part in (*_PRODUCTS, *_NORMS)
        for kind in ("weight", "bias")
    ]
    return {name: found[name].astype(np.float32) for name in wanted}


def reader_graph(numbers: Numbers) -> bytes:
    """The ONNX model of the reader, with weights of eight bits.

    Args:
        numbers: as of `upper_numbers`, and `look.weight` [SIZE, 1], `head.weight` [2 * SIZE, kinds]
            and `head.bias` [kinds].

    Returns:
        Its input is `middle` (float32, [pieces, SIZE]), its output `scores` (float32, [kinds]).
    """
    return in_blocks(_Graph(numbers).whole_model())


class _Graph(GraphParts):
    """Two layers of a transformer, and what is read off them."""

    def whole_model(self) -> onnx.ModelProto:
        """Everything from the pieces to the scores."""
        kinds = len(self.numbers["head.bias"])
        x = "middle"
        for layer in range(LOWER_LAYERS, LAYERS):
            x = self._layer(x, f"{layer}.")
        mean = self.node("ReduceMean", x, self.whole(0), keepdims=1)
        looked = self.node("MatMul", x, self.number("look.weight"))
        share = self.node("Softmax", looked, axis=0)
        seen = self.node("ReduceSum", self.node("Mul", share, x), self.whole(0), keepdims=1)
        both = self.node("Concat", mean, seen, axis=1)
        scores = self._sum(both, "head")
        flat = self.node("Reshape", scores, self.whole(-1))
        return self.model(
            "reader",
            [helper.make_tensor_value_info("middle", TensorProto.FLOAT, ["pieces", SIZE])],
            flat,
            helper.make_tensor_value_info("scores", TensorProto.FLOAT, [kinds]),
            opset=20,
        )

    def _layer(self, x: str, layer: str) -> str:
        query, key, value = (self._split(self._sum(x, layer + part)) for part in _PRODUCTS[:3])
        turned = self.node("Transpose", key, perm=[0, 2, 1])
        size = self.constant("size", np.array((SIZE / HEADS) ** -0.5, dtype=np.float32))
        alike = self.node("Mul", self.node("MatMul", query, turned), size)
        heard = self.node("MatMul", self.node("Softmax", alike, axis=-1), value)
        joined = self.node("Transpose", heard, perm=[1, 0, 2])
        joined = self.node("Reshape", joined, self.whole(-1, SIZE))
        x = self._even(self.node("Add", x, self._sum(joined, layer + _PRODUCTS[3])), layer, 0)
        wide = self.node("Gelu", self._sum(x, layer + _PRODUCTS[4]))
        return self._even(self.node("Add", x, self._sum(wide, layer + _PRODUCTS[5])), layer, 1)

    def _split(self, x: str) -> str:
        """[pieces, SIZE] as [heads, pieces, size of a head]."""
        parts = self.node("Reshape", x, self.whole(-1, HEADS, SIZE // HEADS))
        return self.node("Transpose", parts, perm=[1, 0, 2])

    def _sum(self, x: str, name: str) -> str:
        product = self.node("MatMul", x, self.number(f"{name}.weight"))
        return self.node("Add", product, self.number(f"{name}.bias"))

    def _even(self, x: str, layer: str, which: int) -> str:
        weight = self.number(f"{layer}{_NORMS[which]}.weight")
        bias = self.number(f"{layer}{_NORMS[which]}.bias")
        return self.node("LayerNormalization", x, weight, bias, axis=-1, epsilon=_SPREAD)
