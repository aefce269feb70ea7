"""Rasa's default pipeline (DIET), in an environment of its own: it needs TensorFlow.

There this module is run as a program, by Rasa as it was released on Python 3.10; so it, and what it
uses of this package, keeps to what both Pythons understand.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from tools.benchmark.pipeline import general_part
from tools.benchmark.plan import DIET_SET
from tools.benchmark.runs import AccuracyScore, Progress, run_few
from tools.benchmark.sets import read_sets

_ROOT = Path(__file__).resolve().parents[2]
PYTHON = _ROOT / ".tools" / "diet" / "bin" / "python"
_CONFIG = Path(__file__).with_name("diet.yml")
_MARK = "benchmark: "


class DietMissing(Exception):
    """Raised when the environment is not there or fails; the message says what to do."""


def run_diet(data: Path, seeds: int, done: Progress) -> AccuracyScore:
    """How Rasa's default pipeline does on DIET_SET, learnt from few examples.

    Args:
        data: the folder with the public sets.
        seeds: how often examples are drawn.
        done: gets the name of the set after every training.

    Raises:
        DietMissing: it cannot be run here.
    """
    if not PYTHON.is_file():
        raise DietMissing(
            "Rasa with TensorFlow is not installed. 'make benchmark-diet DATA=...' does that, on "
            "Linux x86-64."
        )
    command = [str(PYTHON), "-m", __name__, str(data.resolve()), str(seeds)]
    score: AccuracyScore | None = None
    with (
        tempfile.TemporaryFile("w+") as errors,
        subprocess.Popen(
            command, cwd=_ROOT, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process,
    ):
        for line in process.stdout or ():
            if line.startswith(_MARK):
                told = json.loads(line.removeprefix(_MARK))
                if isinstance(told, str):
                    done(told)
                else:
                    score = AccuracyScore(**{**told, "accuracies": tuple(told["accuracies"])})
        process.wait()
        errors.seek(0)
        said = errors.read().strip().splitlines()
    if score is None:
        raise DietMissing(f"Rasa's default pipeline failed: {said[-1] if said else 'no reason'}.")
    return score


def _tell(told: object) -> None:
    print(_MARK + json.dumps(told), flush=True)


def _main(data: Path, seeds: int) -> None:
    (known,) = read_sets(data, [DIET_SET])[DIET_SET]
    _tell(asdict(run_few(general_part(_CONFIG), "diet", known, range(seeds), _tell)))


if __name__ == "__main__":
    _main(Path(sys.argv[1]), int(sys.argv[2]))
