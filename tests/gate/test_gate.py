"""The gate names every mistake in the data with file, line and remedy, and lets none start."""

import re
import shutil
import subprocess
import sys

import jsonschema
import pytest
import yaml

from bot.answers.pages.catalogue_page import catalogue_page
from bot.gate import numbers_typescript, typescript
from bot.gate.gate import check_everything
from bot.gate.schemas import schema_files, schema_line, shapes
from bot.gate.stamp import has_passed, remember_passed, state_of
from bot.gate.wording import grade, speaking_seconds
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.pictures import Pictures
from bot.knowledge.schema.data_files import DATA_DIR
from bot.runtime import paths
from tests.data_copy import change
from tests.patience import PATIENCE


def test_the_data_as_they_are_pass():
    assert [str(problem) for problem in check_everything()] == []


# Mistakes that keep a file from being read; each stands in a folder of its own.
UNREADABLE = [
    ("never_said.yml", "patterns: [", 'patterns: ["(", ', "cannot be read"),
    # a point without a spoken form, and one whose spoken form cannot be heard
    ("points.yml", "      spoken: ", "      said: ", "spoken"),
    ("points.yml", "      spoken: At waist height on", "      spoken: At L2, 1.5 cun, on",
     "cannot be heard"),
    # references of every kind
    ("points.yml", "combine_with: [BL52", "combine_with: [BL25", "'BL25' is not known"),
    ("points.yml", "likely: [LI4]", "likely: [LI40]", "'LI40' is not known"),
    ("points.yml", "body_area: sole", "body_area: soul", "'soul' is not known"),
    ("points.yml", "not_with: [hard_ball", "not_with: [bowling_ball",
     "'bowling_ball' is not known"),
    ("guidance.yml", "    sources: [umn, ethos]", "    sources: [umm]", "'umm' is not known"),
    ("answers.yml", "sources: [nhs_back_pain]", "sources: []", "has no source"),
    ("techniques.yml", "words: [lacrosse ball", "words: [tennis ball, lacrosse ball",
     "stands in two entries"),
    ("points.yml", "id: x_bl23_2", "id: x_bl23_1", "'x_bl23_1' is there twice"),
    ("points.yml", "sources: [article_0, article_1]", "sources: [article_0, article_9]",
     "'article_9' is not known"),
    ("red_flags.yml", "sources: [backes_card, girft]", "sources: [backs_card]",
     "'backs_card' is not known"),
]  # fmt: skip
# Mistakes that are all found at once, in folders that hold as many of them as go together.
READABLE = [
    ("emergency_numbers.yml", "names: [canada]", "names: [canada, germany]",
     "'germany' is there twice"),
    # a source that nothing needs
    ("sources.yml", "id: downie,", "id: downy,", "No fact rests on the source 'downy'"),
    # a letter of another alphabet, and a sign that nobody sees
    ("points.yml", "name: wrist and forearm", "name: wrist and fоrearm", "CYRILLIC"),
    ("answers.yml", "Nobody knows for certain", "Nobody\u200b knows for certain", "cannot be"),
    # a step that takes too long to say, though each of its texts is short enough
    ("sessions.yml", "Start on your left side. {how} Hold",
     "Start on your left side, and take all the time that you need for it. {how} Hold",
     "seconds to say"),
    # too hard to read, too long to hear
    ("answers.yml", "Nobody knows for certain. Tradition says",
     "The physiological mechanisms underlying acupressure-mediated antinociception remain "
     "incompletely characterised notwithstanding considerable investigation. Tradition says",
     "too hard to read"),
    ("techniques.yml", 'hold_spoken: "', 'hold_spoken: "' + "Press and wait. " * 25,
     "seconds to say"),
    # a name that would raise an alarm
    ("points.yml", "aliases: [UB23,", 'aliases: ["cannot pee point", UB23,', "red flag"),
    # a look-alike that is a sign, and one that stands there twice
    ("look_alikes.yml", '- "mhm, in the middle"', '- "i cannot pee"', "raises the red flag"),
    ("look_alikes.yml", '- "mhm, in the middle"', '- "no fever"\n      - "no fever"',
     "is there twice"),
    # a sentence without its gap, a form that nobody has, a mention that is not marked
    ("assertion_frames.yml", "Since breakfast I have had {noun}.", "Since breakfast I have had it.",
     "not exactly one gap"),
    ("assertion_signs.yml", "numbness between {my} legs", "numbness between {mine} legs",
     "no form that changes"),
    ("assertion_pairs.yml", "My back [is killing me] after", "My back is killing me after",
     "not marked"),
    # a fact that got lost, told as certain, or told at an address that is gone
    ("techniques.yml", "Take **one** soft ball", "Take two soft balls", "no longer says"),
    ("coverage_points.yml", 'answer: "locate:BL23"', 'answer: "locate:BL99"',
     "no answer 'locate:BL99'"),
    # a claim that nobody may be told
    ("answers.yml", "Nobody knows for certain. Tradition says",
     "Tingling is a sign that it works. Tradition says", "topic:ask_how_it_works"),
    ("points.yml", "id: x_gb21_2\n", "id: x_gb21_22\n",
     "Nothing keeps the danger 'x_gb21_22' away"),
]  # fmt: skip


