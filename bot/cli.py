"""The `acupoint` command."""

from __future__ import annotations

import asyncio
import datetime
import json
import os
import sys
import tempfile
import urllib.error
import urllib.request
import uuid
import warnings
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markdown import Markdown
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table

from bot.channels.door_guard import DoorSettings
from bot.channels.reminder_settings import ReminderSettings
from bot.channels.voice_settings import VoiceSettings, wyoming_address
from bot.channels.web_settings import WebSettings
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.data_files import DataError, Problem
from bot.knowledge.session_answers import duration
from bot.runtime import paths
from bot.runtime.house import House, Settings
from bot.runtime.prepare import prepare
from bot.runtime.reminder_commands import app as reminders_app
from bot.version import version
from bot.voice.settings import HearingSettings, VoiceMissing, recognition_models

app = typer.Typer(
    help="An assistant for questions about pressure points and back pain. It is not a doctor.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
benchmark_app = typer.Typer(help="Measure against others.", no_args_is_help=True)
app.add_typer(benchmark_app, name="benchmark")
app.add_typer(reminders_app, name="reminders")
console = Console()
errors = Console(stderr=True)

Port = Annotated[int, typer.Option(envvar="PORT", help="Port to listen on.", min=1, max=65535)]
Host = Annotated[str, typer.Option(help="Address to listen on.")]
ActionUrl = Annotated[
    str | None,
    typer.Option(
        envvar="ACTION_URL",
        help="Webhook of an action server run apart, e.g. http://127.0.0.1:5055/webhook.",
    ),
]
ApiToken = Annotated[
    str | None,
    typer.Option(hidden=True, help="Refused: everybody on this machine could read it."),
]
ApiTokenFile = Annotated[
    Path | None,
    typer.Option(help="File with the token that opens Rasa's HTTP API; else ACUPOINT_API_TOKEN."),
]
Country = Annotated[
    str | None,
    typer.Option(
        envvar="ACUPOINT_COUNTRY",
        help="Where people are unless they say otherwise, such as GB; tells whom to call.",
    ),
]
ModelsFolder = Annotated[
    Path, typer.Option(envvar="ACUPOINT_MODELS_FOLDER", help="Where trained models are kept.")
]
Origin = Annotated[
    list[str] | None,
    typer.Option(
        envvar="ACUPOINT_ORIGINS",
        help="A site that may show the chat, such as https://clinic.example; repeat for several.",
    ),
]
StateFolder = Annotated[
    Path, typer.Option(envvar="ACUPOINT_STATE_FOLDER", help="Where conversations are kept.")
]
VoiceModel = Annotated[
    Path | None,
    typer.Option(
        envvar="ACUPOINT_VOICE_MODEL",
        help="Folder of a Whisper model in CTranslate2's form, in place of Whisper small.",
    ),
]

Timezone = Annotated[
    str | None,
    typer.Option(
        envvar="ACUPOINT_TIMEZONE",
        help="Where people are unless their device or they themselves say otherwise, such as "
        "Europe/Berlin; this machine's otherwise.",
    ),
]


def _known_country(code: str | None) -> str | None:
    """The code, checked: a wrong one would leave people without a number to call."""
    from bot.knowledge.emergency_numbers import EMERGENCY_NUMBERS_FILE, default_numbers

    if code and not default_numbers().knows(code.upper()):
        raise _stop(
            f"'{code}' is not a country in data/{EMERGENCY_NUMBERS_FILE}. Use a two-letter code "
            "such as GB, or add the country there."
        )
    return code.upper() if code else None


def _origins(given: list[str]) -> tuple[str, ...]:
    """The sites that may embed the widget, checked."""
    from bot.channels.web_origins import origins_from

    try:
        return origins_from(given)
    except ValueError as error:
        raise _stop(str(error)) from None


def _secret() -> str | None:
    """The secret that signs sessions, if it was given.

    From the environment only: command lines can be read by others on the machine.
    """
    from bot.channels.web_sessions import LEAST_SECRET

    secret = os.environ.get("ACUPOINT_SECRET") or None
    if secret and len(secret) < LEAST_SECRET:
        raise _stop(
            f"ACUPOINT_SECRET is too short: use at least {LEAST_SECRET} random letters and digits."
        )
    return secret


def _api_token(given: str | None, file: Path | None) -> str | None:
    """The token of Rasa's API, from the environment or a file, never from the command line."""
    if given is not None:
        raise _stop(
            "Everybody on this machine can read a token on the command line; set "
            "ACUPOINT_API_TOKEN, or name a file that holds it with --api-token-file."
        )
    if file is None:
        return os.environ.get("ACUPOINT_API_TOKEN") or None
    try:
        return file.read_text(encoding="utf-8").strip() or None
    except (OSError, ValueError):
        raise _stop(f"The token could not be read from {file}.") from None


def _voice(
    wyoming: str | None, zeroconf: bool, skill_id: str | None, public_url: str | None
) -> VoiceSettings:
    """The doors for voices, checked. Twilio's token comes from the environment only."""
    try:
        address = wyoming_address(wyoming)
    except ValueError as error:
        raise _stop(str(error)) from None
    if address and address.is_open_to_others:
        errors.print(
            f"[bold yellow]Note:[/] {address} can be reached by other machines, and Wyoming knows "
            "no password. Keep it inside a network that you trust.",
            soft_wrap=True, highlight=False,
        )  # fmt: skip
    if zeroconf and not address:
        raise _stop("--zeroconf needs --wyoming: there is nothing else to be found.")
    if zeroconf and address and not address.is_open_to_others:
        raise _stop(
            f"--zeroconf is of no use with {address}: nobody else can reach it. Write "
            f"--wyoming tcp://0.0.0.0:{address.port}, or leave --zeroconf out and type the "
            "address into Home Assistant."
        )
    if zeroconf and find_spec("zeroconf") is None:
        raise _stop(
            "The package 'zeroconf' is not installed. Install it with "
            "'python3 scripts/setup.py --voice', or leave --zeroconf out and type the address "
            "into Home Assistant."
        )
    token = os.environ.get("TWILIO_AUTH_TOKEN") or None
    return VoiceSettings(address, zeroconf, skill_id or None, token, public_url or None)


def _reminder_settings(webhook: str | None, timezone: str | None) -> ReminderSettings:
    """How reminders are sent, checked. Secrets come from the environment only."""
    from bot.reminders.home import ZONE_VARIABLE
    from bot.reminders.push import HOSTS
    from bot.reminders.zones import is_zone

    if timezone and not is_zone(timezone):
        raise _stop(f"'{timezone}' is no time zone. Write one such as Europe/Berlin.")
    if timezone:
        os.environ[ZONE_VARIABLE] = timezone
    secret = os.environ.get("ACUPOINT_REMINDER_SECRET") or ""
    if webhook and len(secret) < 32:
        raise _stop("The webhook needs ACUPOINT_REMINDER_SECRET, at least 32 letters and digits.")
    hosts = tuple((os.environ.get("ACUPOINT_PUSH_HOSTS") or "").split())
    contact = os.environ.get("ACUPOINT_CONTACT") or ReminderSettings.contact
    return ReminderSettings(webhook, secret, (*HOSTS, *hosts), contact)


def _stop(message: str) -> typer.Exit:
    errors.print(f"[bold red]Stopped:[/] {message}", soft_wrap=True, highlight=False)
    return typer.Exit(1)


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"acupoint {version()}")
        raise typer.Exit


