"""The network in files: GraphML, GEXF with its days, and the two tables that Neo4j imports."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kgbuild.ask.exports.network import days_of, edges_of, network, network_of
from kgbuild.ask.exports.rows import Cell
from kgbuild.ask.exports.tables import csv_lines
from kgbuild.ask.picture import read_picture
from kgbuild.graph.store import Graph

if TYPE_CHECKING:
    import networkx


def graphml(graph: Graph) -> Iterator[bytes]:
    """The network for yEd, Cytoscape, igraph."""
    import networkx

    written = io.BytesIO()
    networkx.write_graphml_xml(network(graph), written, named_key_ids=True)
    yield written.getvalue() + b"\n"


def gexf(graph: Graph) -> Iterator[bytes]:
    """The network for Gephi, whose timeline shows a line in the days of its claims (spells); one without days, always."""
    import networkx

    graph.look_through()
    picture = read_picture(graph)
    found = network_of(picture)
    for line in picture.lines:
        if days := days_of(line, picture):
            for edge in edges_of(line):
                found.edges[edge]["spells"] = days
    written = io.BytesIO()
    networkx.write_gexf(found, written)
    # networkx says when it wrote: the same graph is to give the same bytes.
    yield re.sub(rb' lastmodifieddate="[^"]*"', b"", written.getvalue(), count=1) + b"\n"


NODES = {
    "id:ID": "",
    ":LABEL": "",
    "iri": "iri",
    "label": "label",
    "kind": "kind",
    "class": "class",
    "names:string[]": "names",
    "wikidata": "wikidata",
    "iso2": "iso2",
    "acts_for": "acts_for",
    "claims:int": "claims",
    "community:int": "community",
}
"""Columns of the nodes by their header, in the words of `neo4j-admin database import`, and the attributes they have."""

RELATIONSHIPS = {
    ":START_ID": "",
    ":END_ID": "",
    ":TYPE": "relation",
    "line": "",
    "verb": "verb",
    "label": "label",
    "stance": "stance",
    "stance_words": "stance_words",
    "quad": "quad",
    "directed:boolean": "directed",
    "weight:int": "weight",
    "events:int": "events",
    "score:float": "score",
    "day:date": "day",
    "last_day:date": "last_day",
    "time": "time",
    "speaker": "speaker",
    "cue": "cue",
    "quoted:boolean": "quoted",
    "sentence": "sentence",
    "article": "article",
    "publisher": "publisher",
    "url": "url",
    "evidence:string[]": "evidence",
}
"""Those of the edges."""


def neo4j(graph: Graph) -> dict[str, Iterator[bytes]]:
    """The network for `neo4j-admin database import full --nodes=nodes.csv --relationships=relationships.csv`.

    A node is an `Entity` and of its class (`State`), or an `Event` and of its type (`Meeting`); a relationship is of the
    type of its line.
    """
    found = network(graph)
    nodes = (_node(node, attributes) for node, attributes in found.nodes(data=True))
    return {
        "nodes.csv": csv_lines(list(NODES), nodes),
        "relationships.csv": csv_lines(list(RELATIONSHIPS), _relationships(found)),
    }


def _node(node: str, attributes: Mapping[str, Cell]) -> list[Cell]:
    words = re.findall(r"\w+", str(attributes.get("relation") or attributes["class"]))
    label = "".join(word[:1].upper() + word[1:] for word in words)
    kind = "Event" if attributes["kind"] == "event" else "Entity"
    return [node, ";".join(filter(None, [kind, label])), *_cells(NODES, attributes)[2:]]


def _relationships(found: networkx.MultiDiGraph[str]) -> Iterator[list[Cell]]:
    for source, target, line, attributes in found.edges(keys=True, data=True):
        cells = _cells(RELATIONSHIPS, attributes)
        yield [source, target, cells[2], line, *cells[4:]]


def _cells(columns: Mapping[str, str], attributes: Mapping[str, Cell]) -> list[Cell]:
    """The attributes in the order of the columns; an array is parted by semicolons alone, as Neo4j has it."""
    cells = [attributes.get(name) for name in columns.values()]
    return [
        tuple(str(cell).split("; ")) if header.endswith("[]") and cell else cell
        for header, cell in zip(columns, cells, strict=True)
    ]
