"""Voice in the page: a real browser, a microphone that plays a file, the real recogniser."""

import contextlib
import io
import re
import shutil
import subprocess
import wave

import pytest

from tests.patience import PATIENCE
from tests.voice.conftest import needs_espeak, needs_recogniser, spoken
from tests.widget.conftest import CHROMIUM, SECONDS, Chat
from tests.widget.test_accessibility import focused, violations

QUESTION = "Where is the point on my hand for back pain?"
SIGN = "I have a crushing pain in my chest and I cannot breathe."


@pytest.fixture(scope="module")
def voice_server(model):
    from tests.conftest import Server

    server = Server("run", "--voice").wait()
    yield server
    with contextlib.suppress(subprocess.TimeoutExpired):
        server.stop()


@pytest.fixture(scope="module")
def open_with_microphone(driver, tmp_path_factory):
    """A function (server, wav) -> a Chat whose microphone plays this file once."""
    with contextlib.ExitStack() as kept:
        program = next(filter(None, map(shutil.which, CHROMIUM)))

        def open_(server, sound, allowed=True):
            file = tmp_path_factory.mktemp("microphone") / "said.wav"
            file.write_bytes(unhurried(sound))
            browser = driver.chromium.launch(
                executable_path=program,
                args=[
                    "--no-sandbox", "--use-fake-device-for-media-stream",
                    f"--use-file-for-fake-audio-capture={file}%noloop",
                    *(["--use-fake-ui-for-media-stream"] if allowed else []),
                ],
            )  # fmt: skip
            kept.callback(browser.close)
            context = browser.new_context(
                viewport={"width": 400, "height": 700},
                permissions=["microphone"] if allowed else [],
            )
            context.set_default_timeout(SECONDS)
            return Chat(context.new_page(), f"http://127.0.0.1:{server.port}").open()

        yield open_


def unhurried(sound):
    """The sound with a second of silence before it: a busy machine begins to record late."""
    with wave.open(io.BytesIO(sound)) as said:
        form, frames = said.getparams(), said.readframes(said.getnframes())
    pause = b"\0" * (form.framerate * form.sampwidth * form.nchannels)
    out = io.BytesIO()
    with wave.open(out, "wb") as unhurried_:
        unhurried_.setparams(form)
        unhurried_.writeframes(pause + frames + pause)
    return out.getvalue()


def silence(path, seconds=3):
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(16_000)
        out.writeframes(b"\0\0" * 16_000 * seconds)
    return path.read_bytes()


def speak(chat, seconds):
    """Press the button to speak, agree, and press it again after a while."""
    agree = chat.page.get_by_role("button", name="Yes, I want to speak")
    if not agree.is_visible():
        chat.see(".talk").click()
    if agree.is_visible():
        agree.click()
    chat.wait_for('.talk[data-state="listening"]')
    chat.page.wait_for_timeout(int(seconds * 1000))
    chat.see(".talk").click()
    chat.page.wait_for_function(
        "() => document.querySelector('acupoint-chat').shadowRoot"
        ".querySelector('.talk').dataset.state === 'idle'",
        timeout=1000 * PATIENCE,
    )


def box(chat):
    return chat.page.get_by_label("Your message").input_value()


def told(chat):
    return chat.see(".talk-line").inner_text()


def test_without_voice_there_is_no_button(chat):
    assert not chat.see(".talk").is_visible()
    chat.say("where is LI4")
    assert not chat.see(".listen").first.is_visible()


@needs_recogniser
@needs_espeak
class TestSpeaking:
    def test_a_question_is_heard_shown_corrected_sent_and_answered(
        self, open_with_microphone, voice_server
    ):
        chat = open_with_microphone(voice_server, spoken(QUESTION))
        chat.wait_for(".talk")
        found = violations(chat, "with voice")
        chat.see(".talk").click()
        consent = chat.see("dialog[open]").inner_text()
        assert "not kept" in consent
        assert chat.see('.talk[data-state="listening"]').count() == 0
        found += violations(chat, "consent")
        speak(chat, 5)
        assert re.search(r"point on my hand.*pain", box(chat)), told(chat)
        assert "Send" in told(chat)
        assert chat.said == []  # nothing is sent by itself
        assert focused(chat) == "Speak"
        found += violations(chat, "heard")
        assert found == []
        with chat.awaiting_answer():
            chat.page.get_by_label("Your message").press("Enter")
        assert "LI4" in chat.answers[-1]

    def test_a_warning_sign_is_answered_without_pressing_send(
        self, open_with_microphone, voice_server
    ):
        chat = open_with_microphone(voice_server, spoken(SIGN))
        with chat.awaiting_answer():
            speak(chat, 5.5)
            assert chat.said, told(chat)
        chat.wait_for(".banner", "Please get emergency help now.")
        assert "chest" in chat.said[0]
        assert "sent it at once" in told(chat)

    def test_silence_is_no_question_and_no_alarm(
        self, open_with_microphone, voice_server, tmp_path
    ):
        chat = open_with_microphone(voice_server, silence(tmp_path / "silence.wav"))
        speak(chat, 1.5)
        assert "did not hear any words" in told(chat)
        assert box(chat) == ""
        assert chat.said == []

    def test_held_with_the_mouse_it_ends_when_let_go_and_escape_throws_it_away(
        self, open_with_microphone, voice_server
    ):
        chat = open_with_microphone(voice_server, spoken(QUESTION))
        speak(chat, 0.2)
        chat.see(".talk").hover()
        chat.page.mouse.down()
        chat.wait_for('.talk[data-state="listening"]')
        chat.page.wait_for_timeout(900)
        chat.page.mouse.up()
        chat.wait_for('.talk[data-state="idle"]')
        before = box(chat)
        chat.see(".talk").focus()
        chat.page.keyboard.press("Enter")
        chat.wait_for('.talk[data-state="listening"]')
        assert focused(chat) == "Done speaking"
        asked = len(chat.asked)
        chat.page.keyboard.press("Escape")
        chat.wait_for('.talk[data-state="idle"]')
        chat.page.wait_for_timeout(300)
        assert box(chat) == before
        assert not [url for url in chat.asked[asked:] if "/voice/" in url]

    def test_an_answer_is_read_aloud_and_stops(self, open_with_microphone, voice_server):
        chat = open_with_microphone(voice_server, spoken(QUESTION))
        chat.say("where is LI4")
        chat.see(".listen").first.click()
        stop = chat.page.get_by_role("button", name="Stop reading")
        stop.wait_for()
        assert violations(chat, "reading") == []
        stop.click()
        assert not stop.is_visible()
        chat.see(".menu > button").click()
        chat.page.get_by_role("button", name="Read answers aloud").click()
        chat.page.keyboard.press("Escape")
        chat.say("how long?")
        stop.wait_for()
        chat.page.keyboard.press("Escape")
        assert not stop.is_visible()
        assert chat.problems == []

    def test_a_refused_microphone_is_told_kindly(self, open_with_microphone, voice_server):
        chat = open_with_microphone(voice_server, spoken(QUESTION), allowed=False)
        chat.see(".talk").click()
        chat.page.get_by_role("button", name="Yes, I want to speak").click()
        chat.wait_for(".talk-line", "type your question")
        assert chat.see(".talk").get_attribute("data-state") == "idle"
