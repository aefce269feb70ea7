"""Commands that train and start the assistant."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.panel import Panel

from bot.channels.http.request_guard import LimitSettings
from bot.channels.web.settings import WebSettings
from bot.cli.options import (
    ActionUrl,
    ApiToken,
    ApiTokenFile,
    Country,
    Host,
    ModelsFolder,
    Origin,
    Port,
    StateFolder,
    Timezone,
    VoiceModel,
    console,
)
from bot.cli.settings import (
    api_token_from,
    check_voice,
    database_url,
    known_country,
    origins,
    privacy_settings,
    reminder_settings,
    secret_for,
    voice_settings,
)
from bot.cli.stopping import check_all_data, outlast_the_terminal, stop
from bot.privacy.retention import KEEP_DAYS
from bot.runtime import paths
from bot.runtime.assistant import Settings
from bot.runtime.prepare import prepare
from bot.voice.settings import HearingSettings


def run(
    host: Host = "127.0.0.1",
    port: Port = 5005,
    action_url: ActionUrl = None,
    enable_api: Annotated[bool, typer.Option(help="Open Rasa's HTTP API. Needs a token.")] = False,
    api_token: ApiToken = None,
    api_token_file: ApiTokenFile = None,
    models_folder: ModelsFolder = paths.MODELS,
    state_folder: StateFolder = paths.STATE,
    country: Country = None,
    origin: Origin = None,
    keep_days: Annotated[
        int,
        typer.Option(
            envvar="ACUPOINT_KEEP_DAYS",
            min=0,
            max=3650,
            help="For how many days after the last contact conversations are kept, in every "
            "channel; 0: until the session is over.",
        ),
    ] = KEEP_DAYS,
    operator: Annotated[
        str | None,
        typer.Option(envvar="ACUPOINT_OPERATOR", help="Who runs this, as people are told."),
    ] = None,
    privacy_url: Annotated[
        str | None,
        typer.Option(
            envvar="ACUPOINT_PRIVACY_URL", help="Where you tell people what you do with their data."
        ),
    ] = None,
    messages_per_minute: Annotated[
        int,
        typer.Option(
            envvar="ACUPOINT_MESSAGES_PER_MINUTE", min=1, help="Of one chat of the widget."
        ),
    ] = 30,
    sessions_per_hour: Annotated[
        int,
        typer.Option(
            envvar="ACUPOINT_SESSIONS_PER_HOUR",
            min=1,
            help="New chats of the widget from one network address.",
        ),
    ] = 240,
    by_sender: Annotated[
        int,
        typer.Option(
            "--sender-messages-per-minute",
            envvar="ACUPOINT_SENDER_MESSAGES_PER_MINUTE",
            min=1,
            help="Of one conversation over REST or the form.",
        ),
    ] = 60,
    by_address: Annotated[
        int,
        typer.Option(
            "--address-messages-per-minute",
            envvar="ACUPOINT_ADDRESS_MESSAGES_PER_MINUTE",
            min=1,
            help="Over REST or the form from one network address.",
        ),
    ] = 600,
    widget_folder: Annotated[
        Path, typer.Option(envvar="ACUPOINT_WIDGET_FOLDER", help="Where the built widget is.")
    ] = paths.WIDGET,
    wyoming: Annotated[
        str | None,
        typer.Option(
            envvar="WYOMING_PORT",
            help="Open the channel for Home Assistant, such as tcp://127.0.0.1:10600, or a port.",
        ),
    ] = None,
    zeroconf: Annotated[
        bool, typer.Option(help="Let Home Assistant find that channel by itself (an extra).")
    ] = False,
    alexa_skill_id: Annotated[
        str | None,
        typer.Option(envvar="ACUPOINT_ALEXA_SKILL_ID", help="The Alexa skill that may ask."),
    ] = None,
    public_url: Annotated[
        str | None,
        typer.Option(
            envvar="ACUPOINT_PUBLIC_URL", help="How Twilio reaches this server: https://..."
        ),
    ] = None,
    timezone: Timezone = None,
    reminder_webhook: Annotated[
        str | None,
        typer.Option(
            envvar="ACUPOINT_REMINDER_WEBHOOK",
            help="Where every due reminder is posted, signed with ACUPOINT_REMINDER_SECRET.",
        ),
    ] = None,
    voice: Annotated[
        bool,
        typer.Option(envvar="ACUPOINT_VOICE", help="Let people speak to the chat, and listen."),
    ] = False,
    voice_model: VoiceModel = None,
) -> None:
    """Start the assistant and answer until Ctrl-C."""
    outlast_the_terminal()
    check_voice(voice, voice_model)
    token = api_token_from(api_token, api_token_file)
    if enable_api and not token:
        raise stop(
            "--enable-api needs a token in ACUPOINT_API_TOKEN or --api-token-file: without one "
            "anybody could read everything."
        )
    url = database_url()
    web_secret = secret_for(url)
    prepare()
    from bot.channels.messengers.rasa_channels import ChannelRefused
    from bot.runtime.service import PortTaken, serve
    from bot.runtime.storage.state_folder import StateUnusable, claimed

    check_all_data()
    settings = Settings(
        host=host,
        port=port,
        action_url=action_url,
        api_token=token if enable_api else None,
        models_folder=models_folder,
        state_folder=state_folder,
        database_url=url,
        country=known_country(country),
        privacy=privacy_settings(keep_days, operator, privacy_url),
        web=WebSettings(
            secret=web_secret,
            origins=origins(origin or []),
            messages_per_minute=messages_per_minute,
            sessions_per_hour=sessions_per_hour,
        ),
        limits=LimitSettings(by_sender, by_address),
        widget_folder=widget_folder,
        voice=voice_settings(wyoming, zeroconf, alexa_skill_id, public_url),
        reminders=reminder_settings(reminder_webhook, timezone),
        hearing=HearingSettings(voice, voice_model),
    )

    def on_ready() -> None:
        address = settings.voice.wyoming
        home = f"Home Assistant  {address}\n" if address else ""
        console.print(
            Panel(
                f"Ask over HTTP   http://{host}:{port}/\n"
                'Ask from here   make ask Q="where is the point on my hand for back pain"\n'
                "Talk to it      make chat\n"
                f"{home}Stop            Ctrl-C",
                title="The assistant is ready",
                expand=False,
            ),
            highlight=False,
        )

    console.print("Starting the assistant ...")
    try:
        with claimed(state_folder):
            failure = serve(settings, on_ready)
    except (StateUnusable, PortTaken, ChannelRefused) as error:
        raise stop(str(error)) from None
    if failure:
        raise stop(str(failure) or type(failure).__name__)


def actions(
    host: Host = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 5055,
) -> None:
    """Run the actions in a server of their own."""
    from actions.server import run as run_actions

    check_all_data()
    console.print(f"Actions at http://{host}:{port}/webhook", highlight=False)
    run_actions(host, port)


def train(
    models_folder: ModelsFolder = paths.MODELS,
    force: Annotated[bool, typer.Option(help="Train even if nothing has changed.")] = False,
) -> None:
    """Train the model, if anything it learns from has changed."""
    prepare()
    from bot.runtime import training

    check_all_data()
    path = training.model_path(models_folder)
    if path.is_file() and not force:
        console.print(f"Nothing has changed since {path.name} was trained.", highlight=False)
        return
    try:
        console.print("Training the model, which takes about a minute ...")
        with console.status("Training ..."):
            training.train(path)
    except training.TrainingError as error:
        raise stop(str(error)) from None
    console.print(f"Trained {path.name}", highlight=False)
