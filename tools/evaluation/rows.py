"""Questions from outside, with what a good answer must and must not hold.

They are read from a folder that is given (utterances.jsonl: text, style, task, must_contain,
must_not_contain, accept, hard_negative, entities) and put to the assistant through the gateway.
None of them belongs to this project.
"""

from __future__ import annotations

import json
import re
import time
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.messages.message import Message
from bot.understanding.mentions.finder import clean, default_finder

ROWS_FILE = "utterances.jsonl"
Say = Callable[[str, str], Awaitable[list[Message]]]

# Areas that the rows name otherwise than we do.
_SAME_AREA = {
    "knee_back": {"behind_knee", "knee"}, "knee_inside": {"knee", "thigh"},
    "sole": {"sole", "foot"},
    "forearm": {"wrist_forearm", "arm"}, "shin": {"lower_leg"}, "ribs": {"flank"},
    "ankle": {"ankle", "foot"}, "leg": {"leg", "lower_leg"}, "elbow": {"elbow", "arm"},
    "waist": {"flank", "lower_back"},
}  # fmt: skip
_SAME_TOOL = {"massage_ball": {"soft_ball", "hard_ball"}}
_TIERS = {"persistent": "persistent_or_worsening"}


class RowsMissing(Exception):
    """Raised when the folder holds no rows; the message says what was looked for."""


@dataclass(frozen=True)
class RowResult:
    """What became of one row.

    `failed` names what was wrong with the answer, empty if nothing was. `entities` says for each
    expected entity whether it was found.
    """

    text: str
    style: str
    task: str
    hard_negative: bool
    accepted: tuple[str, ...]
    tier: str
    failed: tuple[str, ...]
    entities: dict[str, bool]
    milliseconds: float


def read_rows(folder: Path) -> list[dict[str, Any]]:
    """The rows of `folder`.

    Raises:
        RowsMissing: there is no such file.
    """
    path = folder / ROWS_FILE
    if not path.is_file():
        raise RowsMissing(f"'{folder}' holds no {ROWS_FILE}.")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


async def put_rows(
    rows: Sequence[dict[str, Any]], say: Say, progress: Callable[[int], None]
) -> list[RowResult]:
    """Ask every row in a conversation of its own.

    Args:
        say: (text, sender) -> the messages of the answer.
        progress: called with the number of rows done.
    """
    results = []
    for number, row in enumerate(rows, 1):
        start = time.perf_counter()
        messages = await say(row["text"], f"row-{uuid.uuid4().hex}")
        milliseconds = (time.perf_counter() - start) * 1000
        results.append(_judge(row, messages, milliseconds))
        progress(number)
    return results


def _judge(row: dict[str, Any], messages: list[Message], milliseconds: float) -> RowResult:
    said = "\n".join(message.text for message in messages)
    warned = messages[0].reply.tier if messages and messages[0].is_red_flag else None
    tier = warned.value if warned else "none"
    tier = _TIERS.get(tier, tier)
    wanted, unwanted = row.get("must_contain", []), row.get("must_not_contain", [])
    failed = [f"missing {p[:40]}" for p in wanted if not re.search(p, said, re.IGNORECASE)]
    failed += [f"forbidden {p[:40]}" for p in unwanted if re.search(p, said, re.IGNORECASE)]
    accepted = tuple(row.get("accept") or [row.get("tier", "none")])
    return RowResult(
        row["text"], row.get("style", ""), row.get("task", ""), bool(row.get("hard_negative")),
        accepted, tier, tuple(failed), _entities(row), milliseconds,
    )  # fmt: skip


def _entities(row: dict[str, Any]) -> dict[str, bool]:
    wanted = row.get("entities") or {}
    found: dict[str, set[str]] = {}
    if wanted:
        for mention in default_finder().find(clean(row["text"])):
            found.setdefault(mention.kind, set()).add(mention.value)
    hits = {}
    for kind, value in wanted.items():
        if kind in ("point", "area", "tool"):
            same = {"area": _SAME_AREA, "tool": _SAME_TOOL}.get(kind, {}).get(value, {value})
            hits[kind] = bool(found.get(kind, set()) & same)
    return hits
