"""Rasa's own commands, as people type them, in a project of their own that is quickly trained."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import free_port
from tests.patience import PATIENCE

RASA = Path(sys.executable).with_name("rasa")
FILES = {
    "config.yml": """
        recipe: default.v1
        assistant_id: small
        language: en
        pipeline:
          - name: WhitespaceTokenizer
          - name: CountVectorsFeaturizer
          - name: LogisticRegressionClassifier
        policies:
          - name: MemoizationPolicy
          - name: RulePolicy
    """,
    "domain.yml": """
        version: "3.1"
        intents: [greet, leave]
        responses:
          utter_greet: [{text: Hello to you}]
          utter_leave: [{text: Farewell}]
    """,
    "data/nlu.yml": """
        version: "3.1"
        nlu:
          - intent: greet
            examples: |
              - hello
              - good morning
              - hi there
          - intent: leave
            examples: |
              - bye
              - see you later
              - good night
    """,
    "data/rules.yml": """
        version: "3.1"
        rules:
          - {rule: a, steps: [{intent: greet}, {action: utter_greet}]}
          - {rule: b, steps: [{intent: leave}, {action: utter_leave}]}
    """,
    "tests/test_stories.yml": """
        stories:
          - story: met
            steps:
              - {user: hello, intent: greet}
              - {action: utter_greet}
    """,
    "credentials.yml": "rest:\n",
    "endpoints.yml": "tracker_store: {type: SQL, dialect: sqlite, db: kept.db}\n",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    for name, content in FILES.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        lines = content.strip("\n").splitlines()
        indent = len(lines[0]) - len(lines[0].lstrip())
        path.write_text("\n".join(line[indent:] for line in lines) + "\n")
    trained = rasa(folder, "train")
    assert trained.returncode == 0, trained.stdout + trained.stderr
    return folder


def started(folder, *arguments, **kwargs):
    # Even with telemetry asked for; a home of the test's own shows any trace of it.
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "true", "HOME": str(folder / "home")}
    return subprocess.Popen(
        [RASA, *arguments], cwd=folder, env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **kwargs,
    )  # fmt: skip


def rasa(folder, *arguments, told=None):
    process = started(folder, *arguments)
    out, errors = process.communicate(told, timeout=5 * PATIENCE)
    return subprocess.CompletedProcess(arguments, process.returncode, out, errors)


def test_train_makes_a_model_and_tells_nobody(project):
    assert list((project / "models").glob("*.tar.gz"))
    # Rasa notes there whether it may tell, before it does.
    assert list((project / "home").rglob("global.yml")) == []


def test_data_validate_finds_what_is_wrong(project):
    done = rasa(project, "data", "validate")
    assert done.returncode == 0, done.stderr[-2000:]
    wrong = project / "wrong.yml"
    wrong.write_text(FILES["domain.yml"].replace("greet, leave", "greet"))
    told = rasa(project, "data", "validate", "--domain", "wrong.yml").stderr
    assert "'leave'" in told
    assert "add it to your domain" in told


def test_test_judges_intents_and_stories(project):
    done = rasa(project, "test", "--stories", "tests", "--nlu", "data/nlu.yml")
    assert done.returncode == 0, done.stderr[-2000:]
    judged = json.loads((project / "results" / "intent_report.json").read_text())
    assert judged["accuracy"] == 1
    assert (project / "results" / "story_report.json").is_file()
    assert (project / "results" / "intent_confusion_matrix.png").is_file()


def test_shell_answers(project):
    done = rasa(project, "shell", "nlu", told="good night\n/stop\n")
    assert '"name": "leave"' in done.stdout, done.stdout[-2000:] + done.stderr[-2000:]


@pytest.fixture(scope="module")
def running(project):
    port = free_port()
    process = started(project, "run", "--port", str(port), "--enable-api")
    address = f"http://127.0.0.1:{port}"
    end = time.time() + 120
    while True:
        try:
            urllib.request.urlopen(f"{address}/status", timeout=PATIENCE).close()
            break
        except (OSError, urllib.error.URLError):
            assert process.poll() is None, process.stderr.read()[-2000:]
            assert time.time() < end
            time.sleep(0.2)
    yield address
    process.send_signal(2)
    process.communicate(timeout=PATIENCE)


@pytest.mark.parametrize("asked", ["webhook", "webhook?stream=true"])
def test_run_answers_whole_and_in_pieces(running, asked):
    body = json.dumps({"sender": "me", "message": "hello"}).encode()
    address = f"{running}/webhooks/rest/{asked}"
    with urllib.request.urlopen(urllib.request.Request(address, body), timeout=PATIENCE) as answer:
        assert "Hello to you" in answer.read().decode()


def test_run_keeps_conversations(running, project):
    body = json.dumps({"sender": "kept", "message": "bye"}).encode()
    address = f"{running}/webhooks/rest/webhook"
    urllib.request.urlopen(urllib.request.Request(address, body), timeout=PATIENCE).close()
    with urllib.request.urlopen(
        f"{running}/conversations/kept/tracker", timeout=PATIENCE
    ) as answer:
        said = [event.get("text") for event in json.load(answer)["events"]]
    assert "bye" in said
    assert (project / "kept.db").stat().st_size


def test_a_neural_component_ends_training_with_one_sentence(project):
    config = FILES["config.yml"].replace("LogisticRegressionClassifier", "DIETClassifier")
    lines = config.strip("\n").splitlines()
    (project / "neural.yml").write_text("\n".join(line[8:] for line in lines) + "\n")
    done = rasa(project, "train", "nlu", "--config", "neural.yml")
    assert done.returncode != 0
    assert "'DIETClassifier' needs TensorFlow" in done.stdout + done.stderr
