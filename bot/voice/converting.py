"""Makes of a Whisper model in ONNX's form, with whole numbers for weights, one for CTranslate2.

CTranslate2 gives several texts for a recording, takes a prompt, and tells how probable a text is;
so the recogniser hears with it. Its own converter needs PyTorch and the model as it was published;
this one needs neither.

Usage: python -m bot.voice.converting FOLDER TARGET; FOLDER has config.json, generation_config.json,
tokenizer.json and onnx/ with the encoder and the decoder.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

_ENCODER = "onnx/encoder_model_quantized.onnx"
_DECODER = "onnx/decoder_model_merged_quantized.onnx"
_TOKENIZER = "tokenizer.json"
# Whisper's last tokens are times, a fiftieth of a second apart.
_TIME_STEP = 0.02
_LAYER = re.compile(r"layers\.\d+\.\w+(?:\.\w+_proj)?$")


class ConversionError(Exception):
    """The files hold no Whisper model in the form that is known; the message says what is amiss."""


def convert(source: Path, target: Path) -> None:
    """Write model.bin, config.json, the vocabulary and tokenizer.json into `target`.

    Raises:
        ConversionError: `source` holds something else.
        OSError: a file is missing or cannot be written.
    """
    sizes = json.loads((source / "config.json").read_text(encoding="utf-8"))
    weights = {f"encoder.{name}": value for name, value in _weights(source / _ENCODER)}
    weights |= {f"decoder.{name}": value for name, value in _weights(source / _DECODER)}
    spec = _filled(weights, sizes)
    _configure(spec.config, json.loads((source / "generation_config.json").read_text("utf-8")))
    tokenizer = json.loads((source / _TOKENIZER).read_text(encoding="utf-8"))
    spec.register_vocabulary(_vocabulary(tokenizer, int(sizes["vocab_size"])))
    spec.validate()
    spec.optimize(quantization="int8")
    target.mkdir(parents=True, exist_ok=True)
    spec.save(str(target))
    shutil.copyfile(source / _TOKENIZER, target / _TOKENIZER)


def _weights(file: Path) -> Iterator[tuple[str, Any]]:
    """Each weight by its name in Whisper, as floating-point numbers."""
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(str(file)).graph
    held = {
        tensor.name.replace("_merged_0", ""): numpy_helper.to_array(tensor)
        for tensor in graph.initializer
    }

    def read(name: str) -> Any:
        whole = held[f"{name}_quantized"].astype("int32")
        return (whole - held[f"{name}_zero_point"].astype("int32")) * held[f"{name}_scale"]

    for name in held:
        plain = name.removeprefix("model.decoder.")
        if name.endswith("_quantized") and not name.startswith("onnx::"):
            yield plain.removesuffix("_quantized"), read(name.removesuffix("_quantized"))
        elif re.fullmatch(r"[\w.]+\.(?:weight|bias)", name):
            yield plain, held[name]
    # The decoder's first step and its later ones are two graphs with the same weights; the first
    # also reads what the encoder heard.
    branches = [a.g for node in graph.node for a in node.attribute if a.name == "else_branch"]
    for node in (branches or [graph])[0].node:
        layer = _LAYER.search(node.name.removesuffix("/MatMul_quant").replace("/", "."))
        if node.op_type == "MatMulInteger" and layer:
            name = node.input[1].replace("_merged_0", "").removesuffix("_quantized")
            yield f"{layer[0]}.weight", read(name).T


def _filled(weights: Mapping[str, Any], sizes: Mapping[str, Any]) -> Any:
    """CTranslate2's description of the model, with the weights in it."""
    import numpy
    from ctranslate2.converters.utils import fuse_linear
    from ctranslate2.specs.common_spec import LinearSpec
    from ctranslate2.specs.whisper_spec import WhisperSpec

    spec = WhisperSpec(
        sizes["encoder_layers"], sizes["encoder_attention_heads"],
        sizes["decoder_layers"], sizes["decoder_attention_heads"],
    )  # fmt: skip

    def of(name: str) -> Any:
        if name not in weights:
            raise ConversionError(f"the model has no weight named '{name}'")
        return numpy.ascontiguousarray(weights[name], dtype=numpy.float32)

    def linear(into: Any, name: str) -> Any:
        into.weight = of(f"{name}.weight")
        if f"{name}.bias" in weights:
            into.bias = of(f"{name}.bias")
        return into

    def norm(into: Any, name: str) -> None:
        into.gamma, into.beta = of(f"{name}.weight"), of(f"{name}.bias")

    def attention(into: Any, name: str, is_to_itself: bool) -> None:
        asks, keys, values = (linear(LinearSpec(), f"{name}.{part}_proj") for part in "qkv")
        if is_to_itself:
            fuse_linear(into.linear[0], [asks, keys, values])
        else:
            fuse_linear(into.linear[0], [asks])
            fuse_linear(into.linear[1], [keys, values])
        linear(into.linear[-1], f"{name}.out_proj")
        norm(into.layer_norm, f"{name}_layer_norm")

    for side, part in (("encoder", spec.encoder), ("decoder", spec.decoder)):
        part.position_encodings.encodings = of(f"{side}.embed_positions.weight")
        norm(part.layer_norm, f"{side}.layer_norm")
        for number, layer in enumerate(part.layer):
            name = f"{side}.layers.{number}"
            attention(layer.self_attention, f"{name}.self_attn", True)
            if side == "decoder":
                attention(layer.attention, f"{name}.encoder_attn", False)
            linear(layer.ffn.linear_0, f"{name}.fc1")
            linear(layer.ffn.linear_1, f"{name}.fc2")
            norm(layer.ffn.layer_norm, f"{name}.final_layer_norm")
    linear(spec.encoder.conv1, "encoder.conv1")
    linear(spec.encoder.conv2, "encoder.conv2")
    spec.decoder.embeddings.weight = of("decoder.embed_tokens.weight")
    spec.decoder.projection.weight = spec.decoder.embeddings.weight
    return spec


def _configure(config: Any, told: Mapping[str, Any]) -> None:
    config.suppress_ids = told["suppress_tokens"]
    config.suppress_ids_begin = told["begin_suppress_tokens"]
    config.alignment_heads = told["alignment_heads"]
    config.lang_ids = sorted(told.get("lang_to_id", {}).values())


def _vocabulary(tokenizer: Mapping[str, Any], size: int) -> list[str]:
    """The words by their numbers; the times, which some tokenizers leave out, are the last."""
    words = {number: word for word, number in tokenizer["model"]["vocab"].items()}
    words |= {added["id"]: added["content"] for added in tokenizer["added_tokens"]}
    first_time = max(number for number, word in words.items() if word == "<|notimestamps|>") + 1
    return [
        words[number] if number in words else f"<|{(number - first_time) * _TIME_STEP:.2f}|>"
        for number in range(size)
    ]


if __name__ == "__main__":
    try:
        convert(Path(sys.argv[1]), Path(sys.argv[2]))
    except (ConversionError, OSError, KeyError) as error:
        sys.exit(f"The speech model could not be made ready: {error}")
