"""Commands about what is kept of conversations."""

from __future__ import annotations

from rich.markup import escape
from rich.table import Table

from bot.cli.options import (
    StateFolder,
    console,
)
from bot.runtime import paths


def feedback(state_folder: StateFolder = paths.STATE) -> None:
    """Show what people thought of answers in the chat."""
    from bot.channels.web.transcript import FILE, Transcript

    given = Transcript(state_folder).feedback() if (state_folder / FILE).is_file() else []
    if not given:
        console.print("Nobody has said anything yet.")
        return
    table = Table("When", "Answer", "Number", "Value", "Reason")
    for entry in given:
        table.add_row(
            f"{entry.at:%Y-%m-%d %H:%M}", entry.about, str(entry.seq), entry.value,
            escape(entry.reason),
        )  # fmt: skip
    ups = sum(entry.value == "up" for entry in given)
    console.print(table)
    console.print(f"{ups} up, {len(given) - ups} down.")
