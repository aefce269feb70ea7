"""How well the camera finds points: python -m tests.widget.camera_accuracy FOLDER light|full.

FOLDER holds pictures and `truth.json`, as scripts/pictures/hands.py draws them. Each is given to
the real dialog as a photo, and the dot it draws is compared with the place on the mesh. Then one
picture is played as a camera, and the frames are counted. More arguments go to `acupoint run`.
"""

import json
import math
import os
import statistics
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.conftest import Server
from tests.patience import PATIENCE, until
from tests.widget.conftest import Chat, chromium

FAKE_CAMERA = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
DOTS = """() => [...document.querySelector('acupoint-chat').shadowRoot
  .querySelectorAll('.hand .mark')].map(mark => {
    const [ring, dot] = mark.querySelectorAll('circle');
    const view = mark.ownerSVGElement.viewBox.baseVal;
    return {x: +dot.getAttribute('cx') / view.width, y: +dot.getAttribute('cy') / view.height,
            radius: +ring.getAttribute('r') / view.width, mirrored:
            mark.closest('.hand-stage').hasAttribute('data-mirrored')};
})"""
SECONDS_OF_CAMERA = 12


def as_camera(picture: Path, folder: Path) -> Path:
    """The picture as a film that Chromium plays as its camera."""
    image = Image.open(picture).convert("RGB")
    image.thumbnail((640, 640))
    image = image.crop((0, 0, image.width // 2 * 2, image.height // 2 * 2))
    frame = folder / "frame.jpg"
    image.save(frame, quality=92)
    film = folder / f"{picture.stem}.mjpeg"
    film.write_bytes(frame.read_bytes() * 30)
    return film


def consent_to(chat, code, level=None):
    """Ask for a point, and come to where camera or photo is chosen."""
    chat.say(f"where is {code}")
    show = chat.page.get_by_role("button", name="Show me on my own hand").last

    def is_open():
        # On a busy machine the last part of the answer may close the window again.
        if not chat.see(".hand").count():
            show.click()
            chat.page.wait_for_timeout(500)
        return chat.see(".hand").count()

    until(is_open)
    if chat.see(".hand[data-step=pregnancy]").count():
        chat.page.get_by_role("button", name="No", exact=True).click()
    if level:
        chat.see(".hand select").select_option(level)


def give_photo(chat, photo):
    """Give a photo, and wait until it was looked at; the dots, as shares of the picture."""
    before = chat.see(".hand").get_attribute("data-done")
    chat.see(".hand input[type=file]").set_input_files(str(photo))
    chat.page.wait_for_function(
        "before => { const hand = document.querySelector('acupoint-chat').shadowRoot"
        ".querySelector('.hand'); return hand.dataset.step === 'trouble' || "
        "(hand.dataset.done && hand.dataset.done !== before) }",
        arg=before,
        timeout=1000 * PATIENCE,
    )
    return chat.page.evaluate(DOTS)


def share(count, of):
    return f"{count} of {of} ({count / of:.0%})" if of else "none"


def measure_photos(chat, folder, code):
    """Lines that tell how far off the dots of one point are."""
    truths = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    off, rings, backs, seen, lost, wrong_side = [], 0, 0, 0, 0, 0
    palms = kept_back = 0
    for name, truth in truths.items():
        place = truth["points"][code]
        dots = give_photo(chat, folder / name)
        told = chat.see(".sight-status").inner_text()
        if truth["palm"]:
            palms += 1
            kept_back += not dots
            continue
        backs += 1
        if not place["seen"]:
            continue
        seen += 1
        if not dots:
            lost += 1
            wrong_side += "palm" in told
            continue
        width, height = truth["size"]
        x, y = place["at"]
        away, radius = min(
            (math.hypot(dot["x"] * width - x, dot["y"] * height - y), dot["radius"] * width)
            for dot in dots
        )
        rings += away <= radius
        off.append(away * place["mm_per_pixel"])
    tenths = statistics.quantiles(off, n=10)
    return [
        f"{code}: {backs} backs of hands, the point in the picture in {seen}",
        f"  drawn in {share(seen - lost, seen)}; taken for a palm: {wrong_side}",
        f"  off by {statistics.median(off):.1f} mm (median), {tenths[8]:.1f} mm (nine of ten), "
        f"{max(off):.0f} mm (most); tenths: {' '.join(f'{t:.1f}' for t in tenths)}",
        f"  within the ring in {share(rings, len(off))}",
        f"  palms: nothing drawn on {share(kept_back, palms)}",
    ]


def measure_rate(playwright, address, film, level):
    """Frames a second with a camera that plays a film."""
    played = f"--use-file-for-fake-video-capture={film}"
    with chromium(playwright, *FAKE_CAMERA, played) as browser:
        context = browser.new_context(permissions=["camera"])
        context.set_default_timeout(60_000)
        chat = Chat(context.new_page(), address).open()
        consent_to(chat, "LI4", level)
        chat.page.get_by_role("button", name="Yes, use the camera").click()
        chat.wait_for(".hand .mark")
        chat.page.wait_for_timeout(SECONDS_OF_CAMERA * 1000)
        return float(chat.see(".hand").get_attribute("data-rate"))


def main(folder, level="full", *arguments):
    """Measure, and print."""
    server = Server("run", *arguments).wait()
    address = f"http://127.0.0.1:{server.port}"
    try:
        print(f"Model: {level}. Load of the machine: {os.getloadavg()[0]:.1f}")
        with sync_playwright() as playwright, tempfile.TemporaryDirectory() as scratch:
            film = as_camera(folder / "hand-008.jpg", Path(scratch))
            rate = measure_rate(playwright, address, film, level)
            print(f"Camera: {rate:.1f} frames a second", flush=True)
            with chromium(playwright) as browser:
                for code in ("LI4", "TE5"):
                    context = browser.new_context()
                    context.set_default_timeout(60_000)
                    chat = Chat(context.new_page(), address).open()
                    consent_to(chat, code, level)
                    print("\n".join(measure_photos(chat, folder, code)), flush=True)
                    context.close()
    finally:
        server.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
