"""What keeps people safe does not change without a dated reason in its own file."""

import datetime
import re

import pytest
import yaml

from bot.gate.guarded import entry_lines, record, unexplained
from bot.knowledge.schema.changes import GUARDED, fingerprint
from bot.knowledge.schema.data_files import DATA_DIR, DataError
from bot.safety.default import default_book, default_detector
from bot.safety.handover import summary_of
from tests.data_copy import change

TODAY = datetime.date(2026, 12, 1)
REASON = "A nurse asked for it: ward meeting of 30 November."
CHANGED = [
    ("red_flags.yml", "    tier: emergency", "    tier: urgent"),
    ("red_flags.yml", "never_negated: [", "never_negated: [numb, "),
    ("guidance.yml", "Never press hard.", "Do not press hard."),
    ("guidance.yml", "    withhold: everything", "    withhold: nothing"),
    ("guidance.yml", "words:\n      [pregnant, ", "words:\n      ["),
    ("points.yml", "cautions: [neck, surgery,", "cautions: [surgery,"),
    ("points.yml", "not_with: [hard_ball, ", "not_with: ["),
    ("points.yml", "note: Never when you are pregnant", "note: Better not when you are pregnant"),
]


def said(folder):
    return list(unexplained(folder))


@pytest.mark.parametrize(("name", "old", "new"), CHANGED)
def test_a_guarded_change_needs_a_reason_and_is_told_what_to_write(folder, name, old, new):
    change(folder, name, old, new)
    (problem,) = said(folder)
    assert problem.file.endswith(name)
    line = (folder / name).read_text().splitlines()[problem.line - 1]
    assert line == "changes:"
    entry = problem.remedy.partition("\n")[2]
    assert f'date: "{datetime.date.today()}"' in entry
    # The lines it names, with a reason, are all that is needed.
    entry = re.sub(r"reason: .*", f'reason: "{REASON}"', entry)
    change(folder, name, "changes:\n", f"changes:\n{entry}\n")
    assert said(folder) == []


@pytest.mark.parametrize(("name", "old", "new"), CHANGED)
def test_the_command_writes_the_reason_into_the_changed_file_alone(folder, name, old, new):
    change(folder, name, old, new)
    before = {path.name: path.read_bytes() for path in folder.glob("*.yml")}
    (written,) = record(folder, REASON, TODAY)
    assert written.endswith(name)
    assert said(folder) == []
    newest = yaml.safe_load((folder / name).read_text())["changes"][0]
    assert (newest["date"], newest["reason"]) == ("2026-12-01", REASON)
    for path in folder.glob("*.yml"):
        assert (path.read_bytes() == before[path.name]) == (path.name != name)
    assert record(folder, REASON, TODAY) == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("red_flags.yml", "# Back pain may be taken", "# A remark.\n# Back pain may be taken"),
        ("red_flags.yml", 'reviewed: "', 'reviewed: "Again. '),
        ("guidance.yml", "Never press hard.", "Never\n      press hard."),
        ("guidance.yml", "words:\n      [pregnant, pregnent, ",
         "words:\n      [pregnant,\n       pregnent, "),
        ("points.yml", "finger widths out", "finger widths away"),
    ],
)  # fmt: skip
def test_comments_line_breaks_and_other_parts_need_none(folder, name, old, new):
    change(folder, name, old, new)
    assert said(folder) == []


@pytest.mark.parametrize("reason", ["Because.", "why it changed, and on whose word", "x y"])
def test_a_reason_that_says_nothing_is_refused(folder, reason):
    change(folder, "guidance.yml", "Never press hard.", "Do not press hard.")
    record(folder, reason, TODAY)
    (problem,) = said(folder)
    assert "too little" in problem.what


def test_the_newest_entry_stands_first(folder):
    text = (DATA_DIR / "points.yml").read_text(encoding="utf-8")
    content = fingerprint("points.yml", yaml.safe_load(text))
    old = entry_lines(datetime.date(2020, 1, 1), content, REASON)
    change(folder, "points.yml", "changes:\n", f"changes:\n{old}\n")
    (problem,) = said(folder)
    assert problem.remedy == "Put the newest entry first."


def test_a_file_without_its_list_is_named(folder):
    text = (folder / "guidance.yml").read_text(encoding="utf-8")
    (folder / "guidance.yml").write_text(text.replace("changes:\n", "changed:\n", 1))
    with pytest.raises(DataError, match=r"guidance\.yml.*'changes:' is missing"):
        record(folder, REASON, TODAY)


def test_every_guarded_part_is_there_and_not_empty():
    for name, part in GUARDED.items():
        content = yaml.safe_load((DATA_DIR / name).read_text(encoding="utf-8"))
        assert all(part(content).values()), name


def test_a_verdict_carries_the_version_of_the_rules():
    verdict = summary_of(default_detector().screen("i cannot feel when i wipe"))
    text = (DATA_DIR / "red_flags.yml").read_text(encoding="utf-8")
    assert verdict.rules == fingerprint("red_flags.yml", yaml.safe_load(text))
    assert verdict.rules == default_book().rules
