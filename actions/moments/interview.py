"""The next short question about the pain: only what is not known yet and changes the answer."""

from __future__ import annotations

from dataclasses import replace

from actions.turn import Turn
from bot.answers.general import GeneralAnswers
from bot.answers.reply import Reply
from bot.dialogue.answering import ParsedAnswer, Trend
from bot.knowledge.catalogue import Catalogue

INTENT = "report_pain"


class Interview:
    """What is still to be asked of one person.

    Args:
        heard: what the newest message answers.
    """

    def __init__(self, turn: Turn, catalogue: Catalogue, heard: ParsedAnswer | None = None) -> None:
        self._turn = turn
        self._heard = heard or ParsedAnswer()
        self._catalogue = catalogue
        self._general = GeneralAnswers(catalogue, turn.person, turn.heard)

    def next(self) -> Reply | None:
        """The next question; None where everything is known."""
        if not self._knows_days:
            return self.variant("ask_days")
        if self._heard.trend is None and not self._was_asked("time_told"):
            asked = self.variant("time_told")
            # Who answers has heard how sorry we are, and of the signs.
            question = asked.written.split("\n\n")[0].partition(". ")[2]
            return replace(asked, written=f"Thank you. {question}", spoken=f"Thank you. {question}")
        if self._knows_health or self._was_asked("ask_health"):
            return None
        return self.variant("ask_health")

    def variant(self, variant_id: str) -> Reply:
        """One of our words on the pain.

        Raises:
            LookupError: there is no such variant.
        """
        answer = self._catalogue.answer(INTENT)
        for variant in answer.variants if answer else []:
            if answer and variant.id == variant_id:
                return self._general.told(answer, variant)
        raise LookupError(variant_id)

    def led_by(self, words: Reply) -> Reply:
        """Words on what was told, and the next question, if there is one."""
        question = self.next()
        if question is None:
            return words
        asks = (text.split(". ", 1)[-1] for text in (question.written, question.spoken))
        written, spoken = asks
        return replace(
            question, written=f"{words.written} {written}", spoken=f"{words.spoken} {spoken}"
        )

    @property
    def _knows_days(self) -> bool:
        # Whoever told it was asked next how the pain goes on.
        is_told = self._heard.days is not None or self._was_asked("time_told")
        return is_told or self._heard.trend is Trend.SAME

    @property
    def _knows_health(self) -> bool:
        persons = self._turn.persons
        return self._heard.is_well or persons.are_well or bool(persons.counting)

    def _was_asked(self, variant_id: str) -> bool:
        return f"topic:{INTENT}:{variant_id}" in self._turn.heard.keys
