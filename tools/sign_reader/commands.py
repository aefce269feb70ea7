"""`python -m tools sign-reader`: teach the reader of signs anew."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from bot.cli.options import console
from bot.cli.stopping import check_data
from bot.runtime import paths
from bot.understanding.encoders import sign_reader
from tools.sign_reader.corpus import lessons

sign_reader_app = typer.Typer(help="Teach the reader of signs anew.", no_args_is_help=True)
_HASH = re.compile(r'(?<=READER_SHA256 = ")\w+')


@sign_reader_app.command("lessons")
def write(file: Annotated[Path, typer.Argument(help="Where the lessons are written.")]) -> None:
    """Write what the reader learns from, as numbers."""
    from tools.sign_reader.lesson_file import write_lessons

    check_data()
    taught = lessons(paths.DATA)
    write_lessons(taught, file)
    console.print(f"{len(taught)} texts.")


@sign_reader_app.command("build")
def build(
    learnt: Annotated[Path, typer.Argument(help="What teach.py wrote.", exists=True)],
) -> None:
    """Make the reader's file of what was learnt, and note its hash beside it."""
    from tools.sign_reader.graph import reader_graph

    with np.load(learnt) as numbers:
        graph = reader_graph({name: numbers[name] for name in numbers.files})
    sign_reader.READER_FILE.write_bytes(graph)
    module = Path(sign_reader.__file__)
    noted = _HASH.sub(hashlib.sha256(graph).hexdigest(), module.read_text(encoding="utf-8"))
    module.write_text(noted, encoding="utf-8")
    console.print(f"{len(graph) / 1e6:.1f} MB in {sign_reader.READER_FILE.name}.")
