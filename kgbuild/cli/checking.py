"""Commands that check and measure: check, evaluate."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgbuild.cli.options import model_option, ontology_option, output_option
from kgbuild.cli.program import plainly

if TYPE_CHECKING:
    pass


@click.command()
@click.argument("gold", type=click.Path(path_type=Path))
@click.option(
    "--corpus",
    "corpora",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Where the articles of verdicts or lists stand; may be given again.  [default: ../shared/data/corpus-*.jsonl]",
)
@click.option("--errors", is_flag=True, help="Every miss beside its sentence.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1), help="How many misses of a kind at most.")
@click.option("--format", "form", default="table", show_default=True, type=click.Choice(["table", "json"]))
@model_option
@ontology_option
@plainly
def evaluate(
    gold: Path, corpora: tuple[Path, ...], errors: bool, limit: int, form: str, model: str | None, ontology: Path | None
) -> None:
    """Score what is read in GOLD, a JSON Lines file of labelled texts or a folder of such files, against its labels.

    Readers' verdicts (tests/judged) and lists of what they want hold no texts: --corpus says where their articles stand.

    Example: kgbuild evaluate tests/gold --errors
    """
    from kgbuild import evaluate as evaluation
    from kgbuild import ontology as ontologies

    scores = evaluation.evaluate(gold, ontologies.load(ontology), model, corpora=corpora)
    show = evaluation.as_json if form == "json" else evaluation.as_table
    click.echo(show(scores, errors=errors, limit=limit).rstrip("\n"))
    unread = [problem for problem in scores.problems if not problem.what.startswith("no date")]
    for problem in unread[:20]:
        click.echo(f"  {problem}", err=True)


@click.command()
@output_option
@model_option
@ontology_option
@plainly
def check(output: Path, model: str | None, ontology: Path | None) -> None:
    """Check that ontology and examples are sound, and the graph too if there is one.

    Every example must find itself, no counterexample may fire. Example: kgbuild check
    """
    from kgbuild import check as checks
    from kgbuild import ontology as ontologies

    known = ontologies.load(ontology)
    problems = checks.check_examples(known, model)
    if os.path.isfile(output / "graph.trig"):
        problems += checks.check_graph(output / "graph.trig", known)
    for problem in problems:
        click.echo(problem)
    good = sum(1 for e in known.examples if not e.counter)
    click.echo(f"{good} examples and {len(known.examples) - good} counterexamples, {len(problems)} problems.", err=True)
    sys.exit(1 if problems else 0)
