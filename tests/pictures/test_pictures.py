"""The pictures: all there, small, told in words, and never one of an old place."""

import hashlib
import json
import shutil

import numpy as np
import pytest
import requests
from PIL import Image

from bot.answers.card_builder import picture_of, with_card
from bot.answers.pages.picture_page import picture_page
from bot.answers.people import Person
from bot.answers.places import PlaceAnswers
from bot.answers.points import PointAnswers
from bot.answers.reply import finish
from bot.channels.page.body_map import body_map
from bot.gate.picture_check import picture_problems
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.pictures import FOLDER, LIST, PREFIX, TONES, Pictures
from bot.knowledge.schema.data_files import DATA_DIR, load_facts
from bot.knowledge.schema.places import PlacesFile
from bot.messages.message import Message, ReplyParts
from bot.runtime import paths
from tests.data_copy import change
from tests.patience import PATIENCE

CATALOGUE = Catalogue.load()
PICTURES = Pictures.load()
PLACES, _ = load_facts(DATA_DIR / "places.yml", PlacesFile)
MOST_BYTES = 40_000
LI4 = CATALOGUE.point("LI4")


def card_of(reply, pictures=PICTURES):
    return with_card(finish(reply, CATALOGUE), CATALOGUE, pictures).reply.card


def test_every_point_and_area_has_its_pictures():
    wanted = {p.code for p in CATALOGUE.points} | {a.id for a in CATALOGUE.areas}
    wanted |= {a.id for a in CATALOGUE.article_areas} - {told.id for told in PLACES.not_drawn}
    assert set(PICTURES.names) == wanted
    assert all(PICTURES.of_point(point) for point in CATALOGUE.points)
    assert all(PICTURES.of_area(area.id) for area in CATALOGUE.areas)
    assert {spot.id for spot in CATALOGUE.article_areas if not PICTURES.of_spot(spot)} == {
        told.id for told in PLACES.not_drawn
    }


def test_they_show_what_the_catalogue_says_now():
    assert picture_problems() == []


def test_every_file_is_small_and_as_it_is_listed():
    listed = PICTURES.files()
    assert {path.name for path in listed.values()} == {
        path.name for path in (DATA_DIR / FOLDER).glob("*.webp")
    }
    for address, path in listed.items():
        data = path.read_bytes()
        assert len(data) <= MOST_BYTES, path.name
        assert hashlib.sha256(data).hexdigest()[:10] in address
    for _, _, picture in PICTURES.drawn():
        assert set(picture.files) == set(TONES)
        for name in picture.files.values():
            with Image.open(DATA_DIR / FOLDER / name) as image:
                assert image.size == (picture.width, picture.height)


def test_the_marker_is_seen_on_every_skin_also_without_colours():
    """Blue in white in black, and large: in grey, white beside black is the starkest there is."""
    for tone in TONES:
        with Image.open(DATA_DIR / FOLDER / PICTURES.of_point(LI4).close.files[tone]) as image:
            red, _, blue = np.moveaxis(np.array(image.convert("RGB")).astype(int), -1, 0)
            grey = np.array(image.convert("L"))
        down, across = np.nonzero((blue > 150) & (red < 60))
        assert len(down) > 150
        ray = grey[int(down.mean()), int(across.mean()) + 4 : int(across.mean()) + 19]
        assert ray.max() > 215
        assert ray[ray.argmax() :].min() < 90


@pytest.mark.parametrize("point", CATALOGUE.points, ids=lambda point: point.code)
def test_a_card_shows_it_from_near_and_on_the_body(point):
    card = card_of(PointAnswers(CATALOGUE).locate(point))
    assert point.location.lay in card["picture"]["alt"]
    assert point.code in card["on_body"]["alt"]
    assert card["picture"]["address"] == card["picture"]["tones"]["medium"]
    assert {*card["picture"]["tones"], *card["on_body"]["tones"]} == set(TONES)
    for told in (card["picture"], card["on_body"]):
        assert told["address"].removeprefix(PREFIX) in PICTURES.files()


def test_a_point_that_is_withheld_shows_no_picture():
    person = Person.from_ids(["pregnancy"], CATALOGUE)
    card = card_of(PointAnswers(CATALOGUE, person).purpose(LI4))
    assert card["type"] == "point_withheld"
    assert "picture" not in json.dumps(card)
    assert picture_of(Message.of("x", ReplyParts(card=card))) is None


def test_an_area_is_shown_with_its_points():
    card = card_of(PlaceAnswers(CATALOGUE).find("lower_back", None))
    assert card["area"]["id"] == "lower_back"
    assert "lower back" in card["area"]["on_body"]["alt"]
    assert all(point["picture"] for point in card["points"])


