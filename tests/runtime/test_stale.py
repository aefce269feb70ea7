"""What was trained or checked before a change is never taken for what is valid after it."""

import pytest

from bot.gate import stamp
from bot.runtime import training
from tests.data_copy import change


@pytest.mark.parametrize(
    "name", ["nlu.yml", "conversation.yml", "look_alikes.yml", "sign_messages.py"]
)
def test_a_change_of_what_is_learnt_from_asks_for_another_model(tmp_path, monkeypatch, name):
    inputs = training.model_inputs()
    before = training.model_path(tmp_path)
    changed = next(path for path in inputs if path.name == name)
    read = type(changed).read_bytes
    monkeypatch.setattr(
        type(changed), "read_bytes", lambda self: read(self) + b"#" * (self == changed)
    )
    assert training.model_path(tmp_path) != before


@pytest.mark.parametrize("name", ["red_flags.yml", "guidance.yml", "never_said.yml"])
def test_changed_data_are_checked_again_before_a_start(folder, tmp_path, name):
    passed = tmp_path / "var" / "checked"
    stamp.remember_passed(passed, stamp.state_of(folder))
    change(folder, name, "version: ", "version: 1")
    assert not stamp.has_passed(passed, stamp.state_of(folder))
