"""The page at /: ask in a browser, without scripts.

Each answer is a page of its own. The conversation's id is made by the server and travels in the
form, so that a shared address never opens somebody's conversation.
"""

from __future__ import annotations

import html
import re
import secrets
from pathlib import Path
from string import Template
from typing import Any

from markdown_it import MarkdownIt
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.front_door import Handler, Incoming, front_door_for

_TEMPLATE = Template((Path(__file__).parent / "page.html").read_text(encoding="utf-8"))
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_SENDER = re.compile(r"page-[\w-]{43}")
_SUGGESTIONS = ("Where is the point on my hand for back pain?", "My lower back hurts",
                "When should I see a doctor?")  # fmt: skip


def page(handler: Handler) -> Blueprint:
    """The routes of the page."""
    blueprint = Blueprint("page")
    front_door = front_door_for(handler)
    markdown = MarkdownIt("js-default")

    @blueprint.get("/")
    async def welcome(request: Request) -> HTTPResponse:
        return _page(_new_sender(), "", _buttons(_SUGGESTIONS, _SUGGESTIONS))

    @blueprint.post("/")
    async def answer(request: Request) -> HTTPResponse:
        form = request.form or {}
        sender, text = str(form.get("sender") or ""), str(form.get("message") or "")
        if not _SENDER.fullmatch(sender):
            sender = _new_sender()
        said = await front_door.exchange(Incoming(text, sender, "page"))
        asked = f'<p class="asked">{html.escape(text)}</p>' if text.strip() else ""
        return _page(sender, asked + "".join(_shown(message, markdown) for message in said), "")

    return blueprint


def _new_sender() -> str:
    return f"page-{secrets.token_urlsafe(32)}"


def _shown(message: dict[str, Any], markdown: MarkdownIt) -> str:
    kind = ((message.get("custom") or {}).get("reply") or {}).get("kind", "answer")
    role = ' role="alert"' if kind == "red_flag" else ""
    buttons = message.get("buttons") or []
    titles, payloads = [b["title"] for b in buttons], [b["payload"] for b in buttons]
    return (
        f'<div class="{html.escape(kind)}"{role}>{markdown.render(message.get("text", ""))}</div>'
        f"{_buttons(titles, payloads)}"
    )


def _buttons(titles: Any, payloads: Any) -> str:
    shown = "".join(
        f'<button name="message" value="{html.escape(payload)}">{html.escape(title)}</button>'
        for title, payload in zip(titles, payloads, strict=True)
    )
    return f'<div class="next">{shown}</div>' if shown else ""


def _page(sender: str, conversation: str, suggestions: str) -> HTTPResponse:
    body = _TEMPLATE.substitute(sender=sender, conversation=conversation, suggestions=suggestions)
    return response.html(body, headers=_HEADERS)
