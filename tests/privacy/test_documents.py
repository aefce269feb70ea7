"""What the documents for a clinic say of the software is what it does."""

import re
from pathlib import Path

import pytest
import requests
from sanic import Sanic

from bot.answers.privacy_facts import CARRIERS
from bot.channels.alexa.welcomed_users import FILE as WELCOMED
from bot.channels.web.settings import WebSettings
from bot.channels.web.transcript import FILE as TRANSCRIPTS
from bot.channels.web.transcript_care import LONGEST_NUMBERING
from bot.knowledge.catalogue import Catalogue
from bot.privacy import audit, consents, keys, private_store, retention
from bot.privacy.copy_links import MINUTES
from bot.reminders.delivery.push import KEY_FILE
from bot.reminders.storage.database import FILE as REMINDERS
from bot.runtime import paths
from bot.runtime.assistant import Settings
from bot.runtime.conversation_store import FILE as CONVERSATIONS
from bot.runtime.storage import held_words, outbox, state_folder
from tests.channels.browser import base_of
from tests.patience import PATIENCE

DAY = 86_400
RECORD = paths.DOCS / "privacy" / "record.md"
WRITTEN = [
    paths.SAFETY_CASE,
    *sorted((paths.DOCS / "privacy").glob("*.md")),
    *(p for p in sorted((paths.DOCS / "clinical_safety").glob("*.md")) if p.name != "controls.md"),
]
# About what fits on four pages.
MOST_WORDS = 2_100


def words(page):
    return " ".join(page.read_text(encoding="utf-8").split())


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.stem)
def test_a_page_is_short_and_leaves_room_for_what_only_the_organisation_knows(page):
    text = page.read_text(encoding="utf-8")
    assert len(text.split()) <= MOST_WORDS
    assert re.search(r"\*\*(Owner|Controller|Organisation):\*\*", text)
    assert "____" in text


def test_the_times_are_those_of_the_software():
    told = words(RECORD)
    settings = WebSettings()
    assert Settings().privacy.retention.days == retention.KEEP_DAYS == 30
    for sentence in (
        f"`ACUPOINT_KEEP_DAYS`: {retention.KEEP_DAYS} unless set",
        f"90 days | | `{REMINDERS}`",
        f"What was told: {Catalogue.load().reminders.limits.kept_days} days",
        f"{audit.KEEP_DAYS} days",
        f"every night at {retention._NIGHT}",
        f"a sealed link of {MINUTES} minutes",
        f"a file over {private_store._SOON_BYTES // 1_000_000} MB",
        "half an hour without a word",
        "a signed token: an hour, renewed for 30 days",
    ):
        assert sentence in told, sentence
    assert LONGEST_NUMBERING == 90 * DAY
    assert retention.SESSION_SECONDS == 1_800
    assert (settings.token_seconds, settings.renew_seconds) == (3_600, 30 * DAY)
    assert "30 days after the last contact unless set" in words(RECORD.with_name("dpia.md"))


def test_every_file_is_on_record_and_no_other(server):
    listed = RECORD.read_text(encoding="utf-8").split("| --- | --- | --- |")[1].split("\n\n")[0]
    cells = [row.split("|")[1] for row in listed.strip().splitlines()]
    told = {name for cell in cells for name in re.findall(r"`([\w.]+)`", cell)}
    known = {
        CONVERSATIONS, TRANSCRIPTS, REMINDERS, WELCOMED, audit.FILE, consents.FILE,
        outbox.FILE, held_words.FILE,
        keys.SECRET_FILE, keys.IDENTITY_FILE, KEY_FILE, state_folder.IN_USE, paths.GATE_STAMP.name,
    }  # fmt: skip
    assert told == known
    made = {re.sub(r"-(wal|shm|journal)$", "", f.name) for f in server.state_folder.iterdir()}
    assert made <= known
    modes = {f.stat().st_mode & 0o777 for f in server.state_folder.iterdir() if f.is_file()}
    assert modes == {0o600}
    assert server.state_folder.stat().st_mode & 0o777 == 0o700


def test_every_channel_names_who_carries_its_words():
    rows = dict(re.findall(r"(?m)^\| `(\w+)` \| ([^|]+) \|", RECORD.read_text(encoding="utf-8")))
    assert {channel: rows.get(channel) for channel in CARRIERS} == dict(CARRIERS)


def test_every_address_is_on_record(assistant):
    from bot.runtime.service import create_app

    Sanic._app_registry.pop("acupoint", None)
    app = create_app(assistant)
    Sanic._app_registry.pop("acupoint", None)
    told = RECORD.read_text(encoding="utf-8").partition("## What answers at this server")[2]
    listed = re.findall(r"`(/[^`]*)`", told)

    def is_listed(path):
        return any(
            path.startswith(one.removesuffix("...")) if one.endswith("...") else path == one
            for one in listed
        )

    routes = {f"/{route.path}".replace("//", "/") for route in app.router.routes}
    assert len(routes) > 15
    assert sorted(path for path in routes if not is_listed(path)) == []


def test_no_cookie_is_set(server):
    base = base_of(server)
    asked = [
        requests.get(base, timeout=PATIENCE),
        requests.post(base, data={"message": "hello"}, timeout=PATIENCE),
        requests.post(f"{base}/widget/session", timeout=PATIENCE),
        requests.get(f"{base}/widget/status", timeout=PATIENCE),
        requests.get(f"{base}/socket.io/?EIO=4&transport=polling", timeout=PATIENCE),
    ]
    assert [answer.headers.get("Set-Cookie") for answer in asked] == [None] * len(asked)
    assert "**Cookies:** none" in RECORD.read_text(encoding="utf-8")


def test_settings_and_commands_that_are_named_exist():
    named = " ".join(map(words, WRITTEN))
    code = "".join(path.read_text() for path in (paths.ROOT / "bot").rglob("*.py"))
    for variable in set(re.findall(r"ACUPOINT_[A-Z_]+", named)):
        base = variable.removesuffix("_FILE")
        assert f'"{variable}"' in code or f'"{base}"' in code, variable
    made = Path(paths.ROOT / "Makefile").read_text()
    for target in set(re.findall(r"`make ([a-z-]+)", named)):
        assert f"\n{target}:" in made, target
    metrics = set(re.findall(r"acupoint_[a-z_]+", named))
    assert all(f'"{name}"' in code for name in metrics)
