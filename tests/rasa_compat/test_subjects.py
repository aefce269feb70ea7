"""What each adaptation gives Rasa back."""

import asyncio
import logging
import subprocess
import sys
import warnings
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pytest
from sanic import Sanic

from bot.rasa_compat import error_reports, left_out, old_versions, package_resources
from bot.rasa_compat.import_hook import when_loaded
from bot.runtime import paths


def test_a_version_that_is_none_is_told_and_read_on():
    from rasa.shared.utils.validation import validate_training_data_format_version

    with pytest.warns(UserWarning, match="must specify 'version' as string"):
        assert validate_training_data_format_version({"version": "newest"}, "nlu.yml")
    with pytest.warns(UserWarning, match="greater"):
        assert not validate_training_data_format_version({"version": "99.0"}, "nlu.yml")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert validate_training_data_format_version({"version": "3.1"}, "nlu.yml")
    assert isinstance(old_versions.parse("newest"), old_versions.LegacyVersion)


def test_rasa_silences_the_warning_it_means():
    from rasa.utils import common

    kinds = [kind for kind, _ in common.EXPECTED_WARNINGS]
    assert np.exceptions.VisibleDeprecationWarning in kinds


def test_a_graph_is_run_in_order_and_each_part_once():
    from rasa.engine.runner import dask as runner

    ran = []

    def part(name, *needs):
        ran.append(name)
        return name, sum(value for _, value in needs) + 1

    graph = {
        "last": (lambda *needs: part("last", *needs), "left", "right"),
        "left": (lambda *needs: part("left", *needs), "first"),
        "right": (lambda *needs: part("right", *needs), "first"),
        "first": (lambda *needs: part("first", *needs),),
        "unasked": (lambda *needs: part("unasked", *needs), "first"),
    }
    assert runner.dask.get(graph, ["last", "left"]) == [("last", 5), ("left", 2)]
    assert ran == ["first", "left", "right", "last"]
    assert runner.dask.get({"given": ("given", 7)}, ["given"]) == [("given", 7)]


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ({"dialect": "sqlite", "db": "a.db"}, "sqlite:///a.db"),
        (
            {
                "dialect": "postgresql",
                "host": "h:5433",
                "db": "d",
                "username": "u",
                "password": "p",
            },
            "postgresql://u:p@h:5433/d",
        ),
        ({"host": "postgresql://u:p@h/d"}, "postgresql://u:p@h/d"),
    ],
)
def test_addresses_of_databases_are_whole(given, address):
    from rasa.core.tracker_store import SQLTrackerStore
    from sqlalchemy.engine import URL, make_url

    url = make_url(SQLTrackerStore.get_db_url(**given))
    assert url.render_as_string(hide_password=False) == address
    assert isinstance(url, URL)
    assert dict(url.query) == {}


def test_rasas_own_store_keeps_a_conversation(tmp_path):
    from rasa.core.tracker_store import SQLTrackerStore
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.events import UserUttered
    from rasa.shared.core.trackers import DialogueStateTracker

    async def kept():
        store = SQLTrackerStore(Domain.empty(), db=str(tmp_path / "a.db"))
        await store.save(DialogueStateTracker.from_events("me", [UserUttered("hello")]))
        return await store.retrieve("me")

    assert [event.text for event in asyncio.run(kept()).events] == ["hello"]


def test_a_server_runs_where_it_was_made(monkeypatch):
    import_module("rasa.core.run")
    given = []
    monkeypatch.setattr(Sanic, "prepare", lambda self, *_, **kwargs: given.append(kwargs))
    monkeypatch.setattr(Sanic, "serve_single", lambda *_, **__: None)
    monkeypatch.setattr(Sanic, "serve", lambda *_, **__: pytest.fail("served by another process"))
    Sanic("one_process", configure_logging=False).run(port=1, workers=1)
    assert given[0]["single_process"] is True


@pytest.mark.parametrize(
    ("component", "refused"),
    [
        ("rasa.nlu.classifiers.diet_classifier:DIETClassifier", True),
        ("rasa.nlu.selectors.response_selector:ResponseSelector", True),
        ("rasa.core.policies.ted_policy:TEDPolicy", True),
        ("rasa.core.policies.unexpected_intent_policy:UnexpecTEDIntentPolicy", True),
        ("rasa.core.policies.rule_policy:RulePolicy", False),
        ("rasa.nlu.classifiers.logistic_regression_classifier:LogisticRegressionClassifier", False),
    ],
)
def test_a_component_that_needs_tensorflow_is_refused_in_words(component, refused):
    from rasa.engine import validation
    from rasa.engine.exceptions import GraphSchemaValidationException
    from rasa.engine.graph import SchemaNode

    module, _, name = component.partition(":")
    node = SchemaNode({}, getattr(import_module(module), name), "create", "train", {})
    if refused:
        with pytest.raises(GraphSchemaValidationException, match=f"{name}' needs TensorFlow"):
            validation._validate_required_packages(node)
    else:
        validation._validate_required_packages(node)


