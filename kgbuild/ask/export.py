"""The graph in the formats of other tools: RDF, and a network of its things for Gephi, yEd or networkx."""

from __future__ import annotations

import io
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import combinations, product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from pyoxigraph import Literal, Triple

from kgbuild.ask.terms import plain, short
from kgbuild.ask.things import did_you_mean
from kgbuild.errors import KgbuildError
from kgbuild.graph.store import Graph, turtle, written_whole
from kgbuild.graph.triples import CONTROLS, PREFIXES

if TYPE_CHECKING:
    import networkx


def export(graph: Graph, format: str, out: Path | None) -> None:
    """Write the graph in *format*, a key of `FORMATS`, to the file *out*, or to stdout if that is None.

    The same graph gives the same bytes. The file appears when it is whole. KgbuildError for an unknown
    format.
    """
    if format not in FORMATS:
        choices = ", ".join(FORMATS)
        raise KgbuildError(f'No format "{format}".{did_you_mean(format, list(FORMATS))} There are: {choices}.')
    pieces = FORMATS[format](graph)
    if out is None:
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
        return
    with written_whole(out) as unfinished, unfinished.open("wb") as file:
        file.writelines(pieces)


def network(graph: Graph) -> networkx.MultiDiGraph[str]:
    """The things of the graph and what they do to each other, for networkx.

    A node is an IRI, with `label`, `class` and `wikidata` where they are known; tenures and offices are no
    nodes. An edge is an event between two of its actors, or a relation. Its key is unique in the graph; its
    attributes are `kind` ("event" or "relation"), `type` ("Meeting"), `label`, `status`, `count` (of claims),
    `sentence` (the first that says so), and for events `event` (the IRI), `when`, `begin`, `reported` (the day
    of the first article that tells of it) and `score` where there are such.

    Participants are paired, in the order of their IRIs, and so are all who act in a class that is
    `dip:symmetric`; else each actor goes to each recipient; where that gives no pair, who acts goes to each
    theme. Denied and planned events are edges too: look at `status`. All comes sorted.
    KgbuildError where the graph is damaged.
    """
    import networkx

    graph.look_through()
    found: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node, attributes in nodes(graph):
        found.add_node(node, **attributes)
    edges = [*event_edges(graph), *relation_edges(graph)]
    for source, target, key, attributes in sorted(edges, key=lambda edge: edge[:3]):
        for node in (source, target):
            if node not in found:
                found.add_node(node, label=short(node))
        found.add_edge(source, target, key=key, **attributes)
    return found


Attributes = dict[str, str | int | float]


def nodes(graph: Graph) -> Iterator[tuple[str, Attributes]]:
    """IRI and attributes of each thing that is no tenure and no office, sorted."""
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for row in graph.rows_here(NODES).rows:
        thing, label, kind, same = map(plain, row)
        # Of several values the first in the order of the alphabet stands.
        for name, value in (("label", label), ("class", kind), ("wikidata", same)):
            if value:
                said[thing].setdefault(name, clean(value))
    for thing in sorted(said):
        yield thing, {**said[thing]}


NODES = """
SELECT ?thing ?label ?class ?wikidata
WHERE {
  GRAPH id:graph\\/things {
    ?thing a ?type ; rdfs:label ?label .
    FILTER(?type != dip:Tenure && ?type != dip:Office)
    OPTIONAL { ?thing owl:sameAs ?same . FILTER(STRSTARTS(STR(?same), STR(wd:))) }
  }
  BIND(STRAFTER(STR(?type), "#") AS ?class)
  BIND(STRAFTER(STR(?same), STR(wd:)) AS ?wikidata)
}
ORDER BY ?thing ?label ?class ?wikidata
"""

NetworkEdge = tuple[str, str, str, Attributes]


def event_edges(graph: Graph) -> Iterator[NetworkEdge]:
    """An edge for each pair of actors of each event."""
    roles: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in graph.rows_here(ROLES_OF_EVENTS).rows:
        event, role, thing = map(plain, row)
        roles[event][role].add(thing)
    seen: set[str] = set()
    for row in graph.rows_here(EVENTS).rows:
        event, kind, label, status, when, begin, reported, score, count, symmetric, sentence = map(plain, row)
        if event in seen:  # The rows of an event differ in the sentence; the first is taken.
            continue
        seen.add(event)
        attributes: Attributes = {
            "kind": "event",
            "event": short(event),
            "type": kind,
            "label": label,
            "status": status,
        }
        said = {"when": when, "begin": begin, "reported": reported, "sentence": sentence}
        attributes |= {name: text for name, text in said.items() if text}
        attributes |= {"score": float(score)} if score else {}
        attributes |= {"count": int(count)} if count else {}
        attributes = {name: clean(value) if isinstance(value, str) else value for name, value in attributes.items()}
        for source, target in pairs(roles[event], symmetric=symmetric == "true"):
            yield source, target, f"{short(event)} {short(source)} {short(target)}", attributes


