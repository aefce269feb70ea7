"""What people ask about every point, every place and every complaint, through the gateway."""

import uuid

import pytest

from bot.knowledge.catalogue import Catalogue

CATALOGUE = Catalogue.load()
NAMES = {
    "code": lambda point: point.code,
    "pinyin": lambda point: point.names.pinyin,
    "name": lambda point: point.names.english[0],
}
ABOUT = [
    pytest.param(point, called(point), id=f"{point.code} by {kind}")
    for point in CATALOGUE.points
    for kind, called in NAMES.items()
]


@pytest.fixture(scope="module")
def ask(talk_raw):
    """A function (question) -> the parts of the one reply."""

    def asked(question):
        (message,) = talk_raw(question)
        return message["custom"]["reply"]

    return asked


@pytest.mark.parametrize(("point", "name"), ABOUT)
def test_where_is_it(ask, point, name):
    reply = ask(f"where is {name}")
    assert point.location.lay in reply["written"]
    assert point.find not in reply["written"]  # told when it is asked again
    assert point.location.spoken in reply["spoken"]


@pytest.mark.parametrize(("point", "name"), ABOUT)
def test_how_do_i_press_it(ask, point, name):
    reply = ask(f"how do I press {name}")
    assert point.press.spoken in reply["written"]
    assert "Stop at once" in reply["written"]
    assert point.press.spoken in reply["spoken"]


@pytest.mark.parametrize(("point", "name"), ABOUT)
def test_how_long(ask, point, name):
    reply = ask(f"how long do I press {name}")
    for part in (*map(str, point.press.hold_seconds), point.press.rounds):
        assert part in reply["written"]
    assert "a day" in reply["written"]


@pytest.mark.parametrize(("point", "name"), ABOUT)
def test_what_is_it_for(ask, point, name):
    reply = ask(f"what is {name} for")
    assert point.code in reply["written"]
    assert "tradition" in reply["written"]
    for purpose in point.purposes:
        assert CATALOGUE.complaint(purpose.complaint).name in reply["written"]


@pytest.mark.parametrize(("point", "name"), ABOUT)
def test_is_it_safe_for_me(ask, point, name):
    reply = ask(f"is {name} safe for me")
    assert point.code in reply["written"]
    everywhere = set.intersection(*(set(p.cautions) for p in CATALOGUE.points))
    for caution in map(CATALOGUE.caution, set(point.cautions) - everywhere):
        assert caution.short in reply["written"]
    # Those that every point has are told together.
    assert CATALOGUE.wording("every_point").written in reply["written"]


@pytest.mark.parametrize("point", CATALOGUE.points, ids=lambda point: point.code)
def test_more_tells_every_caution_in_full(talk_raw, point):
    sender = uuid.uuid4().hex
    talk_raw(f"is {point.code} safe for me", sender)
    (message,) = talk_raw("tell me more", sender)
    for caution in map(CATALOGUE.caution, point.cautions):
        assert caution.written in message["text"]


@pytest.mark.parametrize(("point", "name"), ABOUT)
def test_is_it_safe_in_pregnancy(ask, point, name):
    reply = ask(f"is {name} safe in pregnancy")
    assert point.code in reply["written"]
    assert "midwife" in reply["written"]
    assert point.press.how not in reply["written"]
    assert point.find not in reply["written"]


@pytest.mark.parametrize(
    ("question", "area", "codes", "unnamed"),
    [
        ("which point on my lower back can i press", "lower_back", ["BL23", "BL52", "GV4"], ""),
        ("is there a point in the buttock", "buttock", ["GB30"], ""),
        ("where is the point on my hand", "hand", ["LI4"], ""),
        ("which points are on the hip", "hip", ["GB30"], "BL53"),
        ("what can i press at the elbow", "elbow", ["LI11"], "LI11 at the elbow"),
        ("a point on top of the foot", "foot", ["LR3"], ""),
        ("which point is on the sole of the foot", "sole", ["LR3"], "KI1"),
        ("which point is behind the knee", "behind_knee", ["BL40", "BL39"], ""),
    ],
)
def test_each_area_has_its_points_best_first(ask, question, area, codes, unnamed):
    reply = ask(question)
    assert [card["code"] for card in cards(reply)][: len(codes)] == codes
    for ranked in CATALOGUE.area(area).points[: len(codes)]:
        location = CATALOGUE.point(ranked.code).location
        assert location.place in reply["written"] or location.lay in reply["written"]
    assert unnamed in reply["written"]


def test_the_spot_on_the_sole_comes_before_the_points_beside_it(ask):
    written = ask("which point is on the sole of the foot")["written"]
    assert written.index("KI1") < written.index("**LR3 (Taichong)**")


@pytest.mark.parametrize(
    ("complaint", "codes"),
    [
        (
            "lower back pain",
            ["BL23", "BL52", "BL40", "GB30", "BL60", "TE5", "LI4", "GV4", "GB20", "GB21", "GV14"],
        ),
        ("upper back pain", ["GB21", "LI11", "BL18"]),
        ("sciatica", ["BL40", "GB30", "BL23", "BL52", "BL60"]),
        ("hip pain", ["GB30", "BL60"]),
        ("neck and shoulder tension", ["GB21", "GB20", "GV14"]),
        ("back pain from trapped wind", ["ST36", "ST25", "LR13"]),
        ("period pain", ["SP6", "LR3", "SP10"]),
        ("stress", ["GB20", "GB21", "BL23"]),
        ("tiredness", ["BL23", "BL52", "BL18"]),
        ("stiff muscles", ["BL23", "GB21", "GB30", "GB34", "BL18", "BL40"]),
        ("sitting at a desk all day", ["GB21", "BL23", "LI4"]),
    ],
)
def test_each_complaint_has_the_points_of_the_sources_best_first(ask, complaint, codes):
    reply = ask(f"which points help with {complaint}")
    shown = [card["code"] for card in cards(reply)]
    assert shown == codes[:3]
    places = [reply["written"].index(code) for code in codes[:3]]
    assert all(code not in reply["written"] for code in codes[3:])  # they come with 'more'
    assert places == sorted(places)
    assert "tradition" in reply["written"]


def cards(reply):
    """The cards of the points in a reply."""
    card = reply.get("card") or {}
    return card.get("points") or [card]
