"""The graph as RDF: TriG, N-Quads, Turtle and JSON-LD, sorted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox
from pyoxigraph import Literal, Triple

from kgbuild.graph.store import Graph, turtle
from kgbuild.graph.triples import PREFIXES


def trig(graph: Graph) -> Iterator[bytes]:
    """All graphs, for every RDF tool that knows named graphs."""
    return graph.trig()


def nquads(graph: Graph) -> Iterator[bytes]:
    """A quad a line, sorted."""
    for quad in graph.quads():
        yield f"{quad} .\n".encode()


def union_turtle(graph: Graph) -> Iterator[bytes]:
    """What all graphs say together, without telling which says what."""
    yield turtle(Triple(quad.subject, quad.predicate, quad.object) for quad in graph.quads())


def jsonld(graph: Graph) -> Iterator[bytes]:
    """Expanded JSON-LD: a list of named graphs."""
    import json

    graphs: list[dict[str, Any]] = []
    for name in graph.graph_names():
        things: dict[str, dict[str, Any]] = {}
        for quad in graph.sorted_quads(name):
            subject = plain_id(quad.subject)
            thing = things.setdefault(subject, {"@id": subject})
            if quad.predicate.value == PREFIXES["rdf"] + "type":
                thing.setdefault("@type", []).append(plain_id(quad.object))
            else:
                thing.setdefault(quad.predicate.value, []).append(jsonld_value(quad.object))
        if isinstance(name, ox.DefaultGraph):
            graphs += things.values()
        else:
            graphs.append({"@id": plain_id(name), "@graph": list(things.values())})
    yield (json.dumps(graphs, ensure_ascii=False, indent=1) + "\n").encode()


def plain_id(term: object) -> str:
    """The id of a node in JSON-LD: an IRI, or `_:` and a name."""
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else str(getattr(term, "value", term))


def jsonld_value(term: object) -> dict[str, str]:
    """The value of a property in JSON-LD: an id, or a text with its language or datatype."""
    if not isinstance(term, Literal):
        return {"@id": plain_id(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == PREFIXES["xsd"] + "string":
        return {"@value": term.value}
    return {"@value": term.value, "@type": term.datatype.value}
