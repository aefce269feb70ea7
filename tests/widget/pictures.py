"""Pictures of the chat in its states: python -m tests.widget.pictures FOLDER [WIDTH ...].

Takes every state at these widths, else at three. The few that the documents show are written to
docs/images.
"""

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from bot.runtime import paths
from tests.conftest import Server
from tests.widget.camera_accuracy import give_photo
from tests.widget.conftest import CHROMIUM, Chat

SIZES = {360: 740, 768: 900, 1280: 800}
KEPT = {
    "welcome": 360,
    "card": 360,
    "pressing": 360,
    "points": 360,
    "pain": 360,
    "sheet": 360,
    "hold": 360,
    "emergency": 360,
    "dark": 360,
    "map": 360,
    "scale": 360,
    "own-hand": 360,
    "figure": 360,
}
NUMB = "I am in the UK. since this morning i cant feel it when i wipe"


def states(chat):
    """Go through the states; yields the name of each."""
    yield "welcome"
    chat.see("[aria-haspopup=dialog]").click()
    chat.wait_for(".map-list")
    yield "map"
    chat.page.keyboard.press("Escape")
    chat.say("where is LI4")
    yield "card"
    chat.see(".start").click()
    yield "pressing"
    chat.see(".start").click()
    chat.see(".card").get_by_role("button", name="How", exact=True).click()
    yield "card-open"
    chat.page.get_by_role("button", name="Show me on my own hand").click()
    chat.page.get_by_role("button", name="No", exact=True).click()
    yield "own-hand-consent"
    give_photo(chat, paths.ROOT / "tests" / "widget" / "hands" / "right_back.webp")
    yield "own-hand"
    chat.page.keyboard.press("Escape")
    chat.page.get_by_role("button", name="Turn it").click()
    chat.wait_for(".turn canvas")
    yield "figure"
    chat.page.keyboard.press("Escape")
    chat.say("show me points for my lower back")
    yield "points"
    chat.say("how do i use a tennis ball")
    yield "method"
    chat.see(".menu > button").click()
    yield "menu"
    chat.page.get_by_role("button", name="A page for my doctor").click()
    yield "sheet"
    chat.page.get_by_role("button", name="Close").click()
    chat.say("My lower back hurts")
    yield "pain"
    chat.say("help me do a session")
    yield "consent"
    chat.press("Yes")
    yield "scale"
    chat.say("6")
    chat.press("Next")
    chat.press("Next")
    yield "find"
    chat.press("Next")
    chat.page.wait_for_timeout(6_000)
    yield "hold"
    chat.say("what is it good for?")
    yield "question-in-between"
    chat.say("my back hurts and i have had a fever since yesterday")
    yield "urgent"
    chat.say("thanks")
    yield "urgent-later"
    chat.say(NUMB)
    yield "emergency"
    chat.page.emulate_media(color_scheme="dark")
    yield "dark"
    chat.page.emulate_media(color_scheme="light")
    chat.write("pain " * 8_000)
    chat.wait_for(".delivery", "too long")
    yield "too-long"
    chat.page.context.set_offline(True)
    chat.write("are you there?")
    chat.status("offline")
    yield "offline"


def main(folder, widths):
    """Take all pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    images = paths.ROOT / "docs" / "images"
    images.mkdir(exist_ok=True)
    server = Server("run").wait()
    program = next(filter(None, map(shutil.which, CHROMIUM)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for width in widths:
            context = browser.new_context(viewport={"width": width, "height": SIZES[width]})
            chat = Chat(context.new_page(), f"http://127.0.0.1:{server.port}").open()
            for name in states(chat):
                chat.page.wait_for_timeout(500)
                picture = Image.open(io.BytesIO(chat.page.screenshot()))
                picture.save(folder / f"{name}-{width}.png")
                if KEPT.get(name) == width:
                    picture.save(images / f"chat-{name}.webp", quality=75, method=6)
            context.close()
        browser.close()
    server.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(each) for each in sys.argv[2:]] or list(SIZES))
