"""The HTTP surface, by status code and by what people get."""

import pytest

LONG_STORY = "Last spring we moved house and I carried boxes, and then I rested. " * 40


def test_a_question_is_answered_with_the_point_and_guidance(server):
    said = server.say("where is the point on my hand for back pain")
    assert "LI4" in said
    assert "thumb" in said
    assert "doctor" in said


def test_each_answer_has_a_spoken_form_and_its_guidance_as_parts(server):
    status, messages = server.request(
        "/webhooks/rest/webhook", {"sender": "parts", "message": "where is LI4"}
    )
    reply = messages[0]["custom"]["reply"]
    assert status == 200
    assert reply["guidance"]["written"] in messages[0]["text"]
    assert reply["spoken"].endswith(reply["guidance"]["spoken"])
    assert "LI4" not in reply["spoken"]
    assert reply["card"]["code"] == "LI4"


@pytest.mark.parametrize(
    "body",
    [
        b"{broken",
        b"",
        b"[]",
        b'"text"',
        {"message": "hello"},
        {"sender": "", "message": "hello"},
        {"sender": None, "message": "hello"},
        {"sender": 5, "message": "hello"},
        {"sender": "x" * 300, "message": "hello"},
        {"sender": "someone"},
        {"sender": "someone", "message": 5},
        {"sender": "someone", "message": None},
    ],
)
def test_a_wrong_request_is_refused_with_a_reason(server, body):
    status, answer = server.request("/webhooks/rest/webhook", body, method="POST")
    assert status == 400
    assert "sender" in answer["error"] or "message" in answer["error"]


def test_two_senders_do_not_share_a_conversation(server):
    server.say("where is BL40", sender="first")
    assert "knee" not in server.say("how do i press it", sender="second")
    assert "knee" in server.say("how do i press it", sender="first")


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u200b", "/", "///"])
def test_an_empty_message_gets_a_useful_sentence_with_guidance(server, text):
    said = server.say(text)
    assert len(said) > 40
    assert "doctor" in said


def test_a_long_text_is_answered_with_a_clear_sentence(server):
    said = server.say(LONG_STORY)
    assert "shorter" in said or "few sentences" in said
    assert "doctor" in said


@pytest.mark.parametrize("copies", [1, 40])
def test_a_red_flag_at_the_end_of_a_long_text_is_seen(server, copies):
    said = server.say(LONG_STORY * copies + " Since today I cannot control my bladder.")
    assert "emergency" in said


@pytest.mark.parametrize(
    "text", ["/goodbye i lost control of my bladder", "//restart i lost control of my bladder"]
)
def test_a_slash_is_no_way_past_the_red_flags(server, text):
    assert "emergency" in server.say(text)


def test_a_person_cannot_command_the_engine(server):
    server.say("where is BL40", sender="commander")
    server.say("/restart", sender="commander")
    assert "knee" in server.say("how long do i hold it", sender="commander") + server.say(
        "where is it", sender="commander"
    )


def test_the_button_under_a_red_flag_works(server):
    _, messages = server.request(
        "/webhooks/rest/webhook", {"sender": "button", "message": "i cant feel when i wipe"}
    )
    payload = messages[0]["buttons"][0]["payload"]
    said = server.say(payload, sender="button")
    assert "emergency number" not in said or "if" in said.lower()
    assert "doctor" in said


def test_health_says_ok(server):
    assert server.request("/health") == (200, {"status": "ok", "missing": []})


@pytest.mark.parametrize(
    "path", ["/model/parse", "/conversations/someone/tracker", "/domain", "/model/train", "/status"]
)
def test_rasas_own_api_is_closed(server, path):
    assert server.request(path)[0] in (404, 405)


def test_a_body_without_end_is_refused(server):
    status, _ = server.request("/webhooks/rest/webhook", b"x" * 2_000_000, method="POST")
    assert status == 413
