"""Each anchor against the words of its location, on the mesh that it was worked out on."""

import json

import numpy as np
import pytest

from bot.knowledge.catalogue import Catalogue
from bot.knowledge.pictures import ANCHORS, FOLDER
from bot.knowledge.schema.data_files import DATA_DIR, load_facts
from bot.knowledge.schema.places import PlacesFile
from bot.knowledge.schema.points import Sides

CATALOGUE = Catalogue.load()
TOLD = json.loads((DATA_DIR / FOLDER / ANCHORS).read_text(encoding="utf-8"))
PLACES, _ = load_facts(DATA_DIR / "places.yml", PlacesFile)
MARK = {name: np.array(place) for name, place in TOLD["landmarks"].items()}
CUN = TOLD["cun"]
FINGER = 0.75 * CUN["body"]  # four fingers are three cun
X, Y, Z = range(3)


def at(code, side=None):
    """The place of a point; the left one, or the only one."""
    sides = TOLD["points"][code]
    return np.array((sides[side] if side else next(iter(sides.values())))["place"])


def looks(code):
    """Where the skin looks at a point."""
    return np.array(next(iter(TOLD["points"][code].values()))["normal"])


def way(frame, axis):
    return np.array(TOLD["frames"][frame][axis])


def far(a, b):
    return float(np.linalg.norm(a - b))


def from_line(place, a, b):
    """How far a place is from the line through two others, and at which share of it."""
    share = (place - a) @ (b - a) / ((b - a) @ (b - a))
    return far(place, a + share * (b - a)), share


def lumbar(code, fingers):
    """At waist height, level with L2, so many finger widths from the midline of the back."""
    place = at(code)
    yield abs(place[Y] - MARK["l2"][Y]) < 1
    yield MARK["l4"][Y] < place[Y] < MARK["t12"][Y]
    yield abs(place[X] - fingers * FINGER) < 0.5 * FINGER
    yield looks(code)[Z] < -0.8


def bl18():
    place = at("BL18")
    yield abs(place[Y] - MARK["t9"][Y]) < 1
    yield place[Y] < MARK["t7"][Y]  # two bumps below the tips of the shoulder blades
    yield abs(place[X] - 2 * FINGER) < 0.5 * FINGER
    yield looks("BL18")[Z] < -0.8


def gv4():
    yield abs(at("GV4")[X]) < 0.1
    yield abs(at("GV4")[Y] - at("BL23")[Y]) < 1  # same level as BL23
    yield abs(at("GV4")[Y] - MARK["navel"][Y]) < 5  # about level with the navel
    yield looks("GV4")[Z] < -0.9


def gv14():
    below = MARK["c7"][Y] - at("GV14")[Y]
    yield abs(at("GV14")[X]) < 0.1
    yield 0.3 < below < MARK["c7"][Y] - MARK["t1"][Y]  # below C7, above the next bump
    yield looks("GV14")[Z] < -0.8


def gb20():
    place = at("GB20")
    yield 2 * FINGER - 0.5 < place[X] < 3 * FINGER + 0.5  # two to three finger widths out
    yield place[Y] < MARK["skull_back"][Y]  # under the skull
    yield place[Y] > MARK["c7"][Y] + 5
    yield looks("GB20")[Z] < -0.4


def gb21():
    off, share = from_line(at("GB21"), MARK["c7"], MARK["acromion"])
    yield 0.45 < share < 0.55  # halfway from the bump to the tip of the shoulder
    yield off < 4
    yield looks("GB21")[Y] > 0.8  # on top


def gb25():
    place = at("GB25")
    yield 0 < MARK["rib_12_tip"][Y] - place[Y] < 2.5  # just below the tip of the rib
    yield far(place, MARK["rib_12_tip"]) < 3
    yield place[X] > at("BL52")[X]  # at the side
    yield place[Z] < MARK["l2_inside"][Z]  # towards the back
    yield looks("GB25")[Z] < 0


def lr13():
    place = at("LR13")
    yield 0 < MARK["rib_11_tip"][Y] - place[Y] < 2.5
    yield place[Z] > at("GB25")[Z]  # further forward than the other rib's point
    yield place[Y] > MARK["navel"][Y]
    yield looks("LR13")[X] > 0.8  # at the side of the body


