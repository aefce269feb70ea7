"""The rules alone, without the gateway that would make good what they lack."""

import asyncio
import uuid

import pytest
import yaml
from rasa.core.channels.channel import UserMessage

from bot.gateway.engine import TurnCollector
from bot.knowledge.schema.red_flags import Tier
from bot.runtime import paths
from bot.safety.default import default_book

RULES = yaml.safe_load((paths.DATA / "rules.yml").read_text(encoding="utf-8"))["rules"]
DOMAIN = yaml.safe_load((paths.DOMAIN / "conversation.yml").read_text(encoding="utf-8"))


def said_by_rasa(assistant, text):
    collector = TurnCollector()
    message = UserMessage(text, collector, uuid.uuid4().hex, input_channel="test")
    asyncio.run(assistant(message))
    return collector.said


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("i cant feel when i wipe", "emergency"),
        ("i want to die", "emergency"),
        ("i have a fever with my back pain", "urgent"),
        ("sciatica pain down my right leg since yesterday", "doctor_soon"),
        ("my back has hurt for six weeks", "persistent"),
    ],
)
def test_a_red_flag_is_answered_by_rule_and_needs_no_action(assistant, monkeypatch, text, tier):
    async def dead(*_, **__):
        raise ConnectionError

    monkeypatch.setattr(assistant.agent.processor.action_endpoint, "request", dead)
    messages = said_by_rasa(assistant, text)
    assert [message.reply.tier for message in messages] == [Tier(tier)]
    assert messages[0].text
    assert "{" not in messages[0].text


@pytest.mark.parametrize(
    "text",
    [
        "where is the point on my hand, i lost control of my bladder",
        "how long do i hold LI4, and i cant feel when i wipe",
        "list all points please. i have chest pain and cant breathe",
    ],
)
def test_a_sign_beside_a_question_overrules_it(assistant, text):
    messages = said_by_rasa(assistant, text)
    assert [message.reply.tier for message in messages] == [Tier.EMERGENCY]


def test_every_intent_has_a_rule_of_its_own():
    intents = {next(iter(i)) if isinstance(i, dict) else i for i in DOMAIN["intents"]}
    ruled = {rule["steps"][0]["intent"] for rule in RULES}
    assert intents <= ruled


def test_the_tracker_records_the_flag_and_not_in_words(assistant):
    sender = uuid.uuid4().hex

    async def talk():
        await assistant(
            UserMessage("i cant feel when i wipe", TurnCollector(), sender, input_channel="test")
        )
        return await assistant.agent.tracker_store.retrieve(sender)

    tracker = asyncio.run(talk())
    flags = [e for e in tracker.latest_message.entities if e["entity"] == "red_flag"]
    assert flags[0]["value"] == "ces_saddle_numbness"
    assert flags[0]["layer"] == "pattern"
    assert flags[0]["tier"] == "emergency"
    assert flags[0]["rules"] == default_book().rules
