"""A point on one's own hand, by photo and by camera: rendered hands, whose points are known."""

import json
import math
import re

import pytest

from bot.knowledge.catalogue import Catalogue
from bot.runtime import paths
from tests.patience import until
from tests.widget.camera_accuracy import (
    DOTS,
    FAKE_CAMERA,
    as_camera,
    consent_to,
    give_photo,
)
from tests.widget.conftest import WIDGET, Chat, chromium
from tests.widget.test_accessibility import focused, violations

HANDS = paths.ROOT / "tests" / "widget" / "hands"
TRUTH = json.loads((HANDS / "truth.json").read_text(encoding="utf-8"))
MOST_MM = 14
# Cameras that were opened, to see whether they still run.
REMEMBER_CAMERAS = """() => {
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  window.cameras = [];
  navigator.mediaDevices.getUserMedia = async (what) => {
    const stream = await ask(what);
    window.cameras.push(stream);
    return stream;
  };
}"""
RUNNING = (
    "() => window.cameras.filter(s => s.getTracks().some(t => t.readyState === 'live')).length"
)


def photo(name):
    return HANDS / f"{name}.webp"


def off(dot, name, code):
    """How far a dot is from the point, in mm on a hand of 185 mm."""
    truth = TRUTH[name]
    (x, y), (width, height) = truth["points"][code]["at"], truth["size"]
    return (
        math.hypot(dot["x"] * width - x, dot["y"] * height - y)
        * (truth["points"][code]["mm_per_pixel"])
    )


def told(chat):
    return chat.see(".sight-status").inner_text()


def sent(chat):
    """Everything the tab sends from now on: (method, address, body) of requests, and frames."""
    requests, frames = [], []
    chat.page.on("request", lambda r: requests.append((r.method, r.url, r.post_data_buffer)))
    chat.page.on("websocket", lambda s: s.on("framesent", lambda f: frames.append(f)))
    return requests, frames


def test_a_photo_of_the_back_gets_a_dot_a_palm_gets_none_and_nothing_is_sent(open_chat, server):
    chat = open_chat(server)
    requests, frames = sent(chat)
    chat.page.reload()
    chat.ready()
    chat.say("where is LI4")
    assert not any("vision" in url for _, url, _ in requests), "loaded before it was asked for"
    frames_before, asked_before = len(frames), len(requests)
    chat.page.get_by_role("button", name="Show me on my own hand").click()
    chat.wait_for(".hand")
    found = violations(chat, "pregnancy")
    chat.page.get_by_role("button", name="No", exact=True).click()
    found += violations(chat, "consent")
    assert "stays on this device" in chat.see(".hand").inner_text()
    for name in ("left_back", "right_back"):
        (dot,) = give_photo(chat, photo(name))
        assert off(dot, name, "LI4") < MOST_MM
        assert TRUTH[name]["side"] in told(chat)
        assert "back" in told(chat)
    found += violations(chat, "shown")
    assert "Stop at once" in chat.see(".hand").inner_text()
    assert "see a doctor" in chat.see(".hand").inner_text()
    # Whoever is told the wrong hand says so: then it is the palm of the other.
    chat.page.get_by_role("button", name="No, it is my left hand").click()
    assert chat.page.evaluate(DOTS) == []
    assert "left palm" in told(chat)
    for name in ("left_palm", "right_palm"):
        assert give_photo(chat, photo(name)) == []
        assert f"{TRUTH[name]['side']} palm" in told(chat)
        assert "turn your hand over" in told(chat)
    assert found == []
    # The models came from this server, nothing went to any other, and no picture went anywhere.
    later = requests[asked_before:]
    assert any("vision" in url for _, url, _ in later)
    assert {re.sub(r"^(blob:)?(\w+://[^/]+).*", r"\2", url) for _, url, _ in later} == {
        chat.address
    }
    assert all(method == "GET" and not body for method, _, body in later)
    assert all(len(frame) < 50 for frame in frames[frames_before:])
    assert chat.problems == []