@app.callback()
def _every_command(
    is_version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_tell_version, is_eager=True, help="Say which version this is."
        ),
    ] = False,
) -> None:
    pass


@app.command()
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
            envvar="ACUPOINT_KEEP_DAYS", min=1, help="How long chats of the widget are kept."
        ),
    ] = 30,
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
            help="Open the door for Home Assistant, such as tcp://127.0.0.1:10600, or a port.",
        ),
    ] = None,
    zeroconf: Annotated[
        bool, typer.Option(help="Let Home Assistant find that door by itself (an extra).")
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
    _check_voice(voice, voice_model)
    token = _api_token(api_token, api_token_file)
    if enable_api and not token:
        raise _stop(
            "--enable-api needs a token in ACUPOINT_API_TOKEN or --api-token-file: without one "
            "anybody could read everything."
        )
    prepare()
    from bot.channels.rasa_doors import DoorRefused
    from bot.runtime.service import PortTaken, serve

    _check_all_data()
    settings = Settings(
        host=host,
        port=port,
        action_url=action_url,
        api_token=token if enable_api else None,
        models_folder=models_folder,
        state_folder=state_folder,
        country=_known_country(country),
        web=WebSettings(
            secret=_secret(),
            origins=_origins(origin or []),
            keep_days=keep_days,
            messages_per_minute=messages_per_minute,
            sessions_per_hour=sessions_per_hour,
        ),
        doors=DoorSettings(by_sender, by_address),
        widget_folder=widget_folder,
        voice=_voice(wyoming, zeroconf, alexa_skill_id, public_url),
        reminders=_reminder_settings(reminder_webhook, timezone),
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
        failure = serve(House(settings), on_ready)
    except (PortTaken, DoorRefused) as error:
        raise _stop(str(error)) from None
    if failure:
        raise _stop(str(failure) or type(failure).__name__)


@app.command()
def actions(
    host: Host = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 5055,
) -> None:
    """Run the actions in a server of their own."""
    from actions.server import run as run_actions

    _check_all_data()
    console.print(f"Actions at http://{host}:{port}/webhook", highlight=False)
    run_actions(host, port)


@app.command()
def train(
    models_folder: ModelsFolder = paths.MODELS,
    force: Annotated[bool, typer.Option(help="Train even if nothing has changed.")] = False,
) -> None:
    """Train the model, if anything it learns from has changed."""
    prepare()
    from bot.runtime import training

    _check_all_data()
    path = training.model_path(models_folder)
    if path.is_file() and not force:
        console.print(f"Nothing has changed since {path.name} was trained.", highlight=False)
        return
    try:
        console.print("Training the model, which takes about a minute ...")
        with console.status("Training ..."):
            training.train(path)
    except training.TrainingError as error:
        raise _stop(str(error)) from None
    console.print(f"Trained {path.name}", highlight=False)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="What you want to know.")],
    port: Port = 5005,
    as_json: Annotated[bool, typer.Option("--json", help="Print the raw messages.")] = False,
) -> None:
    """Ask one question and print the answer."""
    talk = _talker(port)
    messages = talk(f"ask-{uuid.uuid4().hex}", question)
    if as_json:
        print(json.dumps(messages, indent=2, ensure_ascii=False))
        return
    _show(messages)


