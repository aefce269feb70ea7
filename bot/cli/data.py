"""Commands about the facts and the answers: what they are, and whether they are right."""

from __future__ import annotations

import datetime
from typing import Annotated

import typer
from rich.markdown import Markdown
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table

from bot.cli.options import (
    console,
)
from bot.cli.stopping import check_data, stop, stop_for
from bot.knowledge.catalogue import Catalogue
from bot.knowledge.schema.data_files import DataError
from bot.runtime import paths


def check(
    record: Annotated[
        str | None,
        typer.Option(help="Write this as the dated reason for what changed in guarded data."),
    ] = None,
) -> None:
    """Check all data files. A mistake is named with file, line and remedy."""
    from bot.gate.gate import check_everything
    from bot.gate.picture_check import picture_problems

    if record is not None:
        _record(record)
    stop_for(check_everything() + picture_problems())
    catalogue = Catalogue.load()
    console.print(
        f"[green]All data files are right:[/] {len(catalogue.points)} points, "
        f"{len(catalogue.facts.article_areas)} areas of the articles, "
        f"{len(catalogue.answers)} general answers."
    )


def points(
    area: Annotated[str | None, typer.Option(help="Only points of this part of the body.")] = None,
    complaint: Annotated[
        str | None, typer.Option("--for", help="Only points used for this complaint.")
    ] = None,
) -> None:
    """List the points as a table."""
    catalogue = check_data()
    for value, known, kind in (
        (area, [a.id for a in catalogue.areas], "part of the body"),
        (complaint, [c.id for c in catalogue.complaints], "complaint"),
    ):
        if value and value not in known:
            raise stop(f"'{value}' is not a known {kind}. Known: {', '.join(known)}.")
    chosen = catalogue.points
    if area or complaint:
        chosen = [suggested.point for suggested in catalogue.points_for(area, complaint)]
    table = Table("Code", "Name", "English", "Where", "Used for", show_lines=True)
    for point in chosen:
        purposes = ", ".join(p.complaint.replace("_", " ") for p in point.purposes)
        table.add_row(
            point.code, point.names.pinyin, point.names.english[0], point.location.lay, purposes
        )
    console.print(table)


def sources() -> None:
    """List what the facts rest on, and how much of it was read."""
    table = Table("Id", "Kind", "Read", "Title", "Where")
    for source in check_data().sources:
        kind = source.kind.value.replace("_", " ")
        table.add_row(source.id, kind, source.read.value, source.title, source.where)
    console.print(table)


def docs() -> None:
    """Write again what is made of the data and the code.

    docs/catalogue.md and pictures.md, the JSON Schemas of the data, the chat's types of messages
    and its emergency numbers, and the Alexa skill package.
    """
    from bot.answers.pages.catalogue_page import catalogue_page
    from bot.answers.pages.picture_page import picture_page
    from bot.channels.alexa.skill_package import alexa_files
    from bot.gate import numbers_typescript, typescript
    from bot.gate.schemas import schema_files
    from bot.knowledge.pictures import Pictures

    catalogue, pictures = check_data(), Pictures.load()
    files = {
        paths.DOCS / "catalogue.md": catalogue_page(catalogue, pictures),
        paths.DOCS / "pictures.md": picture_page(catalogue, pictures),
        **schema_files(paths.DATA),
        paths.ROOT / typescript.FILE: typescript.message_types(),
        paths.ROOT / numbers_typescript.FILE: numbers_typescript.number_table(),
        **{paths.ROOT / name: text for name, text in alexa_files(paths.DATA / "nlu.yml").items()},
    }
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        same = path.is_file() and path.read_text(encoding="utf-8") == text
        path.write_text(text, encoding="utf-8")
        name = path.relative_to(paths.ROOT)
        console.print(f"{'unchanged' if same else '[green]written[/]  '}  {name}", highlight=False)


def replies(
    address: Annotated[str, typer.Argument(help="One address, or the beginning of some.")] = "",
) -> None:
    """Print answers by their address, e.g. 'press:LI4', or 'topic:' for all topics."""
    from bot.gate.every_reply import every_reply

    found = {k: v for k, v in every_reply(check_data()).items() if k.startswith(address)}
    if not found:
        raise stop(f"No answer begins with '{address}'.")
    if not address:
        console.print("\n".join(found), highlight=False)
        return
    for name, reply in found.items():
        console.print(
            Panel(Markdown(reply.written), title=name), f"[dim]{escape(reply.spoken)}[/]\n"
        )


def show(
    code: Annotated[str, typer.Argument(help="Code or name, e.g. LI4 or Hegu.")],
    picture: Annotated[bool, typer.Option("--picture", help="Open its picture, too.")] = False,
) -> None:
    """Show everything about one point."""
    catalogue = check_data()
    from bot.answers.builder import told
    from bot.knowledge.pictures import USUAL_TONE, Pictures
    from bot.understanding.mentions.finder import clean, default_finder

    found = [m.value for m in default_finder().find(clean(code)) if m.kind == "point"]
    point = catalogue.point(found[0]) if found else None
    if point is None:
        raise stop(f"'{code}' is not a point I know. 'acupoint points' lists them.")
    table = Table(title=f"{point.code}  {point.names.pinyin_tones}  {point.names.characters}",
                  show_header=False, show_lines=True)  # fmt: skip
    press = point.press
    pictures = Pictures.load()
    pair = pictures.of_point(point)
    drawn = [pictures.folder / each.files[USUAL_TONE] for each in pair or ()]
    rows = {
        "English": ", ".join(point.names.english),
        "Also called": ", ".join(point.aliases),
        "Line": point.meridian,
        "Where": point.location.lay,
        "To find it": point.find,
        "For professionals": point.location.professional,
        "Said aloud": point.location.spoken,
        "How to press": press.how,
        "Hold": f"{press.hold_seconds[0]} to {press.hold_seconds[1]} seconds, {press.rounds}, "
        f"{press.times_a_day} a day",
        "Position": press.posture,
        "Used for": "\n".join(
            f"- {p.complaint.replace('_', ' ')} ({', '.join(p.sources)})" for p in point.purposes
        ),
        "With": ", ".join(press.tools),
        "Not with": ", ".join(press.not_with),
        "Goes well with": ", ".join(point.combine_with),
        "Cautions": "\n".join(f"- {catalogue.caution(c).written}" for c in point.cautions),
        "Other pages": "\n".join(f"- {told(c)}" for c in point.conflicts),
        "Sources": ", ".join(point.sources),
        "Pictures": "\n".join(str(path.relative_to(paths.ROOT)) for path in drawn),
    }
    for name, value in rows.items():
        if value:
            table.add_row(f"[bold]{name}[/]", value)
    console.print(table)
    console.print(f"[italic]{catalogue.guidance('general').written}[/]")
    if picture and drawn:
        typer.launch(str(drawn[0]))


def _record(reason: str) -> None:
    """Write the reason into each file whose guarded part changed."""
    from bot.gate.guarded import record

    try:
        written = record(paths.DATA, reason, datetime.date.today())
    except DataError as error:
        stop_for(error.problems)
        return
    for name in written:
        console.print(f"[green]written[/]  {name}", highlight=False)
    if not written:
        console.print("Nothing guarded has changed, so no reason was written.")