def pairs(roles: dict[str, set[str]], *, symmetric: bool) -> list[tuple[str, str]]:
    """Who is drawn to whom in an event of these roles; in a symmetric one the actors act with each other."""
    if symmetric:
        found = [*combinations(sorted(roles["actor"] | roles["recipient"] | roles["participant"]), 2)]
    else:
        upon = product(roles["actor"], roles["recipient"] | roles["participant"])
        found = [*combinations(sorted(roles["participant"]), 2), *upon]
    found = found or [*product(roles["actor"] | roles["participant"], roles["theme"])]
    return sorted({(source, target) for source, target in found if source != target})


ROLES_OF_EVENTS = """
SELECT ?event ?name ?thing
WHERE {
  VALUES ?role { dip:actor dip:recipient dip:participant dip:theme }
  GRAPH id:graph\\/events { ?event a dip:Event ; ?role ?thing }
  BIND(STRAFTER(STR(?role), "#") AS ?name)
}
"""

EVENTS = """
SELECT ?event ?kind ?label ?state ?when ?begin ?reported ?score ?count ?symmetric ?sentence
WHERE {
  GRAPH id:graph\\/events {
    ?event a dip:Event , ?type ; rdfs:label ?label ; dip:status ?status .
    FILTER(?type != dip:Event)
    OPTIONAL { ?event dip:when ?when }
    OPTIONAL { ?event dip:begin ?begin }
    OPTIONAL { ?event dip:reportedOn ?reported }
    OPTIONAL { ?event dip:score ?score }
    OPTIONAL { ?event dip:claimCount ?count }
  }
  OPTIONAL { ?type dip:symmetric ?symmetric }
  OPTIONAL { ?claim dip:about ?event ; dip:inSentence ?quote . ?quote oa:exact ?sentence }
  BIND(STRAFTER(STR(?type), "#") AS ?kind)
  BIND(STRAFTER(STR(?status), "#") AS ?state)
}
ORDER BY ?event ?kind ?label STR(?quote)
"""


def relation_edges(graph: Graph) -> Iterator[NetworkEdge]:
    """An edge for each direct relation that no event stands behind."""
    claims: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    labels: dict[str, str] = {}
    for row in graph.rows_here(RELATIONS).rows:
        source, relation, target, label, claim, sentence = map(plain, row)
        labels.setdefault(relation, label)
        sentences = claims[source, relation, target]
        if claim:
            sentences.append(sentence)
    for (source, relation, target), sentences in claims.items():
        kind = re.split("[#/]", relation)[-1]
        attributes: Attributes = {"kind": "relation", "type": kind, "label": clean(labels[relation] or kind)}
        attributes |= {"status": "Reported", "count": len(sentences)}
        attributes |= {"sentence": clean(sentences[0])} if sentences else {}
        yield source, target, f"{short(source)} {short(relation)} {short(target)}", attributes


RELATIONS = """
SELECT DISTINCT ?source ?relation ?target ?label ?claim ?sentence
WHERE {
  GRAPH id:graph\\/edges { ?source ?relation ?target }
  FILTER NOT EXISTS { ?class dip:edge ?relation }
  OPTIONAL { ?relation rdfs:label ?label }
  OPTIONAL {
    ?claim dip:claims ?relation ; dip:subject ?left ; dip:object ?right ; dip:inSentence ?quote ;
      dip:polarity dip:Affirmed ; dip:modality dip:Actual .
    ?left dip:denotes ?source .
    ?right dip:denotes ?target .
    ?quote oa:exact ?sentence .
  }
}
ORDER BY ?source ?relation ?target ?label ?claim ?sentence
"""


def clean(text: str) -> str:
    """The text without control characters, some of which XML 1.0 cannot hold."""
    return CONTROLS.sub("", text)


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


def graphml(graph: Graph) -> Iterator[bytes]:
    """The network for yEd, Cytoscape, igraph."""
    import networkx

    written = io.BytesIO()
    networkx.write_graphml_xml(network(graph), written, named_key_ids=True)
    yield written.getvalue() + b"\n"


def gexf(graph: Graph) -> Iterator[bytes]:
    """The network for Gephi. There, `type` of an edge is "directed", so that ours is `relation`."""
    import networkx

    found = network(graph)
    for _, _, attributes in found.edges(data=True):
        attributes["relation"] = attributes.pop("type")
    written = io.BytesIO()
    networkx.write_gexf(found, written)
    # networkx says when it wrote: the same graph is to give the same bytes.
    yield re.sub(rb' lastmodifieddate="[^"]*"', b"", written.getvalue(), count=1) + b"\n"


FORMATS: dict[str, Callable[[Graph], Iterator[bytes]]] = {
    "trig": trig,
    "nquads": nquads,
    "turtle": union_turtle,
    "jsonld": jsonld,
    "graphml": graphml,
    "gexf": gexf,
}
