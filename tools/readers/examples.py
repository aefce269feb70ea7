"""The examples of the intents in data/nlu.yml, as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

_ENTITY = re.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")


def examples(folder: Path) -> Iterator[tuple[str, str]]:
    """Each example with its intent before it."""
    for block in yaml.safe_load((folder / "nlu.yml").read_text(encoding="utf-8"))["nlu"]:
        intent = block.get("intent")
        if not intent:
            continue
        for line in block["examples"].splitlines():
            text = _ENTITY.sub(r"\1", line.removeprefix("- ")).strip()
            if text:
                yield intent, text
