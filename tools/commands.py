"""Commands that measure: `python -m tools`."""

from __future__ import annotations

import asyncio
import datetime
import json
import tempfile
import warnings
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from bot.cli.options import (
    console,
)
from bot.cli.stopping import check_data, stop
from bot.cli.talk import exchange_with
from bot.runtime import paths
from bot.runtime.assistant import Assistant, Settings
from bot.runtime.prepare import prepare
from tools.readers.commands import reader_app

app = typer.Typer(
    help="Measure how well the assistant understands.", no_args_is_help=True, add_completion=False,
    pretty_exceptions_enable=False,
)  # fmt: skip
benchmark_app = typer.Typer(help="Measure against others.", no_args_is_help=True)
app.add_typer(benchmark_app, name="benchmark")
app.add_typer(reader_app, name="reader")


@app.command()
def evaluate(
    folds: Annotated[int, typer.Option(help="Into how many parts to split.", min=2, max=20)] = 5,
    lines: Annotated[int, typer.Option(help="How many lines per table.", min=1)] = 15,
    rows: Annotated[
        Path | None,
        typer.Option(envvar="ACUPOINT_EVALUATION", help="Folder with utterances.jsonl to ask too."),
    ] = None,
    report: Annotated[Path, typer.Option(help="Where the page is written.")] = paths.REPORT,
) -> None:
    """Cross-validate the intent model, ask the rows of a folder, and write a page about it."""
    prepare()
    check_data()
    from rich.progress import Progress

    from tools.evaluation.cross_validation import cross_validate
    from tools.evaluation.judged import Figures
    from tools.evaluation.report_page import write_report
    from tools.evaluation.rows import RowsMissing, put_rows, read_rows
    from tools.evaluation.tables import figures_tables, rows_tables

    try:
        asked = read_rows(rows) if rows else []
    except RowsMissing as error:
        raise stop(str(error)) from None
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("Cross-validating ...", total=folds)
        figures = Figures(cross_validate(folds, lambda done: progress.update(task, completed=done)))
        results = []
        if asked:
            task = progress.add_task("Asking the rows ...", total=len(asked))
            assistant = Assistant(Settings(state_folder=Path(tempfile.mkdtemp())))
            assistant.load_now()
            say = exchange_with(assistant)
            results = asyncio.run(
                put_rows(asked, say, lambda done: progress.update(task, completed=done))
            )
    for table in (*figures_tables(figures, lines), *rows_tables(results, lines)):
        console.print(table)
    write_report(report, figures, results)
    console.print(f"The page: {report}", highlight=False, soft_wrap=True)


@app.command("safety-figures")
def safety_figures(
    files: Annotated[list[Path], typer.Argument(help="Rows of a scorer, one JSON object a line.")],
) -> None:
    """Count signs found and false alarms in scored rows, and write them into the safety case."""
    from tools.evaluation.safety_figures import (
        ScoresUnreadable,
        figures_block,
        read_scores,
        shares,
        with_figures,
    )

    try:
        found = list(shares(read_scores(files)))
        block = figures_block(found, datetime.date.today())
        page = with_figures(paths.SAFETY_CASE.read_text(encoding="utf-8"), block)
    except ScoresUnreadable as error:
        raise stop(str(error)) from None
    paths.SAFETY_CASE.write_text(page, encoding="utf-8")
    table = Table("Suite", "What", "Count", "Share", "95 % interval")
    for share in found:
        low, high = share.interval
        count, part = f"{share.count} of {share.of}", f"{share.count / share.of:.1%}"
        table.add_row(share.suite, share.what, count, part, f"{low:.1%} to {high:.1%}")
    console.print(table)
    name = paths.SAFETY_CASE.relative_to(paths.ROOT)
    console.print(f"[green]written[/]  {name}", highlight=False)


@benchmark_app.command("nlu")
def benchmark_nlu(
    data: Annotated[Path, typer.Option(help="Folder with the public sets.")],
    sets: Annotated[
        str, typer.Option(help="Which sets, with commas between them.")
    ] = "banking77,hwu64,clinc150,hint3",
    seeds: Annotated[int, typer.Option(help="How often to draw examples.", min=1, max=20)] = 3,
    full: Annotated[bool, typer.Option(help="Learn from all examples, too.")] = True,
    diet: Annotated[
        bool,
        typer.Option(help="Rasa's default (DIET) on banking77 beside ours: make benchmark-diet."),
    ] = False,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the figures to this file, too.")
    ] = None,
) -> None:
    """Train the pipeline on public intent sets and hold its figures against those of others."""
    prepare()
    from rich.progress import Progress

    from tools.benchmark.diet import DietMissing, run_diet
    from tools.benchmark.pipeline import OWN_SUBJECT
    from tools.benchmark.plan import Plan
    from tools.benchmark.published import published
    from tools.benchmark.sets import SETS, SetMissing, read_sets
    from tools.benchmark.tables import as_data, score_tables

    names = [name.strip() for name in sets.split(",") if name.strip()]
    unknown = [name for name in names if name not in SETS]
    if unknown or not names:
        raise stop(f"'{', '.join(unknown)}' is no set. The sets are {', '.join(SETS)}.")
    try:
        found = read_sets(data, names)
    except SetMissing as error:
        raise stop(str(error)) from None
    plan = Plan(paths.CONFIG, partial(run_diet, data) if diet else None, found, seeds, full)
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("Training and asking ...", total=plan.steps)
        try:
            accuracies, bots = plan.run(
                lambda name: progress.update(task, advance=1, description=f"{name} done ...")
            )
        except DietMissing as error:
            raise stop(str(error)) from None
    for table in score_tables(accuracies, bots, published()):
        console.print(table)
    console.print(
        f"Left out of our pipeline, being about our own subject: {', '.join(OWN_SUBJECT)}. "
        "The best thresholds are chosen on the test messages, by others as by us. "
        "'?': not read again in its source. Where figures are from: tools/benchmark/published.yml.",
        style="dim", highlight=False,
    )  # fmt: skip
    if json_file:
        json_file.write_text(json.dumps(as_data(accuracies, bots), indent=2), encoding="utf-8")


def main() -> None:
    """Entry point of the commands."""
    # What Python says of slips in others' packages, when it reads them for the first time.
    warnings.simplefilter("ignore", SyntaxWarning)
    app()
