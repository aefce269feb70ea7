"""The files that find hands: kept, compressed, closed in by policies, and nothing else."""

import gzip

import pytest
from sanic import Sanic
from sanic_testing.testing import SanicTestClient

from bot.channels.vision_files import vision_files

MODEL = b"weights " * 400
PLAIN = {"Accept-Encoding": "identity"}


@pytest.fixture
def get(tmp_path):
    """A function (address, headers) -> the answer."""
    folder = tmp_path / "dist" / "widget" / "vision"
    (folder / "hands-1.2.3").mkdir(parents=True)
    (folder / "hands-1.2.3" / "model.wasm").write_bytes(MODEL)
    (folder / "hands-1.2.3" / "model.wasm.gz").write_bytes(gzip.compress(MODEL))
    (folder / "hands-1.2.3" / "worker.js").write_text("1")
    (folder / "frame.html").write_text("<!doctype html>")
    (folder / "worker.js").write_text("onmessage = null;")
    (tmp_path / "dist" / "secret.txt").write_text("secret")
    app = Sanic(f"vision{tmp_path.name.translate({ord('-'): '_'})}")
    app.blueprint(vision_files(tmp_path / "dist"))
    client = SanicTestClient(app)
    return lambda address, headers=None: client.get(
        f"/widget/vision/{address}", headers=headers or PLAIN
    )[1]


def test_a_model_is_kept_for_ever_and_travels_compressed(get):
    answer = get("hands-1.2.3/model.wasm", {"Accept-Encoding": "gzip"})
    assert answer.content == MODEL
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Content-Type"] == "application/wasm"
    assert "immutable" in answer.headers["Cache-Control"]
    again = get(
        "hands-1.2.3/model.wasm", {**PLAIN, "If-None-Match": answer.headers["ETag"]}
    )
    assert (again.status, again.content) == (304, b"")
    plain = get("hands-1.2.3/model.wasm")
    assert plain.content == MODEL
    assert "Content-Encoding" not in plain.headers


def test_only_the_worker_may_run_wasm_and_neither_may_reach_another_server(get):
    frame = get("frame.html").headers
    worker = get("worker.js").headers
    assert "wasm" not in frame["Content-Security-Policy"]
    assert "connect-src" not in frame["Content-Security-Policy"]
    assert "'wasm-unsafe-eval'" in worker["Content-Security-Policy"]
    for headers in (frame, worker):
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "'unsafe-eval'" not in policy
        assert "*" not in policy
        assert headers["Cache-Control"] == "no-cache"
    assert "Content-Security-Policy" not in get("hands-1.2.3/worker.js").headers


@pytest.mark.parametrize(
    "name", ["gone.js", "hands-1.2.3/gone.wasm", "..%2f..%2fsecret.txt", "%2e%2e/frame.html",
             "hands-1.2.3/..%2fframe.html", "hands-1.2.3", ".hidden", "%00"],
)  # fmt: skip
def test_nothing_else_is_served(get, name):
    answer = get(name)
    assert answer.status == 404
    assert b"secret" not in answer.content
