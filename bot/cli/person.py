"""`acupoint person`: what is kept of one person: find it, hand out a copy, delete it."""

from __future__ import annotations

import asyncio
import getpass
import json
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from bot.cli.options import StateFolder, console
from bot.cli.settings import secret
from bot.cli.stopping import stop
from bot.runtime import paths

app = typer.Typer(
    help="What is kept of one person: find it, hand out a copy, delete it.", no_args_is_help=True
)

Wanted = Annotated[
    str,
    typer.Argument(
        help="The code that the person reads out ('what do you keep about me' tells it), or the id "
        "of their conversation."
    ),
]


@app.command()
def find(wanted: Wanted, state_folder: StateFolder = paths.STATE) -> None:
    """Say whether something is kept of a person, where, and since when nothing came."""
    from bot.runtime.personal.opened import opened

    with opened(state_folder, secret()) as persons:
        found = asyncio.run(persons.find(wanted, _operator()))
    if found is None:
        raise stop("Nothing is kept of such a person.")
    table = Table("code", "id", "last contact", "kept in")
    last = f"{found.last:%Y-%m-%d %H:%M} UTC" if found.last else "not known"
    table.add_row(found.code, found.sender, last, ", ".join(found.places))
    console.print(table)


@app.command()
def export(
    wanted: Wanted,
    to: Annotated[Path | None, typer.Option(help="The file to write; else it is printed.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON, not plain lines.")] = False,
    state_folder: StateFolder = paths.STATE,
) -> None:
    """Write a copy of everything that is kept of a person, for that person."""
    from bot.privacy.private_files import private_file
    from bot.runtime.personal.opened import opened
    from bot.runtime.personal.told import as_text

    with opened(state_folder, secret()) as persons:
        found = asyncio.run(persons.find(wanted, _operator()))
        if found is None:
            raise stop("Nothing is kept of such a person.")
        copy = asyncio.run(persons.copy(found.sender, _operator()))
    text = json.dumps(copy, indent=2, ensure_ascii=False) + "\n" if as_json else as_text(copy)
    if to is None:
        print(text, end="")
        return
    try:
        private_file(to).write_text(text, encoding="utf-8")
    except OSError:
        raise stop(f"{to} could not be written.") from None
    console.print(f"Written to {to}, which only you can read.", highlight=False)


@app.command()
def erase(
    wanted: Wanted,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    state_folder: StateFolder = paths.STATE,
) -> None:
    """Delete everything that is kept of a person, in every place, and end their sessions."""
    from bot.runtime.personal.opened import opened
    from bot.runtime.personal.persons import StillKept

    with opened(state_folder, secret()) as persons:
        found = asyncio.run(persons.find(wanted, _operator()))
        if found is None:
            raise stop("Nothing is kept of such a person.")
        kept = ", ".join(found.places)
        if not yes and not typer.confirm(f"Delete all of {found.code} ({kept})?"):
            raise stop("Nothing was deleted.")
        try:
            asyncio.run(persons.erase(found.sender, _operator()))
        except StillKept as error:
            raise stop(
                f"Something is still kept: {error}. Try again when nobody else uses the files."
            ) from None
    console.print(f"Everything of {found.code} is deleted ({kept}). Their sessions have ended.",
                  highlight=False)  # fmt: skip


@app.command()
def log(state_folder: StateFolder = paths.STATE) -> None:
    """Show who looked, took a copy or deleted, and when; nothing of what was kept."""
    from bot.privacy.audit import AuditLog

    entries = AuditLog(state_folder).entries()
    if not entries:
        console.print("Nothing was done yet.")
        return
    table = Table("when (UTC)", "what", "person", "by")
    for entry in entries:
        table.add_row(f"{entry.at:%Y-%m-%d %H:%M}", entry.act, entry.person, entry.who)
    console.print(table)


def change_key(
    forget_old: Annotated[
        bool, typer.Option(help="End every session, as after the old key became known.")
    ] = False,
    state_folder: StateFolder = paths.STATE,
) -> None:
    """Sign sessions with a new key from the next start on; open sessions go on."""
    from bot.privacy.audit import Act, AuditLog
    from bot.privacy.keys import change_key as changed

    if secret():
        raise stop(
            "The key is given by ACUPOINT_SECRET: write a new one there, and the last one into "
            "ACUPOINT_OLD_SECRET."
        )
    try:
        changed(state_folder, forget_old)
        AuditLog(state_folder).note(Act.KEY_CHANGED, "", _operator())
    except OSError:
        raise stop(f"The key in {state_folder} could not be written.") from None
    console.print("Start the assistant again, and it signs with the new key.")


def _operator() -> str:
    try:
        return f"operator {getpass.getuser()}"
    except (OSError, KeyError):
        return "operator"
