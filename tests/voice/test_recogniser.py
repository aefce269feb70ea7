"""The recogniser's process: asked, killed, hanging, missing; and the real one, where it is."""

import asyncio
import io
import subprocess
import sys
import time
import wave

import numpy as np
import pytest

from bot.knowledge.catalogue import Catalogue
from bot.runtime import paths
from bot.voice import recogniser_process, settings
from bot.voice.hearing import Clarity
from bot.voice.names.choosing import Chooser
from bot.voice.recogniser import Busy, CannotHear, NotSound, Recogniser
from bot.voice.settings import Models, VoiceMissing, recognition_models
from tests.patience import PATIENCE
from tests.voice.conftest import needs_espeak, needs_larger_model, needs_recogniser, spoken

STUB = (sys.executable, str(paths.ROOT / "tests" / "voice" / "stub.py"))


@pytest.fixture
async def make(tmp_path):
    made = []

    def make_(folder=tmp_path, **changes):
        chooser = Chooser(lambda words: 0.0, lambda text: "numb" in text)
        made.append(Recogniser(Models((folder,)), chooser, command=STUB, **changes))
        return made[-1]

    yield make_
    for recogniser in made:
        await recogniser.stop()


async def test_one_after_the_other_is_heard(make):
    recogniser = make()
    heard = await asyncio.gather(*(recogniser.hear(b"where is LI%d" % n) for n in range(4)))
    assert [one.text for one in heard] == [f"where is LI{n}" for n in range(4)]


async def test_a_name_that_fits_the_sound_is_taken_for_what_was_written(make):
    questions = {"frames": [["where is", ""]], "names": [["LI4", "Hegu"]]}
    recogniser = make(questions=lambda: questions)
    heard = await recogniser.hear(b"where is her goo")
    assert (heard.text, heard.clarity) == ("where is Hegu", Clarity.CLEAR)
    assert (await recogniser.hear(b"how does it work")).text == "how does it work"
    # It learns them again when it is started again.
    recogniser._process.kill()
    await recogniser._process.wait()
    assert (await recogniser.hear(b"where is her goo")).text == "where is Hegu"


async def test_too_many_at_once_are_told_so(make):
    recogniser = make()
    results = await asyncio.gather(
        *(recogniser.hear(b"hello there") for _ in range(6)), return_exceptions=True
    )
    assert sum(isinstance(result, Busy) for result in results) == 2


async def test_it_comes_back_after_it_was_killed(make):
    recogniser = make()
    assert (await recogniser.hear(b"first")).text == "first"
    recogniser._process.kill()
    await recogniser._process.wait()
    assert (await recogniser.hear(b"second")).text == "second"


async def test_a_recording_that_kills_it_does_not_stop_the_next(make):
    recogniser = make()
    with pytest.raises(CannotHear):
        await recogniser.hear(b"die")
    assert (await recogniser.hear(b"and now")).text == "and now"


async def test_one_that_hangs_is_given_up_and_started_anew(make):
    recogniser = make()
    await recogniser.hear(b"warm")
    recogniser._seconds = 0.3
    with pytest.raises(CannotHear):
        await recogniser.hear(b"hang")
    # The next answer is that of the next recording, not of the one before.
    recogniser._seconds = PATIENCE
    assert (await recogniser.hear(b"later")).text == "later"


async def test_who_does_not_wait_leaves_no_answer_for_the_next(make):
    recogniser = make()
    await recogniser.hear(b"warm")
    asked = asyncio.ensure_future(recogniser.hear(b"hang"))
    await asyncio.sleep(0.1)
    asked.cancel()
    assert (await recogniser.hear(b"next")).text == "next"


async def test_once_ended_it_is_not_started_anew_for_who_still_waits(make):
    recogniser = make()
    await recogniser.hear(b"warm")
    asked = [asyncio.ensure_future(recogniser.hear(word)) for word in (b"hang", b"next")]
    await asyncio.sleep(0.1)
    began = time.monotonic()
    await recogniser.stop()
    for one in asked:
        with pytest.raises(CannotHear):
            await one
    assert time.monotonic() - began < PATIENCE
    assert recogniser._process is None


async def test_no_sound_and_no_start_are_told_apart(make, tmp_path):
    with pytest.raises(NotSound):
        await make().hear(b"noise")
    with pytest.raises(CannotHear):
        await make(tmp_path / "no-start").hear(b"hello")


def test_a_missing_installation_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "_NEEDED", ("no_such_package",))
    with pytest.raises(VoiceMissing, match=r"setup\.py --voice"):
        recognition_models(None)
    monkeypatch.setattr(settings, "_NEEDED", ())
    with pytest.raises(VoiceMissing, match="holds no recognition model"):
        recognition_models(tmp_path)
    (tmp_path / "model.bin").touch()
    assert recognition_models(tmp_path).whisper[-1] == tmp_path


@needs_recogniser
def test_without_the_larger_model_the_smaller_one_hears_alone(monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "_LARGER", tmp_path)
    (smaller,) = recognition_models(None).whisper
    assert (smaller / "model.bin").is_file()
    (tmp_path / "model.bin").touch()
    assert recognition_models(None).whisper == (smaller, tmp_path)
    # Who wants the quick one alone names it.
    assert recognition_models(smaller).whisper == (smaller,)


@needs_larger_model
@needs_espeak
def test_the_larger_model_hears_by_itself():
    larger = recognition_models(None).whisper[1]
    written = recogniser_process.LoadedRecogniser([str(larger)]).hear(
        spoken("My back hurts again.")
    )
    assert "back hurts again" in written["readings"][0]["texts"][0][0]


def test_what_is_no_model_cannot_be_made_ready(tmp_path):
    command = [sys.executable, "-m", "bot.voice.converting", str(tmp_path), str(tmp_path / "made")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=paths.ROOT)
    assert done.returncode == 1
    assert "could not be made ready" in done.stderr
    assert not (tmp_path / "made").exists()


def _wav(samples):
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(16_000)
        out.writeframes((np.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes())
    return file.getvalue()


@needs_recogniser
@needs_espeak
async def test_the_real_one_hears_speech_and_nothing_in_noise():
    recogniser = Recogniser.of_this_machine(Catalogue.load(), seconds=60)
    random, moments = np.random.default_rng(1), np.arange(48_000) / 16_000
    try:
        heard = await recogniser.hear(spoken("Since this morning I cannot feel it when I wipe."))
        assert "feel it when I wipe" in heard.text
        for sound in (0 * moments, random.normal(0, 0.1, 48_000), 0.3 * np.sin(300 * moments)):
            assert (await recogniser.hear(_wav(sound))).is_nothing
        # Told to expect codes, it does not write one for a strange word.
        assert "BL" not in (await recogniser.hear(spoken("Where is Houxi?"))).text
        with pytest.raises(NotSound):
            await recogniser.hear(b"no sound at all" * 100)
        assert (await recogniser.hear(_wav(np.zeros(16_000 * 40)))).is_cut
    finally:
        await recogniser.stop()


@needs_recogniser
@needs_espeak
@needs_larger_model
async def test_the_larger_one_writes_a_name_that_it_was_told_of():
    recogniser = Recogniser.of_this_machine(Catalogue.load(), seconds=60)
    try:
        assert "Kunlun" in (await recogniser.hear(spoken("Where is Kunlun?"))).text
    finally:
        await recogniser.stop()
