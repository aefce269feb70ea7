"""The command that says why a message raised a warning sign, or none."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.options import (
    ModelsFolder,
    console,
)
from bot.cli.stopping import check_all_data
from bot.runtime import paths
from bot.runtime.prepare import prepare


def explain(
    text: Annotated[str, typer.Argument(help="A message, as a person would write it.")],
    earlier: Annotated[
        list[str] | None,
        typer.Option(help="A message said before it; repeat for several, oldest first."),
    ] = None,
    models_folder: ModelsFolder = paths.MODELS,
) -> None:
    """Show which warning signs fire on a message, what holds others back, and what is said."""
    prepare()
    check_all_data()
    from bot.cli.explanation import explain as explained
    from bot.cli.explanation_view import explanation_lines

    for line in explanation_lines(explained(text, earlier or (), models_folder)):
        console.print(line, soft_wrap=True)
