"""What the body map in the chat is made of: figures, shapes to tap, and what a tap says."""

from __future__ import annotations

from bot.answers.builder import sentence
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.pictures import Pictures, figure_of
from bot.text.json_types import JsonObject

# What a tap says in the person's place. It goes the way of all typed words.
_PRESS = "Which points are on {area}?"
_HURTS = "{Area} hurts. Where can I press?"


def body_map(pictures: Pictures, catalogue: Catalogue) -> JsonObject:
    """The map: its sides with the shapes of areas, and every area with what choosing it says.

    Areas that no shape shows, such as the sole, are in the list all the same.
    """
    views = []
    for view in pictures.body_map.get("views", []):
        figure = figure_of(view)
        shapes = [shape for shape in view["shapes"] if catalogue.area(shape["area"])]
        views.append(
            {
                "side": view["side"],
                "width": figure.width,
                "height": figure.height,
                "tones": {tone: figure.address(tone) for tone in figure.files},
                "shapes": shapes,
            }
        )
    areas = [
        {
            "id": area.id,
            "name": area.name,
            "press": _PRESS.format(area=_mine(area.name)),
            "hurts": _HURTS.format(Area=sentence(_mine(area.name))),
        }
        for area in catalogue.areas
    ]
    return {"version": 1, "views": views, "areas": areas}


def _mine(name: str) -> str:
    """'my hand', 'the back of my knee'."""
    part, of_the, whole = name.partition(" of the ")
    return f"the {part} of my {whole}" if of_the else f"my {name}"
