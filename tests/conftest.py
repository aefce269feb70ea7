"""The trained model (cached by its inputs), the assistant in process, real servers."""

import asyncio
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import uuid
from functools import lru_cache
from pathlib import Path

import pytest
import yaml

from bot.knowledge.schema import data_files
from bot.runtime import paths
from bot.runtime.prepare import prepare
from tests.patience import PATIENCE, until
from tests.postgres import Postgres, programs

prepare()
# It reads the same, ten times as fast.
yaml.SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Hundreds of tests read copies of the same files, in which all but one are unchanged.
data_files._parse = lru_cache(maxsize=64)(data_files._parse)


# What takes longest begins first, so that no worker is left alone with it at the end.
_FIRST = (
    *("runtime/", "widget/", "test_conversations", "safety/test_held_out", "channels/", "gateway/"),
    *("test_safety_case", "reminders/", "voice/", "gate/"),
)
# What needs a trained model needs one of these.
_TRAINED = frozenset({"model", "assistant"})


def pytest_collection_modifyitems(items):
    def place(item):
        path = item.path.relative_to(paths.ROOT / "tests").as_posix()
        return next((n for n, start in enumerate(_FIRST) if path.startswith(start)), len(_FIRST))

    from bot.runtime.training import model_path

    items.sort(key=place)
    if model_path().exists():
        return
    # While one worker trains, the others do what needs no model.
    waiting = {item.path for item in items if _TRAINED & set(item.fixturenames)}
    trains = next((item.path for item in items if item.path in waiting), None)
    items.sort(key=lambda item: 0 if item.path == trains else 1 + (item.path in waiting))


@pytest.fixture
def folder(tmp_path):
    """A copy of the data files, to make mistakes in (tests.data_copy.change)."""
    for file in paths.DATA.glob("*.yml"):
        shutil.copy(file, tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def model():
    """The model for the present inputs; trained only if they have changed."""
    from bot.runtime.training import ensure_model

    return ensure_model()


@pytest.fixture(scope="session")
def assistant(model, tmp_path_factory):
    """The assistant loaded in this process."""
    from bot.runtime.assistant import Assistant, Settings

    assistant = Assistant(Settings(model=model, state_folder=tmp_path_factory.mktemp("var")))
    assistant.load_now()
    return assistant


@pytest.fixture(scope="session")
def talk_raw(assistant):
    """A function (text, sender, metadata) -> the messages as JSON, through the gateway."""
    from bot.gateway.messages import Incoming

    gateway = assistant.gateway
    loop = asyncio.new_event_loop()

    def say(text, sender=None, metadata=None):
        incoming = Incoming(text, sender or uuid.uuid4().hex, "test", metadata)
        return [
            message.to_json() for message in loop.run_until_complete(gateway.exchange(incoming))
        ]

    yield say
    loop.close()


@pytest.fixture(scope="session")
def talk(talk_raw):
    """A function (text, sender) -> the joined text of all messages."""
    return lambda text, sender=None: "\n".join(m["text"] for m in talk_raw(text, sender))


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL; where it is not installed, what needs it is skipped."""
    if programs() is None:
        pytest.skip("PostgreSQL is not installed (on Debian: apt install postgresql)")
    server = Postgres()
    yield server
    server.stop()


def free_port():
    """A port nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A real `acupoint` process."""

    def __init__(self, *arguments, cwd=paths.ROOT, at=None, **environment):
        self.port = at or free_port()
        environment.setdefault("ACUPOINT_STATE_FOLDER", tempfile.mkdtemp(prefix="acupoint-"))
        # Tests ask faster than people; those of the limits set their own.
        for by in ("SENDER", "ADDRESS"):
            environment.setdefault(f"ACUPOINT_{by}_MESSAGES_PER_MINUTE", "100000")
        self.state_folder = Path(environment["ACUPOINT_STATE_FOLDER"])
        command = [sys.executable, "-m", "bot.cli", *arguments, "--port", str(self.port)]
        # In a file: a pipe that nobody reads would stop it when full.
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the process
        self.process = subprocess.Popen(
            command,
            cwd=cwd,
            env={**os.environ, **environment},
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )

    @property
    def log(self):
        """What it has written so far."""
        size = os.fstat(self._log.fileno()).st_size
        return os.pread(self._log.fileno(), size, 0).decode(errors="replace")

    def request(self, path, body=None, method=None):
        """(status, parsed answer) of a request; `body` is bytes, or sent as JSON."""
        data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            data,
            {"Content-Type": "application/json"},
            method=method,
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            raw = error.read()
            return error.code, json.loads(raw) if raw.startswith((b"{", b"[")) else raw

    def say(self, text, sender="someone"):
        """The joined text that the REST channel answers."""
        status, messages = self.request(
            "/webhooks/rest/webhook", {"sender": sender, "message": text}
        )
        assert status == 200, messages
        return "\n".join(message["text"] for message in messages)

    def wait(self):
        """Wait until /health answers 200."""
        until(self.is_ready)
        return self

    def is_ready(self):
        """Whether /health answers 200; a server that has ended fails the test."""
        assert self.process.poll() is None, self.log
        try:
            return self.request("/health")[0] == 200
        except OSError:
            return False

    def stop(self):
        """End it as Ctrl-C would."""
        if self.process.poll() is None:
            self.process.send_signal(2)
            self.process.wait(PATIENCE)


def actions_server(port=None):
    """The actions in a process of their own."""
    return Server("actions", at=port).wait()


@pytest.fixture(scope="session")
def server(model):
    """The assistant as `make run` starts it."""
    server = Server("run").wait()
    yield server
    server.stop()