def gb30():
    _, share = from_line(at("GB30"), MARK["trochanter"], MARK["sacral_hiatus"])
    yield abs(share - 1 / 3) < 0.08  # one third of the way in from the knob
    yield looks("GB30")[Z] < 0
    yield looks("GB30")[X] > 0.3  # the outer part
    yield at("GB30")[Y] > MARK["buttock_fold"][Y]


def bl40():
    _, share = from_line(at("BL40"), MARK["knee_crease_inner"], MARK["knee_crease_outer"])
    yield 0.4 < share < 0.6  # in the middle of the crease
    yield abs(at("BL40")[Y] - MARK["knee_crease"][Y]) < 0.5
    yield looks("BL40")[Z] < -0.8


def bl39():
    _, share = from_line(at("BL39"), MARK["knee_crease_inner"], MARK["knee_crease_outer"])
    yield share > 0.75  # at its outer end
    yield abs(at("BL39")[Y] - at("BL40")[Y]) < 0.5
    yield abs(far(at("BL39"), at("BL40")) / CUN["leg"] - 1) < 0.2  # about 1 cun
    yield at("BL39")[X] > at("BL40")[X]


def gb34():
    place, knob = at("GB34"), MARK["fibula_head"]
    yield place[Y] < knob[Y]  # below
    yield place[Z] > knob[Z]  # in front
    yield far(place, knob) < 2 * FINGER
    yield place[Y] < MARK["knee"][Y]  # below the knee
    yield looks("GB34")[X] > 0.7  # on the outer side


def bl60():
    place = at("BL60")
    yield MARK["achilles"][Z] < place[Z] < MARK["outer_ankle"][Z]  # between the two
    _, share = from_line(place, MARK["outer_ankle"], MARK["achilles"])
    yield 0.35 < share < 0.65
    yield place[X] > MARK["ankle"][X]  # on the outside
    yield abs(place[Y] - MARK["outer_ankle"][Y]) < 1.5


def st36():
    place, dimple = at("ST36"), MARK["kneecap_outer_dimple"]
    yield abs(dimple[Y] - place[Y] - 3 * CUN["leg"]) < 1  # four fingers, 3 cun, below
    line = MARK["kneecap"] + (MARK["ankle_front"] - MARK["kneecap"]) * 0.25
    yield FINGER * 0.5 < place[X] - line[X] < FINGER * 2.5  # a finger out from the shin
    yield looks("ST36")[Z] > 0.6


def sp6():
    place, bone = at("SP6"), MARK["inner_ankle"]
    yield abs(place[Y] - bone[Y] - 3 * CUN["shin"]) < 0.6  # four fingers above
    yield looks("SP6")[X] < -0.8  # on the inside
    yield place[Z] < MARK["shin"][Z] - 2  # behind the front edge of the shin


def sp10():
    place, corner = at("SP10"), MARK["kneecap_inner_corner"]
    yield abs(place[Y] - corner[Y] - 2 * CUN["thigh"]) < 0.8  # two thumbs up
    yield place[X] < MARK["kneecap"][X]  # on the inner side of the left thigh
    yield looks("SP10")[X] < -0.3
    yield looks("SP10")[Z] > 0.3


def lr3():
    place = at("LR3")
    side = place @ way("foot", "inner")
    yield MARK["second_toe"] @ way("foot", "inner") < side < MARK["big_toe"] @ way("foot", "inner")
    yield abs(far(place, MARK["toe_web"]) - 2 * FINGER) < 1.2  # two fingers up from the web
    yield MARK["metatarsals_meet"][Z] < place[Z] < MARK["between_toe_joints"][Z]
    yield looks("LR3")[Y] > 0.7  # on top


def li4():
    place, thumb = at("LI4"), way("hand", "thumb")
    off, share = from_line(place, MARK["index_root"], MARK["index_knuckle"])
    yield 0.35 < share < 0.65  # level with the middle of the bone
    yield place @ thumb > (MARK["index_root"] + MARK["index_knuckle"]) / 2 @ thumb  # thumb side
    thumb_off, _ = from_line(place, MARK["thumb_root"], MARK["thumb_knuckle"])
    yield off < thumb_off  # nearer the bone of the index finger than that of the thumb
    yield looks("LI4") @ way("hand", "back") > 0.7  # on the back of the hand
    yield place @ thumb < MARK["thumb_knuckle"] @ thumb