def test_the_light_model_and_a_point_of_the_forearm(open_chat, server):
    chat = open_chat(server)
    consent_to(chat, "TE5", "light")
    assert "forearm" in chat.see(".hand").inner_text()
    (dot,) = give_photo(chat, photo("left_back"))
    assert off(dot, "left_back", "TE5") < 2 * MOST_MM
    assert any("landmark_lite" in address for address in chat.asked)
    assert not any("landmark_full" in address for address in chat.asked)
    chat.page.keyboard.press("Escape")
    assert focused(chat) == "Show me on my own hand"
    assert chat.see(".hand").count() == 0
    assert chat.page.locator("iframe").count() == 0


@pytest.mark.parametrize(
    ("answer", "says"), [("Yes", "I am pregnant"), ("I am not sure", "I might be pregnant")]
)
def test_in_pregnancy_nothing_is_drawn_and_the_assistant_knows(chat, answer, says):
    chat.say("where is LI4")
    with chat.awaiting_answer():
        chat.page.get_by_role("button", name="Show me on my own hand").click()
        chat.page.get_by_role("button", name=answer, exact=True).click()
    assert "midwife or doctor" in chat.see(".hand").inner_text()
    assert chat.see(".hand .sight-body button").count() == 0
    assert not any("vision" in address for address in chat.asked)
    assert focused(chat) == "Close"
    chat.page.keyboard.press("Enter")
    assert chat.said[-1] == says
    assert "midwife" in chat.answers[-1]
    # Nor on the old card, or at another point of the hand.
    chat.page.get_by_role("button", name="Show me on my own hand").click()
    assert "pregnant" in chat.see(".hand").inner_text()
    assert chat.see(".hand .sight-body button").count() == 0


@pytest.fixture
def camera_chat(driver, server, tmp_path):
    """A chat in a browser whose camera shows the back of a left hand."""
    with chromium(
        driver,
        *FAKE_CAMERA,
        f"--use-file-for-fake-video-capture={as_camera(photo('left_back'), tmp_path)}",
    ) as browser:
        context = browser.new_context(permissions=["camera"])
        context.set_default_timeout(30_000)
        context.add_init_script(f"({REMEMBER_CAMERAS})()")
        yield Chat(context.new_page(), f"http://127.0.0.1:{server.port}").open()


def test_the_camera_shows_the_point_and_stops_when_it_is_left(camera_chat):
    chat = camera_chat
    consent_to(chat, "LI4", "light")
    chat.page.evaluate(
        """() => { window.heardHere = [];
          const status = document.querySelector('acupoint-chat').shadowRoot
            .querySelector('.sight-status');
          new MutationObserver(() => window.heardHere.push(status.textContent))
            .observe(status, {childList: true, characterData: true, subtree: true}); }"""
    )
    assert chat.page.evaluate("window.cameras.length") == 0, "asked before there was consent"
    camera = chat.page.get_by_role("button", name="Yes, use the camera")
    camera.click()
    chat.wait_for(".sight-status", "back of your left hand")
    (dot,) = chat.page.evaluate(DOTS)
    dot["x"] = 1 - dot["x"] if dot["mirrored"] else dot["x"]
    assert off(dot, "left_back", "LI4") < MOST_MM
    chat.page.wait_for_timeout(1_000)
    assert len([each for each in chat.page.evaluate("heardHere") if "looks like" in each]) == 1
    # Held still, and back.
    chat.page.get_by_role("button", name="Hold the picture").click()
    chat.wait_for(".hand[data-done]")
    assert chat.page.evaluate(RUNNING) == 0
    assert len(chat.page.evaluate(DOTS)) == 1
    chat.page.get_by_role("button", name="Back to the camera").click()
    chat.wait_for(".hand .mark")
    assert chat.page.evaluate(RUNNING) == 1
    # The tab is hidden.
    chat.page.evaluate("""() => {
      Object.defineProperty(document, 'hidden', {value: true, configurable: true});
      document.dispatchEvent(new Event('visibilitychange'));
    }""")
    assert chat.page.evaluate(RUNNING) == 0
    assert "turned the camera off" in told(chat)
    chat.page.evaluate("delete document.hidden")
    chat.page.get_by_role("button", name="Start the camera").click()
    chat.wait_for(".hand .mark")
    # Something new is said.
    with chat.awaiting_answer():
        chat.page.evaluate("document.querySelector('acupoint-chat').send('thanks')")
    assert chat.page.evaluate(RUNNING) == 0
    assert chat.see(".hand").count() == 0
    # Closed.
    consent_to(chat, "LI4", "light")
    camera.click()
    chat.wait_for(".hand .mark")
    chat.page.keyboard.press("Escape")
    assert chat.page.evaluate(RUNNING) == 0
    assert chat.problems == []


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("NotAllowedError", "not allowed"),
        ("NotFoundError", "no camera"),
        ("NotReadableError", "Another program"),
    ],
)
def test_without_a_camera_there_is_a_kind_word_and_a_photo(open_chat, server, error, words):
    chat = open_chat(server)
    chat.page.evaluate(
        """name => { navigator.mediaDevices.getUserMedia = async () => {
             throw new DOMException('', name); } }""",
        error,
    )
    consent_to(chat, "LI4")
    chat.page.get_by_role("button", name="Yes, use the camera").click()
    chat.wait_for(".hand[data-step=trouble]")
    assert words in told(chat)
    assert violations(chat, error) == []
    assert focused(chat) == "Use a photo instead"
    assert not any("vision" in address for address in chat.asked)


