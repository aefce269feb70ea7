"""Commands about what is kept of conversations, and the database it is kept in."""

from __future__ import annotations

from rich.markup import escape
from rich.table import Table

from bot.cli.options import (
    StateFolder,
    console,
)
from bot.cli.settings import database_url
from bot.cli.stopping import stop
from bot.runtime import paths


def feedback(state_folder: StateFolder = paths.STATE) -> None:
    """Show what people thought of answers in the chat."""
    from bot.channels.web.transcript import FILE, Transcript

    url = database_url()
    is_there = url or (state_folder / FILE).is_file()
    given = Transcript(state_folder, url=url).feedback() if is_there else []
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


def migrate() -> None:
    """Bring the tables of the database up to date that ACUPOINT_DATABASE_URL names.

    Every start does so, too; it is a command of its own for who gives workers no right to.
    """
    from sqlalchemy.exc import SQLAlchemyError

    from bot.reminders.home import open_store
    from bot.storage.server import server_at

    url = database_url()
    if url is None:
        console.print("ACUPOINT_DATABASE_URL is not set: files bring themselves up to date.")
        return
    try:
        is_new = server_at(url).migrate()
        open_store(paths.STATE).everybody()
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", error)).partition("\n")[0]
        raise stop(f"The database cannot be used: {reason}") from None
    console.print("The tables were brought up to date." if is_new else "Nothing was to be done.")
