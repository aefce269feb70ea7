"""An operator finds a person by the code they read out, hands out everything, and deletes it."""

import asyncio
import json

import pytest
import yaml
from typer.testing import CliRunner

from bot.channels.web.tokens import SessionInvalid, Tokens
from bot.cli.app import app
from bot.privacy.audit import Act, AuditLog
from bot.privacy.codes import PersonCodes
from bot.privacy.keys import keys_of
from bot.runtime.personal.persons import Persons, StillKept
from tests.kept import readable
from tests.privacy.kept_of_everybody import DAY, Clock, Everything


@pytest.fixture
def everything(tmp_path):
    everything = Everything(tmp_path, Clock())
    everything.says("ann", "my parrot Ferdinand heard it", "id-000001")
    everything.transcript.rate("ann", 2, "down", "Leopold says so")
    everything.is_reminded("ann", "Casimir")
    everything.says("bob", "it hurts", "id-000002")
    return everything


def codes_of(folder):
    return PersonCodes(keys_of(folder).identity)


def command(folder, *words, given=None):
    done = CliRunner().invoke(app, ["person", *words, "--state-folder", str(folder)], given)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def test_a_copy_holds_all_that_was_found_and_deleting_leaves_nothing(everything, tmp_path):
    code = codes_of(tmp_path).of("ann")
    # As somebody says it, and somebody else writes it down.
    found = command(tmp_path, "find", code.lower().replace("-", " "))
    for told in (code, "ann", "conversation", "chat", "reminders"):
        assert told in found.output
    file = tmp_path / "copy.txt"
    assert command(tmp_path, "export", code, "--to", str(file)).exit_code == 0
    copy = yaml.safe_load(file.read_text())
    assert set(copy["kept"]) == {"conversation", "chat", "reminders"}
    assert file.stat().st_mode & 0o077 == 0
    for told in ("Ferdinand", "Leopold", "Casimir", "pregnancy", "You said"):
        assert told in file.read_text()
    file.unlink()
    assert "Ferdinand" in str(json.loads(command(tmp_path, "export", "ann", "--json").stdout))

    refused = command(tmp_path, "erase", code, given="n\n")
    assert "Nothing was deleted" in refused.output
    assert b"Ferdinand" in readable(tmp_path)
    erased = command(tmp_path, "erase", code, "--yes")
    assert "is deleted" in erased.output
    left = readable(tmp_path)
    assert not any(told in left for told in (b"Ferdinand", b"Leopold", b"Casimir"))
    assert b"it hurts" in left
    assert command(tmp_path, "find", code).exit_code == 1
    assert everything.transcript.erasures("ann") == 1

    acts = [(entry.act, entry.person) for entry in AuditLog(tmp_path).entries()]
    assert acts[0] == ("erased", code)
    assert ("exported", code) in acts
    assert {person for _, person in acts} == {code}
    assert "operator" in command(tmp_path, "log").output
    assert b"Ferdinand" not in (tmp_path / "audit.db").read_bytes()


def test_what_cannot_be_deleted_is_named(everything, tmp_path, monkeypatch):
    async def broken(*_):
        raise OSError("disk")

    monkeypatch.setattr(everything.places[2], "erase", broken)
    persons = Persons(everything.places, codes_of(tmp_path), AuditLog(tmp_path))
    with pytest.raises(StillKept, match="reminders"):
        asyncio.run(persons.erase("ann"))
    assert b"Ferdinand" not in readable(tmp_path)
    assert not AuditLog(tmp_path).erased_since(0)


def test_acts_are_forgotten_after_a_year(tmp_path):
    clock = Clock()
    log = AuditLog(tmp_path, clock)
    log.note(Act.FOUND, "AAAA-BBBB", "operator")
    clock.now += 366 * DAY
    log.forget_old()
    assert log.entries() == []


def test_a_new_key_ends_no_session_and_changes_no_id(tmp_path):
    def tokens():
        keys = keys_of(tmp_path)
        return Tokens(keys.signing, old=keys.old, identity=keys.identity)

    token = tokens().issue()
    before, identity = tokens().session(token), keys_of(tmp_path).identity
    assert CliRunner().invoke(app, ["change-key", "--state-folder", str(tmp_path)]).exit_code == 0
    assert tokens().session(token) == before
    renewed = tokens().issue(tokens().session(token))
    assert CliRunner().invoke(app, ["change-key", "--state-folder", str(tmp_path)]).exit_code == 0
    assert tokens().session(renewed) == before
    with pytest.raises(SessionInvalid):
        tokens().session(token)
    forget = ["change-key", "--forget-old", "--state-folder", str(tmp_path)]
    assert CliRunner().invoke(app, forget).exit_code == 0
    with pytest.raises(SessionInvalid):
        tokens().session(renewed)
    assert keys_of(tmp_path).identity == identity
    assert {file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {0o600}