def test_a_warning_that_stands_is_in_the_window_and_a_new_one_closes_it(chat):
    chat.say("my fingers tingle, pins and needles in both hands")
    chat.say("where is LI4")
    chat.page.get_by_role("button", name="Show me on my own hand").click()
    assert "both hands" in chat.see(".hand .sight-warning").inner_text()
    with chat.awaiting_answer():
        chat.page.evaluate(
            "document.querySelector('acupoint-chat').send('I cant feel it when I wipe')"
        )
    assert chat.see(".hand").count() == 0
    assert "emergency" in chat.see(".banner").inner_text()
    assert not chat.page.get_by_role("button", name="Show me on my own hand").is_visible()


def another_than(seen, picture):
    return None if picture in seen else picture


def test_the_figure_turns_with_keys_and_buttons(chat):
    chat.say("where is BL23")
    assert chat.page.get_by_role("button", name="Show me on my own hand").count() == 0
    chat.page.get_by_role("button", name="Turn it").click()
    chat.wait_for(".turn canvas")
    assert "both sides" in told(chat)
    assert "BL23" in focused(chat)
    seen = [chat.see(".turn canvas").screenshot()]
    for press in (
        lambda: chat.page.keyboard.press("ArrowRight"),
        lambda: chat.page.get_by_role("button", name="Nearer").click(),
        lambda: chat.page.get_by_role("button", name="Whole body").click(),
    ):
        press()
        seen.append(until(lambda: another_than(seen, chat.see(".turn canvas").screenshot())))
    assert violations(chat, "figure") == []
    assert chat.problems == []
    chat.page.keyboard.press("Escape")
    assert focused(chat) == "Turn it"


def test_without_webgl_there_are_words_instead(driver, server):
    with chromium(driver, "--use-gl=disabled") as browser:
        context = browser.new_context()
        context.set_default_timeout(30_000)
        chat = Chat(context.new_page(), f"http://127.0.0.1:{server.port}").open()
        consent_to(chat, "LI4")
        assert give_photo(chat, photo("left_back")) == []
        assert "WebGL" in told(chat)
        chat.page.keyboard.press("Escape")
        chat.page.get_by_role("button", name="Turn it").click()
        chat.wait_for(".turn .sight-status", "WebGL")


def test_every_point_that_is_avoided_in_pregnancy_is_asked_about():
    source = (WIDGET / "src" / "camera" / "points.ts").read_text(encoding="utf-8")
    asks = dict(re.findall(r'code: "(\w+)",.*?asksPregnancy: (true|false)', source, re.DOTALL))
    catalogue = Catalogue.load()
    assert asks
    for code, asked in asks.items():
        point = catalogue.point(code)
        assert point, code
        assert (asked == "true") == ("pregnancy_point" in point.cautions), code


def test_every_point_is_on_the_figure_on_both_its_sides():
    told = json.loads((paths.ROOT / "data" / "pictures" / "anchors.json").read_text())["points"]
    for point in Catalogue.load().points:
        places = {tuple(place["place"]) for place in told[point.code].values()}
        assert len(places) == (2 if point.sides == "both" else 1), point.code
