"""The HTTP server: the channels, and /health."""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
from collections.abc import Callable
from functools import partial
from typing import Any

import yaml
from sanic import Sanic, response
from sanic.exceptions import PayloadTooLarge
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.http.origins import Origins
from bot.channels.http.request_guard import refuse_other_sites
from bot.channels.http.requests import Refused
from bot.channels.messengers.rasa_channels import ChannelRefused, RasaChannel, rasa_channel, refusal
from bot.channels.page.copy_files import copy_files
from bot.channels.page.page import page
from bot.channels.page.picture_files import picture_files
from bot.channels.page.site_files import site_files
from bot.channels.page.vision_files import vision_files
from bot.channels.page.widget_files import widget_files
from bot.channels.reminders.delivery import Reminding
from bot.channels.reminders.routes import reminder_routes
from bot.channels.rest.public_address import PublicAddress
from bot.channels.web.routes import widget_routes
from bot.channels.web.server import WebChannel
from bot.channels.web.tokens import Tokens
from bot.channels.web.transcript import Transcript
from bot.privacy.copy_links import CopyLinks
from bot.privacy.quiet_log import log_failure
from bot.reminders.delivery.push import PushKeys
from bot.runtime import paths
from bot.runtime.assistant import Assistant, Settings
from bot.runtime.page_voice import open_voice
from bot.runtime.personal.nightly import Nightly, copy_of
from bot.runtime.serving.health import health_routes
from bot.runtime.serving.metrics import Metrics
from bot.runtime.serving.stopping import finish_before_stopping
from bot.runtime.storage.state_folder import unusable
from bot.runtime.upkeep import Upkeep
from bot.runtime.voice_channels import attach_wyoming, open_voice_channels
from bot.storage.server import server_at

logger = logging.getLogger(__name__)

_MAX_BODY = 1_000_000
_SHUTDOWN_SECONDS = 2.0


class PortTaken(Exception):
    """Raised when the port cannot be had; the message says what to do."""


