"""Whole conversations over the trained model with the real actions, judged by what people get."""

import re
import uuid
from collections import Counter
from pathlib import Path

import pytest
import yaml

from bot.knowledge.schema.answers import AnswersFile
from bot.knowledge.schema.data_files import DATA_DIR, load_facts
from bot.messages.answer_key import Kind

FOLDER = Path(__file__).parent / "conversations"
CONVERSATIONS = [
    pytest.param(conversation, id=f"{file.relative_to(FOLDER)}: {conversation['name']}")
    for file in sorted(FOLDER.rglob("*.yml"))
    for conversation in yaml.safe_load(file.read_text(encoding="utf-8"))
]
SITUATIONS = {
    "happy_paths", "corrections", "digressions", "cancellations", "red_flag_interruptions",
    "negations", "invalid_input", "repeats", "long_inputs", "other_languages", "context",
    "person", "manners", "sessions", "reminders",
}  # fmt: skip
GUIDANCE = re.compile(r"\b(doctor|midwife|pharmacist|physiotherapist|emergency)\b", re.IGNORECASE)


def sample(each):
    """The first conversations of every folder; files outside folders count as one."""
    seen = Counter()
    for param in CONVERSATIONS:
        situation = param.id.partition(":")[0].rpartition("/")[0]
        seen[situation] += 1
        if seen[situation] <= each:
            yield param


def test_there_are_conversations_of_every_situation():
    found = [param.id.split("/")[0] for param in CONVERSATIONS]
    assert len(found) >= 120
    assert all(found.count(situation) >= 4 for situation in SITUATIONS)
    assert len({param.id for param in CONVERSATIONS}) == len(CONVERSATIONS)


@pytest.mark.parametrize("conversation", CONVERSATIONS)
def test_conversation(talk, conversation):
    sender = uuid.uuid4().hex
    hold(lambda text: talk(text, sender), conversation)


def hold(say, conversation):
    """Hold a conversation over any channel; `say` gives the joined text of the answers."""
    for turn in conversation["turns"]:
        said = say(turn["user"])
        assert GUIDANCE.search(said), f"no guidance after {turn['user']!r}: {said}"
        for expected in turn.get("says", []):
            assert expected.lower() in said.lower(), f"{turn['user']!r} -> {said}"
        for unwanted in turn.get("says_not", []):
            assert unwanted.lower() not in said.lower(), f"{turn['user']!r} -> {said}"


CHOICES = load_facts(DATA_DIR / "answers.yml", AnswersFile)[0].choices


def suggestions():
    from tests.answers.test_answers import REPLIES

    choices = [choice.ask for choice in CHOICES]
    # What a session suggests belongs into a session: tests/conversations/sessions.
    outside = [reply for reply in REPLIES if not reply.key.is_of(Kind.SESSION)]
    return sorted({title for reply in outside for title in reply.suggestions} | set(choices))


@pytest.mark.parametrize("suggestion", suggestions())
def test_a_suggestion_that_is_tapped_is_answered(talk_raw, suggestion):
    reply = talk_raw(suggestion)[0]["custom"]["reply"]
    assert reply["kind"] in ("answer", "red_flag"), suggestion
    key = reply.get("key", "")
    assert not key.startswith(("say:", "topic:out_of_scope")), (suggestion, key)


VAGUE = (
    "is it a bit of both",
    "and the doctor bit",
    "the thing with the other",
    "so that one thing",
)


def test_what_is_unclear_gets_a_few_choices_and_a_way_out(talk_raw):
    offers = []
    for text in VAGUE:
        sender = uuid.uuid4().hex
        (message,) = talk_raw(text, sender)
        offered = [button["title"] for button in message["buttons"]]
        if offered[-1] != "None of these":
            continue
        offers.append(offered)
        assert 2 <= len(offered) <= 4
        assert all(title in message["text"] for title in offered)
        (again,) = talk_raw("None of these", sender)
        assert "your own words" in again["text"]
    assert offers


def test_what_stays_unclear_gets_other_help_the_second_time(talk_raw):
    unclear = 0
    for text in VAGUE:
        sender = uuid.uuid4().hex
        (first,), (second,) = (talk_raw(text, sender) for _ in range(2))
        if first["custom"]["reply"]["key"].startswith("say:not_understood"):
            unclear += 1
            assert first["text"] != second["text"]
    assert unclear
