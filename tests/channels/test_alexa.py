"""The Alexa skill: requests and answers as the SDK describes them, and what people hear.

No Alexa can be had here: these are contract tests.
"""

import json
import logging
import re
import time
import uuid

import pytest

from bot.channels.alexa.endpoint import SESSION_SECONDS, AlexaChannel
from bot.channels.alexa.interaction_model import alexa_words
from bot.channels.alexa.reminders import AlexaReminding
from bot.channels.alexa.signature import AlexaVerifier
from bot.channels.alexa.skill_package import FOLDER, alexa_files
from bot.channels.alexa.types import WrongShape, check, check_request
from bot.channels.alexa.welcomed_users import WelcomedUsers
from bot.dialogue.resources import Resources
from bot.gateway.gateway import Gateway
from bot.gateway.sender_ids import Senders
from bot.knowledge.catalogue import Catalogue
from bot.reminders.delivery.alexa import PERMISSION, HttpAnswer
from bot.runtime import paths
from bot.runtime.upkeep import Upkeep
from tests.channels.ssml import checked
from tests.channels.voices import (
    SKILL,
    Authority,
    encoded,
    envelope,
    intent,
    pem,
    says,
    signed,
)  # fmt: skip
from tests.gateway.test_gateway import EMERGENCY, answer, engine
from tests.kept import readable

SECRET = "my neighbour's parrot Ferdinand heard that i am pregnant"
MODEL = json.loads((paths.ROOT / FOLDER / "interactionModels/custom/en-US.json").read_text())
LANGUAGE = MODEL["interactionModel"]["languageModel"]
GUIDANCE = re.compile(r"doctor|midwife|pharmacist|physiotherapist|emergency", re.IGNORECASE)


@pytest.fixture
def seen(tmp_path):
    return WelcomedUsers(tmp_path)


def alexa(seen, gateway, now=lambda: 0.0, reminding=None):
    return AlexaChannel(gateway, Senders("s" * 40), seen, AlexaVerifier(None, None), now, reminding)


class Echo:
    """A device in one session."""

    def __init__(self, channel, session=None, user="someone", granted=()):
        self._channel, self._session, self._user = channel, session or uuid.uuid4().hex, user
        self._granted = {name: {"status": "GRANTED"} for name in granted}

    async def ask(self, kind="IntentRequest", **request):
        """The response, with its speech as `text`; the SDK must know request and answer."""
        content = envelope(kind, self._session, self._user, **request)
        if self._granted:
            user = content["context"]["System"]["user"]
            user["permissions"] = {"scopes": self._granted}
        check_request(content)
        answer = await self._channel.respond(content)
        check(answer, "ask_sdk_model.ResponseEnvelope")
        said = answer["response"]
        assert len(json.dumps(answer)) < 24_000
        return {**said, "text": checked(said["outputSpeech"]["ssml"])} if said else said

    async def say(self, text, **request):
        return await self.ask(intent=says(text), **request)


@pytest.fixture
def echo(assistant, seen):
    return Echo(alexa(seen, assistant.gateway))


async def test_the_first_launch_says_what_it_is_not(echo):
    first = await echo.ask("LaunchRequest")
    assert "I am not a doctor" in first["text"]
    assert "no substitute for a doctor" in first["text"]
    assert not first["shouldEndSession"]
    assert first["reprompt"]["outputSpeech"]["text"]
    again = await echo.ask("LaunchRequest")
    assert again["text"].startswith("Welcome back")


async def test_a_question_gets_place_guidance_card_and_an_open_ear(echo):
    said = await echo.say("where is the point on my hand for back pain")
    assert "thumb and index finger" in said["text"]
    assert GUIDANCE.search(said["text"])
    assert said["text"].endswith("?")
    assert "LI4" in said["card"]["content"]
    assert "*" not in said["card"]["content"]
    assert not said["shouldEndSession"]


async def test_a_warning_is_said_first_and_slowly_with_the_number_of_the_locale(echo):
    said = await echo.say(EMERGENCY)
    assert said["text"].startswith("Please get emergency help now.")
    assert "9 9 9" in said["text"]
    assert "slow" in said["outputSpeech"]["ssml"]
    assert "999" in said["card"]["content"]
    said = await echo.ask(intent=intent("LocatePointIntent", point="hegu"))
    assert "emergency help first" in said["text"]
    for name in ("AMAZON.FallbackIntent", "AMAZON.NextIntent"):
        assert "9 9 9" in (await echo.ask(intent=intent(name)))["text"]
    said = await echo.ask(intent=intent("CheckedIntent"))
    assert "keep to what they told you" in said["text"]


