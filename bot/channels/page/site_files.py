"""The few files at the root of the site: its icons, and what makes it installable."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from pathlib import Path

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.page.public_files import A_DAY, CHECKED, HEADERS

_FOLDER = Path(__file__).parent / "site"
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webmanifest": "application/manifest+json",
}


def site_files() -> Blueprint:
    """The routes of the icons and the manifest; browsers ask for an icon at /favicon.ico, too."""
    blueprint = Blueprint("site_files")
    files = {path.name: path for path in _FOLDER.iterdir() if path.suffix in _TYPES}
    files["favicon.ico"] = files["icon-192.png"]
    for name, path in sorted(files.items()):
        blueprint.add_route(
            _sender(path), f"/{name}", name=name.replace(".", "_").replace("-", "_")
        )
    return blueprint


def _sender(path: Path) -> Callable[[Request], Awaitable[HTTPResponse]]:
    body = path.read_bytes()
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:20]}"'
    headers = {**HEADERS, "Cache-Control": _caching(path), "ETag": tag}

    async def send(request: Request) -> HTTPResponse:
        if tag in request.headers.get("if-none-match", ""):
            return response.empty(status=304, headers=headers)
        return response.raw(body, headers=headers, content_type=_TYPES[path.suffix])

    return send


def _caching(path: Path) -> str:
    """Scripts are asked for anew each time: an old worker would keep an old page."""
    return CHECKED if path.suffix == ".js" else A_DAY
