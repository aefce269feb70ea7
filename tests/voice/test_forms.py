"""What is taken for a recording: sound in the usual forms, and nothing that leads elsewhere."""

import io
import socket
import threading
import time
import wave
from pathlib import Path

import pytest

av = pytest.importorskip("av")
np = pytest.importorskip("numpy")

from bot.voice.recogniser_process import SAMPLES_PER_SECOND, _samples  # noqa: E402
from tests.conftest import free_port  # noqa: E402

_RATE = 48_000
_UDP = Path("/proc/self/net/udp")


def _encoded(form, codec):
    """One second of a tone."""
    tone = (8_000 * np.sin(np.arange(_RATE) / 20)).astype(np.int16).reshape(1, -1)
    frame = av.AudioFrame.from_ndarray(tone, format="s16", layout="mono")
    frame.sample_rate = _RATE
    file, fifo = io.BytesIO(), av.AudioFifo()
    with av.open(file, "w", format=form) as container:
        stream = container.add_stream(codec, rate=_RATE)
        stream.layout = "mono"
        context = stream.codec_context
        resampler = av.AudioResampler(format=context.format, layout="mono", rate=_RATE)
        for part in resampler.resample(frame):
            fifo.write(part)
        while part := fifo.read(context.frame_size or 1_024, partial=True):
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    return file.getvalue()


@pytest.mark.parametrize(
    ("form", "codec"),
    [
        ("webm", "libopus"), ("matroska", "libopus"), ("ogg", "libopus"), ("mp4", "aac"),
        ("ipod", "aac"), ("mov", "aac"), ("3gp", "aac"), ("wav", "pcm_s16le"), ("flac", "flac"),
        ("mp3", "libmp3lame"), ("caf", "alac"), ("adts", "aac"),
    ],
)  # fmt: skip
def test_what_browsers_phones_and_microphones_record_is_heard(form, codec):
    samples, is_cut = _samples(_encoded(form, codec))
    assert len(samples) == pytest.approx(SAMPLES_PER_SECOND, rel=0.1)
    assert not is_cut
    assert np.abs(samples).max() > 0.1


@pytest.mark.skipif(not _UDP.exists(), reason="only Linux tells which ports are open")
def test_a_description_of_a_stream_opens_no_port_and_keeps_nobody_waiting():
    port = free_port()
    lines = ("v=0", "o=- 0 0 IN IP4 127.0.0.1", "s=x", "c=IN IP4 0.0.0.0", "t=0 0",
             f"m=audio {port} RTP/AVP 0", "")  # fmt: skip
    seen, is_over = [], threading.Event()

    def watch():
        while not is_over.wait(0.005):
            seen.append(f":{port:04X} " in _UDP.read_text())

    watching = threading.Thread(target=watch)
    watching.start()
    began = time.monotonic()
    try:
        with pytest.raises(ValueError, match="no sound"):
            _samples("\n".join(lines).encode())
    finally:
        took = time.monotonic() - began
        is_over.set()
        watching.join()
    assert not any(seen)
    assert took < 10


def test_a_list_of_files_is_no_recording(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("private.wav").write_bytes(_encoded("wav", "pcm_s16le"))
    playlist = "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nprivate.wav\n#EXT-X-ENDLIST\n"
    for text in ("ffconcat version 1.0\nfile private.wav\n", playlist):
        with pytest.raises(ValueError, match="no sound"):
            _samples(text.encode())


def test_a_list_of_addresses_calls_nobody():
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/a.ts"
        text = f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{address}\n#EXT-X-ENDLIST\n"
        with pytest.raises(ValueError, match="no sound"):
            _samples(text.encode())
        with pytest.raises(BlockingIOError):
            server.accept()


def test_a_recording_of_one_sample_in_a_second_is_not_stretched():
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(1)
        out.setframerate(1)
        out.writeframes(b"\x80" * 60_000)
    with pytest.raises(ValueError, match="no sound"):
        _samples(file.getvalue())
