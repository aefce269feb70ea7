"""What is in deploy/ fits the assistant."""

import re
from pathlib import Path

import pytest
import yaml

from bot.runtime.service import _SHUTDOWN_SECONDS
from bot.runtime.serving import stopping

DEPLOY = Path(__file__).resolve().parents[1] / "deploy"


def seconds(text):
    """How many seconds '30' or '30s' are."""
    return float(re.sub(r"s$", "", str(text)))


def test_whoever_stops_it_waits_until_answers_under_way_are_finished():
    needs = stopping._SECONDS + _SHUTDOWN_SECONDS
    unit = (DEPLOY / "acupoint.service").read_text()
    assert seconds(re.search(r"^TimeoutStopSec=(.+)$", unit, re.MULTILINE)[1]) > needs
    assert "KillSignal=SIGTERM" in unit
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    assert seconds(compose["services"]["assistant"]["stop_grace_period"]) > needs
    assert "STOPSIGNAL SIGTERM" in (DEPLOY / "Dockerfile").read_text()


def test_a_container_has_no_rights_and_writes_to_its_state_alone():
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    assistant = compose["services"]["assistant"]
    assert assistant["read_only"] is True
    assert assistant["cap_drop"] == ["ALL"]
    dockerfile = (DEPLOY / "Dockerfile").read_text()
    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", dockerfile, re.MULTILINE)
    folder = re.search(r"ACUPOINT_STATE_FOLDER=(\S+)", dockerfile)[1]
    assert assistant["volumes"] == [f"state:{folder}"]


def test_workers_share_a_database_and_a_secret_and_nothing_else():
    compose = yaml.safe_load((DEPLOY / "compose.workers.yaml").read_text())
    services = compose["services"]
    workers = [services["worker-1"], services["worker-2"]]
    needs = stopping._SECONDS + _SHUTDOWN_SECONDS
    for worker in (*workers, services["migrate"]):
        assert worker["read_only"] is True
        assert worker["cap_drop"] == ["ALL"]
        assert {"ACUPOINT_DATABASE_URL", "ACUPOINT_SECRET"} <= set(worker["environment"])
    for worker in workers:
        assert seconds(worker["stop_grace_period"]) > needs
        condition = worker["depends_on"]["migrate"]["condition"]
        assert condition == "service_completed_successfully"
    assert workers[0]["volumes"] != workers[1]["volumes"]
    site = (DEPLOY / "nginx.workers.conf").read_text()
    assert all(f"server {name}:5005" in site for name in ("worker-1", "worker-2"))


@pytest.mark.parametrize("name", ["nginx.conf", "nginx.workers.conf"])
def test_nginx_hands_on_sockets_and_keeps_what_is_for_operators(name):
    site = (DEPLOY / name).read_text()
    for needed in (
        "proxy_set_header Upgrade",
        "proxy_set_header X-Forwarded-For",
        "access_log off",
    ):
        assert needed in site
    for closed in ("/metrics", "/health/"):
        assert re.search(rf"location [= ]*{closed}\s+{{ return 404; }}", site)


def test_an_image_is_built_from_the_project_alone():
    left_out = (DEPLOY.parent / ".dockerignore").read_text().split()
    assert {".venv", ".tools", "models", "var", ".git"} <= set(left_out)
