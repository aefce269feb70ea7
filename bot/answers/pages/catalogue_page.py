"""docs/catalogue.md: the whole catalogue on one page, written from the data files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bot.answers.builder import join, seconds, title
from bot.answers.pages.picture_page import both
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.pictures import Pictures
from bot.knowledge.schema.points import ArticleArea, BodyArea, Complaint, Point, Severity, Sides

_INTRO = """# The catalogue

Every fact the assistant answers from, on one page. It is written by `acupoint docs` from the files
in `data/`; change those, not this page.

Locations follow the WHO standard of 2008. What a point is used for is tradition, told by the named
sources; no trial has tested any of these points on its own. This page gives no medical advice.
"""


def catalogue_page(catalogue: Catalogue, pictures: Pictures) -> str:
    """The page as Markdown."""
    parts = [
        _INTRO,
        "## Points\n",
        *_point_table(catalogue),
        "\n## Spots that an article shows without a name\n",
        *_spot_table(catalogue),
        "\n## Parts of the body\n",
        *_ranked_table("Part of the body", catalogue.areas),
        "\n## What people want eased\n",
        *_ranked_table("Complaint", catalogue.complaints),
        "\n## Point by point\n",
        *(line for point in catalogue.points for line in _point(catalogue, point, pictures)),
        "## Where the articles are wrong\n",
        "A claim marked danger is never repeated to anybody.\n",
        *_conflict_table(catalogue),
        "\n## Old Bladder numbers\n",
        *_table(
            ("Old number", "WHO code", "What the assistant says"),
            ((n.old, n.code, n.explain) for n in catalogue.old_numbers.values()),
        ),
        "\n## Cautions\n",
        *_caution_table(catalogue),
        "\n## Tools\n",
        *_table(
            ("Tool", "What it is", "How long", "Never"),
            ((t.name, t.summary, t.how_long, t.never_on) for t in catalogue.tools),
        ),
        "\n## Sources\n",
        *_table(
            ("Id", "Kind", "Read", "Title", "Where"),
            (
                (s.id, s.kind.value.replace("_", " "), s.read.value, s.title, s.where)
                for s in catalogue.sources
            ),
        ),
    ]
    return "\n".join(parts) + "\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(_cell(value) for value in row)} |"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _point_table(catalogue: Catalogue) -> Iterator[str]:
    yield from _table(
        ("Code", "Name", "Where", "Used for", "Hold", "Pregnancy"),
        (
            (
                f"[{point.code}](#{_anchor(point)})",
                f"{point.names.pinyin_tones} {point.names.characters}, {point.names.english[0]}",
                point.location.lay,
                ", ".join(purpose.complaint.replace("_", " ") for purpose in point.purposes),
                seconds(point),
                "avoid this point" if "pregnancy_point" in point.cautions
                else "avoid this region" if "pregnancy_region" in point.cautions
                else "ask first",
            )
            for point in catalogue.points
        ),
    )  # fmt: skip


def _anchor(point: Point) -> str:
    return title(point).lower().replace(" ", "-").strip("()").replace("(", "").replace(")", "")


def _spot_table(catalogue: Catalogue) -> Iterator[str]:
    yield from _table(
        ("Spot", "Where", "Most likely", "How sure", "Pressed"),
        (
            (spot.name, spot.location.lay, ", ".join(spot.likely) or "no point", spot.confidence,
             spot.press.how if spot.press else "no steps given")
            for spot in catalogue.article_areas
        ),
    )  # fmt: skip


def _ranked_table(kind: str, entries: Iterable[BodyArea | Complaint]) -> Iterator[str]:
    yield from _table(
        (kind, "Points, best first", "Why"),
        (
            (
                entry.name,
                ", ".join(ranked.code for ranked in entry.points),
                " ".join(f"**{ranked.code}** {ranked.why}" for ranked in entry.points),
            )
            for entry in entries
        ),
    )


def _point(catalogue: Catalogue, point: Point, pictures: Pictures) -> Iterator[str]:
    press, names = point.press, point.names
    sides = "one on each side" if point.sides is Sides.BOTH else "one, on the midline"
    tools = {tool.id: tool.name for tool in catalogue.tools}
    yield f"### {title(point)}\n"
    pair = pictures.of_point(point)
    if pair:
        yield both(pair, title(point)) + "\n"
    rows = {
        "Names": f"{names.pinyin_tones} {names.characters}; {', '.join(names.english)}",
        "Also called": ", ".join(point.aliases),
        "Meridian": f"{point.meridian}, {sides}",
        "Where": point.location.lay,
        "For professionals": point.location.professional,
        "Said aloud": point.location.spoken,
        "To find it": point.find,
        "Press": press.how,
        "Hold": f"{seconds(point)}, {press.rounds}, {press.times_a_day} a day",
        "Position": press.posture,
        "With": ", ".join(tools[tool] for tool in press.tools),
        "Not with": ", ".join(tools[tool] for tool in press.not_with),
        "Used for": "; ".join(
            f"{purpose.complaint.replace('_', ' ')} ({', '.join(purpose.sources)})"
            for purpose in point.purposes
        ),
        "Goes well with": ", ".join(point.combine_with),
        "Cautions": ", ".join(catalogue.caution(caution).name for caution in point.cautions),
        "Note": point.note,
        "Sources": ", ".join(point.sources),
    }
    for name, value in rows.items():
        if value:
            yield f"- **{name}:** {_cell(value)}"
    yield ""


def _conflict_table(catalogue: Catalogue) -> Iterator[str]:
    holders: list[tuple[str, Point | ArticleArea]] = [
        *((point.code, point) for point in catalogue.points),
        *((spot.name, spot) for spot in catalogue.article_areas),
    ]
    yield from _table(
        ("Point or spot", "How bad", "Source", "What it says", "What we say", "Why"),
        (
            (name, conflict.severity.value, conflict.source,
             "(not repeated)" if conflict.severity is Severity.DANGER else conflict.says,
             conflict.we_say, conflict.why)
            for name, holder in holders
            for conflict in holder.conflicts
        ),
    )  # fmt: skip


def _caution_table(catalogue: Catalogue) -> Iterator[str]:
    switched_on: dict[str, list[str]] = {}
    for condition in catalogue.conditions:
        for caution in condition.cautions:
            switched_on.setdefault(caution, []).append(
                f"{condition.name} (withholds {condition.withhold.value.replace('_', ' ')})"
            )
    yield from _table(
        ("Caution", "What is said", "Points", "Conditions that switch it on", "Sources"),
        (
            (
                caution.name,
                caution.written,
                _holders(catalogue, caution.id),
                join(switched_on.get(caution.id, [])),
                ", ".join(caution.sources),
            )
            for caution in catalogue.cautions
        ),
    )


def _holders(catalogue: Catalogue, caution: str) -> str:
    codes = [point.code for point in catalogue.points if caution in point.cautions]
    return "all" if len(codes) == len(catalogue.points) else ", ".join(codes) or "tools only"
