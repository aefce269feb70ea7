"""The microphone and the loudspeaker, with programs that behave as the real ones do."""

import time

import pytest

from bot.voice.sound import _LEAST_SECONDS, NoSound, play, record
from tests.patience import until

_SECOND = 32_000


@pytest.fixture
def program(tmp_path, monkeypatch):
    """A function (name, script): the only programs there are, besides those of the system."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}")

    def make(name, script):
        file = folder / name
        file.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n")
        file.chmod(0o755)

    return make


@pytest.mark.parametrize(
    ("name", "before"), [("pw-record", ""), ("arecord", "printf RIFF____WAVEfmt;")]
)
def test_what_the_microphone_hears_is_a_wav_file_whatever_the_program_writes(
    program, name, before, tmp_path
):
    written = tmp_path / "written"
    program(name, f"{before} head -c {_SECOND} /dev/zero; touch {written}; exec sleep 600")
    recording = record(lambda: until(written.exists))
    assert recording.startswith(b"RIFF")
    assert len(recording) >= _SECOND


def test_a_microphone_that_gives_nothing_is_told(program, tmp_path):
    ends = tmp_path / "ends"
    program("pw-record", f"touch {ends}; exit 1")
    with pytest.raises(NoSound, match="no microphone"):
        record(lambda: until(ends.exists) and time.sleep(1.5 * _LEAST_SECONDS))


def test_who_ends_at_once_is_not_told_that_there_is_no_microphone(program):
    program("pw-record", "exec sleep 600")
    assert record(lambda: None).startswith(b"RIFF")


def test_pipewire_is_given_a_file_and_the_others_their_input(program, tmp_path):
    kept = tmp_path / "played"
    program("aplay", f"cat > {kept}")
    play(b"RIFF by aplay")
    assert kept.read_bytes() == b"RIFF by aplay"
    program("pw-play", f'cat "$1" > {kept}')
    play(b"RIFF by file")
    assert kept.read_bytes() == b"RIFF by file"


def test_a_loudspeaker_that_fails_is_told(program):
    with pytest.raises(NoSound):
        play(b"RIFF")
    program("aplay", "exit 1")
    with pytest.raises(NoSound, match="nothing to play"):
        play(b"RIFF")
