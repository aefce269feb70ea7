"""Written text without the marks of Markdown: for the ear, and for channels without styles."""

from __future__ import annotations

import re

_LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")
_LINE_MARK = re.compile(r"(?m)^\s*(?:[-#>*]+|\d+\.)\s+")
_HEADING = re.compile(r"(?m)^[ \t]*(?:#+|>)[ \t]*")
_BULLET = re.compile(r"(?m)^([ \t]*)[*+][ \t]+")
_STYLE = re.compile(r"[*_`]")
# An underscore inside a word, as in an address, is no mark.
_STYLE_ALONE = re.compile(r"[*`]|(?<!\w)_+|_+(?!\w)")


def strip_markdown(text: str) -> str:
    """A written text without what only a screen can show, as one line of sentences."""
    text = _STYLE.sub("", _LINE_MARK.sub("", _LINK.sub(r"\1", text)))
    text = re.sub(r"(?<![.!?:;,\s])\s*\n+", ". ", text)
    return " ".join(text.split())


def plain_lines(text: str) -> str:
    """A written text without styles; its lines, lists and the addresses of its links stay."""
    text = _HEADING.sub("", _BULLET.sub(r"\1- ", _LINK.sub(_with_address, text)))
    return _STYLE_ALONE.sub("", text)


def _with_address(link: re.Match[str]) -> str:
    label, address = link.groups()
    return f"{label} ({address})" if address.startswith("http") and address != label else label
