"""What finds hands in the camera's picture: a frame, its worker, and the model's files.

The frame is a page of this server inside the chat's page. It and its worker have policies of their
own: nothing but this server can be reached from there, and only there may WebAssembly run.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import Path

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.page.public_files import CHECKED, FOREVER, VARYING

_FOLDER = Path("widget") / "vision"
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")
_TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8",
          ".wasm": "application/wasm"}  # fmt: skip
_POLICIES = {
    "frame.html": "default-src 'none'; script-src 'self'; worker-src 'self'",
    "worker.js": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'",
}


def vision_files(folder: Path) -> Blueprint:
    """The routes of the files below `folder`/widget/vision, which set-up builds.

    A file NAME is sent from NAME.gz, made beside it, to browsers that can read that.
    """
    blueprint = Blueprint("vision_files")

    @blueprint.get("/widget/vision/<name:str>")
    async def program(request: Request, name: str) -> HTTPResponse:
        return await _sent(request, folder / _FOLDER, [name], CHECKED)

    @blueprint.get("/widget/vision/<version:str>/<name:str>")
    async def model(request: Request, version: str, name: str) -> HTTPResponse:
        # The version is in the address: what it holds never changes.
        return await _sent(request, folder / _FOLDER, [version, name], FOREVER)

    return blueprint


async def _sent(request: Request, folder: Path, parts: list[str], caching: str) -> HTTPResponse:
    path = folder.joinpath(*parts)
    if not all(_NAME.fullmatch(part) for part in parts) or not path.is_file():
        headers = {**VARYING, "Cache-Control": "no-store"}
        return response.text("There is no such file.", status=404, headers=headers)
    headers = {**VARYING, "cache-control": caching, "ETag": _tag(path, path.stat().st_mtime_ns)}
    policy = _POLICIES.get(parts[-1]) if len(parts) == 1 else None
    if policy:
        headers["Content-Security-Policy"] = policy
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return response.empty(status=304, headers=headers)
    kind = _TYPES.get(path.suffix, "application/octet-stream")
    small = path.with_name(path.name + ".gz")
    if small.is_file() and "gzip" in request.headers.get("accept-encoding", ""):
        path, headers = small, {**headers, "Content-Encoding": "gzip"}
    # Read when asked for and not kept: the largest has six megabytes.
    return await response.file(path, mime_type=kind, headers=headers)


@lru_cache(maxsize=64)
def _tag(path: Path, changed: int) -> str:
    return f'W/"{hashlib.sha256(path.read_bytes()).hexdigest()[:20]}"'
