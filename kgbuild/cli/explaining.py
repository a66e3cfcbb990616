"""Commands that explain: a thing, a sentence, the ontology."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgbuild.cli.options import model_option, ontology_option, output_option
from kgbuild.cli.program import plainly
from kgbuild.errors import KgbuildError

if TYPE_CHECKING:
    from kgbuild.ontology import Ontology


@click.command()
@click.argument("what")
@output_option
@click.option("--date", "issued", help="The day a sentence is read as published, e.g. 2014-12-19.")
@model_option
@ontology_option
@plainly
def explain(what: str, output: Path, issued: str | None, model: str | None, ontology: Path | None) -> None:
    """Show why a thing of the graph is one thing (its names, merges, refusals, offices), or how a sentence is read.

    What names a thing of the graph is explained as that thing, anything else is read as a sentence.
    Example: kgbuild explain "Sanctions were imposed on Syria by the Arab League."
    """
    from kgbuild import ontology as ontologies
    from kgbuild.ask.worker import bounded_explanation
    from kgbuild.errors import QueryError

    if issued is None and os.path.isfile(output / "store" / "CURRENT"):
        try:
            click.echo(bounded_explanation(output / "store", what), nl=False)
            return
        except QueryError:
            if len(what.split()) < 3 and "." not in what:
                raise  # too short for a sentence: the name is unknown, or of several
    from kgbuild.read.explain import explain as explained
    from kgbuild.read.reader import Reader

    click.echo(explained(what, Reader(ontologies.load(ontology), model), issued), nl=False)


@click.command()
@click.argument("name", required=False)
@click.option(
    "--coverage",
    "verbs",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="What share of the verbs of FILE is taught (a verb a line, its category behind a tab), and which are not.",
)
@model_option
@ontology_option
@plainly
def relations(name: str | None, verbs: Path | None, model: str | None, ontology: Path | None) -> None:
    """Show what kgbuild can find: event types and relations, with the sentences that teach them.

    Example: kgbuild relations Visit
    """
    from kgbuild import ontology as ontologies
    from kgbuild.ask.things import did_you_mean

    known = ontologies.load(ontology)
    if verbs is not None:
        _show_coverage(verbs, model, known)
        return
    taught = Counter(e.type for e in known.examples if not e.counter)
    if name is None:
        for described in sorted(known.types.values(), key=lambda t: (t.kind, t.category, t.name)):
            if taught[described.name]:
                click.echo(
                    f"{described.category:10} {described.name:22} {taught[described.name]:3} examples  {described.label}"
                )
        return
    chosen = known.types.get(name)
    if chosen is None:
        raise KgbuildError(
            f'No relation "{name}".{did_you_mean(name, sorted(known.types))} `kgbuild relations` lists all {len(taught)}.'
        )
    click.echo(f"dip:{chosen.name}  ({chosen.kind}, {chosen.label})\n{chosen.definition}")
    if chosen.kind == "event":
        cameo = ", ".join(chosen.cameo) or "none"
        click.echo(
            f"PLOVER {chosen.category} {chosen.mode}, quad {chosen.quad}, score {chosen.score}, CAMEO {cameo}, "
            f"edge dip:{chosen.edge}"
        )
    for example in known.examples:
        if example.type == name:
            click.echo(f"  {'not ' if example.counter else ''}{example.text}")


def _show_coverage(verbs: Path, model: str | None, ontology: Ontology) -> None:
    from kgbuild.read.coverage import CUE, EVERY, NOISE, TAUGHT, UNKNOWN, coverage, listed
    from kgbuild.read.reader import Reader

    lines = verbs.read_text(encoding="utf-8").splitlines()
    found = coverage(listed(lines), Reader(ontology, model).tools.frames.all, ontology)
    states = (TAUGHT, CUE, NOISE, UNKNOWN)
    click.echo(f"{'category':12} {'verbs':>5} {'share':>6}  " + "  ".join(f"{state:>7}" for state in states))
    for category in (EVERY, *sorted(found.counts.keys() - {EVERY})):
        counts = found.counts[category]
        told = "  ".join(f"{counts[state]:7}" for state in states)
        click.echo(f"{category:12} {counts.total():5} {found.share(category):6.2f}  {told}")
    for category, unknown in sorted(found.unknown.items()):
        click.echo(f"\n{category}: {', '.join(unknown)}")
