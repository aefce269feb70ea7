"""The report says what is true of the messages it was made from."""

import asyncio
import json

import pytest
from rich.console import Console

from bot.knowledge.schema.red_flags import Tier
from bot.messages.message import Message, ReplyParts
from tools.evaluation.judged import Figures, Judged
from tools.evaluation.rows import RowsMissing, put_rows, read_rows
from tools.evaluation.tables import figures_tables, rows_tables


def judged(true, voted, confidence=0.9, told=None, text="a message"):
    return Judged(text, true, voted, confidence, told or voted)


FIGURES = Figures([
    judged("greet", "greet", 0.95),
    judged("greet", "thank", 0.55),
    judged("out_of_scope", "nlu_fallback", 0.2),
    judged("out_of_scope", "greet", 0.9, text="what is the weather"),
    judged("red_flag_emergency", "red_flag_emergency", 0.99),
    judged("red_flag_urgent", "red_flag_persistent", 0.99),
    judged("red_flag_emergency", "locate_point", 0.7, text="my legs are numb, where is LI4"),
    judged("locate_point", "red_flag_urgent", 0.99, text="where is LI4"),
    judged("report_pain", "red_flag_persistent", 0.99),
    judged("greet", "out_of_scope", 0.5),
])  # fmt: skip


def test_a_missed_sign_and_a_false_alarm_are_named():
    assert [j.text for j in FIGURES.missed_flags()] == ["my legs are numb, where is LI4"]
    assert [j.text for j in FIGURES.false_alarms()] == ["where is LI4"]


def test_shares_are_of_the_right_whole():
    assert FIGURES.accuracy == pytest.approx(2 / 10)
    assert FIGURES.out_of_scope_recall == pytest.approx(1 / 2)
    assert FIGURES.turned_away == pytest.approx(1 / 8)
    assert FIGURES.recall()["greet"] == pytest.approx(1 / 3)


def test_a_classifier_that_is_as_right_as_it_is_sure_has_no_calibration_error():
    honest = [judged("greet", "greet", 0.75)] * 3 + [judged("greet", "thank", 0.75)]
    boastful = [judged("greet", "thank", 0.95)] * 4
    assert Figures(honest).calibration_error == pytest.approx(0)
    assert Figures(boastful).calibration_error == pytest.approx(0.95)


def rows_folder(tmp_path):
    rows = [
        {"text": "where is LI4", "style": "plain", "must_contain": ["thumb"], "accept": ["none"],
         "entities": {"point": "LI4"}},
        {"text": "where is my knee point", "style": "terse", "must_contain": ["elbow"],
         "accept": ["none"], "entities": {"area": "knee_back"}},
        {"text": "hello", "style": "plain", "must_not_contain": ["ambulance"], "accept": ["none"]},
    ]  # fmt: skip
    (tmp_path / "utterances.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return tmp_path


async def answer(text, sender):
    if text == "hello":
        return [Message.of("Call an ambulance", ReplyParts(kind="red_flag", tier=Tier.EMERGENCY))]
    return [Message.of("Near the thumb", ReplyParts(kind="answer"))]


def test_rows_are_judged_by_what_the_answer_says(tmp_path):
    results = asyncio.run(put_rows(read_rows(rows_folder(tmp_path)), answer, lambda done: None))
    assert [bool(result.failed) for result in results] == [False, True, True]
    assert [result.tier for result in results] == ["none", "none", "emergency"]
    assert [result.entities for result in results] == [{"point": True}, {"area": True}, {}]


def test_a_folder_without_rows_is_named(tmp_path):
    with pytest.raises(RowsMissing, match=r"utterances\.jsonl"):
        read_rows(tmp_path)


def test_the_terminal_and_the_page_show_the_worst_first(tmp_path):
    from tools.evaluation.report_page import write_report  # it takes a second to load

    results = asyncio.run(put_rows(read_rows(rows_folder(tmp_path)), answer, lambda done: None))
    console = Console(record=True, width=140)
    for table in (*figures_tables(FIGURES, 10), *rows_tables(results, 10)):
        console.print(table)
    printed = console.export_text()
    page = tmp_path / "report" / "index.html"
    write_report(page, FIGURES, results)
    html = page.read_text(encoding="utf-8")
    for shown in (printed, html):
        assert "my legs are numb, where is LI4" in shown
        assert "where is my knee point" in shown
        assert shown.index("terse") < shown.index("plain")
    assert html.count("data:image/png;base64,") == 2
    assert "http" not in html
