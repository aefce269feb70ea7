"""`acupoint reminders`: look at reminders and manage them from the command line."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.knowledge.catalogue import Catalogue
from bot.reminders.home import open_store
from bot.reminders.storage.records import Reminder
from bot.reminders.storage.store import ReminderStore
from bot.reminders.wording import moment_in_words
from bot.runtime import paths

app = typer.Typer(help="Look at reminders, and manage them.", no_args_is_help=True)
console = Console()
errors = Console(stderr=True)

_SHORT_ID = 8

StateFolder = Annotated[
    Path, typer.Option(envvar="ACUPOINT_STATE_FOLDER", help="Where reminders are kept.")
]
Sender = Annotated[str | None, typer.Option(help="Only of this person (their conversation's id).")]
Ids = Annotated[list[str] | None, typer.Argument(help="The beginnings of their ids.")]
Everybody = Annotated[bool, typer.Option("--all", help="All of them.")]


@app.command("list")
def list_reminders(
    sender: Sender = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    state_folder: StateFolder = paths.STATE,
) -> None:
    """Show the reminders that are set, next first."""
    store = _store(state_folder)
    found = [r for r in store.everybody() if sender in (None, r.sender)]
    if as_json:
        print(json.dumps([_plain(reminder) for reminder in found], indent=2))
        return
    if not found:
        console.print("There are no reminders.")
        return
    table = Table("id", "person", "when", "about", "next")
    for reminder in found:
        when, following = _when(reminder)
        title = Catalogue.load().reminders.kind(reminder.kind).title
        table.add_row(reminder.id[:_SHORT_ID], reminder.sender, when, title, following)
    console.print(table)


@app.command()
def cancel(
    ids: Ids = None, sender: Sender = None, everybody: Everybody = False,
    state_folder: StateFolder = paths.STATE,
) -> None:  # fmt: skip
    """Cancel reminders; what they were still to tell is not told any more."""
    store = _store(state_folder)
    chosen = _chosen(store, ids, sender, everybody)
    store.cancel([reminder.id for reminder in chosen])
    console.print(f"Cancelled {len(chosen)}.")


@app.command()
def pause(
    ids: Ids = None, sender: Sender = None, everybody: Everybody = False,
    state_folder: StateFolder = paths.STATE,
) -> None:  # fmt: skip
    """Put reminders on hold."""
    store = _store(state_folder)
    chosen = _chosen(store, ids, sender, everybody)
    store.pause(chosen)
    console.print(f"Paused {len(chosen)}.")


@app.command()
def resume(
    ids: Ids = None, sender: Sender = None, everybody: Everybody = False,
    state_folder: StateFolder = paths.STATE,
) -> None:  # fmt: skip
    """Take reminders up again."""
    store = _store(state_folder)
    paused = [r for r in _chosen(store, ids, sender, everybody) if r.is_paused]
    store.resume(paused)
    console.print(f"Resumed {len(paused)}.")


@app.command()
def calendar(
    sender: Annotated[str, typer.Argument(help="The id of the person's conversation.")],
    new: Annotated[bool, typer.Option(help="Make a new address; the old one is void.")] = False,
    state_folder: StateFolder = paths.STATE,
) -> None:
    """Print the address of a person's calendar, on the assistant's server."""
    print(f"/reminders/{_store(state_folder).feed(sender, new)}.ics")


def _store(folder: Path) -> ReminderStore:
    from sqlalchemy.exc import SQLAlchemyError

    try:
        store = open_store(folder)
        store.next_due()
    except (SQLAlchemyError, OSError, ValueError) as error:
        raise _stop(
            f"The reminders cannot be reached ({type(error).__name__}). Check "
            "ACUPOINT_DATABASE_URL, ACUPOINT_REMINDERS_URL and the state folder."
        ) from None
    return store


def _chosen(
    store: ReminderStore, ids: list[str] | None, sender: str | None, everybody: bool
) -> list[Reminder]:
    """The reminders that were named; stops where nothing, or nothing that is there, was named."""
    if not (ids or sender or everybody):
        raise _stop("Name reminders by their ids, or use --sender or --all.")
    found = [
        r for r in store.everybody()
        if sender in (None, r.sender) and (not ids or r.id.startswith(tuple(ids)))
    ]  # fmt: skip
    if not found:
        raise _stop("There are no such reminders. 'acupoint reminders list' shows them.")
    return found


def _when(reminder: Reminder) -> tuple[str, str]:
    now = dt.datetime.now(dt.UTC)
    if reminder.schedule is None:
        return "after each session", ""
    zone = reminder.schedule.zone
    following = "paused" if reminder.is_paused else ""
    if reminder.next_due and not reminder.is_paused:
        due = dt.datetime.fromtimestamp(reminder.next_due, dt.UTC)
        following = moment_in_words(due, zone, now)
    return f"{reminder.schedule.in_words(now)} ({zone})", following


def _plain(reminder: Reminder) -> dict[str, object]:
    return {
        **reminder.__dict__,
        "points": list(reminder.points),
        "schedule": reminder.schedule.to_plain() if reminder.schedule else None,
    }


def _stop(message: str) -> typer.Exit:
    errors.print(f"[bold red]Stopped:[/] {message}", soft_wrap=True, highlight=False)
    return typer.Exit(1)