@pytest.mark.parametrize("spot", CATALOGUE.article_areas, ids=lambda spot: spot.id)
def test_a_spot_of_an_article_has_a_card(spot):
    card = card_of(PlaceAnswers(CATALOGUE).article_area(spot))
    assert (card["type"], card["where"]) == ("spot", spot.location.lay)
    assert ("picture" in card) == (PICTURES.of_spot(spot) is not None)


def test_a_step_of_a_session_shows_where_to_press():
    step = {"type": "session_step", "point": "LI4", "part": "find"}
    card = with_card(Message.of("x", ReplyParts(card=step)), CATALOGUE, PICTURES).reply.card
    assert card["picture"]["address"].startswith(PREFIX)
    assert card["part"] == "find"


def test_a_picture_of_an_old_place_is_not_shown(folder):
    shutil.copytree(DATA_DIR / FOLDER, folder / FOLDER)
    lay = LI4.location.lay
    change(folder, "points.yml", lay, "On the back of the hand, near the wrist.")
    moved = Catalogue.load(folder).point("LI4")
    assert Pictures(folder).of_point(moved) is None
    assert Pictures(folder).of_point(CATALOGUE.point("BL23"))
    problems = [str(problem) for problem in picture_problems(folder)]
    assert len(problems) == 1
    assert "places.yml, line" in problems[0]
    assert "The picture of LI4 shows the old place" in problems[0]
    assert "make pictures" in problems[0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("start: l2, move", "start: l22, move", "The landmark 'l22' is not known."),
        ("toward: outer, cun: said", "toward: sideways, cun: said", "direction 'sideways'"),
        ("  - code: LI4\n", "  - code: LI9\n", "There is no point LI9."),
        ("  - {id: sole, close", "  - {id: soles, close", "The area sole has no place"),
        ("parts: [foot]}", "parts: [foots]}", "The part 'foots'"),
        ("width: 23,", "width: 24,", "The pictures are older than these rules."),
    ],
)
def test_a_mistake_in_the_places_is_named(folder, old, new, said):
    shutil.copy(DATA_DIR / FOLDER / LIST, folder)
    (folder / FOLDER).mkdir()
    shutil.move(str(folder / LIST), folder / FOLDER)
    line = change(folder, "places.yml", old, new)
    problems = picture_problems(folder)
    assert any(said.lower() in str(problem).lower() for problem in problems), problems
    if "older" not in said and "sole" not in said:
        assert line in [problem.line + d for problem in problems for d in range(-2, 7)]


def test_a_new_point_starts_without_a_picture(folder):
    """Nobody who adds a point must draw one first: the answer goes without."""
    assert Pictures(folder).names == []
    card = card_of(PointAnswers(CATALOGUE).locate(LI4), Pictures(folder))
    assert "picture" not in card
    assert card["where"] == LI4.location.lay


def test_the_contact_sheet_and_the_catalogue_show_all():
    sheet = (paths.DOCS / "pictures.md").read_text(encoding="utf-8")
    assert sheet == picture_page(CATALOGUE, PICTURES)
    catalogue = (paths.DOCS / "catalogue.md").read_text(encoding="utf-8")
    for name, kind, picture in PICTURES.drawn():
        assert picture.files["medium"] in sheet, (name, kind)
        if CATALOGUE.point(name):
            assert picture.files["medium"] in catalogue


def test_pictures_are_served_for_ever_and_to_other_sites(server):
    base = f"http://127.0.0.1:{server.port}"
    address = PICTURES.of_point(LI4).close.address()
    answer = requests.get(base + address, timeout=PATIENCE)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/webp"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    for name in ("LI4-close-medium.webp", "..%2fpoints.yml", "pictures.json", "anchors.json"):
        gone = requests.get(base + PREFIX + name, timeout=PATIENCE)
        assert gone.status_code == 404
        assert "no-store" in gone.headers["Cache-Control"]


def test_rest_names_the_picture_and_says_it_in_words(server):
    _, (message,) = server.request(
        "/webhooks/rest/webhook", {"sender": "picture", "message": "where is LI4"}
    )
    assert message["image"].startswith(f"http://127.0.0.1:{server.port}{PREFIX}LI4-close")
    assert requests.get(message["image"], timeout=PATIENCE).ok
    assert LI4.location.lay in message["image_alt"]
    assert LI4.location.lay in message["text"]  # the words stand without it


def test_the_body_map_comes_over_the_line(server):
    url = f"http://127.0.0.1:{server.port}/widget/body-map.json"
    answer = requests.get(url, timeout=PATIENCE)
    assert answer.json() == body_map(PICTURES, CATALOGUE)
    tag = {"If-None-Match": answer.headers["ETag"]}
    assert requests.get(url, headers=tag, timeout=PATIENCE).status_code == 304