@app.command()
def chat(
    port: Port = 5005,
    name: Annotated[
        str | None, typer.Option(help="Go on as this person, with what was said before.")
    ] = None,
) -> None:
    """Talk to the assistant in the terminal. An empty line ends it."""
    talk = _talker(port)
    sender = f"chat-{name or uuid.uuid4().hex}"
    console.print("[dim]Ask away. An empty line ends the conversation.[/]")
    while True:
        try:
            text = console.input("[bold cyan]You:[/] ")
        except (EOFError, KeyboardInterrupt):
            break
        if not text.strip():
            break
        _show(talk(sender, text))
    console.print("[dim]Take care.[/]")


@app.command()
def voice(
    question: Annotated[
        Path | None, typer.Argument(help="A recording of your question: wav, mp3, ogg, webm, m4a.")
    ] = None,
    mic: Annotated[bool, typer.Option("--mic", help="Speak into the microphone.")] = False,
    out: Annotated[
        Path | None, typer.Option(help="Write the spoken answer to this wav file.")
    ] = None,
    port: Port = 5005,
    voice_model: VoiceModel = None,
) -> None:
    """Ask by voice, and hear the answer. Nothing that you say leaves this machine."""
    from bot.voice.loop import Conversation
    from bot.voice.sound import NoSound, record

    if mic == (question is not None):
        raise _stop("Name a recording, such as question.wav, or use --mic.")
    if question and not question.is_file():
        raise _stop(f"There is no file '{question}'.")
    _check_voice(True, voice_model)
    talk = _talker(port, heard=True)
    sender = f"voice-{uuid.uuid4().hex}"
    conversation = Conversation(lambda text: talk(sender, text), voice_model)
    try:
        if question:
            _take_turn(conversation, question.read_bytes(), out)
            return
        while console.input("[dim]Press Enter and speak. Write q to end.[/] ").strip() != "q":
            try:
                recording = record(_until_enter)
            except NoSound as error:
                raise _stop(str(error)) from None
            _take_turn(conversation, recording, out)
    except (EOFError, KeyboardInterrupt):
        console.print("[dim]Take care.[/]")
    finally:
        conversation.end()


