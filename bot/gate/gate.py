"""The one gate for all data: `check_everything` finds every mistake there is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.gate.every_reply import every_reply
from bot.gate.facts.bibliography import bibliography_problems
from bot.gate.facts.conflicts import unguarded
from bot.gate.facts.coverage import lost_facts
from bot.gate.facts.never_said import forbidden
from bot.gate.guarded import unexplained
from bot.gate.session_speech import long_steps
from bot.gate.signs.alarms import Alarms, alarms_of
from bot.gate.signs.look_alikes import alarming_look_alikes
from bot.gate.signs.red_words import alarming_words
from bot.gate.signs.settling import wrong_settling
from bot.gate.wording import wording_problems
from bot.knowledge.assertions import assertion_problems
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.emergency_numbers import named_twice
from bot.knowledge.knowledge_files import read_files
from bot.knowledge.question_messages import question_message_problems
from bot.knowledge.schema.data_files import DATA_DIR, DataError, Problem
from bot.knowledge.sign_messages import sign_message_problems
from bot.reminders.words import every_reminder


def check_everything(folder: Path = DATA_DIR) -> list[Problem]:
    """Every problem in the data files of `folder`, in the order of the checks."""
    try:
        catalogue = Catalogue.load(folder)
        return list(_deep_problems(folder, catalogue, alarms_of(folder)))
    except DataError as error:
        return error.problems


def _deep_problems(folder: Path, catalogue: Catalogue, alarms: Alarms) -> Iterator[Problem]:
    files = read_files(folder)
    replies = every_reply(catalogue)
    reminders = every_reminder(catalogue)
    said = {
        address: f"{reply.written}\n{reply.spoken}"
        for address, reply in [*replies.items(), *reminders.items()]
    }
    said |= {
        f"guidance:{line.id}": "\n".join([line.written, *line.spoken])
        for line in catalogue.guidance_lines
    }
    yield from bibliography_problems(folder, files)
    yield from wording_problems(files)
    yield from alarming_words(files, alarms)
    yield from long_steps(files, catalogue)
    yield from alarming_look_alikes(folder, alarms)
    yield from assertion_problems(folder)
    yield from sign_message_problems(folder)
    yield from question_message_problems(folder)
    yield from wrong_settling(folder)
    yield from named_twice(folder)
    yield from lost_facts(folder, replies)
    yield from forbidden(folder, said)
    yield from unguarded(folder, files.points)
    yield from unexplained(folder)
