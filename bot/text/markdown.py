"""Written text without its marks."""

from __future__ import annotations

import re

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_LINE_MARK = re.compile(r"(?m)^\s*(?:[-#>*]+|\d+\.)\s+")


def strip_markdown(text: str) -> str:
    """A written text without what only a screen can show."""
    text = re.sub(r"[*_`]", "", _LINE_MARK.sub("", _LINK.sub(r"\1", text)))
    text = re.sub(r"(?<![.!?:;,\s])\s*\n+", ". ", text)
    return " ".join(text.split())