def _until_enter() -> None:
    console.input("[bold]I am listening.[/] Press Enter when you are done. ")


def _take_turn(conversation: Any, recording: bytes, out: Path | None) -> None:
    """Hear a recording, show what was heard, answer and speak."""
    from bot.voice.loop import speak
    from bot.voice.sound import NoSound
    from bot.voice.synthesis import CannotSpeak

    with console.status("Listening ..."):
        turn = conversation.turn(recording)
    if turn.heard.text:
        console.print(f"[bold cyan]I heard:[/] {escape(turn.heard.text)}", highlight=False)
    _show(turn.messages)
    for one in turn.said[:1] if not turn.messages else turn.said:
        if not turn.messages or one.text.startswith("I am not sure"):
            console.print(escape(one.text), style="yellow", highlight=False)
    try:
        speak(turn.said, out)
    except (CannotSpeak, NoSound) as error:
        console.print(str(error), style="dim", markup=False, highlight=False)


def _check_voice(is_on: bool, model: Path | None) -> None:
    """Stop, and say what to do, where voice is wanted and cannot be had."""
    try:
        if is_on:
            recognition_models(model)
    except VoiceMissing as error:
        raise _stop(str(error)) from None


@app.command()
def check(
    record: Annotated[
        str | None,
        typer.Option(help="Write this as the dated reason for what changed in guarded data."),
    ] = None,
) -> None:
    """Check all data files. A mistake is named with file, line and remedy."""
    from bot.gate.gate import check_everything
    from bot.gate.picture_check import picture_problems

    if record is not None:
        _record(record)
    _stop_for(check_everything() + picture_problems())
    catalogue = Catalogue.load()
    console.print(
        f"[green]All data files are right:[/] {len(catalogue.points)} points, "
        f"{len(catalogue.facts.article_areas)} areas of the articles, "
        f"{len(catalogue.answers)} general answers."
    )


@app.command()
def explain(
    text: Annotated[str, typer.Argument(help="A message, as a person would write it.")],
    earlier: Annotated[
        list[str] | None,
        typer.Option(help="A message said before it; repeat for several, oldest first."),
    ] = None,
    models_folder: ModelsFolder = paths.MODELS,
) -> None:
    """Show which warning signs fire on a message, what holds others back, and what is said."""
    prepare()
    _check_all_data()
    from bot.evaluation.explanation import explain as explained
    from bot.evaluation.explanation_view import explanation_lines

    for line in explanation_lines(explained(text, earlier or (), models_folder)):
        console.print(line, soft_wrap=True)