async def test_the_locale_tells_the_number_to_call(assistant, seen):
    echo = Echo(alexa(seen, assistant.gateway), "us session")
    assert "9 1 1" in (await echo.say(EMERGENCY, locale="en-US"))["text"]


SLOTS = {
    "words": "back hurts when i sit", "phrase": "where is the point on my hand",
    "point": "hegu", "area": "hand", "complaint": "sciatica",
}  # fmt: skip


@pytest.mark.parametrize("told", LANGUAGE["intents"], ids=lambda told: told["name"])
async def test_every_intent_of_the_model_has_a_conversation(assistant, seen, told):
    name = told["name"]
    echo = Echo(alexa(seen, assistant.gateway), f"session of {name}")
    await echo.say("where is hegu")
    slots = {slot["name"]: SLOTS[slot["name"]] for slot in told.get("slots", [])}
    said = await echo.ask(intent=intent(name, **slots))
    assert GUIDANCE.search(said["text"]), said["text"]
    assert len(said["text"]) > 30
    assert said["shouldEndSession"] == (name in alexa_words().ending)


@pytest.mark.parametrize(
    ("name", "slots", "expected"),
    [
        ("MyWordsIntent", {"words": "lower back hurts"}, "my lower back hurts"),
        ("IntentOfNobody", {}, None),
        ("MyWordsIntent", {}, ""),
        ("SayIntent", {"phrase": "numb between my legs"}, "numb between my legs"),
        ("AMAZON.RepeatIntent", {}, "repeat that"),
        ("AreaComplaintIntent", {"area": "hand", "complaint": "back pain"},
         "where is the point on my hand for back pain"),
        ("AreaComplaintIntent", {"area": "hand"}, "hand"),
    ],
)  # fmt: skip
def test_the_words_are_put_back_together(name, slots, expected):
    assert alexa_words().said(name, intent(name, **slots)["slots"]) == expected


def resolved(value, code, status="ER_SUCCESS_MATCH"):
    slots = intent("LocatePointIntent", point=value)["slots"]
    values = [{"value": {"name": "large intestine four", "id": code}}]
    slots["point"]["resolutions"] = {
        "resolutionsPerAuthority": [
            {"authority": "x", "status": {"code": status}, "values": values}
        ]
    }
    return slots


def test_a_point_that_alexa_recognised_is_told_by_its_code():
    said = alexa_words().said("LocatePointIntent", resolved("large intestine for", "LI4"))
    assert said == "where is LI4"
    unknown = resolved("my legs are numb", "LI4", "ER_SUCCESS_NO_MATCH")
    assert alexa_words().said("LocatePointIntent", unknown) == "where is my legs are numb"


async def test_what_alexa_did_not_catch_is_met_with_help_and_the_emergency_number(echo):
    said = await echo.ask(intent=intent("AMAZON.FallbackIntent"))
    assert "did not catch" in said["text"]
    assert "9 9 9" in said["text"] or "emergency number" in said["text"]


async def test_a_guided_session_counts_its_holds(echo):
    said = await echo.say("help me do a session on hegu")
    for text in ("yes", "four", "next", "next", "got it"):
        said = await echo.say(text)
    assert "Hold" in said["text"]
    assert '<break time="10s"/>' in said["outputSpeech"]["ssml"]
    assert said["text"].endswith("Say next to go on.")


async def test_slower_spelling_and_the_card_in_the_app(echo):
    await echo.say("where is hegu")
    assert 'rate="slow"' in (await echo.say("slower please"))["outputSpeech"]["ssml"]
    assert "H, E, G, U" in (await echo.say("spell it"))["text"]
    await echo.say("where is hegu")
    said = await echo.say("send it to my phone")
    assert "app" in said["text"]
    assert "LI4" in said["card"]["content"]


def test_elsewhere_nothing_is_sent(talk):
    assert "cannot send" in talk("send it to my phone")


async def test_what_a_card_holds_tells_nothing_of_the_person(echo):
    assert "card" not in await echo.say("i am pregnant")
    assert "card" not in await echo.say("where is LI4")
    assert "card" not in await echo.say("what do you know about me")


def stored(assistant):
    return readable(assistant.settings.state_folder)


