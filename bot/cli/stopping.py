"""Stopping with a sentence that says what to do; the checks that stand before a command."""

from __future__ import annotations

import os
import signal
import sys

import typer
from rich.markup import escape

from bot.cli.options import (
    errors,
)
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.data_files import DataError, Problem
from bot.runtime import paths


def stop(message: str) -> typer.Exit:
    """Say why nothing is done, and give what has to be raised then."""
    errors.print(f"[bold red]Stopped:[/] {message}", soft_wrap=True, highlight=False)
    return typer.Exit(1)


def check_all_data() -> Catalogue:
    """Checked before every start: no wrong data gets in. What has passed is not read again."""
    from bot.gate.stamp import has_passed, remember_passed, state_of

    state = state_of(paths.DATA)
    if not has_passed(paths.GATE_STAMP, state):
        from bot.gate.gate import check_everything

        stop_for(check_everything())
        remember_passed(paths.GATE_STAMP, state)
    return Catalogue.load()


def check_data() -> Catalogue:
    """The facts; stops where they are not right."""
    try:
        return Catalogue.load()
    except DataError as error:
        stop_for(error.problems)
        raise


def stop_for(problems: list[Problem]) -> None:
    """Name every problem and stop, if there is one."""
    for problem in problems:
        where = f"[bold]{problem.file}[/], line [bold]{problem.line}[/]: "
        said = escape(f"{problem.what}\n    {problem.remedy}")
        errors.print(where + said, highlight=False, soft_wrap=True)
    if problems:
        count = "One mistake" if len(problems) == 1 else f"{len(problems)} mistakes"
        raise stop(f"{count} in the data files.")


def outlast_the_terminal() -> None:
    """Let a closed terminal do no harm.

    Where there is one, its end stops the assistant as Ctrl-C does; a service has none, and what is
    then sent, often to ask for settings to be read again, is ignored.
    """
    if sys.stdin is not None and sys.stdin.isatty():
        signal.signal(signal.SIGHUP, lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    else:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
