"""Commands that read articles: build, extract."""

from __future__ import annotations

import json
import shlex
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgbuild.cli.options import field_options, model_option, ontology_option, output_option
from kgbuild.cli.printing import counted, list_problems, program_name, progress
from kgbuild.cli.program import plainly
from kgbuild.errors import Problem, shown
from kgbuild.net import LOG

if TYPE_CHECKING:
    from kgbuild.read.text.fields import Fields


@click.command()
@click.argument("corpus", nargs=-1, required=True)
@output_option
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    show_default="one a processor, if there is enough to read",
    help="How many processes read.",
)
@click.option(
    "--engine",
    type=click.Choice(["processes", "dask"]),
    default="processes",
    show_default=True,
    help="Read on processes of this machine, or on a Dask cluster (pip install 'kgbuild[cluster]').",
)
@click.option(
    "--scheduler", metavar="ADDRESS", help="With --engine dask: a cluster that runs, tcp://host:8786; else one here."
)
@click.option("--prune", is_flag=True, help="Leave out articles of earlier builds that CORPUS no longer has.")
@field_options
@model_option
@ontology_option
@plainly
def build(
    corpus: tuple[str, ...],
    output: Path,
    jobs: int | None,
    engine: str,
    scheduler: str | None,
    prune: bool,
    fields: Fields,
    model: str | None,
    ontology: Path | None,
) -> None:
    """Read articles (files, folders, - for stdin) into a graph; what an earlier build has read is not read again.

    Example: kgbuild build seeds/ -o output
    """
    from kgbuild import ontology as ontologies
    from kgbuild import pipeline

    if scheduler is not None and engine != "dask":
        raise click.UsageError("--scheduler is for --engine dask.")
    with progress() as show:
        built = pipeline.build(
            corpus,
            output,
            ontology=ontologies.load(ontology),
            model=model,
            jobs=jobs,
            scheduler=(scheduler or "local") if engine == "dask" else None,
            prune=prune,
            fields=fields,
            progress=show,
        )
    log = output / LOG
    noted = sorted((Counter(built.problems) - Counter(built.left_out)).elements())
    details = f"The details for a report: {shown(str(log))}" if log.is_file() else None
    list_problems(built.left_out, noted, output / "report.txt", details)
    if built.absent:
        stay = "stays" if built.absent == 1 else "stay"
        absent = f"{counted(built.absent, 'article')} of earlier builds, not in this corpus, {stay} in the graph"
        click.echo(f"  {absent}. To leave out what the corpus no longer has, add --prune.", err=True)
    kept = "" if built.read == built.articles else f" ({built.read:,} now, the others by earlier builds)"
    click.echo(
        f"{counted(built.articles, 'article')} read{kept}: {counted(built.claims, 'claim')}, "
        f"{counted(built.events, 'event')}, {built.entities:,} entities, {counted(built.quads, 'quad')}."
    )
    folder = "" if str(output) == "output" else f" -o {shown(str(output))}"
    me = program_name()
    page = output / "network.html"
    drawn = f"or open {shown(str(page))} in a browser" if page.exists() else "a large graph is drawn when asked for"
    click.echo(f"Look at it:  {me} draw --open{folder}   ({drawn})")
    if not (output / "graph.trig").exists():
        click.echo(f"Take it:     {me} export {shown(str(output))} -o graph.trig   (so is its text)")
    click.echo(f"Ask it:      {advice(me, output, ontology)}")
    sys.exit(3 if built.left_out else 0)


def advice(me: str, output: Path, ontology: Path | None) -> str:
    """What to ask first of the graph in *output*, by what it has an answer to."""
    from kgbuild.ask.advice import first_questions
    from kgbuild.graph.store import Graph
    from kgbuild.ontology import default_folder

    folder = "" if str(output) == "output" else f" -o {shown(str(output))}"
    actor, questions = first_questions(Graph.open(output / "store"), ontology or default_folder())
    if actor is None or not questions:
        return f"{me} query sources{folder}   (no event in it has an actor)"
    name = shown(shlex.quote(actor))
    more = ", ".join([*questions[1:], "dossier"])
    return f"{me} query {questions[0]} {name}{folder}   (of {name} also: {more}; all: {me} query)"


@click.command()
@click.argument("corpus", nargs=-1, required=True)
@click.option("--mentions", is_flag=True, help="Mentions instead of claims.")
@field_options
@model_option
@ontology_option
@plainly
def extract(corpus: tuple[str, ...], mentions: bool, fields: Fields, model: str | None, ontology: Path | None) -> None:
    """Print claims (or mentions) as JSON Lines; no graph is built.

    Example: kgbuild extract seeds/ | head -3
    """
    from kgbuild import ontology as ontologies
    from kgbuild.extract import read
    from kgbuild.read.records import claim_records, mention_records
    from kgbuild.report import log_details

    known = ontologies.load(ontology)
    noted: list[Problem] = []
    left_out: list[Problem] = []
    for reading in read(corpus, known, noted.append, left_out=left_out.append, model=model, fields=fields):
        for record in mention_records(reading, known) if mentions else claim_records(reading, known):
            click.echo(json.dumps(record, ensure_ascii=False))
    list_problems(left_out, noted, None, log_details(left_out))
    sys.exit(3 if left_out else 0)
