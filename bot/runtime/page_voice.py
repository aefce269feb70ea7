"""Voice in the page, put into the server where it was asked for."""

from __future__ import annotations

from typing import Any

from sanic import Sanic

from bot.channels.http.origins import Origins
from bot.channels.web.server import WebChannel
from bot.channels.web.tokens import Tokens
from bot.channels.web.transcript import Transcript
from bot.knowledge.catalogue import Catalogue
from bot.voice.recogniser import Recogniser
from bot.voice.routes import VoiceInPage
from bot.voice.settings import HearingSettings
from bot.voice.synthesis import best_voice


def open_voice(
    app: Sanic,
    catalogue: Catalogue,
    settings: HearingSettings,
    channel: WebChannel,
    transcript: Transcript,
    tokens: Tokens,
    origins: Origins,
) -> dict[str, bool] | None:
    """Mount the routes of voice, and start the recogniser with the server.

    Returns:
        What the page may offer; None where voice is off.

    Raises:
        VoiceMissing: it was asked for and is not installed.
    """
    if not settings.is_on:
        return None
    recogniser = Recogniser.of_this_machine(catalogue, settings.model)
    voice = best_voice()
    page = VoiceInPage(catalogue, recogniser, voice, channel, transcript, tokens, origins, settings)
    app.blueprint(page.blueprint())

    @app.after_server_start
    async def begin(*_: Any) -> None:
        recogniser.warm_up()

    @app.before_server_stop
    async def end(*_: Any) -> None:
        await recogniser.stop()

    return {"hear": True, "speak": voice is not None}
