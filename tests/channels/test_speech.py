"""What a voice says: as plain text, and as SSML that Alexa takes."""

import pytest

from bot.answers.reply import Reply, finish
from bot.answers.safety_messages import known_message, red_flag_message, standing_message
from bot.channels.spoken.speech import MOST_SSML_CHARACTERS, Speech, speech_text, speeches, ssml
from bot.gate.every_reply import every_reply
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.red_flags import Tier
from bot.messages.answer_key import AnswerKey
from bot.messages.message import Message, ReplyParts
from bot.text.markdown import strip_markdown
from tests.channels.ssml import checked

CATALOGUE = Catalogue.load()
WARNING = red_flag_message(Tier.EMERGENCY, "Numbness & weakness < needs checking.")


def message(spoken, **parts):
    return Message.of("written", ReplyParts(kind="answer", spoken=spoken, **parts))


def test_every_answer_is_valid_ssml_that_says_the_same():
    for reply in every_reply(CATALOGUE).values():
        said = speeches([finish(reply, CATALOGUE)])
        text = checked(ssml(said, "What else?"))
        assert text.startswith(speech_text(said)), reply.key
        assert text.endswith("What else?")


@pytest.mark.parametrize("warning", [WARNING, known_message(), standing_message("self_harm")])
def test_a_warning_comes_first_slowly_and_with_weight(warning):
    said = speeches([message("Hegu lies on the hand."), warning])
    document = ssml(said)
    assert checked(document).endswith("Hegu lies on the hand.")
    first = document.index("Hegu")
    assert document.index('<prosody rate="slow">') < document.index("<emphasis") < first
    assert document.index("</prosody>") < first


def test_what_people_wrote_cannot_become_markup():
    document = ssml(speeches([WARNING, Message(text="<audio src='x'/> & more")]))
    assert "<audio" not in document
    assert "more" in checked(document)


def test_codes_and_signs_are_said_as_words():
    said = speech_text(
        speeches([message("Large Intestine 4 – called *Hegu* (on the hand) & B52, 50 %.")])
    )
    assert said == "Large Intestine four, called Hegu, on the hand, and B 52, 50 percent."
    assert speech_text(speeches([message("Bladder 23: hold 30 seconds.")])) == (
        "Bladder twenty-three: hold 30 seconds."
    )


def test_a_message_without_a_spoken_form_is_read_without_marks():
    assert strip_markdown("**Please note:**\n\n- One\n- Two\n\n_Ask [a doctor](x)._") == (
        "Please note: One. Two. Ask a doctor."
    )


@pytest.mark.parametrize("custom", [None, [], "text", {"reply": 5}, {"reply": {"card": "x"}}])
def test_odd_parts_break_nothing(custom):
    said = speeches([Message.from_json({"text": "Press softly.", "custom": custom})])
    assert speech_text(said) == "Press softly."
    checked(ssml(said))


def held(seconds, **parts):
    card = {"type": "session_step", "part": "hold", "status": "running", "seconds": seconds}
    return ssml(speeches([message("Hold it.", card={**card, **parts})]))


def test_a_hold_of_a_session_is_counted_by_silence():
    document = held(25)
    assert [document.count(f'time="{s}s"') for s in (10, 5)] == [2, 1]
    assert "15 seconds left" in checked(document)
    assert "let go" in document
    assert "break" not in held(30, part="find") + held(30, status="paused") + held(300)


def test_slower_is_said_slowly():
    reply = Reply(AnswerKey.parse("repeat:x"), "Hold it.", "Hold it.", slowly=True)
    assert '<prosody rate="slow">' in ssml(speeches([finish(reply, CATALOGUE)]))


def test_too_much_ends_with_a_whole_sentence():
    document = ssml([Speech("A sentence of some length. " * 500)])
    assert len(document) <= MOST_SSML_CHARACTERS
    assert checked(document).endswith("length.")
