"""What was asked for on the command line and in the environment, checked."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

from bot.channels.reminders.settings import ReminderSettings
from bot.channels.spoken.settings import VoiceSettings, wyoming_address
from bot.cli.options import (
    errors,
)
from bot.cli.stopping import stop
from bot.privacy.retention import Retention
from bot.privacy.settings import PrivacySettings
from bot.voice.settings import VoiceMissing, recognition_models


def known_country(code: str | None) -> str | None:
    """The code, checked: a wrong one would leave people without a number to call."""
    from bot.knowledge.emergency_numbers import EMERGENCY_NUMBERS_FILE, default_numbers

    if code and not default_numbers().knows(code.upper()):
        raise stop(
            f"'{code}' is not a country in data/{EMERGENCY_NUMBERS_FILE}. Use a two-letter code "
            "such as GB, or add the country there."
        )
    return code.upper() if code else None


def origins(given: list[str]) -> tuple[str, ...]:
    """The sites that may embed the widget, checked."""
    from bot.channels.http.origins import origins_from

    try:
        return origins_from(given)
    except ValueError as error:
        raise stop(str(error)) from None


def secret() -> str | None:
    """The secret that signs sessions, if it was given; on lines behind it what signed before.

    From the environment, or files that it names: command lines can be read by others on the
    machine.
    """
    from bot.privacy.keys import LEAST_SECRET

    given = [_secret("ACUPOINT_SECRET"), _secret("ACUPOINT_OLD_SECRET")]
    for name, value in zip(("ACUPOINT_SECRET", "ACUPOINT_OLD_SECRET"), given, strict=True):
        if value is not None and len(value) < LEAST_SECRET:
            raise stop(
                f"{name} is too short: use at least {LEAST_SECRET} random letters and digits."
            )
    return "\n".join(value for value in given if value) if given[0] else None


def _secret(name: str) -> str | None:
    """What a variable holds, or the file that it names with _FILE behind its name."""
    file = os.environ.get(f"{name}_FILE")
    if os.environ.get(name) or not file:
        return os.environ.get(name) or None
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        raise stop(f"The secret could not be read from {file}.") from None


def database_url() -> str | None:
    """The database that several workers use, if it was given, checked.

    From the environment only: it may hold a password.
    """
    from bot.storage.home import UrlUnusable, url_of_environment

    try:
        return url_of_environment()
    except UrlUnusable as error:
        raise stop(str(error)) from None


def secret_for(url: str | None) -> str | None:
    """The secret that signs sessions; several workers must have the same one."""
    given = secret()
    if url and not given:
        raise stop(
            "Workers that share a database must share ACUPOINT_SECRET, too, or a chat of one is "
            "not let in by the other. Give each the same 40 random letters and digits."
        )
    return given


def api_token_from(given: str | None, file: Path | None) -> str | None:
    """The token of Rasa's API, from the environment or a file, never from the command line."""
    if given is not None:
        raise stop(
            "Everybody on this machine can read a token on the command line; set "
            "ACUPOINT_API_TOKEN, or name a file that holds it with --api-token-file."
        )
    if file is None:
        return os.environ.get("ACUPOINT_API_TOKEN") or None
    try:
        return file.read_text(encoding="utf-8").strip() or None
    except (OSError, ValueError):
        raise stop(f"The token could not be read from {file}.") from None


def privacy_settings(keep_days: int, operator: str | None, url: str | None) -> PrivacySettings:
    """What people are told of their data, checked."""
    if url and not url.startswith(("https://", "http://")):
        raise stop(f"'{url}' is no address of a page. Write one that begins with https://.")
    return PrivacySettings(Retention(keep_days), operator or None, url or None)


def voice_settings(
    wyoming: str | None, zeroconf: bool, skill_id: str | None, public_url: str | None
) -> VoiceSettings:
    """The channels for voices, checked. Twilio's token comes from the environment only."""
    try:
        address = wyoming_address(wyoming)
    except ValueError as error:
        raise stop(str(error)) from None
    if address and address.is_open_to_others:
        errors.print(
            f"[bold yellow]Note:[/] {address} can be reached by other machines, and Wyoming knows "
            "no password. Keep it inside a network that you trust.",
            soft_wrap=True, highlight=False,
        )  # fmt: skip
    if zeroconf and not address:
        raise stop("--zeroconf needs --wyoming: there is nothing else to be found.")
    if zeroconf and address and not address.is_open_to_others:
        raise stop(
            f"--zeroconf is of no use with {address}: nobody else can reach it. Write "
            f"--wyoming tcp://0.0.0.0:{address.port}, or leave --zeroconf out and type the "
            "address into Home Assistant."
        )
    if zeroconf and find_spec("zeroconf") is None:
        raise stop(
            "The package 'zeroconf' is not installed. Install it with "
            "'python3 scripts/setup.py --voice', or leave --zeroconf out and type the address "
            "into Home Assistant."
        )
    token = os.environ.get("TWILIO_AUTH_TOKEN") or None
    return VoiceSettings(address, zeroconf, skill_id or None, token, public_url or None)


def reminder_settings(webhook: str | None, timezone: str | None) -> ReminderSettings:
    """How reminders are sent, checked. Secrets come from the environment only."""
    from bot.reminders.delivery.push import HOSTS
    from bot.reminders.home import ZONE_VARIABLE
    from bot.reminders.language.zones import is_zone

    if timezone and not is_zone(timezone):
        raise stop(f"'{timezone}' is no time zone. Write one such as Europe/Berlin.")
    if timezone:
        os.environ[ZONE_VARIABLE] = timezone
    secret = os.environ.get("ACUPOINT_REMINDER_SECRET") or ""
    if webhook and len(secret) < 32:
        raise stop("The webhook needs ACUPOINT_REMINDER_SECRET, at least 32 letters and digits.")
    hosts = tuple((os.environ.get("ACUPOINT_PUSH_HOSTS") or "").split())
    contact = os.environ.get("ACUPOINT_CONTACT") or ReminderSettings.contact
    return ReminderSettings(webhook, secret, (*HOSTS, *hosts), contact)


def check_voice(is_on: bool, model: Path | None) -> None:
    """Stop, and say what to do, where voice is wanted and cannot be had."""
    try:
        if is_on:
            recognition_models(model)
    except VoiceMissing as error:
        raise stop(str(error)) from None
