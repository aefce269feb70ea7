"""Putting a graph for ONNX Runtime together, node by node."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import helper, numpy_helper


class GraphParts:
    """The nodes and constants of a graph that grows; a node is named by its output."""

    def __init__(self, numbers: Mapping[str, npt.NDArray[np.float32]]) -> None:
        self.numbers = numbers
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[str, onnx.TensorProto] = {}

    def node(self, operator: str, *inputs: str, **settings: Any) -> str:
        """One more node; returns its output."""
        return self.nodes(operator, inputs, [f"{operator}_{len(self._nodes)}"], **settings)[0]

    def nodes(
        self, operator: str, inputs: Sequence[str], outputs: list[str], **settings: Any
    ) -> list[str]:
        """One more node with several outputs, which are returned."""
        self._nodes.append(helper.make_node(operator, list(inputs), outputs, **settings))
        return outputs

    def number(self, name: str) -> str:
        """One of the numbers as a constant."""
        return self.constant(name, self.numbers[name].astype(np.float32))

    def whole(self, *numbers: int) -> str:
        """Whole numbers as a constant."""
        name = "whole_" + "_".join(map(str, numbers))
        return self.constant(name, np.array(numbers, dtype=np.int64))

    def constant(self, name: str, array: npt.NDArray[np.generic]) -> str:
        """A constant under a name of its own."""
        self._constants[name] = numpy_helper.from_array(np.ascontiguousarray(array), name)
        return name

    def model(
        self,
        name: str,
        inputs: list[onnx.ValueInfoProto],
        result: str,
        output: onnx.ValueInfoProto,
        opset: int,
    ) -> onnx.ModelProto:
        """The whole, checked.

        Args:
            result: what is given out, under the name of `output`.
        """
        last = helper.make_node("Identity", [result], [output.name])
        graph = helper.make_graph(
            [*self._nodes, last], name, inputs, [output], list(self._constants.values())
        )
        made = helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=9
        )
        onnx.checker.check_model(made)
        return made
