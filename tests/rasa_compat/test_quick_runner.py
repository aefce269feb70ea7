"""The quick runner gives what Rasa's own gives."""

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.rasa_compat.speed.quick_runner import QuickGraphRunner


@pytest.fixture(scope="module")
def processor(assistant):
    return assistant.agent.processor


def both(processor, inputs, target):
    runner = processor.graph_runner
    assert isinstance(runner, QuickGraphRunner)
    return runner.run(inputs(), [target]), DaskGraphRunner.run(runner, inputs(), [target])


@pytest.mark.parametrize("text", ["where is LI4", "my legs went numb", "hello", "", "/goodbye"])
def test_a_message_is_understood_as_by_rasas_own(processor, text):
    def inputs():
        return {PLACEHOLDER_MESSAGE: [UserMessage(text)], PLACEHOLDER_TRACKER: None}

    target = processor.model_metadata.nlu_target
    ours, theirs = both(processor, inputs, target)
    assert ours.keys() == theirs.keys() == {target}
    assert [m.as_dict(only_output_properties=True) for m in ours[target]] == [
        m.as_dict(only_output_properties=True) for m in theirs[target]
    ]


def test_the_next_action_is_the_one_of_rasas_own(processor):
    said = UserUttered("hello", {"name": "greet", "confidence": 1.0})

    def inputs():
        events = [ActionExecuted("action_listen"), said]
        tracker = DialogueStateTracker.from_events("x", events, domain=processor.domain)
        return {PLACEHOLDER_TRACKER: tracker}

    target = processor.model_metadata.core_target
    ours, theirs = both(processor, inputs, target)
    assert ours[target].probabilities == theirs[target].probabilities


def test_what_cannot_be_run_is_an_error(processor):
    runner = processor.graph_runner
    target = processor.model_metadata.nlu_target
    with pytest.raises(GraphRunError, match="name of a part"):
        runner.run({target: 1}, [target])
    with pytest.raises(GraphRunError, match="no part"):
        runner.run({}, ["nothing_of_this_name"])
