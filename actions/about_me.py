"""What is remembered of the person: told on request, and deleted on request."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from actions.base import KnowledgeAction
from actions.forgetting import Forgetting
from actions.reminding import Reminding
from actions.turn import Turn
from bot.answers.builder import called
from bot.answers.reply import Reply
from bot.dialogue.persons import ToldCondition
from bot.knowledge.schema.guidance import SOMETHING_TOLD, Condition
from bot.text.json_types import Slots


class AboutMe(KnowledgeAction):
    """Tells the person what is remembered of them."""

    action_name = "action_about_me"

    def reply(self, turn: Turn) -> Reply:
        """All of it, one line each."""
        return self.general(turn).about_me(list(self._known(turn)))

    def _known(self, turn: Turn) -> Iterator[tuple[str, Slots]]:
        """Which wording tells what, and the words to put into it."""
        far = turn.pregnant_for
        names: dict[str, list[str]] = {}
        for told in turn.persons.told:
            condition = self.catalogue.condition(told.condition)
            name = _name(told, condition)
            is_far = far and told.condition == "pregnancy"
            names.setdefault(told.who, []).append(f"{name} ({far})" if is_far else name)
        if own := names.pop("", None):
            yield "about_me_conditions", {"what": ", ".join(own)}
        for who, theirs in names.items():
            yield "about_me_others", {"who": who, "what": ", ".join(theirs)}
        if turn.open_sign in ("urgent", "emergency"):
            yield "about_me_sign", {}
        if turn.clinician_agreed:
            yield "about_me_agreed", {}
        pain = turn.slot("pain") or {}
        if pain.get("began"):
            began = datetime.date.fromisoformat(pain["began"])
            year = "" if began.year == datetime.date.today().year else f" {began.year}"
            yield "about_me_pain", {"what": f"{began.day} {began:%B}{year}"}
        if pain.get("score") is not None:
            yield "about_me_score", {"what": f"{pain['score']:g}"}
        complaint = self.catalogue.complaint(turn.slot("complaint"))
        if complaint:
            yield "about_me_complaint", {"what": complaint.name}
        count = Reminding(turn, self.services).count
        if count:
            yield "about_me_reminders", {"what": f"{count} reminder{'s' if count > 1 else ''}"}
        if turn.slot("country"):
            yield "about_me_country", {"what": turn.slot("country")}


def _name(told: ToldCondition, condition: Condition | None) -> str:
    """How something told is called: an age with its years, what we do not know in own words."""
    name = called(condition) if condition else told.condition
    if told.condition == SOMETHING_TOLD:
        return told.words or "something that I do not know"
    return f"{name} ({told.words})" if told.words else name


class ForgetMe(KnowledgeAction):
    """Asks before anything is deleted that is stored of the person."""

    action_name = "action_forget_me"

    def reply(self, turn: Turn) -> Reply:
        """The question. What is said right after it, `Forgetting` answers."""
        return Forgetting(turn, self.catalogue).question()
