"""Files that are made once from those that packages carry, and kept beside the trained models."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from filelock import FileLock

from bot.understanding.encoders.package_files import check_hash

FOLDER = Path(__file__).resolve().parents[3] / "models" / "encoders"


def made_file(
    name: str,
    source: Path,
    sha256: str,
    make: Callable[[Path], bytes],
    *made_by: str,
    folder: Path = FOLDER,
) -> Path:
    """The file `name` that `make` makes of `source`; made now if it is not there, or damaged.

    Of several processes that need it, one makes it and the others wait. Where `folder` cannot be
    written, each process makes its own, and takes it away when it ends.

    Args:
        name: what its name begins with, and its ending: "second.onnx".
        source: a package's file.
        sha256: what `source` must be.
        make: given `source`, gives the content.
        made_by: whatever else the content follows from, such as versions; another gives a new file.
        folder: where it is kept.

    Raises:
        SentenceModelMissing: `source` is missing or another.
    """
    key = hashlib.sha256("\n".join((sha256, *made_by)).encode()).hexdigest()[:12]
    file = folder / f"{Path(name).stem}-{key}{Path(name).suffix}"
    if _is_whole(file):
        return file
    check_hash(source, sha256)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".making.lock"):
            if not _is_whole(file):
                _write(file, make(source))
                _remove_others(file, Path(name))
    except OSError:
        file = _own_folder() / file.name
        if not _is_whole(file):
            _write(file, make(source))
    return file


def _is_whole(file: Path) -> bool:
    try:
        told = _sum_of(file).read_text(encoding="ascii")
        return hashlib.sha256(file.read_bytes()).hexdigest() == told
    except (OSError, UnicodeDecodeError):
        return False


def _write(file: Path, content: bytes) -> None:
    _sum_of(file).unlink(missing_ok=True)
    file.write_bytes(content)
    _sum_of(file).write_text(hashlib.sha256(content).hexdigest(), encoding="ascii")


def _sum_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.sha256")


def _remove_others(newest: Path, name: Path) -> None:
    for file in newest.parent.glob(f"{name.stem}-*{name.suffix}"):
        if file != newest:
            file.unlink(missing_ok=True)
            _sum_of(file).unlink(missing_ok=True)


@lru_cache(maxsize=1)
def _own_folder_kept() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="acupoint-encoders-")


def _own_folder() -> Path:
    return Path(_own_folder_kept().name)
