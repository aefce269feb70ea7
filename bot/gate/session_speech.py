"""No step of a guided session takes longer to say than people can follow."""

from __future__ import annotations

from collections.abc import Iterator

from bot.gate.wording import LONGEST_SPEECH_SECONDS, speaking_seconds
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.knowledge_files import KnowledgeFiles
from bot.knowledge.schema.data_files import Problem
from bot.sessions.planner import Plan
from bot.sessions.replies import SessionAnswers
from bot.sessions.state import Session
from bot.sessions.steps import steps_of
from bot.sessions.transitions import Move


def long_steps(files: KnowledgeFiles, catalogue: Catalogue) -> Iterator[Problem]:
    """Steps that take too long with a point or a tool, the line about the doctor included."""
    texts = [text.id for text in files.sessions.facts.steps]
    answers = SessionAnswers(catalogue)
    plans = [Plan(points=(point.code,), ask_consent=True) for point in catalogue.points]
    plans += [Plan(tool=tool.id, ask_consent=True) for tool in catalogue.tools]
    for plan in plans:
        for step in steps_of(plan, catalogue):
            reply = answers.told(Move(Session(plan, step.id), tell=True))
            doctor = max(catalogue.guidance(reply.guidance).spoken, key=len)
            seconds = speaking_seconds(f"{reply.spoken} {doctor}")
            if seconds > LONGEST_SPEECH_SECONDS:
                yield files.sessions.problem(
                    ("steps", texts.index(step.text), "spoken"),
                    f"With {plan.tool or plan.points[0]} the step '{step.text}' takes "
                    f"{seconds:.0f} seconds to say (at most {LONGEST_SPEECH_SECONDS}).",
                    "Shorten it here, or shorten what is spoken of that point or tool.",
                )
