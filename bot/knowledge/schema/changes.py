"""Guarded data: what may not change without a dated reason in the file itself.

The newest entry under `changes:` carries a fingerprint of the guarded part. It is taken from the
values alone, so comments, line breaks and the order of keys do not matter.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

from pydantic import Field, constr

from bot.knowledge.schema.data_files import Facts
from bot.knowledge.schema.kinds import Text
from bot.text.json_types import JsonObject

CHANGES = "changes"
_LETTERS = 12
Fingerprint = constr(pattern=rf"^[0-9a-f]{{{_LETTERS}}}$")


class Change(Facts):
    """Why the guarded part of a file is as it is. `content` is its fingerprint."""

    date: datetime.date
    reason: Text
    content: Fingerprint  # type: ignore[valid-type]


class GuardedFile(Facts):
    """A file whose guarded part needs a dated reason for each change, newest first."""

    changes: list[Change] = Field(..., min_length=1)


def fingerprint(name: str, content: Any) -> str:
    """The fingerprint of the guarded part of a file.

    Args:
        name: the file's name, one of `GUARDED`.
        content: the file as parsed YAML.
    """
    plain = json.dumps(_plain(GUARDED[name](content)), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()[:_LETTERS]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return " ".join(str(value).split())


def _all_rules(content: Any) -> Any:
    told = (CHANGES, "version", "reviewed")
    return {key: value for key, value in content.items() if key not in told}


def _cautions_and_conditions(content: Any) -> Any:
    return {key: content[key] for key in ("cautions", "conditions")}


def _cautions_of_points(content: Any) -> Any:
    """The cautions, the forbidden tools and the notes of each point, spot and complaint."""
    return {
        section: dict(_limits(content[section]))
        for section in ("complaints", "points", "article_areas")
    }


def _limits(entries: list[JsonObject]) -> Iterator[tuple[str, Any]]:
    for entry in entries:
        limits = {key: entry[key] for key in ("cautions", "note") if entry.get(key)}
        not_with = (entry.get("press") or {}).get("not_with")
        if not_with:
            limits["not_with"] = not_with
        if limits:
            yield entry.get("code") or entry["id"], limits


GUARDED: dict[str, Callable[[Any], Any]] = {
    "red_flags.yml": _all_rules,
    "guidance.yml": _cautions_and_conditions,
    "points.yml": _cautions_of_points,
}
