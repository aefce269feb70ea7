"""The `acupoint` command: every command by its name."""

from __future__ import annotations

import sys
import warnings
from typing import Annotated

import typer

from bot.cli.chats import feedback, migrate
from bot.cli.data import check, docs, points, replies, show, sources
from bot.cli.explain import explain
from bot.cli.person import app as person
from bot.cli.person import change_key
from bot.cli.reminders import app as reminders
from bot.cli.serve import actions, run, train
from bot.cli.talk import ask, chat, voice
from bot.version import release

app = typer.Typer(
    help="An assistant for questions about pressure points and back pain. It is not a doctor.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
for command in (run, actions, train, ask, chat, voice, check, explain, points, sources, docs,
                feedback, migrate, replies, show, change_key):  # fmt: skip
    app.command()(command)
app.add_typer(reminders, name="reminders")
app.add_typer(person, name="person")


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"acupoint {release()}")
        raise typer.Exit


@app.callback()
def _every_command(
    is_version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_tell_version, is_eager=True, help="Say which version this is."
        ),
    ] = False,
) -> None:
    pass


def main() -> None:
    """Entry point of the command."""
    # What Python says of slips in others' packages, when it reads them for the first time.
    warnings.simplefilter("ignore", SyntaxWarning)
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)
