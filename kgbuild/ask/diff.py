"""What has changed between two graphs: events and edges that are new, gone, or have another status.

The IRI of an event is made of its type, time and parties, so it may change when more articles speak of it. Two events are
therefore taken for one by their claims, and by their IRI only where they share no claim.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from kgbuild.ask.terms import plain, short
from kgbuild.graph.store import Graph, Rows

COLUMNS = ("change", "kind", "what", "before", "after", "id")


def compare(before: Graph, after: Graph) -> Rows:
    """A row for each event or edge that is new, gone or changed, in this order, then by kind, words and IRI.

    `before` and `after` are the statuses of an event; an edge has none. KgbuildError where one of the graphs is damaged.
    """
    before.look_through()
    after.look_through()
    changes = [*_event_changes(_events(before), _events(after)), *_edge_changes(_edges(before), _edges(after))]
    order = ("new", "gone", "changed")
    changes.sort(key=lambda row: (order.index(row[0]), row[1] != "event", row[2:]))
    return Rows(COLUMNS, [_terms(row) for row in changes])


Change = tuple[str, str, str, str, str, str]


def _terms(row: Change) -> tuple[Literal | NamedNode | None, ...]:
    *words, iri = row
    return (*(Literal(word) if word else None for word in words), NamedNode(iri) if " " not in iri else Literal(iri))


@dataclass
class EventState:
    """An event as one of the two graphs has it."""

    iri: str
    label: str
    status: str
    claims: set[str] = field(default_factory=set)


def _events(graph: Graph) -> dict[str, EventState]:
    found: dict[str, EventState] = {}
    for row in graph.rows_here(EVENTS).rows:
        event, label, status, claim = map(plain, row)
        found.setdefault(event, EventState(event, label, status)).claims.add(claim)
    return found


EVENTS = """
SELECT ?event ?label ?state ?claim
WHERE {
  GRAPH id:graph\\/events { ?event a dip:Event ; rdfs:label ?label ; dip:status ?status . ?claim dip:about ?event }
  BIND(STRAFTER(STR(?status), "#") AS ?state)
}
ORDER BY ?event ?claim
"""


def _event_changes(before: dict[str, EventState], after: dict[str, EventState]) -> list[Change]:
    known = _matched(before, after)
    changes: list[Change] = []
    for iri, now in after.items():
        then = before.get(known.get(iri, ""))
        if then is None:
            changes.append(("new", "event", now.label, "", now.status, iri))
        elif then.status != now.status:
            changes.append(("changed", "event", now.label, then.status, now.status, iri))
    left = before.keys() - known.values()
    changes += [("gone", "event", before[iri].label, before[iri].status, "", iri) for iri in left]
    return changes


def _matched(before: dict[str, EventState], after: dict[str, EventState]) -> dict[str, str]:
    """The IRI of an event of *after* -> the one it had *before*; pairs that share most claims go first."""
    home = defaultdict[str, list[str]](list)
    for iri, then in before.items():
        for claim in then.claims:
            home[claim].append(iri)
    shared = Counter((iri, then) for iri, now in after.items() for claim in now.claims for then in home[claim])
    pairs = sorted(shared, key=lambda pair: (-shared[pair], pair[0] != pair[1], pair))
    matched: dict[str, str] = {}
    taken: set[str] = set()
    for now_iri, then_iri in [*pairs, *((iri, iri) for iri in after if iri in before)]:
        if now_iri not in matched and then_iri not in taken:
            matched[now_iri] = then_iri
            taken.add(then_iri)
    return matched


def _edges(graph: Graph) -> dict[str, str]:
    """Subject, predicate and object of each edge as short IRIs -> in words."""
    found: dict[str, str] = {}
    for row in graph.rows_here(EDGES).rows:
        *iris, source, relation, target = map(plain, row)
        named = [word or iri for word, iri in zip((source, relation, target), iris, strict=True)]
        found.setdefault(" ".join(map(short, iris)), " ".join(named))
    return found


EDGES = """
SELECT ?a ?p ?b ?source ?relation ?target
WHERE {
  GRAPH id:graph\\/edges { ?a ?p ?b }
  OPTIONAL { ?a rdfs:label ?source }
  OPTIONAL { ?p rdfs:label ?relation }
  OPTIONAL { ?b rdfs:label ?target }
}
ORDER BY ?a ?p ?b ?source ?relation ?target
"""


def _edge_changes(before: dict[str, str], after: dict[str, str]) -> list[Change]:
    new = [("new", "edge", after[edge], "", "", edge) for edge in after.keys() - before.keys()]
    return new + [("gone", "edge", before[edge], "", "", edge) for edge in before.keys() - after.keys()]
