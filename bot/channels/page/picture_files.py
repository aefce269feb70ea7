"""Serves the pictures of points and areas, and what the body map in the chat is made of.

The fingerprint in a picture's address stands for its content, so browsers may keep it for ever.
"""

from __future__ import annotations

import hashlib
import json

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.page.body_map import body_map
from bot.channels.page.public_files import CHECKED, FOREVER, HEADERS
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.pictures import PREFIX, Pictures
from bot.text.json_types import JsonObject

MAP_ADDRESS = "/widget/body-map.json"


def picture_files(pictures: Pictures, catalogue: Catalogue) -> Blueprint:
    """The routes of the pictures and of the body map."""
    blueprint = Blueprint("picture_files")
    files = pictures.files()
    told = json.dumps(body_map(pictures, catalogue), ensure_ascii=False).encode()
    tag = f'W/"{hashlib.sha256(told).hexdigest()[:20]}"'

    @blueprint.get(f"{PREFIX}<name:str>")
    async def picture(request: Request, name: str) -> HTTPResponse:
        path = files.get(name)
        try:
            body = path.read_bytes() if path else None
        except OSError:
            body = None
        if body is None:
            headers = {**HEADERS, "Cache-Control": "no-store"}
            return response.text("There is no such picture.", status=404, headers=headers)
        return response.raw(
            body, headers={**HEADERS, "Cache-Control": FOREVER}, content_type="image/webp"
        )

    @blueprint.get(MAP_ADDRESS)
    async def the_map(request: Request) -> HTTPResponse:
        headers: JsonObject = {**HEADERS, "Cache-Control": CHECKED, "ETag": tag}
        if tag in request.headers.get("if-none-match", ""):
            return response.empty(status=304, headers=headers)
        return response.raw(told, headers=headers, content_type="application/json")

    return blueprint