@pytest.mark.parametrize("end", ["SessionEndedRequest", "AMAZON.StopIntent", "silence"])
async def test_nothing_of_a_session_is_left_when_it_is_over(assistant, seen, tmp_path, end):
    time = [0.0]
    channel = alexa(seen, assistant.gateway, lambda: time[0])
    echo = Echo(channel, f"session that ends by {end}")
    await echo.say(SECRET)
    assert b"Ferdinand" in stored(assistant)
    if end == "SessionEndedRequest":
        assert await echo.ask(end, reason="USER_INITIATED") == {}
    elif end == "silence":
        time[0] = SESSION_SECONDS + 1
        await Echo(channel, "another session").ask("LaunchRequest")
    else:
        assert (await echo.ask(intent=intent(end)))["shouldEndSession"]
    assert b"Ferdinand" not in stored(assistant)
    assert Senders("s" * 40).of("alexa", f"session that ends by {end}").encode() not in stored(
        assistant
    )
    assert "pregnan" not in (await echo.say("what do you know about me"))["text"]
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"someone" not in kept


async def test_what_a_kill_left_open_is_forgotten_and_what_goes_on_is_not(
    assistant, seen, monkeypatch
):
    await Echo(alexa(seen, assistant.gateway), "killed").say(SECRET)
    assert b"Ferdinand" in stored(assistant)
    await Upkeep(assistant).once()
    assert b"Ferdinand" in stored(assistant)
    store = assistant.agent.tracker_store
    monkeypatch.setattr(store, "_now", lambda: time.time() + SESSION_SECONDS + 1)
    await Upkeep(assistant).once()
    assert b"Ferdinand" not in stored(assistant)


async def test_deleting_ones_data_forgets_the_welcome_too(echo):
    await echo.ask("LaunchRequest")
    await echo.say("delete my data")
    await echo.say("Yes, delete everything.")
    assert "I am not a doctor" in (await echo.ask("LaunchRequest"))["text"]


async def test_reminders_ask_for_the_permission_first(seen):
    set_it = Gateway(answer("reminder:set"), Resources.load())
    channel = alexa(seen, set_it)
    content = envelope(intent=says("remind me every day at nine"))
    said = await channel.respond(content)
    check(said, "ask_sdk_model.ResponseEnvelope")
    assert said["response"]["card"] == {
        "type": "AskForPermissionsConsent",
        "permissions": [PERMISSION],
    }
    user = content["context"]["System"]["user"]
    user["permissions"] = {"scopes": {PERMISSION: {"status": "GRANTED"}}}
    check_request(content)
    assert "card" not in (await channel.respond(content))["response"]


@pytest.mark.parametrize("granted", [[], [PERMISSION]])
async def test_what_is_said_about_reminders_never_takes_the_place_of_a_warning(seen, granted):
    set_it = Gateway(answer("reminder:list"), Resources.load())
    reminding = AlexaReminding(lambda: None, Catalogue.load(), Amazon())
    echo = Echo(alexa(seen, set_it, reminding=reminding), granted=granted)
    said = await echo.say("my back has hurt for years, my doctor knows, show my reminders")
    assert said["text"].startswith("Pain that has lasted this long belongs in your doctor's care")


class Amazon:
    """Alexa's own services, as they answer a skill."""

    def __init__(self, status=201):
        self.asked, self._status = [], status

    def __call__(self, method, address, headers, body):
        self.asked.append((method, address, json.loads(body) if body else None))
        if address.endswith("/settings/System.timeZone"):
            return HttpAnswer(200, b'"Europe/London"')
        return HttpAnswer(self._status, b'{"alertToken": "token-1", "status": "ON"}')


def reminding_echo(assistant, seen, amazon):
    reminding = AlexaReminding(lambda: assistant.reminders, Catalogue.load(), amazon)
    channel = alexa(seen, assistant.gateway, reminding=reminding)
    return Echo(channel, granted=[PERMISSION])


async def test_a_reminder_is_handed_to_alexa_at_the_time_of_the_persons_place(assistant, seen):
    amazon = Amazon()
    echo = reminding_echo(assistant, seen, amazon)
    assert "9 in the morning" in (await echo.say("remind me every day at 9 am to press"))["text"]
    assert (await echo.say("yes"))["text"].startswith("Done.")
    ((_, address, body),) = [asked for asked in amazon.asked if asked[0] == "POST"]
    assert address == "https://api.amazonalexa.com/v1/alerts/reminders"
    assert body["trigger"]["timeZoneId"] == "Europe/London"
    assert body["trigger"]["scheduledTime"].endswith("T09:00:00.000")
    (said,) = body["alertInfo"]["spokenInfo"]["content"]
    assert said["locale"] == "en-GB"
    assert GUIDANCE.search(said["text"])
    assert "Alexa keeps" in (await echo.say("what reminders do i have"))["text"]


async def test_a_reminder_that_alexa_does_not_take_is_not_promised(assistant, seen):
    echo = reminding_echo(assistant, seen, Amazon(status=503))
    await echo.say("remind me every day at 9 am to press")
    said = (await echo.say("yes"))["text"]
    assert "none is set" in said
    assert "Done" not in said


