"""Commands that ask the graph: query, diff."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import click

from kgbuild.ask.terms import visible
from kgbuild.cli.options import ontology_option, output_option
from kgbuild.cli.printing import show, writable
from kgbuild.cli.program import harmless, plainly
from kgbuild.errors import KgbuildError


@click.command(add_help_option=False)
@click.argument("question", required=False)
@click.argument("names", nargs=-1, metavar="[NAME]...")
@output_option
@click.option(
    "-f",
    "--format",
    "style",
    default="table",
    show_default=True,
    type=click.Choice(["table", "csv", "tsv", "json", "jsonl", "sparql-json", "turtle", "markdown", "html"]),
    help="json: a list of flat objects; jsonl: one a line; sparql-json: as SPARQL 1.1 has it; turtle: of a CONSTRUCT.",
)
@click.option("--since", metavar="DATE", help="Not what was before: a day, a month or a year.")
@click.option("--until", metavar="DATE", help="Not what was after. An event that no text dates is of the day of its report.")
@click.option("--state", metavar="NAME", help="Instead of the first NAME: everyone who acts for this state or organisation.")
@click.option("--sort", metavar="COLUMN", help="Sort by a column; downwards with a hyphen before it: --sort=-sources.")
@click.option("--limit", metavar="N", type=click.IntRange(1), help="So many rows at most.")
@click.option(
    "--timeout",
    default=60.0,
    show_default=True,
    type=click.FloatRange(0.1),
    help="Seconds that answering and laying out may take.",
)
@ontology_option
@click.option("-h", "--help", "explained", is_flag=True, help="This message; after a question, what that one tells.")
@plainly
def query(
    question: str | None,
    names: tuple[str, ...],
    output: Path,
    style: str,
    timeout: float,
    explained: bool,
    ontology: Path | None,
    **chosen: Any,
) -> None:
    """Ask the graph: a named question (with a name, or two), SPARQL text, a .rq file, or - for stdin.

    Without a question, the named ones are listed; a .rq file in queries/ of the output folder, or in a folder that
    KGBUILD_QUERIES names, is one too. Exit code 1 where nothing is found. On a terminal long tables go through $PAGER.
    An answer has 60 seconds, and 2 GB of memory on Linux, where its process can neither call another computer nor read
    other files. Example: kgbuild query met Russia Ukraine --since 2022
    """
    from kgbuild.ask import questions
    from kgbuild.ask.worker import Chosen, Remark, bounded_text
    from kgbuild.graph.bounded import Limits
    from kgbuild.ontology import default_folder

    folder, own = ontology or default_folder(), questions.own_folders(output)
    if explained and question not in questions.named_questions(folder, own):
        click.echo(click.get_current_context().get_help())
        return
    if question is None:
        for known in questions.named_questions(folder, own).values():
            click.echo(writable(f"{visible(known.name):12} {visible(known.title)}"))
        return
    found = questions.find_question(question, folder, own)
    if explained:
        click.echo(writable("\n".join(map(visible, found.described().splitlines()))))
        return
    remarks: list[Remark] = []
    # In a pipe, COLUMNS says how wide; else the table has its own width there.
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() or os.environ.get("COLUMNS") else None
    pieces = bounded_text(
        output / "store",
        found,
        names,
        style=style,
        width=width,
        chosen=Chosen(**chosen),
        tell=remarks.append,
        limits=Limits(timeout),
    )
    show(map(writable, pieces), paged=style == "table")
    for remark in remarks:
        if remark.text:
            click.echo(f"kgbuild: {harmless(remark.text)}", err=True)
    sys.exit(1 if any(remark.nothing for remark in remarks) else 0)


@click.command()
@click.argument("before", default="output", type=click.Path(path_type=Path, file_okay=False))
@click.argument("after", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option("--from", "start", help="The state of the articles issued up to this day, e.g. 2014-12-01 or 2014-12.")
@click.option("--to", "end", help="The day to compare it with; the last day of all without it.")
@click.option(
    "-f",
    "--format",
    "style",
    default="table",
    show_default=True,
    type=click.Choice(["table", "csv", "tsv", "json", "jsonl"]),
)
@ontology_option
@plainly
def diff(before: Path, after: Path | None, start: str | None, end: str | None, style: str, ontology: Path | None) -> None:
    """Show which events and edges are new, gone or of another status: between two outputs, or two days of one.

    Example: kgbuild diff last-week/ output/, or kgbuild diff output/ --from 2014-12-01 --to 2014-12-31
    """
    from kgbuild.ask.diff import compare
    from kgbuild.ask.render import render
    from kgbuild.graph.store import Graph

    if (after is None) == (start is None) or (start is None and end is not None):
        raise KgbuildError(
            "Name two outputs, or one with --from and a day: kgbuild diff output/ --from 2014-12-01 --to 2014-12-31"
        )
    if after is not None:
        old, new = Graph.open(before / "store"), Graph.open(after / "store")
    else:
        from kgbuild import ontology as ontologies
        from kgbuild.pipeline import as_of

        known = ontologies.load(ontology)
        old, new = (as_of(before, _day(day), known) for day in (start or "", end or "9999"))
    rows = compare(old, new)
    if style == "table" and not rows.rows:
        click.echo("Nothing has changed.")
    else:
        click.echo(writable(render(rows, style)), nl=False)


def _day(day: str) -> str:
    if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", day):
        raise KgbuildError(f'"{day}" is no day. Write it as 2014-12-19; a month (2014-12) or a year does too.')
    return day