@app.command()
def evaluate(
    folds: Annotated[int, typer.Option(help="Into how many parts to split.", min=2, max=20)] = 5,
    lines: Annotated[int, typer.Option(help="How many lines per table.", min=1)] = 15,
    rows: Annotated[
        Path | None,
        typer.Option(envvar="ACUPOINT_EVALUATION", help="Folder with utterances.jsonl to ask too."),
    ] = None,
    report: Annotated[Path, typer.Option(help="Where the page is written.")] = paths.REPORT,
) -> None:
    """Cross-validate the intent model, ask the rows of a folder, and write a page about it."""
    prepare()
    _check_data()
    from rich.progress import Progress

    from bot.evaluation.cross_validation import cross_validate
    from bot.evaluation.judged import Figures
    from bot.evaluation.report_page import write_report
    from bot.evaluation.rows import RowsMissing, put_rows, read_rows
    from bot.evaluation.tables import figures_tables, rows_tables

    try:
        asked = read_rows(rows) if rows else []
    except RowsMissing as error:
        raise _stop(str(error)) from None
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("Cross-validating ...", total=folds)
        figures = Figures(cross_validate(folds, lambda done: progress.update(task, completed=done)))
        results = []
        if asked:
            task = progress.add_task("Asking the rows ...", total=len(asked))
            house = House(Settings(state_folder=Path(tempfile.mkdtemp())))
            house.load_now()
            say = _exchange(house)
            results = asyncio.run(
                put_rows(asked, say, lambda done: progress.update(task, completed=done))
            )
    for table in (*figures_tables(figures, lines), *rows_tables(results, lines)):
        console.print(table)
    write_report(report, figures, results)
    console.print(f"The page: {report}", highlight=False, soft_wrap=True)


@app.command("safety-figures")
def safety_figures(
    files: Annotated[list[Path], typer.Argument(help="Rows of a scorer, one JSON object a line.")],
) -> None:
    """Count signs found and false alarms in scored rows, and write them into the safety case."""
    from bot.evaluation.safety_figures import (
        ScoresUnreadable,
        figures_block,
        read_scores,
        shares,
        with_figures,
    )

    try:
        found = list(shares(read_scores(files)))
        block = figures_block(found, datetime.date.today())
        page = with_figures(paths.SAFETY_CASE.read_text(encoding="utf-8"), block)
    except ScoresUnreadable as error:
        raise _stop(str(error)) from None
    paths.SAFETY_CASE.write_text(page, encoding="utf-8")
    table = Table("Suite", "What", "Count", "Share", "95 % interval")
    for share in found:
        low, high = share.interval
        count, part = f"{share.count} of {share.of}", f"{share.count / share.of:.1%}"
        table.add_row(share.suite, share.what, count, part, f"{low:.1%} to {high:.1%}")
    console.print(table)
    name = paths.SAFETY_CASE.relative_to(paths.ROOT)
    console.print(f"[green]written[/]  {name}", highlight=False)


