"""The command that answers in the browser and by the SPARQL protocol: serve."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from kgbuild.cli.options import ontology_option, output_option
from kgbuild.cli.program import plainly


@click.command()
@output_option
@click.option("--port", type=click.IntRange(0, 65535), help="Where to listen: 0 is any; else 8000, or any if it is taken.")
@click.option(
    "--timeout",
    default=60.0,
    show_default=True,
    type=click.FloatRange(0.1),
    help="Seconds that an answer may take.",
)
@click.option("--open", "in_browser", is_flag=True, help="Open the first page in the browser.")
@ontology_option
@plainly
def serve(output: Path, port: int | None, timeout: float, in_browser: bool, ontology: Path | None) -> None:
    """Answer in the browser, and to programs by the SPARQL 1.1 Protocol (at /sparql), on this machine alone.

    Prints the address; Ctrl-C ends it. The graph can only be read; each query has a process of its own, with 2 GB of
    memory on Linux. Example: kgbuild serve --open
    """
    from kgbuild.ask.serve.desk import Desk
    from kgbuild.ask.serve.server import make_server, run
    from kgbuild.graph.bounded import Limits
    from kgbuild.graph.store import Graph

    Graph.open(output / "store")  # says what is wrong with it, before anyone asks
    desk = Desk(output, Limits(timeout), ontology=ontology)
    server = make_server(desk, port)
    desk.prepare()
    address = f"http://{server.effective_host}:{server.effective_port}/"
    click.echo(address)
    click.echo("kgbuild: Answers on this machine alone, until Ctrl-C.", err=True)
    if in_browser:
        webbrowser.open(address)
    run(server)
    click.echo("kgbuild: Stopped.", err=True)
