"""Serves the pictures of points and areas, and what the body map in the chat is made of.

The fingerprint in a picture's address stands for its content, so browsers may keep it for ever.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.page.body_map import body_map
from bot.channels.page.public_files import A_DAY, CHECKED, FOREVER, HEADERS, VARYING
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.pictures import PREFIX, Pictures
from bot.text.json_types import JsonObject

# A picture by its name alone, for who knows no fingerprint, such as the welcome of the chat.
NAMED = "/widget/pictures/"
MAP_ADDRESS = "/widget/body-map.json"


def picture_files(pictures: Pictures, catalogue: Catalogue) -> Blueprint:
    """The routes of the pictures and of the body map."""
    blueprint = Blueprint("picture_files")
    files = pictures.files()
    named = {_without_fingerprint(name): path for name, path in files.items()}
    told = json.dumps(body_map(pictures, catalogue), ensure_ascii=False).encode()
    small = gzip.compress(told, 9, mtime=0)
    tag = f'W/"{hashlib.sha256(told).hexdigest()[:20]}"'

    @blueprint.get(f"{PREFIX}<name:str>")
    async def picture(request: Request, name: str) -> HTTPResponse:
        return _sent(files.get(name), FOREVER)

    @blueprint.get(f"{NAMED}<name:str>")
    async def picture_by_name(request: Request, name: str) -> HTTPResponse:
        return _sent(named.get(name), A_DAY)

    @blueprint.get(MAP_ADDRESS)
    async def the_map(request: Request) -> HTTPResponse:
        headers: JsonObject = {**VARYING, "Cache-Control": CHECKED, "ETag": tag}
        if tag in request.headers.get("if-none-match", ""):
            return response.empty(status=304, headers=headers)
        body = told
        if "gzip" in request.headers.get("accept-encoding", ""):
            body, headers = small, {**headers, "Content-Encoding": "gzip"}
        return response.raw(body, headers=headers, content_type="application/json")

    return blueprint


def _sent(path: Path | None, caching: str) -> HTTPResponse:
    try:
        body = path.read_bytes() if path else None
    except OSError:
        body = None
    if body is None:
        headers = {**HEADERS, "Cache-Control": "no-store"}
        return response.text("There is no such picture.", status=404, headers=headers)
    headers = {**HEADERS, "Cache-Control": caching}
    return response.raw(body, headers=headers, content_type="image/webp")


def _without_fingerprint(name: str) -> str:
    stem, _, _ = name.removesuffix(".webp").rpartition(".")
    return f"{stem}.webp"
