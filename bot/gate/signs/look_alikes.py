"""The look-alikes must be harmless: the red-flag patterns may raise no alarm for any of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.gate.signs.alarms import Alarms
from bot.knowledge.look_alikes import load_look_alikes, repeated
from bot.knowledge.schema.data_files import Problem


def alarming_look_alikes(folder: Path, alarms: Alarms) -> Iterator[Problem]:
    """Sentences that stand there twice, and those that the patterns take for a sign.

    Raises:
        DataError: the file has the wrong shape.
    """
    facts, file = load_look_alikes(folder)
    yield from repeated(facts, file)
    for index, kind in enumerate(facts.look_alikes):
        for n, sentence in enumerate(kind.sentences):
            top = alarms.raised_by(sentence)
            if top:
                yield file.problem(
                    ("look_alikes", index, "sentences", n),
                    f"'{sentence}' raises the red flag '{top.flag_id}' ({top.tier.value}).",
                    "Leave it out if it could be serious; if not, narrow that flag in "
                    "red_flags.yml.",
                )
