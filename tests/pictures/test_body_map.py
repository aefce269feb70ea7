"""What a tap on the body map says, and that it is answered with the points of that area."""

import re

import pytest

from bot.channels.page.body_map import body_map
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.pictures import Pictures

CATALOGUE = Catalogue.load()
MAP = body_map(Pictures.load(), CATALOGUE)
AREAS = [pytest.param(area, id=area["id"]) for area in MAP["areas"]]
# Pain in a leg may be a blood clot: that is asked about before any point is named.
WARNED = {"lower_leg", "leg"}


def codes_of(reply):
    return {point["code"] for point in (reply.get("card") or {}).get("points", [])}


@pytest.mark.parametrize("area", AREAS)
def test_choosing_an_area_gives_its_points(talk_raw, area):
    (message,) = talk_raw(area["press"])
    reply = message["custom"]["reply"]
    points = [ranked.code for ranked in CATALOGUE.area(area["id"]).points]
    assert codes_of(reply) == set(points[:3])
    assert reply["card"]["area"]["id"] == area["id"]
    assert reply["guidance"]


@pytest.mark.parametrize("area", AREAS)
def test_pain_in_an_area_is_answered_with_points_or_a_warning(talk_raw, area):
    message, *_ = talk_raw(area["hurts"])
    reply = message["custom"]["reply"]
    if area["id"] in WARNED:
        assert reply["kind"] == "red_flag"
    else:
        assert codes_of(reply)
        assert reply["key"].startswith("find:")


def test_all_areas_can_be_chosen_and_most_can_be_tapped():
    listed = {area["id"] for area in MAP["areas"]}
    tapped = {shape["area"] for view in MAP["views"] for shape in view["shapes"]}
    assert listed == {area.id for area in CATALOGUE.areas}
    # Those that would cover all others, and one that a standing body hides.
    assert listed - tapped == {"back", "leg", "sole"}
    assert [view["side"] for view in MAP["views"]] == ["front", "back"]


@pytest.mark.parametrize("view", MAP["views"], ids=lambda view: view["side"])
def test_shapes_lie_within_the_figure_and_are_symmetric(view):
    middle = view["width"] / 2
    for shape in view["shapes"]:
        spots = [
            tuple(map(float, pair.split())) for pair in re.findall(r"-?\d+ -?\d+", shape["path"])
        ]
        across, down = zip(*spots, strict=True)
        assert min(across) >= -1
        assert max(across) <= view["width"] + 1
        assert min(down) >= -1
        assert max(down) <= view["height"] + 1
        assert abs((min(across) + max(across)) / 2 - middle) < 4, shape["area"]


@pytest.mark.parametrize(
    ("side", "upper", "lower"),
    [
        ("back", "neck", "upper_back"),
        ("back", "upper_back", "mid_back"),
        ("back", "mid_back", "lower_back"),
        ("back", "lower_back", "buttock"),
        ("back", "buttock", "behind_knee"),
        ("front", "belly", "thigh"),
        ("front", "thigh", "knee"),
        ("front", "knee", "lower_leg"),
        ("front", "lower_leg", "foot"),
    ],
)
def test_shapes_lie_in_the_order_of_the_body(side, upper, lower):
    view = next(view for view in MAP["views"] if view["side"] == side)

    def height(area):
        path = next(shape["path"] for shape in view["shapes"] if shape["area"] == area)
        down = [float(pair.split()[1]) for pair in re.findall(r"-?\d+ -?\d+", path)]
        return (min(down) + max(down)) / 2

    assert height(upper) < height(lower)
