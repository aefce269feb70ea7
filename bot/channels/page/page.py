"""The page at /: the chat widget, and a form for browsers without scripts.

With the form each answer is a page of its own. The conversation's id is made by the server and
travels in the form, so that a shared address never opens somebody's conversation.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from functools import partial
from pathlib import Path
from string import Template
from typing import Any

from markdown_it import MarkdownIt
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.http.request_guard import ChannelLimits, address_of
from bot.channels.page.widget_files import ENTRY, is_built
from bot.channels.web.tokens import SessionExpired, SessionInvalid, Tokens
from bot.gateway.gateway import Gateway
from bot.gateway.messages import Incoming
from bot.messages.message import Message, MessageKind
from bot.text.storable_text import storable

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
    "manifest-src": "'self'",
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
    # With none at all a browser would not say either that the form came from here.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "microphone=(self)",
    "Cache-Control": "no-store",
}
# The widget puts itself behind its script.
_WIDGET = Template(
    f'<script src="/{ENTRY}" data-mode="inline"></script>\n<noscript>\n$form</noscript>'
)
_SUGGESTIONS = ("Where is the point on my hand for back pain?", "My lower back hurts",
                "When should I see a doctor?")  # fmt: skip


def page(gateway: Gateway, limits: ChannelLimits, widget: Path, tokens: Tokens) -> Blueprint:
    """The routes of the page.

    Args:
        widget: the folder of the built widget; without it the page is the form.
        tokens: signs what the form carries, so that nobody can choose a conversation.
    """
    blueprint = Blueprint("page")
    markdown = MarkdownIt("js-default")

    @blueprint.get("/")
    async def welcome(request: Request) -> HTTPResponse:
        suggestions = _buttons(_SUGGESTIONS, _SUGGESTIONS)
        notice = f'<div class="note">{markdown.render(gateway.notice("page"))}</div>'
        return _page(tokens.issue(), notice, suggestions, is_built(widget))

    @blueprint.post("/")
    async def answer(request: Request) -> HTTPResponse:
        form = request.form or {}
        token, sender = _kept(form.get("sender"), tokens)
        text = storable(str(form.get("message") or ""))
        wait = limits.seconds_to_wait(sender, address_of(request), partial(gateway.alarms, text))
        if wait:
            said = [gateway.sentence("web_rate_limited")]
        else:
            said = await gateway.exchange(Incoming(text, sender, "page"))
        asked = f'<p class="asked">{html.escape(text)}</p>' if text.strip() else ""
        said_by_both = asked + "".join(_shown(message, markdown) for message in said)
        # Who used the form goes on with it, script or not; after a deletion with a new one.
        shown = _page(_kept(token, tokens)[0], said_by_both, "", with_widget=False)
        if wait:
            shown.status = 429
            shown.headers["Retry-After"] = str(wait)
        return shown

    return blueprint


def _kept(token: object, tokens: Tokens) -> tuple[str, str]:
    """The token of the form, made new where it is old or not ours, and whose it is."""
    try:
        return str(token), tokens.session(token).sender
    except SessionExpired:
        session = tokens.session(token, late=True)
        return tokens.issue(session), session.sender
    except SessionInvalid:
        fresh = tokens.issue()
        return fresh, tokens.session(fresh).sender


def _shown(message: Message, markdown: MarkdownIt) -> str:
    kind = message.reply.kind or MessageKind.ANSWER
    role = ' role="alert"' if message.is_red_flag else ""
    titles = [button.title for button in message.buttons]
    payloads = [button.payload for button in message.buttons]
    return (
        f'<div class="{kind}"{role}>{markdown.render(message.text)}</div>'
        f"{_buttons(titles, payloads)}"
    )


def _buttons(titles: Any, payloads: Any) -> str:
    shown = "".join(
        f'<button name="message" value="{html.escape(payload)}">{html.escape(title)}</button>'
        for title, payload in zip(titles, payloads, strict=True)
    )
    return f'<div class="next">{shown}</div>' if shown else ""


def _page(token: str, conversation: str, suggestions: str, with_widget: bool) -> HTTPResponse:
    form = _FORM.substitute(sender=token, conversation=conversation, suggestions=suggestions)
    body = _TEMPLATE.substitute(content=_WIDGET.substitute(form=form) if with_widget else form)
    return response.html(body, headers=_HEADERS)
