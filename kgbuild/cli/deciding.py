"""Commands that decide what is one thing: same, different."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgbuild.cli.options import ontology_option, output_option
from kgbuild.cli.printing import one_line
from kgbuild.cli.program import plainly

if TYPE_CHECKING:
    from kgbuild.ontology import Verdict


@click.command()
@click.argument("a")
@click.argument("b")
@click.option("--why", required=True, help="The reason, for the next reader.")
@output_option
@ontology_option
@plainly
def same(a: str, b: str, why: str, output: Path, ontology: Path | None) -> None:
    """Decide that A and B, names or ids of the graph, are one thing; the graph's folder keeps it, its next build follows.

    Example: kgbuild same "Minsk II" id:Package_of_Measures --why "Two names of one agreement."
    """
    _decide("same", a, b, why, output, ontology)


@click.command()
@click.argument("a")
@click.argument("b")
@click.option("--why", required=True, help="The reason, for the next reader.")
@output_option
@ontology_option
@plainly
def different(a: str, b: str, why: str, output: Path, ontology: Path | None) -> None:
    """Decide that A and B, names or ids of the graph, are two things; the graph's folder keeps it, its next build follows.

    Example: kgbuild different id:George_H_W_Bush id:George_W_Bush --why "Father and son."
    """
    _decide("different", a, b, why, output, ontology)


def _decide(verdict: Verdict, a: str, b: str, why: str, output: Path, ontology: Path | None) -> None:
    from kgbuild import ontology as ontologies
    from kgbuild.ask.merge_decisions import decide
    from kgbuild.graph.store import Graph

    graph = Graph.open(output / "store")
    click.echo(one_line(decide(verdict, (a, b), why, graph, ontologies.load(ontology), output)))