def li11():
    _, share = from_line(at("LI11"), MARK["lu5"], MARK["lateral_epicondyle"])
    yield 0.3 < share < 0.7  # halfway from the tendon to the knob
    yield looks("LI11") @ way("elbow", "outer") > 0.5
    yield far(at("LI11"), MARK["elbow"]) < 6


def te5():
    place = at("TE5")
    forearm = (MARK["elbow"] - MARK["wrist"]) / far(MARK["elbow"], MARK["wrist"])
    yield abs((place - MARK["wrist"]) @ forearm - 2 * CUN["forearm"]) < 0.6  # two thumbs up
    across = way("hand", "thumb")
    yield abs((place - MARK["wrist_crease"]) @ across) < 1.2  # in the middle, between the bones
    yield looks("TE5") @ way("hand", "back") > 0.8


def st25():
    place = at("ST25")
    yield abs(place[Y] - MARK["navel"][Y]) < 0.5
    yield abs(place[X] - 2 * CUN["body"]) < 0.5  # two thumbs to the side
    yield looks("ST25")[Z] > 0.8


CLAIMS = {
    "BL23": lambda: lumbar("BL23", 2),
    "BL52": lambda: lumbar("BL52", 4),
    "GV4": gv4, "GB20": gb20, "GB21": gb21, "GB25": gb25, "BL18": bl18, "GV14": gv14,
    "GB30": gb30, "BL40": bl40, "BL39": bl39, "GB34": gb34, "BL60": bl60, "ST36": st36,
    "SP6": sp6, "SP10": sp10, "LR3": lr3, "LI4": li4, "LI11": li11, "TE5": te5, "ST25": st25,
    "LR13": lr13,
}  # fmt: skip


def test_every_point_is_held_against_its_words():
    assert set(CLAIMS) == {point.code for point in CATALOGUE.points} == set(TOLD["points"])


@pytest.mark.parametrize("code", CLAIMS)
def test_it_lies_where_its_words_say(code):
    holds = list(CLAIMS[code]())
    assert all(holds), f"of what is said of {code}, these do not hold: " + str(
        [n for n, right in enumerate(holds, 1) if not right]
    )


@pytest.mark.parametrize("point", CATALOGUE.points, ids=lambda point: point.code)
def test_it_is_on_both_sides_or_in_the_middle(point):
    sides = TOLD["points"][point.code]
    if point.sides is Sides.MIDLINE:
        assert list(sides) == ["middle"]
        assert abs(at(point.code)[X]) < 0.1
    else:
        left, right = (np.array(sides[side]["place"]) for side in ("left", "right"))
        assert left[X] > 0
        assert np.allclose(left * [-1, 1, 1], right, atol=0.02)


def test_the_spine_goes_down_bump_by_bump():
    names = ["c7", *(f"t{n}" for n in range(1, 13)), *(f"l{n}" for n in range(1, 5))]
    heights = [MARK[name][Y] for name in names]
    assert heights == sorted(heights, reverse=True)
    steps = -np.diff(heights)
    assert np.all(steps[12:] > steps[:12].max())  # the bones of the lower back are taller


def test_a_cun_is_about_a_thumb():
    assert all(1.7 < length < 2.9 for length in CUN.values())


def test_a_number_that_is_corrected_moves_the_place():
    # BL23 and BL52 have the same rule; only the number in their locations differs.
    by_code = {place.code: place for place in PLACES.points}
    assert by_code["BL23"].rule == by_code["BL52"].rule
    assert at("BL52")[X] == pytest.approx(2 * at("BL23")[X], abs=0.2)


def test_every_close_up_that_was_wanted_is_there():
    used = {place.close for place in PLACES.points} | {area.close for area in PLACES.areas}
    near = "hand forearm elbow head_back shoulders upper_back lower_back hip knee_back knee_side"
    wanted = {*near.split(), "leg_inner", "ankle", "foot_top", "sole"}
    assert wanted <= used <= {view.id for view in PLACES.views}
