"""The command that hands the graph to other programs: export."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kgbuild.cli.printing import counted, one_line
from kgbuild.cli.program import plainly
from kgbuild.errors import KgbuildError

FORMATS = "trig, nquads, turtle, jsonld; graphml, gexf, neo4j; csv, parquet; jsonl (events by PLOVER)"
FOLDERS = "for csv, parquet and neo4j"


@click.command()
@click.argument("output", default="output", type=click.Path(path_type=Path, file_okay=False))
@click.option("--format", "form", metavar="FORMAT", help=f"{FORMATS}. trig without it.")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), help=f"The file to write, stdout without it; {FOLDERS} a folder."
)
@click.option("--to", "url", metavar="URL", help="A SPARQL 1.1 Graph Store to send it to, e.g. http://localhost:7878/store.")
@plainly
def export(output: Path, form: str | None, out: Path | None, url: str | None) -> None:
    """Write the graph of OUTPUT for other programs, or send it to another store.

    \b
    kgbuild export --format gexf -o graph.gexf          for Gephi
    kgbuild export --format parquet -o tables           claims and events, for DuckDB and pandas
    kgbuild export --to http://localhost:7878/store     every named graph, to a SPARQL server
    """
    from kgbuild.graph.store import Graph

    if url is None:
        from kgbuild.ask.export import export as write

        write(Graph.open(output / "store"), form or "trig", out)
        if out is not None:
            click.echo(f"Written: {one_line(str(out))}", err=True)
        return
    if form or out:
        raise KgbuildError("The graph is either sent or written: leave --to out, or else --format and -o.")
    from kgbuild.ask.exports.graph_store import send

    sent = send(Graph.open(output / "store"), url, progress=_progress)
    click.echo(f"{counted(sent.graphs, 'graph')} sent, {counted(sent.quads, 'quad')}.", err=True)


def _progress(sent: int, graphs: int) -> None:
    """A line that counts on a terminal, and goes when all are sent."""
    if sys.stderr.isatty():
        said = "" if sent == graphs else f"{sent:,} of {counted(graphs, 'graph')} sent"
        click.echo(f"\r\033[K{said}", nl=False, err=True)
