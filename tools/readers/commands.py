"""`python -m tools reader`: teach the reader of signs, or of questions, anew."""

from __future__ import annotations

import hashlib
import re
from enum import Enum
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from bot.cli.options import console
from bot.cli.stopping import check_data
from bot.runtime import paths
from bot.understanding.encoders import question_reader, sign_reader

reader_app = typer.Typer(help="Teach a reader anew.", no_args_is_help=True)
_ON_RECORD = paths.ROOT / "scripts" / "audit" / "weights.yml"
_HASH = re.compile(r'(?<=READER_SHA256 = ")\w+')


class Which(str, Enum):
    """The readers."""

    SIGNS = "signs"
    QUESTIONS = "questions"


_MODULES = {Which.SIGNS: sign_reader, Which.QUESTIONS: question_reader}
_Which = Annotated[Which, typer.Argument(help="Which reader.")]


@reader_app.command("lessons")
def write(
    which: _Which, file: Annotated[Path, typer.Argument(help="Where the lessons are written.")]
) -> None:
    """Write what the reader learns from, as numbers."""
    from tools.readers import lesson_file, question_lessons, sign_lessons

    check_data()
    if which is Which.SIGNS:
        signs = sign_lessons.sign_lessons(paths.DATA)
        lesson_file.write_sign_lessons(signs, file)
        console.print(f"{len(signs)} texts.")
    else:
        questions = question_lessons.question_lessons(paths.DATA)
        lesson_file.write_question_lessons(questions, file)
        console.print(f"{len(questions)} texts.")


@reader_app.command("build")
def build(
    which: _Which,
    learnt: Annotated[Path, typer.Argument(help="What teach.py wrote.", exists=True)],
) -> None:
    """Make the reader's file of what was learnt, and note its hash beside it and on record."""
    from tools.readers.graph import reader_graph

    with np.load(learnt) as numbers:
        graph = reader_graph({name: numbers[name] for name in numbers.files})
    of_it = _MODULES[which]
    of_it.READER_FILE.write_bytes(graph)
    module = Path(str(of_it.__file__))
    written = module.read_text(encoding="utf-8")
    before, now = _HASH.findall(written)[0], hashlib.sha256(graph).hexdigest()
    for file in (module, _ON_RECORD):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(before, now), encoding="utf-8")
    console.print(f"{len(graph) / 1e6:.1f} MB in {of_it.READER_FILE.name}.")
