"""The assistant as it is started with the channels for voices open."""

import urllib.error
import urllib.request

import pytest
import typer

from bot.cli.settings import voice_settings
from tests.channels.voices import PHONE_PATH, PUBLIC_URL, SKILL, TOKEN, call, posted, spoken_to
from tests.conftest import Server, free_port
from tests.gateway.test_gateway import EMERGENCY


@pytest.fixture(scope="module")
def wyoming_port():
    return free_port()


@pytest.fixture(scope="module")
def opened(model, wyoming_port):
    server = Server(
        "run",
        WYOMING_PORT=str(wyoming_port),
        TWILIO_AUTH_TOKEN=TOKEN,
        ACUPOINT_PUBLIC_URL=PUBLIC_URL,
        ACUPOINT_ALEXA_SKILL_ID=SKILL,
    ).wait()
    yield server
    server.stop()


async def test_home_assistant_asks_and_goes_on(opened, wyoming_port):
    said = await spoken_to(wyoming_port, "where is the point on my hand for back pain", "one")
    assert "between thumb and index finger" in said.text
    await spoken_to(wyoming_port, "where is BL40", "one")
    assert "knee" in (await spoken_to(wyoming_port, "how do i press it", "one")).text
    assert "knee" not in (await spoken_to(wyoming_port, "how do i press it", "two")).text
    warned = await spoken_to(wyoming_port, EMERGENCY, "three")
    assert warned.text.startswith("Please get emergency help now")


def phoned(server, form, query="", **options):
    url, body, headers = posted(form, query, **options)
    url = url.replace(PUBLIC_URL, f"http://127.0.0.1:{server.port}")
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers)) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, "", error.read().decode()


def test_somebody_calls(opened):
    status, kind, said = phoned(opened, call(CallStatus="ringing"))
    assert (status, kind.partition(";")[0]) == (200, "text/xml")
    assert f"{PUBLIC_URL}{PHONE_PATH}?quiet=0" in said
    _, _, said = phoned(opened, call(SpeechResult="where is hegu"), "?quiet=0")
    assert "between thumb and index finger" in said
    assert phoned(opened, call(SpeechResult="where is hegu"), token="another")[0] == 403


def test_alexa_must_sign(opened):
    assert opened.request("/webhooks/alexa/webhook", {"version": "1.0"})[0] == 400


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("localhost", False, None, None), "tcp://127.0.0.1:10600"),
        ((None, True, None, None), "--wyoming"),
    ],
)
def test_wrong_settings_are_told(given, told, capsys):
    with pytest.raises(typer.Exit):
        voice_settings(*given)
    assert told in capsys.readouterr().err


def test_a_channel_that_others_can_reach_is_told_of(capsys, monkeypatch):
    monkeypatch.setattr("bot.cli.settings.find_spec", lambda name: None)
    assert voice_settings("tcp://0.0.0.0:10600", False, None, None).wyoming.is_open_to_others
    assert "no password" in capsys.readouterr().err
    with pytest.raises(typer.Exit):
        voice_settings("tcp://0.0.0.0:10600", True, None, None)
    assert "setup.py --voice" in capsys.readouterr().err
