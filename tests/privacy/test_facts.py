"""What people are told of their data is what holds here, in every channel."""

import html
import re
import urllib.request

import pytest
import yaml
from typer.testing import CliRunner

from bot.answers.general import GeneralAnswers
from bot.answers.privacy_facts import CARRIERS, PrivacyFacts
from bot.answers.reply import finish
from bot.cli.app import app
from bot.knowledge.catalogue import Catalogue
from bot.messages.answer_key import AnswerKey
from bot.messages.message import Message, ReplyParts
from bot.privacy.codes import PersonCodes
from bot.privacy.consents import Consents
from bot.privacy.copy_links import CopyLinks
from bot.privacy.keys import keys_of
from bot.privacy.retention import Retention
from bot.privacy.settings import PrivacySettings
from tests.kept import readable
from tests.patience import PATIENCE, until

LINKS = CopyLinks("s" * 40)
CODES = PersonCodes("s" * 40)
ABOUT_PRIVACY = Message.of("Tell me little.", ReplyParts(
    key=AnswerKey.parse("topic:ask_bot_identity:privacy"), written="Tell me little.",
    spoken="Tell me little.",
))  # fmt: skip


def facts(days=30, **settings):
    public_url = settings.pop("public_url", None)
    kept = PrivacySettings(Retention(days), **settings)
    return PrivacyFacts(Catalogue.load(), kept, CODES, LINKS, public_url)


def told(facts, message, channel="rest", is_first=False):
    (said,) = facts.added([message], channel, "ann", is_first)
    return said


def about_me():
    catalogue = Catalogue.load()
    return finish(GeneralAnswers(catalogue).say("about_me_nothing"), catalogue)


def test_how_long_and_by_whom_is_what_was_configured():
    said = told(facts(7, operator="Example Clinic", url="https://clinic.example/p"), ABOUT_PRIVACY)
    for part in ("7 days", "Example Clinic", "https://clinic.example/p", "Export my data"):
        assert part in said.text
    assert "7 days" in said.reply.spoken
    assert "half an hour of silence" in told(facts(0), ABOUT_PRIVACY).text
    assert "one day" in told(facts(1), ABOUT_PRIVACY).text
    # With Alexa nothing outlasts the session, whatever was configured.
    assert "days" not in told(facts(7), ABOUT_PRIVACY, "alexa").reply.spoken


@pytest.mark.parametrize("channel", sorted(CARRIERS))
def test_who_carries_the_words_is_named(channel):
    assert CARRIERS[channel] in told(facts(), ABOUT_PRIVACY, channel).text
    assert CARRIERS[channel] not in told(facts(), ABOUT_PRIVACY, "web").text


def test_the_code_and_the_link_lead_to_the_person():
    said = told(facts(), about_me(), "web")
    assert CODES.of("ann") in said.text
    path = re.search(r"\((/person/copy/[^)]+)\)", said.text)[1]
    assert LINKS.sender_of(path.rpartition("/")[2]) == "ann"
    assert CopyLinks("t" * 40).sender_of(path.rpartition("/")[2]) is None
    # Without our address no link leads here from elsewhere; a voice spells the code.
    assert "/person/copy" not in told(facts(), about_me(), "telegram").text
    outside = facts(public_url="https://us.example")
    assert "https://us.example/person/copy/" in told(outside, about_me(), "telegram").text
    spelt = ", ".join(CODES.of("ann").replace("-", ""))
    assert spelt in told(facts(), about_me(), "twilio_voice").reply.spoken
    assert said.text.endswith(f"_{said.reply.guidance.written}_")


def test_the_first_answer_has_the_notice_and_a_warning_has_none():
    hello = Message.of("Hello.", ReplyParts(written="Hello."))
    assert "kept until 30 days" in told(facts(), hello, is_first=True).text
    assert told(facts(), hello) == hello
    warning = Message.of("Call.", ReplyParts(kind="red_flag", tier="emergency"))
    assert told(facts(), warning, is_first=True) == warning
    welcome = facts().welcome(hello.with_reply(spoken="Hello."), "twilio_voice")
    assert "kept until 30 days" in welcome.reply.spoken


def test_where_it_is_asked_only_who_allows_it_is_kept_beyond_the_session(tmp_path):
    consents = Consents(tmp_path)
    asking = PrivacyFacts(
        Catalogue.load(), PrivacySettings(asks=True), CODES, LINKS, None, consents
    )
    hello = Message.of("Hello.", ReplyParts(written="Hello."))
    first = told(asking, hello, is_first=True).text
    assert "May I keep" in first
    assert "until this talk is over" in first
    assert asking.answer_to("where is LI4", "rest", "ann") is None
    assert asking.answer_to("You may keep it.", "rest", "ann") == "consent_given"
    assert consents.senders() == {"ann"}
    about = told(asking, ABOUT_PRIVACY).text
    assert "30 days" in about
    assert "May I keep" not in about
    assert asking.answer_to("Do not keep it", "rest", "ann") == "consent_not_given"
    assert consents.senders() == set()
    assert "May I keep" in told(asking, ABOUT_PRIVACY).text
    assert facts().answer_to("you may keep it", "rest", "ann") is None


class Page:
    """The page without scripts, as one person uses it."""

    def __init__(self, server):
        self.base = f"http://127.0.0.1:{server.port}"
        self.sender = re.search(r'name="sender" value="([^"]+)"', self.get("/"))[1]

    def get(self, path, data=None):
        request = urllib.request.Request(self.base + path, data)
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return html.unescape(answer.read().decode())

    def say(self, text):
        form = urllib.parse.urlencode({"sender": self.sender, "message": text}).encode()
        return self.get("/", form)


def test_a_person_gets_a_copy_and_an_operator_deletes_while_it_runs(server):
    page = Page(server)
    page.say("my neighbour Casimir says that i am pregnant")
    said = page.say("what do you keep about me")
    path = re.search(r'href="(/person/copy/[^"]+)"', said)[1]
    shown = page.get(path)
    assert "<button>" in shown
    assert "Casimir" not in shown
    copy = yaml.safe_load(page.get(path, b""))
    code = re.search(r"<strong>(\w{4}-\w{4})</strong>", said)[1]
    assert copy["code"] == code
    assert "Casimir" in str(copy["kept"]["conversation"]["said"][0])
    with pytest.raises(urllib.error.HTTPError, match="404"):
        page.get(path[:-9] + "AAAAAAAA=", b"")

    folder = str(server.state_folder)
    erased = CliRunner().invoke(app, ["person", "erase", code, "--yes", "--state-folder", folder])
    assert "is deleted" in erased.output
    assert b"Casimir" not in readable(server.state_folder)
    # What the process itself remembered is gone, too.
    until(lambda: "nothing about you" in Page.say(page, "what do you know about me"))
    assert b"Casimir" not in readable(server.state_folder)
    assert keys_of(server.state_folder).identity
