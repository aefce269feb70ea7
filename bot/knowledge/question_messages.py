"""Messages as people write them, and what each asks or tells: data/question_messages.yml.

They teach the reader of questions (bot/understanding/encoders/question_reader.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import Field

from bot.knowledge.schema.data_files import Facts, Problem, load_facts
from bot.knowledge.schema.kinds import Text
from bot.knowledge.schema.topics import Moment, Topic

QUESTION_MESSAGES_FILE = "question_messages.yml"
_BETWEEN = ", "


class QuestionMessages(Facts):
    """The file.

    Attributes:
        messages: by topic, or by several in the order in which a message asks for them, with ', '
            between them; these may be said at any moment.
        said_after: the same of messages that are said in one moment of a talk.
    """

    version: int
    messages: dict[str, list[Text]] = Field(..., min_length=1)
    said_after: dict[Moment, dict[str, list[Text]]] = {}

    @property
    def told(self) -> Iterator[tuple[str, Moment | None, tuple[Topic, ...]]]:
        """Every message, its moment if it has one, and its topics."""
        for moment, messages in ((None, self.messages), *self.said_after.items()):
            for names, texts in messages.items():
                topics = tuple(map(Topic, names.split(_BETWEEN)))
                yield from ((text, moment, topics) for text in texts)


def question_messages(folder: Path) -> QuestionMessages:
    """What the reader of questions is taught.

    Raises:
        DataError: the file is missing or has the wrong shape.
    """
    return load_facts(folder / QUESTION_MESSAGES_FILE, QuestionMessages)[0]


def question_message_problems(folder: Path) -> Iterator[Problem]:
    """Topics that do not exist, and messages that stand twice.

    Raises:
        DataError: the file is missing or has the wrong shape.
    """
    facts, file = load_facts(folder / QUESTION_MESSAGES_FILE, QuestionMessages)
    known = {topic.value for topic in Topic}
    groups: list[tuple[tuple[str, ...], dict[str, list[Text]]]] = [
        (("messages",), facts.messages),
        *((("said_after", moment.value), each) for moment, each in facts.said_after.items()),
    ]
    for path, messages in groups:
        seen: set[str] = set()
        for names, texts in messages.items():
            for name in names.split(_BETWEEN):
                if name not in known:
                    remedy = "Use the topics of bot/knowledge/schema/topics.py, with ', ' between."
                    yield file.problem((*path, names), f"'{name}' is no topic.", remedy)
            for n, text in enumerate(texts):
                if text.casefold() in seen:
                    remedy = "Leave one of them out; a message with two topics stands under both."
                    yield file.problem((*path, names, n), "This message is there twice.", remedy)
                seen.add(text.casefold())
