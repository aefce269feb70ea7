"""The page at /: the chat widget, and a form for browsers without scripts.

With the form each answer is a page of its own. The conversation's id is made by the server and
travels in the form, so that a shared address never opens somebody's conversation.
"""

from __future__ import annotations

import base64
import hashlib
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
from bot.channels.widget_files import ENTRY, is_built

_FOLDER = Path(__file__).parent
_SOURCE = (_FOLDER / "page.html").read_text(encoding="utf-8")
_TEMPLATE = Template(_SOURCE)
_FORM = Template((_FOLDER / "page_form.html").read_text(encoding="utf-8"))
_STYLE = re.search(r"<style>(.*?)</style>", _SOURCE, re.DOTALL)
_STYLE_HASH = base64.b64encode(hashlib.sha256((_STYLE[1] if _STYLE else "").encode()).digest())
# Only what this server sends, and of styles and scripts inside the page only our own style.
_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "connect-src": "'self'",
    "img-src": "'self' data: blob:",
    "media-src": "'self' data: blob:",
    "worker-src": "'self' blob:",
    # What finds hands in the camera's picture runs in a frame with a policy of its own.
    "frame-src": "'self'",
    "style-src": f"'self' 'sha256-{_STYLE_HASH.decode()}'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
_HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in _POLICY.items()),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "microphone=(self)",
    "Cache-Control": "no-store",
}
# The widget puts itself behind its script.
_WIDGET = Template(
    f'<script src="/{ENTRY}" data-mode="inline"></script>\n<noscript>\n$form</noscript>'
)
_SENDER = re.compile(r"page-[\w-]{43}")
_SUGGESTIONS = ("Where is the point on my hand for back pain?", "My lower back hurts",
                "When should I see a doctor?")  # fmt: skip


def page(handler: Handler, widget: Path) -> Blueprint:
    """The routes of the page.

    Args:
        widget: the folder of the built widget; without it the page is the form.
    """
    blueprint = Blueprint("page")
    front_door = front_door_for(handler)
    markdown = MarkdownIt("js-default")

    @blueprint.get("/")
    async def welcome(request: Request) -> HTTPResponse:
        suggestions = _buttons(_SUGGESTIONS, _SUGGESTIONS)
        return _page(_new_sender(), "", suggestions, is_built(widget))

    @blueprint.post("/")
    async def answer(request: Request) -> HTTPResponse:
        form = request.form or {}
        sender, text = str(form.get("sender") or ""), str(form.get("message") or "")
        if not _SENDER.fullmatch(sender):
            sender = _new_sender()
        said = await front_door.exchange(Incoming(text, sender, "page"))
        asked = f'<p class="asked">{html.escape(text)}</p>' if text.strip() else ""
        said_by_both = asked + "".join(_shown(message, markdown) for message in said)
        # Who used the form goes on with it, script or not.
        return _page(sender, said_by_both, "", with_widget=False)

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


def _page(sender: str, conversation: str, suggestions: str, with_widget: bool) -> HTTPResponse:
    form = _FORM.substitute(sender=sender, conversation=conversation, suggestions=suggestions)
    body = _TEMPLATE.substitute(content=_WIDGET.substitute(form=form) if with_widget else form)
    return response.html(body, headers=_HEADERS)