@pytest.mark.parametrize("kind", ["raises", "hangs", "says nothing", "not ready"])
async def test_whatever_the_engine_does_there_is_guidance_and_the_warning(seen, kind):
    gateway = Gateway(engine(kind), Resources.load(), 0.3)
    echo = Echo(alexa(seen, gateway))
    assert GUIDANCE.search((await echo.say("where is LI4"))["text"])
    warned = await echo.say(EMERGENCY)
    assert warned["text"].startswith("Please get emergency help now.")


@pytest.mark.parametrize(
    "change",
    [
        lambda e: e["request"].update(type="NoSuchRequest"),
        lambda e: e["request"].pop("type"),
        lambda e: e["request"].update(intent={"name": 5}),
        lambda e: e["request"].update(intent=[]),
        lambda e: e.update(request=None),
        lambda e: e.update(session="x"),
    ],
)
def test_what_the_sdk_does_not_know_is_refused(change):
    content = envelope(intent=says("hello"))
    check_request(content)
    change(content)
    with pytest.raises(WrongShape):
        check_request(content)


async def test_the_route_answers_signed_requests_and_refuses_others(assistant, seen, caplog):
    root = Authority()
    leaf, key = root.issues()

    async def fetch(url):
        return pem(leaf)

    verifier = AlexaVerifier(SKILL, fetch, [root.certificate])
    channel = AlexaChannel(assistant.gateway, Senders("s" * 40), seen, verifier)
    body = encoded(envelope(intent=says("where is LI4")))
    with caplog.at_level(logging.DEBUG):
        status, answer = await channel.received(signed(body, key), body)
        assert status == 200
        assert "Hegu" in answer["response"]["outputSpeech"]["ssml"]
        odd = encoded(envelope("NoSuchRequest"))
        for content, headers in (
            (body, {}), (body + b" ", signed(body, key)), (b"{broken", {}), (b"[]", {}),
            (odd, signed(odd, key)), (b"", {}),
        ):  # fmt: skip
            assert (await channel.received(headers, content))[0] == 400
    assert "LI4" not in caplog.text


def test_channels_that_are_not_set_up_refuse(server):
    body = envelope("LaunchRequest")
    assert server.request("/webhooks/alexa/webhook", body)[0] == 400
    assert server.request("/webhooks/twilio_voice/webhook", {"From": "x"})[0] == 403


def test_the_skill_package_is_current():
    for name, text in alexa_files(paths.DATA / "nlu.yml").items():
        kept = (paths.ROOT / name).read_text(encoding="utf-8")
        assert kept == text, f"{name} is old. Run: acupoint docs"


def test_the_skill_package_is_what_amazon_takes():
    v1 = "ask_smapi_model.v1.skill"
    check(MODEL, f"{v1}.interaction_model.interaction_model_data.InteractionModelData")
    manifest = json.loads((paths.ROOT / FOLDER / "skill.json").read_text())
    check(manifest, f"{v1}.manifest.skill_manifest_envelope.SkillManifestEnvelope")
    for locale in manifest["manifest"]["publishingInformation"]["locales"].values():
        assert "no substitute for a doctor" in locale["description"]
        assert "emergency" in locale["description"]
        assert len(locale["description"]) <= 4_000
    names = {told["name"] for told in LANGUAGE["intents"]}
    assert len(names) == len(LANGUAGE["intents"])
    assert {f"AMAZON.{n}Intent" for n in ("Help", "Stop", "Cancel", "NavigateHome", "Fallback",
                                          "Yes", "No", "Repeat", "Next")} <= names  # fmt: skip
    types = {told["name"]: told["values"] for told in LANGUAGE["types"]}
    assert {value["id"] for value in types["POINT"]} == {p.code for p in Catalogue.load().points}
    samples = [sample for told in LANGUAGE["intents"] for sample in told["samples"]]
    assert len(set(samples)) == len(samples)
    for told in LANGUAGE["intents"]:
        slots = {slot["name"]: slot["type"] for slot in told.get("slots", [])}
        for sample in told["samples"]:
            assert set(re.findall(r"\{(\w+)\}", sample)) <= set(slots)
            assert re.fullmatch(r"[a-z'{} .-]+", sample), sample
            if "AMAZON.SearchQuery" in slots.values():
                assert len(slots) == 1
                assert sample.split("{")[0].strip(), "a carrier must stand before it"
    for values in types.values():
        told = [v["name"]["value"] for v in values]
        told += [s for v in values for s in v["name"].get("synonyms", [])]
        assert len(set(told)) == len(told)
        assert all(len(one) <= 140 and not re.search(r"[0-9,;:?!]", one) for one in told)