@benchmark_app.command("nlu")
def benchmark_nlu(
    data: Annotated[Path, typer.Option(help="Folder with the public sets.")],
    sets: Annotated[
        str, typer.Option(help="Which sets, with commas between them.")
    ] = "banking77,hwu64,clinc150,hint3",
    seeds: Annotated[int, typer.Option(help="How often to draw examples.", min=1, max=20)] = 3,
    full: Annotated[bool, typer.Option(help="Learn from all examples, too.")] = True,
    diet: Annotated[
        bool,
        typer.Option(help="Rasa's default (DIET) on banking77 beside ours: make benchmark-diet."),
    ] = False,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the figures to this file, too.")
    ] = None,
) -> None:
    """Train the pipeline on public intent sets and hold its figures against those of others."""
    prepare()
    from rich.progress import Progress

    from bot.benchmark.diet import DietMissing, run_diet
    from bot.benchmark.pipeline import OWN_SUBJECT
    from bot.benchmark.plan import Plan
    from bot.benchmark.published import published
    from bot.benchmark.sets import SETS, SetMissing, read_sets
    from bot.benchmark.tables import as_data, score_tables

    names = [name.strip() for name in sets.split(",") if name.strip()]
    unknown = [name for name in names if name not in SETS]
    if unknown or not names:
        raise _stop(f"'{', '.join(unknown)}' is no set. The sets are {', '.join(SETS)}.")
    try:
        found = read_sets(data, names)
    except SetMissing as error:
        raise _stop(str(error)) from None
    plan = Plan(paths.CONFIG, partial(run_diet, data) if diet else None, found, seeds, full)
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("Training and asking ...", total=plan.steps)
        try:
            accuracies, bots = plan.run(
                lambda name: progress.update(task, advance=1, description=f"{name} done ...")
            )
        except DietMissing as error:
            raise _stop(str(error)) from None
    for table in score_tables(accuracies, bots, published()):
        console.print(table)
    console.print(
        f"Left out of our pipeline, being about our own subject: {', '.join(OWN_SUBJECT)}. "
        "The best thresholds are chosen on the test messages, by others as by us. "
        "'?': not read again in its source. Where figures are from: bot/benchmark/published.yml.",
        style="dim", highlight=False,
    )  # fmt: skip
    if json_file:
        json_file.write_text(json.dumps(as_data(accuracies, bots), indent=2), encoding="utf-8")


@app.command()
def points(
    area: Annotated[str | None, typer.Option(help="Only points of this part of the body.")] = None,
    complaint: Annotated[
        str | None, typer.Option("--for", help="Only points used for this complaint.")
    ] = None,
) -> None:
    """List the points as a table."""
    catalogue = _check_data()
    for value, known, kind in (
        (area, [a.id for a in catalogue.areas], "part of the body"),
        (complaint, [c.id for c in catalogue.complaints], "complaint"),
    ):
        if value and value not in known:
            raise _stop(f"'{value}' is not a known {kind}. Known: {', '.join(known)}.")
    chosen = catalogue.points
    if area or complaint:
        chosen = [suggested.point for suggested in catalogue.points_for(area, complaint)]
    table = Table("Code", "Name", "English", "Where", "Used for", show_lines=True)
    for point in chosen:
        purposes = ", ".join(p.complaint.replace("_", " ") for p in point.purposes)
        table.add_row(
            point.code, point.names.pinyin, point.names.english[0], point.location.lay, purposes
        )
    console.print(table)


@app.command()
def sources() -> None:
    """List what the facts rest on, and how much of it was read."""
    table = Table("Id", "Kind", "Read", "Title", "Where")
    for source in _check_data().sources:
        kind = source.kind.value.replace("_", " ")
        table.add_row(source.id, kind, source.read.value, source.title, source.where)
    console.print(table)


@app.command()
def docs() -> None:
    """Write docs/catalogue.md, the JSON Schemas of the data and the Alexa skill package anew."""
    from bot.channels.alexa_package import alexa_files
    from bot.gate.schemas import schema_files
    from bot.knowledge.catalogue_page import catalogue_page
    from bot.knowledge.picture_page import picture_page
    from bot.knowledge.pictures import Pictures

    catalogue, pictures = _check_data(), Pictures.load()
    files = {
        paths.DOCS / "catalogue.md": catalogue_page(catalogue, pictures),
        paths.DOCS / "pictures.md": picture_page(catalogue, pictures),
        **schema_files(paths.DATA),
        **{paths.ROOT / name: text for name, text in alexa_files(paths.DATA / "nlu.yml").items()},
    }
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        same = path.is_file() and path.read_text(encoding="utf-8") == text
        path.write_text(text, encoding="utf-8")
        name = path.relative_to(paths.ROOT)
        console.print(f"{'unchanged' if same else '[green]written[/]  '}  {name}", highlight=False)


