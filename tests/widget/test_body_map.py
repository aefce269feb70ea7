"""The body map and the pictures in a browser: by finger, by keyboard, on a narrow screen."""

from tests.widget.test_accessibility import violations

MAP = "[aria-haspopup=dialog]"
# A place well within a shape, on the screen.
WITHIN = """path => {
  const box = path.getBBox(), svg = path.ownerSVGElement, inside = (x, y) => {
    const at = svg.createSVGPoint(); at.x = x; at.y = y; return path.isPointInFill(at);
  };
  for (let y = box.y; y < box.y + box.height; y += 2)
    for (let x = box.x; x < box.x + box.width; x += 2)
      if ([-3, 0, 3].every(d => inside(x + d, y) && inside(x, y + d))) {
      const at = new DOMPoint(x, y).matrixTransform(path.getScreenCTM());
      return [at.x, at.y];
    }
}"""


def open_map(chat):
    chat.see(MAP).click()
    chat.wait_for(".map-list")


def tap(chat, side, area):
    """Tap into an area's shape, which may have a piece on either side of the body."""
    chat.see(f".map-either input[value={side}]").check(force=True)
    shape = chat.see(f"[data-side={side}] path[data-area={area}]")
    shape.scroll_into_view_if_needed()
    chat.page.mouse.click(*shape.evaluate(WITHIN))


def test_what_is_tapped_is_said_and_answered(chat):
    loaded = [url for url in chat.asked if "body_map" in url or "body-map" in url]
    assert loaded == []  # only when it is opened
    open_map(chat)
    assert chat.see("[data-side=back]").is_visible()  # people with back pain see the back first
    assert not chat.see("[data-side=front]").is_visible()
    tap(chat, "back", "lower_back")
    chat.wait_for(".person .bubble", "Which points are on my lower back?")
    chat.wait_for(".card .code", "BL23")
    open_map(chat)
    tap(chat, "front", "knee")
    chat.wait_for(".card .code", "GB34")
    open_map(chat)
    chat.see(".map-either input[value=hurts]").check(force=True)
    tap(chat, "back", "hand")
    chat.wait_for(".person .bubble", "My hand hurts. Where can I press?")
    chat.wait_for(".card .code", "LI4")
    assert chat.problems == []
    assert all(url.startswith((chat.address, "blob:", "data:")) for url in chat.asked)


def test_the_list_says_the_same_by_keyboard_and_axe_finds_nothing(chat):
    chat.page.set_viewport_size({"width": 320, "height": 640})
    chat.see(MAP).focus()
    chat.page.keyboard.press("Enter")
    chat.wait_for(".map-list")
    assert violations(chat, "map") == []
    wide = chat.see(".body-map").evaluate("e => e.scrollWidth - e.clientWidth")
    assert wide <= 0  # nothing to scroll sideways
    chat.page.keyboard.press("Escape")
    assert not chat.see(".body-map").is_visible()
    chat.page.keyboard.press("Enter")
    chat.wait_for(".map-list [data-area=sole]")
    chat.see(".map-list [data-area=sole]").focus()
    chat.page.keyboard.press("Enter")
    chat.wait_for(".person .bubble", "Which points are on the sole of my foot?")
    chat.wait_for(".card .code", "LR3")


def test_pictures_come_when_seen_in_the_tone_that_was_chosen(chat):
    chat.say("where is LI4")
    near = chat.see(".card .picture").first
    near.scroll_into_view_if_needed()
    chat.page.wait_for_function(
        "() => document.querySelector('acupoint-chat').shadowRoot"
        ".querySelector('.card .picture').naturalWidth > 0"
    )
    assert "back of the left hand" in near.get_attribute("alt")
    assert near.get_attribute("width") == near.get_attribute("height") == "480"
    box, body = near.bounding_box(), chat.see(".card .picture").last.bounding_box()
    assert box["width"] > 1.4 * body["width"]  # the near one is large, the body beside it
    assert body["x"] > box["x"] + box["width"] - 1
    chat.see(".menu > button").click()
    chat.see(".menu-list button").filter(has_text="dark skin").click()
    assert "-dark." in near.get_attribute("src")
    pressed = chat.see(".menu-list [aria-pressed=true]").all_inner_texts()
    assert [each for each in pressed if "skin" in each] == ["Pictures: dark skin"]
    chat.page.reload()
    chat.ready()
    assert "-dark." in chat.see(".card .picture").first.get_attribute("src")