def test_files_and_versions_of_packages_are_found():
    import pkg_resources

    assert pkg_resources.get_distribution("scikit_learn").version == version("scikit-learn")
    schema = package_resources.resource_filename("rasa", "shared/utils/schemas/domain.yml")
    assert Path(schema).read_text(encoding="utf-8").startswith("allowempty")
    beside = package_resources.resource_filename("rasa.cli.scaffold", "initial_project")
    assert beside.endswith("rasa/cli/initial_project")
    with package_resources.resource_stream("textstat", "resources/en/easy_words.txt") as words:
        assert b"a\n" in words.read()
    with pytest.raises(ModuleNotFoundError):
        package_resources.resource_filename("no_such_package", "x")


def test_no_line_of_the_log_leaves_the_machine():
    import structlog_sentry

    step = structlog_sentry.SentryProcessor(event_level=logging.FATAL)
    assert isinstance(step, error_reports.SentryProcessor)
    assert step(None, "critical", {"event": "x"}) == {"event": "x"}


def test_what_is_installed_is_used_but_never_tensorflow(monkeypatch):
    monkeypatch.setattr(left_out, "_is_missing", lambda package: False)
    assert not left_out.is_left_out("aiogram.types")
    assert left_out.is_left_out("tensorflow.keras.layers")
    monkeypatch.setattr(left_out, "_is_missing", lambda package: True)
    assert left_out.is_left_out("aiogram.types")
    assert left_out.is_left_out("google.auth.transport")
    assert not left_out.is_left_out("google")
    assert not left_out.is_left_out("google.protobuf")


def test_rasa_can_be_imported_with_nothing_but_what_it_needs():
    """As where no messenger is installed."""
    imports = (
        "from bot.rasa_compat import left_out; left_out._is_missing = lambda package: True;"
        "from bot.rasa_compat.adapt import adapt_rasa; adapt_rasa();"
        "import rasa.core.agent, rasa.core.channels, rasa.core.run, rasa.model_training, sys;"
        "import rasa.nlu.classifiers.diet_classifier, rasa.core.policies.ted_policy;"
        "print([name for name in sys.modules if name in ('setuptools', 'sentry_sdk', 'jax')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", imports], cwd=paths.ROOT, capture_output=True, text=True
    )
    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr[-2000:]


def test_a_change_is_made_once_whether_a_module_is_loaded_or_not(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(tmp_path))
    done = []
    for name in ("changed_early", "changed_late"):
        (tmp_path / f"{name}.py").write_text("made = True\n")

    def before():
        done.append("before")

    def change(module):
        done.append(module.made)

    for _ in range(2):
        when_loaded("changed_early", before, change)
    assert done == []
    import_module("changed_early")
    assert done == ["before", True]
    import_module("changed_late")
    for _ in range(2):
        when_loaded("changed_late", change=change)
    assert done == ["before", True, True]


async def test_an_action_is_called_without_a_domain_and_answers_as_rasa_reads_it():
    from rasa_sdk.executor import ActionExecutor

    from actions.serving.calls import answer

    class Greets:
        def name(self):
            return "action_greets"

        async def run(self, dispatcher, tracker, domain):
            dispatcher.utter_message(text="Hello")
            return [{"event": "slot", "name": "a", "value": 1, "timestamp": None}]

    executor = ActionExecutor()
    executor.actions["action_greets"] = Greets().run
    call = {"next_action": "action_greets", "sender_id": "me", "tracker": {"sender_id": "me"}}
    said = await answer(executor, call)
    assert said["responses"][0]["text"] == "Hello"
    assert said["events"][0]["value"] == 1
    assert await answer(executor, {"tracker": {}}) is None


def test_a_training_of_ours_keeps_nothing_but_the_model(monkeypatch):
    from rasa.engine.training import graph_trainer

    from bot.rasa_compat.speed.quick_training import use_quick_training

    monkeypatch.setattr(graph_trainer, "TrainingHook", graph_trainer.TrainingHook)
    use_quick_training()
    hook = graph_trainer.TrainingHook(cache=None, model_storage=None, pruned_schema=None)
    assert hook.on_before_node("part", None, {}, {}) == {}
    assert hook.on_after_node("part", None, {}, object(), {}) is None
