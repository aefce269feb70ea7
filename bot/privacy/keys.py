"""The secrets of an installation: what signs sessions, and what ids of conversations are made with.

They are given by the environment, or kept in the state folder. The one that signs can be changed;
what the one before signed is then still good, and no id changes.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from bot.privacy.private_files import private_file
from bot.privacy.private_store import private_folder

SECRET_FILE, IDENTITY_FILE = "web_secret", "identity_secret"
LEAST_SECRET = 32


@dataclass(frozen=True)
class Keys:
    """The secrets.

    Attributes:
        signing: signs sessions.
        old: what signed them before; they sign nothing any more.
        identity: makes the ids of conversations and the codes of persons. It stays.
    """

    signing: str
    old: tuple[str, ...]
    identity: str


def keys_of(folder: Path, given: str | None = None) -> Keys:
    """The secrets of a state folder, made at the first start and readable for the owner only.

    Args:
        given: what signs, and on lines behind it what signed before; in place of what is kept.

    Raises:
        OSError: one can be neither read nor written.
    """
    signing, *old = (given or _kept(folder, SECRET_FILE, secrets.token_urlsafe(48))).splitlines()
    # At the first start what signs makes the ids, too.
    identity = _kept(folder, IDENTITY_FILE, old[-1] if old else signing)
    return Keys(signing, tuple(old), identity.strip())


def change_key(folder: Path, forget_old: bool = False) -> None:
    """Let a new secret sign from the next start on.

    Args:
        forget_old: whether everybody has to begin anew; else what the last one signed stays good.

    Raises:
        OSError: it can be neither read nor written.
    """
    last = keys_of(folder).signing
    lines = [secrets.token_urlsafe(48), *([] if forget_old else [last])]
    path = private_folder(folder) / SECRET_FILE
    unfinished = private_file(path.with_suffix(f".{os.getpid()}"))
    unfinished.write_text("\n".join(lines), encoding="utf-8")
    unfinished.replace(path)


def _kept(folder: Path, name: str, new: str) -> str:
    """What is kept in a file; `new`, where there is none yet."""
    path = private_folder(folder) / name
    if not path.is_file():
        unfinished = path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(new)
        try:
            # Whole or not at all, and the first of two processes wins.
            os.link(unfinished, path)
        except FileExistsError:
            pass
        finally:
            unfinished.unlink()
    return path.read_text(encoding="utf-8")