def problem_of(found, name, line, words):
    """The problem that names a mistake, with what was said instead if none does."""
    said = "\n".join(str(problem) for problem in found)
    named = [p for p in found if words in f"{p.what} {p.remedy}"]
    assert named, said
    assert all(problem.remedy and problem.line >= 1 for problem in found)
    elsewhere = "coverage" in named[0].file or "never_said" in named[0].file or "twice" in words
    assert elsewhere or any(p.file.endswith(name) and abs(p.line - line) <= 4 for p in named), said


@pytest.mark.parametrize(("name", "old", "new", "words"), UNREADABLE)
def test_a_file_that_cannot_be_read_is_named_with_line_and_remedy(folder, name, old, new, words):
    line = change(folder, name, old, new)
    problem_of(check_everything(folder), name, line, words)


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    """Each readable mistake with the line it was made on and all that was found beside it."""
    left, results = READABLE, {}
    while left:
        folder, made = tmp_path_factory.mktemp("data"), {}
        for file in paths.DATA.glob("*.yml"):
            shutil.copy(file, folder)
        for mistake in left:
            name, old, new, _ = mistake
            if old in (folder / name).read_text(encoding="utf-8"):
                made[mistake] = change(folder, name, old, new)
        assert made, left
        found = check_everything(folder)
        results |= {mistake: (line, found) for mistake, line in made.items()}
        left = [mistake for mistake in left if mistake not in made]
    return results


@pytest.mark.parametrize("mistake", READABLE, ids=lambda mistake: f"{mistake[0]}: {mistake[3]}")
def test_a_mistake_is_named_with_file_line_and_remedy(checked, mistake):
    line, found = checked[mistake]
    problem_of(found, mistake[0], line, mistake[3])


def test_wrong_data_never_start_the_assistant():
    script = (
        "import bot.gate.gate as gate\n"
        "from bot.knowledge.schema.data_files import Problem\n"
        "gate.check_everything = lambda: [Problem('points.yml', 7, 'Wrong.', 'Mend it.')]\n"
        "import bot.gate.stamp as stamp\n"
        "stamp.state_of = lambda folder: 'a state that nobody has seen'\n"
        "import sys; sys.argv = ['acupoint', 'run', '--port', '1']\n"
        "from bot.cli.app import main; main()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True,
                          cwd=paths.ROOT, timeout=PATIENCE)  # fmt: skip
    assert done.returncode == 1
    assert "points.yml, line 7: Wrong." in done.stderr
    assert "Mend it." in done.stderr
    assert "ready" not in done.stdout


@pytest.mark.parametrize("name", sorted(shapes()))
def test_editors_get_a_schema_that_fits_the_file(name):
    path = DATA_DIR / name
    assert path.read_text(encoding="utf-8").startswith(schema_line(name))
    schema = yaml.safe_load((DATA_DIR / "schema" / f"{path.stem}.json").read_text())
    jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"version": 1, "nonsense": []}, schema)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (paths.DOCS / "catalogue.md", catalogue_page(Catalogue.load(), Pictures.load())),
        (paths.ROOT / typescript.FILE, typescript.message_types()),
        (paths.ROOT / numbers_typescript.FILE, numbers_typescript.number_table()),
        *schema_files(DATA_DIR).items(),
    ],
    ids=lambda value: value.name if hasattr(value, "name") else "",
)
def test_what_is_written_from_the_data_is_in_step(path, text):
    assert path.read_text(encoding="utf-8") == text, "run 'acupoint docs'"


def test_the_page_holds_every_point_and_repeats_no_danger():
    page = (paths.DOCS / "catalogue.md").read_text(encoding="utf-8")
    catalogue = Catalogue.load()
    for point in catalogue.points:
        assert f"### {point.code} ({point.names.pinyin})" in page
        for conflict in point.conflicts:
            assert (conflict.says in page) == (conflict.severity.value != "danger")


def test_links_of_the_page_lead_somewhere():
    page = (paths.DOCS / "catalogue.md").read_text(encoding="utf-8")
    heads = {
        re.sub(r"[^\w -]", "", head).strip().lower().replace(" ", "-")
        for head in re.findall(r"(?m)^#+ (.+)$", page)
    }
    links = set(re.findall(r"\]\(#([^)]+)\)", page))
    assert links
    assert links <= heads


def test_hard_words_are_harder_and_names_do_not_count():
    easy = "Press softly with your thumb. Stop if it hurts. Rest a little, and breathe slowly."
    hard = "Physiological equilibrium is re-established through systematic neuromodulatory input."
    assert grade(easy) < 4 < 12 < grade(hard)
    assert abs(grade(easy + " Then go to BL40 (Weizhong).") - grade(easy)) < 1.5


def test_speech_is_measured_in_seconds():
    assert speaking_seconds("one two three four five six seven eight") == pytest.approx(3, abs=0.1)


def test_only_what_is_just_as_it_was_is_not_checked_again(folder, tmp_path):
    stamp, state = tmp_path / "var" / "checked", state_of(folder)
    assert not has_passed(stamp, state)
    remember_passed(stamp, state)
    assert has_passed(stamp, state_of(folder))
    change(folder, "answers.yml", "Nobody knows", "Everybody knows")
    assert not has_passed(stamp, state_of(folder))
