"""The command line: parse, call, print. Data goes to stdout; progress and problems to stderr."""

from __future__ import annotations

import click

from kgbuild.cli.asking import diff, query
from kgbuild.cli.checking import check, evaluate
from kgbuild.cli.deciding import different, same
from kgbuild.cli.drawing import draw
from kgbuild.cli.explaining import explain, relations
from kgbuild.cli.exporting import export
from kgbuild.cli.program import Program
from kgbuild.cli.reading import build, extract
from kgbuild.cli.serving import serve
from kgbuild.cli.showing import show
from kgbuild.version import __version__


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kgbuild")
def main() -> None:
    """Turn a folder of news about diplomacy into a knowledge graph that an analyst can trust.

    \b
    kgbuild build seeds/      read a corpus into output/
    kgbuild query met         who meets whom, and when
    kgbuild show Russia       what is known of it, on one screen
    kgbuild draw --open       the network, in the browser

    \b
    Exit codes:
    0    all is done
    1    nothing could be read, or the check found something
    2    the command, its files or the ontology are wrong; nothing was done
    3    done, but something of the corpus was left out, which is listed
    130  stopped with Ctrl-C
    """


for command in (
    check,
    evaluate,
    build,
    extract,
    query,
    show,
    serve,
    diff,
    draw,
    export,
    same,
    different,
    explain,
    relations,
):
    main.add_command(command)
