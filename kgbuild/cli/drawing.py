"""The command that shows the graph in a browser: draw."""

from __future__ import annotations

import os
import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgbuild.cli.options import output_option
from kgbuild.cli.printing import one_line
from kgbuild.cli.program import plainly

if TYPE_CHECKING:
    pass


@click.command()
@output_option
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="The page to write; else network.html there.")
@click.option("--about", metavar="NAME", help="An actor with its neighbours, by any name of it.")
@click.option("--query", "question", metavar="FILE", help="Only the answers: CONSTRUCT, or SELECT ?from ?relation ?to.")
@click.option("--relation", "relations", metavar="NAME", multiple=True, help="Only this event type or relation; repeatable.")
@click.option("--since", metavar="DATE", help="Without claims of before: a day, a month or a year.")
@click.option("--until", metavar="DATE", help="Without claims of after. What has no date is of the day of its report.")
@click.option("--top", type=click.IntRange(2, 2000), help="How many actors to show at first; else as many as can be read.")
@click.option("--open", "in_browser", is_flag=True, help="Open the page in the browser.")
@plainly
def draw(
    output: Path,
    out: Path | None,
    about: str | None,
    question: str | None,
    relations: tuple[str, ...],
    since: str | None,
    until: str | None,
    top: int | None,
    in_browser: bool,
) -> None:
    """Draw the graph, or a part of it, as one offline page.

    The query of --query has 60 seconds, and 2 GB of memory on Linux.
    Example: kgbuild draw --about Serbia --since 2014-12 --out serbia.html
    """
    from kgbuild.ask import questions
    from kgbuild.ask.network import write_page
    from kgbuild.ask.selection import Selection, edges_of
    from kgbuild.ask.worker import bounded_result
    from kgbuild.graph.store import Graph
    from kgbuild.ontology import default_folder

    edges = None
    if question is not None:
        edges = bounded_result(output / "store", questions.find_question(question, default_folder()), then=edges_of)
    selection = Selection(about, relations, since, until, edges, question=Path(question or "").name)
    graph = Graph.open(output / "store")
    page = write_page(graph, out or output / "network.html", top=top, selection=selection)
    click.echo(one_line(str(page)) if sys.stdout.isatty() else os.fsencode(page))
    if in_browser:
        webbrowser.open(page.resolve().as_uri())
