"""The quick way must come to the same as Rasa's own."""

import asyncio

import pytest
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier

from bot.understanding.components.quick_regression import QuickLogisticRegression


@pytest.mark.parametrize(
    "text", ["where is LI4", "how long do i hold it", "xyzzy", "my back hurts"]
)
def test_the_probabilities_are_those_of_rasa(assistant, monkeypatch, text):
    def ranking():
        parsed = asyncio.run(assistant.agent.parse_message(text))
        return {
            intent["name"]: intent["confidence"]
            for intent in parsed["intent_ranking"]
            if intent["confidence"] < 1
        }

    quick = ranking()
    monkeypatch.setattr(QuickLogisticRegression, "process", LogisticRegressionClassifier.process)
    own = ranking()
    assert quick.keys() == own.keys()
    assert quick == pytest.approx(own, abs=1e-6)
