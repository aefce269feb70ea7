"""Training in a process of its own."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from bot.runtime import paths
from bot.runtime.training import TrainingError


async def train_apart(folder: Path) -> None:
    """Train in a process of its own, so that its memory is given back and Ctrl-C ends it.

    Raises:
        TrainingError: no model could be trained.
    """
    command = [sys.executable, "-m", "bot.cli", "train", "--models-folder", str(folder)]
    process = await asyncio.create_subprocess_exec(*command, cwd=paths.ROOT)
    try:
        code = await process.wait()
    except asyncio.CancelledError:
        process.kill()
        await process.wait()
        raise
    if code:
        raise TrainingError("The model could not be trained; the reason stands above.")
