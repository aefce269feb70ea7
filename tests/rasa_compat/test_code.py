"""Each adaptation was made for certain lines of Rasa: where those change, it is looked at again.

After reading the new lines and the module named beside them, write the new fingerprint down:
`python -m tests.rasa_compat.test_code` prints them all.
"""

import hashlib
import inspect
from importlib import import_module
from operator import attrgetter

import pytest

from bot.rasa_compat.adapt import adapt_rasa

# What of Rasa, which module of bot/rasa_compat is about it, and the fingerprint of its code.
CODE = {
    "rasa.shared.utils.validation:validate_training_data_format_version": (
        "old_versions",
        "68bb920ca53f",
    ),
    "rasa.utils.common": ("old_warning", "6ed37a5298b9"),
    "rasa.engine.runner.dask": ("graph_order", "fc92eebf60a3"),
    "rasa.core.tracker_store:SQLTrackerStore": ("database_addresses", "e9b81646501a"),
    "rasa.core.channels.rest:RestInput.blueprint": ("streamed_answers", "886a9338e4c2"),
    "rasa.core.run:serve_application": ("one_process", "fa80588d9e00"),
    "rasa.engine.validation": ("neural_components", "081aab462607"),
    "rasa.engine.training.fingerprinting:calculate_fingerprint_key": (
        "package_resources",
        "a495b363247d",
    ),
    "rasa.shared.utils.validation:validate_yaml_schema": ("package_resources", "e039106753a5"),
    "rasa.utils.log_utils:configure_structlog": ("error_reports", "80c9dcfa47c7"),
    "rasa.telemetry": ("no_telemetry", "08b3dcdce885"),
    "rasa.__main__:main": ("command", "2f38a2b1d86f"),
    "rasa.core.channels": ("left_out", "33637c7f3972"),
    "rasa.core.actions.action:RemoteAction": ("speed.compiled_action_check", "dc8df00f7d71"),
    "rasa.core.processor:MessageProcessor": ("speed.quick_runner", "d9c6c4a59a18"),
    "rasa.engine.training.graph_trainer": ("speed.quick_training", "78b490c29eba"),
    "rasa.engine.training.hooks": ("speed.quick_training", "1facf18ba20a"),
    "rasa.engine.graph:GraphNode": ("speed.quick_runner", "d7c4d5f37f51"),
}


def fingerprint(what):
    adapt_rasa()
    module, _, name = what.partition(":")
    found = import_module(module)
    if not name:
        return _hash(inspect.getsource(found))
    return _hash(inspect.getsource(inspect.unwrap(attrgetter(name)(found))))


def _hash(source):
    return hashlib.sha256(source.encode()).hexdigest()[:12]


@pytest.mark.parametrize("what", CODE)
def test_rasas_code_is_what_it_was_adapted_as(what):
    subject, known = CODE[what]
    import_module(f"bot.rasa_compat.{subject}")
    assert fingerprint(what) == known, f"Read {what} and bot/rasa_compat/{subject}.py again."


def test_every_subject_names_what_it_is_about():
    from bot.rasa_compat import adapt

    about = {subject for subject, _ in CODE.values()}
    assert {each.__name__.rpartition(".")[2] for each in adapt._SUBJECTS} <= about
    assert {"error_reports", "left_out", "package_resources", "speed.quick_runner"} <= about
    assert {"speed.compiled_action_check", "speed.quick_training"} <= about


if __name__ == "__main__":
    for each in CODE:
        print(each, fingerprint(each))