def bind(host: str, port: int, instead: str | None = None) -> socket.socket:
    """A listening socket, taken before anything slow starts.

    Args:
        instead: what to do if the port is taken.

    Raises:
        PortTaken: somebody else has it, or it may not be used.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except (OSError, OverflowError) as error:
        listener.close()
        number = getattr(error, "errno", None)
        reason = {
            errno.EADDRINUSE: f"Port {port} is already in use.",
            errno.EACCES: f"Port {port} needs special rights on this machine.",
        }.get(number or 0, f"{host}:{port} cannot be used ({error}).")
        instead = instead or f"PORT={_another(port)} make run"
        raise PortTaken(f"{reason} Choose another one, for example: {instead}") from None
    return listener


def _another(port: int) -> int:
    return port + 1 if 1024 <= port < 65535 else 5006


def create_app(assistant: Assistant) -> Sanic:
    """The Sanic application with every channel of bot/credentials.yml and /health.

    Rasa's own HTTP API is there only when a token for it was configured.

    Raises:
        ChannelRefused: a line of bot/credentials.yml cannot be served.
    """
    token = assistant.settings.api_token
    if token:
        from rasa.server import create_app as create_rasa_app

        app = create_rasa_app(agent=None, cors_origins=[], auth_token=token)
    else:
        app = Sanic("acupoint", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = _MAX_BODY
    app.config.FALLBACK_ERROR_FORMAT = "json"
    web = assistant.settings.web
    keys = assistant.keys
    origins = Origins(web.origins)
    refuse_other_sites(app, origins, assistant.resources.catalogue)
    _open_channels(app, assistant)
    settings = assistant.settings
    if settings.database_url:
        _bring_up_to_date(settings.database_url)
    transcript = Transcript(settings.state_folder, url=settings.database_url)
    issuer = partial(
        Tokens, keys.signing, web.token_seconds, web.renew_seconds, erasures=transcript.erasures,
        old=keys.old, identity=keys.identity,
    )  # fmt: skip
    if not token:  # Rasa's API has a page of its own at /
        app.blueprint(site_files())
        app.blueprint(
            page(
                assistant.gateway,
                assistant.limits,
                assistant.settings.widget_folder,
                issuer(channel="page"),
            )
        )
    _open_web_channel(app, assistant, transcript, issuer(), origins)
    open_voice_channels(app, assistant)
    app.blueprint(copy_files(CopyLinks(keys.signing, keys.old), partial(copy_of, assistant)))

    @app.exception(PayloadTooLarge)
    async def too_large(request: Request, error: PayloadTooLarge) -> HTTPResponse:
        return response.json(
            {"error": Refused("too_large").told(assistant.resources.catalogue)}, status=413
        )

    health_routes(app, assistant)
    return app


def _bring_up_to_date(url: str) -> None:
    """Make the tables of a database that are missing; one that is away is looked for later."""
    try:
        server_at(url).migrate()
    except SQLAlchemyError as error:
        log_failure(logger, "the database could not be reached", error)


def _open_web_channel(
    app: Sanic, assistant: Assistant, transcript: Transcript, tokens: Tokens, origins: Origins
) -> None:
    """The chat widget: its files, its sessions, its sockets."""
    settings = assistant.settings.web
    web = WebChannel(assistant, assistant.gateway, transcript, tokens, origins, settings)
    web.attach(app)
    _open_reminders(app, assistant, web)
    voice = open_voice(
        app,
        assistant.resources.catalogue,
        assistant.settings.hearing,
        web,
        transcript,
        tokens,
        origins,
    )
    app.blueprint(
        widget_routes(
            tokens,
            origins,
            settings,
            assistant.resources.catalogue,
            lambda: assistant.missing,
            voice,
            assistant.gateway.notice("web"),
        )
    )
    app.blueprint(widget_files(assistant.settings.widget_folder))
    app.blueprint(picture_files(assistant.resources.pictures, assistant.resources.catalogue))
    app.blueprint(vision_files(assistant.settings.widget_folder))
    # Open sockets do not keep the assistant from stopping.
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = _SHUTDOWN_SECONDS


def _open_reminders(app: Sanic, assistant: Assistant, web: WebChannel) -> None:
    """Who sends reminders, calendars, notifications; the assistant answers without them, too."""
    try:
        store = assistant.reminders
    except Exception as error:
        log_failure(logger, "the reminders could not be reached", error)
        return
    keys = PushKeys(assistant.settings.state_folder)
    reminding = Reminding(assistant, assistant.gateway, web, keys, assistant.settings.reminders)
    reminding.attach(app)
    app.blueprint(
        reminder_routes(store, assistant.resources.catalogue, reminding.composer.situation)
    )


def _open_channels(app: Sanic, assistant: Assistant) -> None:
    """Every channel of bot/credentials.yml."""
    content = yaml.safe_load(paths.CREDENTIALS.read_text(encoding="utf-8")) or {}
    public_url = assistant.settings.voice.public_url
    opened: set[str] = set()
    for key, settings in content.items():
        channel, name = rasa_channel(
            key, settings, assistant.gateway, assistant.senders, public_url
        )
        if name in opened:
            raise ChannelRefused(
                f"bot/credentials.yml, '{key}': '{name}' is there twice; keep one."
            )
        opened.add(name)
        try:
            routes = (
                channel.blueprint()
                if isinstance(channel, RasaChannel)
                else channel.blueprint(
                    assistant.gateway, assistant.limits, PublicAddress(public_url)
                )
            )
            app.blueprint(routes, url_prefix=f"/webhooks/{name}")
        except Exception as error:
            raise refusal(key, settings, error) from None


def serve(settings: Settings, on_ready: Callable[[], None]) -> Exception | None:
    """Serve until stopped. The model is loaded while /health already answers 503.

    Args:
        on_ready: called once a question can be answered.

    Returns:
        What kept the assistant from starting, or None.

    Raises:
        PortTaken: the port cannot be had.
        StateUnusable: a file of the state folder cannot be used.
        ChannelRefused: a line of bot/credentials.yml cannot be served.
    """
    listener = bind(settings.host, settings.port)
    wyoming = settings.voice.wyoming
    wyoming_listener = (
        bind(wyoming.host, wyoming.port, f"WYOMING_PORT={_another(wyoming.port)} make run")
        if wyoming
        else None
    )
    assistant = Assistant(settings)
    try:
        app = create_app(assistant)
    except (OSError, SQLAlchemyError) as error:
        raise unusable(assistant.settings.state_folder, error) from None
    gateway = assistant.gateway
    gateway.watch = metrics = Metrics(assistant, gateway.crowd)
    metrics.attach(app)
    Upkeep(assistant, metrics.lag.set).attach(app)
    Nightly(assistant).attach(app)
    if wyoming_listener:
        attach_wyoming(app, assistant, wyoming_listener)
    failure: list[Exception] = []

    async def load(app: Sanic) -> None:
        try:
            await assistant.load()
        except Exception as error:
            failure.append(error)
            app.stop()
            return
        app.ctx.agent = assistant.agent
        assistant.agent.tracker_store.locks.waited = metrics.turn_wait.observe
        on_ready()

    @app.after_server_start
    async def start_loading(app: Sanic, _: Any) -> None:
        app.ctx.loading = asyncio.ensure_future(load(app))

    @app.before_server_stop
    async def stop_loading(app: Sanic, _: Any) -> None:
        app.ctx.loading.cancel()

    finish_before_stopping(app, assistant)
    app.run(sock=listener, access_log=False, motd=False, single_process=True)
    return failure[0] if failure else None
