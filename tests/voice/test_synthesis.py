"""Speaking: what is said, and by whom."""

import subprocess

import pytest

from bot.channels.spoken.speech import speeches
from bot.messages.message import Message, ReplyParts
from bot.voice import sound, synthesis
from bot.voice.synthesis import CannotSpeak, Voice, espeak_voice, piper_voice
from tests.voice.conftest import needs_espeak


def test_warnings_are_said_first():
    said = speeches(
        [
            Message(text="**LI4** lies [here](https://x.example).\n\n- one"),
            Message.of("", ReplyParts(kind="red_flag", spoken="Get help now.")),
        ]
    )
    assert [one.text for one in said] == ["Get help now.", "LI4 lies here. one"]
    assert [one.is_red_flag for one in said] == [True, False]


@needs_espeak
def test_espeak_speaks_slower_when_it_warns():
    voice = espeak_voice()
    usual, slow = voice.say("Please get help now."), voice.say("Please get help now.", slowly=True)
    assert usual.startswith(b"RIFF")
    assert len(slow) > len(usual) * 1.1


def test_the_text_is_on_no_command_line(monkeypatch):
    seen = []

    def run(command, **settings):
        seen.append((command, settings["input"]))
        return subprocess.CompletedProcess(command, 0, b"RIFF....")

    monkeypatch.setattr(synthesis.subprocess, "run", run)
    Voice("v", ("program",)).say("my secret\nback pain")
    assert seen == [(("program",), b"my secret back pain")]


@pytest.mark.parametrize("program", ["no-such-program", "false", "true"])
def test_a_voice_that_fails_says_so_without_the_words(program):
    with pytest.raises(CannotSpeak) as failed:
        Voice("the voice", (program,)).say("my secret")
    assert "secret" not in str(failed.value)
    assert failed.value.__cause__ is None


def test_without_any_voice_there_is_none(tmp_path):
    assert piper_voice(tmp_path) is None
    assert espeak_voice(["no-such-program"]) is None


def test_without_a_microphone_it_is_told_what_to_do(monkeypatch):
    monkeypatch.setattr(sound.shutil, "which", lambda name: None)
    with pytest.raises(sound.NoSound, match=r"no microphone.*apt install alsa-utils"):
        sound.record(lambda: None)
    with pytest.raises(sound.NoSound, match=r"--out answer\.wav"):
        sound.play(b"RIFF")
