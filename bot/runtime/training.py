"""Training, once for each state of what the model learns from."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
from pathlib import Path

import yaml
from filelock import FileLock

from bot.runtime import paths
from bot.runtime.import_closure import files_behind

_KEPT_MODELS = 3
# What components read in data/ while they learn.
_FACTS = ("look_alikes.yml", "sign_cases.yml", "red_flags.yml")
# Whoever trains calls it first: it changes what Rasa does.
_BEFORE = "bot.runtime.prepare"


class TrainingError(Exception):
    """Raised when no model could be trained; the message says why."""


def model_inputs() -> list[Path]:
    """Every file that shapes what a model learns: data, settings, and the code that learns."""
    files = [*paths.TRAINING_FILES, paths.CONFIG, paths.ROOT / "requirements" / "base.lock"]
    files += [paths.DATA / name for name in _FACTS]
    files += sorted(paths.DOMAIN.rglob("*.yml"))
    return files + files_behind([*_components(), __name__, _BEFORE])


def _components() -> list[str]:
    """The components of the pipeline and the policies, as bot/config.yml names them."""
    config = yaml.safe_load(paths.CONFIG.read_text(encoding="utf-8"))
    return [part["name"] for part in (*config["pipeline"], *config["policies"])]


def fingerprint() -> str:
    """A hash over the content of all inputs: the same inputs give the same model."""
    digest = hashlib.sha256()
    for path in model_inputs():
        content = path.read_bytes() if path.is_file() else b""
        digest.update(f"{path.relative_to(paths.ROOT)} {len(content)} ".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def model_path(folder: Path = paths.MODELS) -> Path:
    """Where the model for the present inputs lies, or would lie."""
    return folder / f"acupoint-{fingerprint()}.tar.gz"


def ensure_model(folder: Path = paths.MODELS) -> Path:
    """The model for the present inputs, trained now if it is not there.

    Of several processes that need it, one trains and the others wait for it.

    Raises:
        TrainingError: training failed, e.g. the disk is full.
    """
    path = model_path(folder)
    if path.is_file():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / ".training.lock"):
        return path if path.is_file() else train(path)


def train(path: Path) -> Path:
    """Train a model from the project's files into `path`.

    Raises:
        TrainingError: training failed.
    """
    from rasa.model_training import train as rasa_train
    from threadpoolctl import threadpool_limits

    from bot.rasa_compat.speed.quick_training import use_quick_training

    use_quick_training()
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = f"{path.name.removesuffix('.tar.gz')}-{os.getpid()}.part"
    try:
        # The matrices are small: sharing one out among threads takes longer than the work.
        with contextlib.redirect_stdout(io.StringIO()), threadpool_limits(1, "blas"):
            result = rasa_train(
                domain=str(paths.DOMAIN),
                config=str(paths.CONFIG),
                training_files=[str(file) for file in paths.TRAINING_FILES],
                output=str(path.parent),
                force_training=True,
                fixed_model_name=unfinished,
            )
    except OSError as error:
        raise TrainingError(f"The model could not be saved: {error.strerror}.") from error
    if not result.model or result.code:
        raise TrainingError("Training failed. 'make lint' checks the files it learns from.")
    # Renamed only when whole, so that a killed training never leaves half a model.
    Path(result.model).replace(path)
    _remove_old(path)
    return path


def _remove_old(newest: Path) -> None:
    models = sorted(newest.parent.glob("acupoint-*.tar.gz"), key=lambda p: p.stat().st_mtime)
    for old in models[:-_KEPT_MODELS]:
        if old != newest:
            old.unlink(missing_ok=True)
