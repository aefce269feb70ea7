"""The files of the chat widget, as a browser loads them."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.page.public_files import CHECKED, FOREVER, VARYING

ENTRY = "widget.js"
_NOT_BUILT = (
    "The chat widget is not built. Run 'make setup' where the assistant is installed, then load "
    "this page again. Without it the page at / can still be used."
)
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")
_COMPRESSED = re.compile(r"text/|application/(javascript|json|manifest)|image/svg")
_LEAST_BYTES = 500
# Types that a machine may not know.
_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css",
          ".json": "application/json", ".map": "application/json", ".svg": "image/svg+xml",
          ".webp": "image/webp", ".woff2": "font/woff2", ".wasm": "application/wasm"}  # fmt: skip


@dataclass(frozen=True)
class _File:
    body: bytes
    compressed: bytes | None
    type: str
    tag: str


def widget_files(folder: Path) -> Blueprint:
    """The routes of the files in `folder`, which set-up builds and which mirrors the addresses."""
    blueprint = Blueprint("widget_files")

    @blueprint.get(f"/{ENTRY}")
    async def entry(request: Request) -> HTTPResponse:
        return _sent(request, folder, ENTRY, CHECKED)

    @blueprint.get("/widget/assets/<name:str>")
    async def asset(request: Request, name: str) -> HTTPResponse:
        if not _NAME.fullmatch(name):
            return response.text("There is no such file.", status=404, headers=VARYING)
        return _sent(request, folder, f"widget/assets/{name}", FOREVER)

    return blueprint


def is_built(folder: Path) -> bool:
    """Whether there is a widget to load."""
    return (folder / ENTRY).is_file()


def _sent(request: Request, folder: Path, name: str, caching: str) -> HTTPResponse:
    path = folder / name
    try:
        file = _file(path, path.stat().st_mtime_ns)
    except OSError:
        # Not to be kept by any cache: it may be built in a minute.
        headers = {**VARYING, "Cache-Control": "no-store"}
        if not is_built(folder):
            return response.text(_NOT_BUILT, status=503, headers=headers)
        return response.text("There is no such file.", status=404, headers=headers)
    headers = {**VARYING, "Cache-Control": caching, "ETag": file.tag}
    if file.tag in request.headers.get("if-none-match", ""):
        return response.empty(status=304, headers=headers)
    body = file.body
    if file.compressed and "gzip" in request.headers.get("accept-encoding", ""):
        body, headers = file.compressed, {**headers, "Content-Encoding": "gzip"}
    return response.raw(body, headers=headers, content_type=file.type)


@lru_cache(maxsize=256)
def _file(path: Path, changed: int) -> _File:
    body = path.read_bytes()
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0]
    kind = kind or "application/octet-stream"
    small = None
    if len(body) >= _LEAST_BYTES and _COMPRESSED.match(kind):
        small = gzip.compress(body, 9, mtime=0)
    if kind.startswith("text/"):
        kind += "; charset=utf-8"
    return _File(body, small, kind, f'W/"{hashlib.sha256(body).hexdigest()[:20]}"')
