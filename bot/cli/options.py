"""The options that several commands share, and what they write to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

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
