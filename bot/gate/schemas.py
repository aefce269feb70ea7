"""JSON Schemas of the data files, so that an editor completes and checks them while one types."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel

from bot.answers.cards import AnswerCards
from bot.gate.facts.coverage import COVERAGE_FILES, CoverageFile
from bot.gate.facts.never_said import NEVER_SAID_FILE, NeverSaidFile
from bot.gate.picture_check import PLACES_FILE
from bot.knowledge.assertions import (
    FRAMES_FILE,
    PAIRS_FILE,
    SIGNS_FILE,
    AssertionFramesFile,
    AssertionPairsFile,
    AssertionSigns,
)
from bot.knowledge.cities import CITIES_FILE, CitiesFile
from bot.knowledge.emergency_numbers import EMERGENCY_NUMBERS_FILE, EmergencyNumbersFile
from bot.knowledge.knowledge_files import SHAPES
from bot.knowledge.look_alikes import LOOK_ALIKES_FILE, LookAlikesFile
from bot.knowledge.question_messages import QUESTION_MESSAGES_FILE, QuestionMessages
from bot.knowledge.schema.data_files import Facts
from bot.knowledge.schema.places import PlacesFile
from bot.knowledge.schema.red_flags import RedFlagBook
from bot.knowledge.settling import SETTLING_FILE, SettlingFile
from bot.knowledge.sign_messages import SIGN_CASES_FILE, SIGN_MESSAGES_FILE, SignMessages
from bot.reminders.cards import ReminderCards
from bot.sessions.cards import SessionCards
from bot.text.json_types import JsonObject

FOLDER = "schema"
# The cards that leave with answers (docs/cards.md).
CARDS: dict[str, type[BaseModel]] = {
    "answer_cards.json": AnswerCards,
    "session_cards.json": SessionCards,
    "reminder_cards.json": ReminderCards,
}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def shapes() -> dict[str, type[Facts]]:
    """The shape of every data file, by the file's name."""
    return {
        **{f"{name}.yml": shape for name, shape in SHAPES.items()},
        "red_flags.yml": RedFlagBook,
        CITIES_FILE: CitiesFile,
        EMERGENCY_NUMBERS_FILE: EmergencyNumbersFile,
        LOOK_ALIKES_FILE: LookAlikesFile,
        SIGNS_FILE: AssertionSigns,
        FRAMES_FILE: AssertionFramesFile,
        PAIRS_FILE: AssertionPairsFile,
        NEVER_SAID_FILE: NeverSaidFile,
        PLACES_FILE: PlacesFile,
        SETTLING_FILE: SettlingFile,
        QUESTION_MESSAGES_FILE: QuestionMessages,
        SIGN_CASES_FILE: SignMessages,
        SIGN_MESSAGES_FILE: SignMessages,
        **dict.fromkeys(COVERAGE_FILES, CoverageFile),
    }


def schema_files(folder: Path) -> dict[Path, str]:
    """The schema files that belong into `folder`, with their content."""
    files = {
        folder / FOLDER / f"{Path(name).stem}.json": _text(shape.model_json_schema())
        for name, shape in shapes().items()
    }
    cards = {
        folder / FOLDER / name: _text(shape.model_json_schema()) for name, shape in CARDS.items()
    }
    return {**files, **cards}


def schema_line(name: str) -> str:
    """The first line of a data file, which tells editors where its schema is."""
    return f"# yaml-language-server: $schema={FOLDER}/{Path(name).stem}.json"


def _text(schema: JsonObject) -> str:
    schema = {"$schema": _DIALECT, **schema}
    return json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
