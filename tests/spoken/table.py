"""Prints how well spoken questions are answered, as docs/voice.md shows it.

Usage: python -m tests.spoken.table [--voices] [--wrong]
"""

import asyncio
import sys
import tempfile
import uuid
from pathlib import Path

from bot.runtime.prepare import prepare
from bot.safety.handover import HEARD_KEY
from tests.spoken.asked import RECOGNISERS, ask_all, figures, grouped
from tests.spoken.voices import NOISES

_NAMES = {"ours": "ours", "tiny": "tiny.en alone", "small": "small alone"}
_QUIET = ("none", "quiet")
_HEADS = (
    "clips", "word errors", "right", "right, but doubted", "asked back", "wrong and believed",
    "signs met", "emergencies met", "false alarms", "right if typed",
)  # fmt: skip


def main():
    """Ask everything, and print."""
    found = ask_all(_say())
    others = [row for row in found if row.sentence.part == "others" and row.by == "ours"]
    found = [row for row in found if row.sentence.part != "others"]
    held_out = [row for row in found if not row.sentence.is_tuning]
    rows = []
    for by in RECOGNISERS:
        own = [row for row in held_out if row.by == by]
        by_noise = grouped(own, lambda row: row.noise)
        rows += [(f"{_NAMES[by]}, {_noise(noise)}", by_noise[noise]) for noise in NOISES]
        rows.append((f"{_NAMES[by]}, all", figures(own)))
    print(_table("held out, by recogniser and noise", rows))
    ours = [row for row in held_out if row.by == "ours"]
    groups = {"ours, by what is asked": lambda row: f"{row.sentence.part}, {_where(row)}"}
    if "--voices" in sys.argv:
        groups["ours, by voice"] = lambda row: f"{row.voice}, {_where(row)}"
    for title, group in groups.items():
        print(_table(title, sorted(grouped(ours, group).items())))
    tuning = [row for row in found if row.sentence.is_tuning and row.by == "ours"]
    print(_table("ours, sentences and voices for tuning", sorted(grouped(tuning, _where).items())))
    by_half = grouped(others, lambda row: "tuning" if row.sentence.is_tuning else "held out")
    print(_table("others: right is no taught point", by_half.items()))
    if "--wrong" in sys.argv:
        for row in held_out:
            if row.is_met_clean and not row.is_met:
                print(f"{row.by:5} {row.voice:22} {row.noise:6} {row.clarity:9} "
                      f"{row.sentence.text} -> {row.heard}")  # fmt: skip


def _say():
    """A function (text) -> the messages of a fresh conversation."""
    prepare()
    from bot.gateway.messages import Incoming
    from bot.runtime.assistant import Assistant, Settings

    assistant = Assistant(Settings(state_folder=Path(tempfile.mkdtemp())))
    assistant.load_now()
    gateway, loop = assistant.gateway, asyncio.new_event_loop()
    return lambda text: loop.run_until_complete(
        gateway.exchange(Incoming(text, uuid.uuid4().hex, "spoken", {HEARD_KEY: True}))
    )


def _noise(name):
    return "no noise" if NOISES[name] is None else f"{NOISES[name]} dB"


def _where(row):
    return "quiet" if row.noise in _QUIET else "noise"


def _table(title, rows):
    lines = [f"| {title} | {' | '.join(_HEADS)} |", f"| --- {'| --- ' * len(_HEADS)}|"]
    for name, n in rows:
        cells = (
            n.clips, f"{n.errors / n.words:.3f}", f"{n.right / n.clips:.3f}",
            f"{n.doubted / n.clips:.3f}", f"{n.asked / n.clips:.3f}", f"{n.wrong / n.clips:.3f}",
            f"{n.signs_met} of {n.signs}", f"{n.emergencies_met} of {n.emergencies}",
            f"{n.false_alarms} of {n.clips - n.signs}", f"{n.clean / n.clips:.3f}",
        )  # fmt: skip
        lines.append(f"| {name} | {' | '.join(map(str, cells))} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
