"""The graph in the formats of other tools: RDF, networks, tables, records of events."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from kgbuild.ask.exports.event_records import event_lines
from kgbuild.ask.exports.network import network
from kgbuild.ask.exports.network_files import gexf, graphml, neo4j
from kgbuild.ask.exports.rdf import jsonld, nquads, trig, union_turtle
from kgbuild.ask.exports.tables import claims_and_events, parquet
from kgbuild.ask.things import did_you_mean
from kgbuild.errors import KgbuildError
from kgbuild.graph.store import Graph, written_whole

__all__ = ["FOLDERS", "FORMATS", "export", "network"]

FORMATS: dict[str, Callable[[Graph], Iterator[bytes]]] = {
    "trig": trig,
    "nquads": nquads,
    "turtle": union_turtle,
    "jsonld": jsonld,
    "graphml": graphml,
    "gexf": gexf,
    "jsonl": event_lines,
}
"""Formats of one file."""

FOLDERS: dict[str, Callable[[Graph], dict[str, Iterator[bytes]]]] = {
    "csv": claims_and_events,
    "parquet": parquet,
    "neo4j": neo4j,
}
"""Formats of several files, each with its name."""


def export(graph: Graph, format: str, out: Path | None) -> None:
    """Write the graph in *format*: a key of `FORMATS` to the file *out*, or to stdout if that is None; one of `FOLDERS` into
    the folder *out*, which is made.

    The same graph gives the same bytes. Files appear when they are whole. KgbuildError for an unknown format, for a format
    of several files without a folder, and for a place that cannot be written.
    """
    if format in FOLDERS:
        _write_files(FOLDERS[format](graph), format, out)
        return
    if format not in FORMATS:
        known = [*FORMATS, *FOLDERS]
        raise KgbuildError(f'No format "{format}".{did_you_mean(format, known)} There are: {", ".join(known)}.')
    pieces = FORMATS[format](graph)
    if out is None:
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
        return
    with written_whole(out) as unfinished, unfinished.open("wb") as file:
        file.writelines(pieces)


def _write_files(files: dict[str, Iterator[bytes]], format: str, out: Path | None) -> None:
    names = " and ".join(files)
    if out is None:
        raise KgbuildError(
            f"{format} is written as {names}. Name a folder for them: kgbuild export --format {format} -o {format}"
        )
    if os.path.exists(out) and not os.path.isdir(out):
        raise KgbuildError(f"{out}: this is a file, and {format} is written as {names}. Name a folder for them with -o.")
    with ExitStack() as all_written:  # the files take their places one after the other when the last is whole
        for name, pieces in files.items():
            unfinished = all_written.enter_context(written_whole(out / name))
            with unfinished.open("wb") as file:
                file.writelines(pieces)
