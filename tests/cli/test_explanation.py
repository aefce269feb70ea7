"""`acupoint explain`: what fired and what held back, in words a person can follow."""

import datetime
import io
import re

import pytest
from rich.console import Console
from typer.testing import CliRunner

from bot.cli.app import app
from bot.cli.explanation import explain
from bot.cli.explanation_view import explanation_lines
from bot.runtime import paths
from bot.safety.default import default_book
from bot.safety.detector import RedFlagDetector
from bot.safety.screening import Screening

SIGN = "hello there. i cant feel when i wipe. no chest pain"


def shown(text, earlier=(), models=paths.MODELS, colours=False):
    out = io.StringIO()
    console = Console(
        file=out, force_terminal=colours, color_system="standard" if colours else None
    )
    for line in explanation_lines(explain(text, earlier, models)):
        console.print(line, soft_wrap=True)
    return out.getvalue()


@pytest.fixture(scope="module")
def sign(model):
    return shown(SIGN)


def test_what_fired_and_what_held_back_and_what_was_said(sign):
    assert 'emergency  ces_saddle_numbness  (by pattern)  "cant feel when i wipe"' in sign
    assert "heart_attack: negated" in sign
    assert "emergency, for ces_saddle_numbness, by pattern" in sign
    assert "said: Please get emergency help now." in sign


def test_nearness_and_the_vote_of_the_classifier(sign):
    assert "near to: emergency " in sign
    assert re.search(r"a sign is told: 0\.[89]\d|a sign is told: 1\.00", sign)
    assert re.search(r"intent: \w+ [01]\.\d\d, any red flag [01]\.\d\d", sign)


def test_the_version_of_the_rules(sign):
    newest = default_book().changes[0]
    assert f"Rules {newest.content}, last changed {newest.date}" in sign
    assert newest.date <= datetime.date.today()


def test_the_words_are_coloured_inside_the_sentence_only_where_there_are_colours(sign, model):
    assert "\x1b" not in sign
    coloured = shown(SIGN, colours=True)
    assert "hello there. i \x1b[1;37;41mcant feel when i wipe\x1b[0m. no chest pain" in coloured


def test_what_only_the_judges_see(model, monkeypatch):
    monkeypatch.setattr(RedFlagDetector, "screen", lambda *_, **__: Screening())
    said = shown("i cant feel when i wipe")
    assert "  no pattern" in said
    assert ", by judges" in said


def test_earlier_messages_count(model):
    assert "no warning" in shown("my back hurts")
    said = shown("my back hurts", ["i had breast cancer"])
    assert ", for cancer_history, by pattern" in said
    assert "persistent, for persistent" in shown("two weeks", ["my back hurts"])


def test_without_a_trained_model_it_says_so_and_shows_the_patterns(tmp_path):
    said = shown(SIGN, models=tmp_path)
    assert "No model is trained" in said
    assert "near to" not in said
    assert "emergency, for ces_saddle_numbness, by pattern" in said
    assert "said: Please get emergency help now." in said


@pytest.mark.parametrize("text", ["", "   ", "\x1b[31mred", "\udcff", "x" * 5000, "/restart", "😭"])
def test_odd_messages_are_explained_too(tmp_path, text):
    said = shown(text, models=tmp_path)
    assert "\x1b" not in said
    said.encode()
    assert "no warning" in said


def test_the_command_is_plain_when_piped(model):
    done = CliRunner().invoke(app, ["explain", "my back hurts", "--earlier", "i had breast cancer"])
    assert done.exit_code == 0, done.output
    assert "cancer_history" in done.output
    assert "\x1b" not in done.output