@app.command()
def feedback(state_folder: StateFolder = paths.STATE) -> None:
    """Show what people thought of answers in the chat."""
    from bot.channels.web_transcript import FILE, Transcript

    given = Transcript(state_folder).feedback() if (state_folder / FILE).is_file() else []
    if not given:
        console.print("Nobody has said anything yet.")
        return
    table = Table("When", "Answer", "Number", "Value", "Reason")
    for entry in given:
        table.add_row(
            f"{entry.at:%Y-%m-%d %H:%M}", entry.about, str(entry.seq), entry.value,
            escape(entry.reason),
        )  # fmt: skip
    ups = sum(entry.value == "up" for entry in given)
    console.print(table)
    console.print(f"{ups} up, {len(given) - ups} down.")


@app.command()
def replies(
    address: Annotated[str, typer.Argument(help="One address, or the beginning of some.")] = "",
) -> None:
    """Print answers by their address, e.g. 'press:LI4', or 'topic:' for all topics."""
    from bot.knowledge.every_reply import every_reply

    found = {k: v for k, v in every_reply(_check_data()).items() if k.startswith(address)}
    if not found:
        raise _stop(f"No answer begins with '{address}'.")
    if not address:
        console.print("\n".join(found), highlight=False)
        return
    for name, reply in found.items():
        console.print(
            Panel(Markdown(reply.written), title=name), f"[dim]{escape(reply.spoken)}[/]\n"
        )


@app.command()
def show(
    code: Annotated[str, typer.Argument(help="Code or name, e.g. LI4 or Hegu.")],
    picture: Annotated[bool, typer.Option("--picture", help="Open its picture, too.")] = False,
) -> None:
    """Show everything about one point."""
    catalogue = _check_data()
    from bot.knowledge.answer_builder import told
    from bot.knowledge.pictures import USUAL_TONE, Pictures
    from bot.understanding.mentions import clean, default_finder

    found = [m.value for m in default_finder().find(clean(code)) if m.kind == "point"]
    point = catalogue.point(found[0]) if found else None
    if point is None:
        raise _stop(f"'{code}' is not a point I know. 'acupoint points' lists them.")
    table = Table(title=f"{point.code}  {point.names.pinyin_tones}  {point.names.characters}",
                  show_header=False, show_lines=True)  # fmt: skip
    press = point.press
    pictures = Pictures.load()
    pair = pictures.of_point(point)
    drawn = [pictures.folder / each.files[USUAL_TONE] for each in pair or ()]
    rows = {
        "English": ", ".join(point.names.english),
        "Also called": ", ".join(point.aliases),
        "Line": point.meridian,
        "Where": point.location.lay,
        "To find it": point.find,
        "For professionals": point.location.professional,
        "Said aloud": point.location.spoken,
        "How to press": press.how,
        "Hold": f"{press.hold_seconds[0]} to {press.hold_seconds[1]} seconds, {press.rounds}, "
        f"{press.times_a_day} a day",
        "Position": press.posture,
        "Used for": "\n".join(
            f"- {p.complaint.replace('_', ' ')} ({', '.join(p.sources)})" for p in point.purposes
        ),
        "With": ", ".join(press.tools),
        "Not with": ", ".join(press.not_with),
        "Goes well with": ", ".join(point.combine_with),
        "Cautions": "\n".join(f"- {catalogue.caution(c).written}" for c in point.cautions),
        "Other pages": "\n".join(f"- {told(c)}" for c in point.conflicts),
        "Sources": ", ".join(point.sources),
        "Pictures": "\n".join(str(path.relative_to(paths.ROOT)) for path in drawn),
    }
    for name, value in rows.items():
        if value:
            table.add_row(f"[bold]{name}[/]", value)
    console.print(table)
    console.print(f"[italic]{catalogue.guidance('general').written}[/]")
    if picture and drawn:
        typer.launch(str(drawn[0]))


