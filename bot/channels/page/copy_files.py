"""GET and POST /person/copy/...: everything that is kept of a person, as a file for them.

The link leads to a page with a button: services that look at a link before the person does, to show
what is behind it, get no word of the data.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from string import Template

from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.privacy.copy_links import PATH, CopyLinks
from bot.privacy.quiet_log import log_failure

logger = logging.getLogger(__name__)

_PAGE = Template((Path(__file__).parent / "copy.html").read_text(encoding="utf-8"))
_HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    # With none at all a browser would not say either that the form came from here.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
_BUTTON = '<form method="post"><button>Get my data</button></form>'
_FILE = "my-data.txt"


def copy_files(links: CopyLinks, copy: Callable[[str], Awaitable[str | None]]) -> Blueprint:
    """The routes.

    Args:
        links: reads whose copy a link leads to.
        copy: everything that is kept of a person as text; None where that is nothing.
    """
    blueprint = Blueprint("copy_files")

    @blueprint.get(f"{PATH}/<sealed:str>")
    async def show(request: Request, sealed: str) -> HTTPResponse:
        if links.sender_of(sealed) is None:
            return _said("This link is over. Ask the assistant again: export my data.", 404)
        return _said("Here you get a file with everything that this assistant keeps of you.", 200)

    @blueprint.post(f"{PATH}/<sealed:str>", name="copy_given")
    async def give(request: Request, sealed: str) -> HTTPResponse:
        sender = links.sender_of(sealed)
        if sender is None:
            return _said("This link is over. Ask the assistant again: export my data.", 404)
        try:
            text = await copy(sender)
        except Exception as error:
            log_failure(logger, "a copy could not be made", error)
            return _said("That could not be done just now. Please try again in a minute.", 503)
        if text is None:
            return _said("Nothing is kept of you.", 404)
        given = {**_HEADERS, "Content-Disposition": f'attachment; filename="{_FILE}"'}
        return response.text(text, headers=given)

    return blueprint


def _said(words: str, status: int) -> HTTPResponse:
    content = _PAGE.substitute(words=words, button=_BUTTON if status == 200 else "")
    return response.html(content, status=status, headers=_HEADERS)
