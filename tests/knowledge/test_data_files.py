"""A mistake in a data file is named with file, line and remedy, and never gets in."""

import pytest
import yaml

from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.data_files import DataError
from bot.knowledge.schema.red_flags import load_red_flags
from bot.understanding.mentions.finder import MentionFinder
from tests.data_copy import change


def problems(folder):
    def load():
        Catalogue.load(folder)
        load_red_flags(folder / "red_flags.yml")

    with pytest.raises(DataError) as caught:
        load()
    return caught.value.problems


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("points.yml", "code: LI4\n", "code: L14\n", "code"),
        ("points.yml", "code: LI4\n", "code: BL23\n", "twice"),
        ("points.yml", "sides: both", "sides: left", "both, midline"),
        ("points.yml", "    meridian: ", "    meridien: ", "meridien"),
        ("points.yml", "hold_seconds: [30, 60]", "hold_seconds: [60, 30]", "shorter"),
        ("points.yml", "hold_seconds: [30, 60]", "hold_seconds: [30, 600]", "120"),
        ("points.yml", "hold_seconds: [30, 60]", "hold_seconds: soon", "hold_seconds"),
        ("points.yml", "complaint: lower_back_pain", "complaint: lower_bak_pain", "complaint"),
        ("points.yml", "    cautions: [", "    cautions: [made_up, ", "made_up"),
        ("points.yml", "body_areas:", "body_areas: [", "YAML"),
        ("points.yml", "version: 1", "version: 1\nversion: 2", "twice"),
        ("guidance.yml", "withhold: everything", "withhold: all", "everything"),
        ("guidance.yml", "guidance: pregnancy", "guidance: pregnansy", "pregnansy"),
        ("answers.yml", "guidance: evidence", "guidance: evidense", "evidense"),
        ("answers.yml", "intent: thank\n", "intent: greet\n", "twice"),
        ("techniques.yml", "  how_spoken:", "  how_spoke:", "how_spoke"),
        ("techniques.yml", "good_for: [lower_back_pain", "good_for: [lumbago", "lumbago"),
        ("techniques.yml", "timers: [{step: 3,", "timers: [{step: 9,", "no step 9"),
        ("points.yml", "postures: [sitting", "postures: [standing", "sitting, lying"),
        (
            "sessions.yml",
            'then let go slowly."\n  - id: hold_both',
            'in {sconds}."\n  - id: hold_both',
            "{sconds} cannot be filled in",
        ),
        ("sessions.yml", "id: back, title", "id: bak, title", "back"),
        ("sessions.yml", "code: GB25", "code: GB26", "GB26"),
        ("sessions.yml", "condition: cannot_reach", "condition: cant_reach", "cant_reach"),
        ("sessions.yml", "score: 10, words", "score: 11, words", "10"),
        ("red_flags.yml", "tier: emergency", "tier: very_bad", "emergency"),
        ("red_flags.yml", 'fires: ["numb + saddle', 'fires: ["numb + sadle', "sadle"),
        ("red_flags.yml", "id: ces_bladder", "id: ces_bowel", "twice"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_remedy(folder, name, old, new, words):
    line = change(folder, name, old, new)
    found = problems(folder)
    said = "\n".join(str(problem) for problem in found)
    assert words in said
    assert any(problem.file.endswith(name) for problem in found), said
    assert any(abs(problem.line - line) <= 2 for problem in found) or "twice" in said, said
    assert all(problem.remedy for problem in found)


def test_a_missing_file_is_named(folder):
    (folder / "answers.yml").unlink()
    assert "answers.yml" in str(problems(folder)[0])


def test_a_file_that_is_not_text_is_named(folder):
    (folder / "guidance.yml").write_bytes(b"version: 1\n# \xff\xfe\n")
    assert "UTF-8" in str(problems(folder)[0])


def test_two_points_never_share_a_name(folder):
    change(folder, "points.yml", "heard_as: [", 'heard_as: ["zusanli", ')
    assert "zusanli" in "\n".join(str(problem) for problem in problems(folder))


def test_a_point_added_to_the_file_is_found_and_offered_without_programming(folder):
    content = yaml.safe_load((folder / "points.yml").read_text(encoding="utf-8"))
    new = next(dict(point) for point in content["points"] if point["code"] == "LI11")
    new |= {"code": "SI3", "aliases": [], "heard_as": [], "conflicts": [], "combine_with": []}
    new["names"] = {
        "english": ["Back Stream"],
        "pinyin": "Houxi",
        "pinyin_tones": "Hòuxī",
        "characters": "后溪",
    }
    content["points"].append(new)
    hand = next(area for area in content["body_areas"] if area["id"] == "hand")
    hand["points"].append({"code": "SI3", "why": "It lies at the edge of the hand."})
    changed = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
    (folder / "points.yml").write_text(changed, encoding="utf-8")
    catalogue = Catalogue.load(folder)
    found = MentionFinder(catalogue).find("where is small intestine three, or houxi")
    assert [mention.value for mention in found] == ["SI3", "SI3"]
    assert [s.point.code for s in catalogue.points_for("hand", None)] == ["LI4", "SI3"]