def _record(reason: str) -> None:
    """Write the reason into each file whose guarded part changed."""
    from bot.gate.guarded import record

    try:
        written = record(paths.DATA, reason, datetime.date.today())
    except DataError as error:
        _stop_for(error.problems)
        return
    for name in written:
        console.print(f"[green]written[/]  {name}", highlight=False)
    if not written:
        console.print("Nothing guarded has changed, so no reason was written.")


def _check_all_data() -> Catalogue:
    """What stands before every start: no wrong data gets in. What has passed is not read anew."""
    from bot.gate.stamp import has_passed, remember_passed, state_of

    state = state_of(paths.DATA)
    if not has_passed(paths.GATE_STAMP, state):
        from bot.gate.gate import check_everything

        _stop_for(check_everything())
        remember_passed(paths.GATE_STAMP, state)
    return Catalogue.load()


def _check_data() -> Catalogue:
    try:
        return Catalogue.load()
    except DataError as error:
        _stop_for(error.problems)
        raise


def _stop_for(problems: list[Problem]) -> None:
    """Name every problem and stop, if there is one."""
    for problem in problems:
        where = f"[bold]{problem.file}[/], line [bold]{problem.line}[/]: "
        said = escape(f"{problem.what}\n    {problem.remedy}")
        errors.print(where + said, highlight=False, soft_wrap=True)
    if problems:
        count = "One mistake" if len(problems) == 1 else f"{len(problems)} mistakes"
        raise _stop(f"{count} in the data files.")


def _talker(port: int, heard: bool = False) -> Any:
    """A function (sender, text) -> messages: a running assistant, or one loaded here.

    `heard`: the texts are what a recogniser heard.
    """
    from bot.safety.handover import HEARD_KEY

    base = f"http://127.0.0.1:{port}"
    metadata = {HEARD_KEY: True} if heard else {}
    if _is_running(base):
        return lambda sender, text: _post(base, sender, text, metadata)
    prepare()
    with console.status("Loading the assistant ..."):
        house = House(Settings(country=_known_country(os.environ.get("ACUPOINT_COUNTRY"))))
        house.load_now()
    exchange = _exchange(house, metadata)
    loop = asyncio.new_event_loop()
    return lambda sender, text: loop.run_until_complete(exchange(text, sender))


def _exchange(house: House, metadata: dict[str, Any] | None = None) -> Any:
    """A function (text, sender) -> the messages of an assistant loaded here."""
    from bot.channels.front_door import Incoming, front_door_for

    door = front_door_for(house)
    return lambda text, sender: door.exchange(Incoming(text, sender, "terminal", metadata))


def _is_running(base: str) -> bool:
    try:
        with urllib.request.urlopen(f"{base}/health", timeout=1) as answer:
            return bool(answer.status == 200)
    except (OSError, ValueError):
        return False


def _post(base: str, sender: str, text: str, metadata: dict[str, Any]) -> Any:
    body = json.dumps({"sender": sender, "message": text, "metadata": metadata}).encode()
    request = urllib.request.Request(
        f"{base}/webhooks/rest/webhook", body, {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)
    except urllib.error.URLError as error:
        raise _stop(f"The assistant did not answer ({error.reason}).") from None


def _show(messages: list[dict[str, Any]]) -> None:
    for message in messages:
        reply = (message.get("custom") or {}).get("reply") or {}
        urgent = reply.get("kind") == "red_flag"
        style = "red" if urgent else "green"
        console.print(Panel(Markdown(message.get("text", "")), border_style=style))
        seconds = (reply.get("card") or {}).get("seconds")
        if seconds:
            console.print(f"[bold]Timer: {duration(seconds)}[/]", highlight=False)
        if message.get("buttons"):
            titles = "  ".join(f"[{button['title']}]" for button in message["buttons"])
            console.print(titles, style="dim", markup=False, highlight=False)


def main() -> None:
    """Entry point of the command."""
    # What Python says of slips in others' packages, when it reads them for the first time.
    warnings.simplefilter("ignore", SyntaxWarning)
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
