"""All that is said of one event, or of one edge between two things: every sentence, with who says it and where."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kgbuild.ask.show.events import untimed
from kgbuild.ask.show.rows import Row, local, rows_of
from kgbuild.ask.terms import long, plain, short
from kgbuild.ask.things import find_thing, short_iri
from kgbuild.errors import QueryError
from kgbuild.graph.store import Graph
from kgbuild.graph.triples import PREFIXES


@dataclass(frozen=True)
class Quote:
    """A sentence that says so, or denies it."""

    sentence: str
    says: str
    """How: affirmed or denied, and unless as a fact, as what: "affirmed, planned"."""
    speaker: str | None
    article: str | None
    outlet: str | None
    day: str | None


@dataclass(frozen=True)
class Account:
    """An event or an edge, and all sentences that tell of it."""

    what: str
    id: str
    """Short, to be pasted back: id:event/… or "id:Russia dip:metWith id:Serbia"."""
    facts: tuple[tuple[str, str], ...]
    """Of an event its time, status, roles: ("actor", "Russia"); of an edge how often it is said, and in which outlets."""
    quotes: tuple[Quote, ...]
    """Affirmed ones before denied ones, actual before planned, then by their day; those of no day last."""


def account(graph: Graph, asked: str) -> Account | None:
    """The account of the event whose IRI is *asked*, or of the edge of three names, "id:Russia dip:metWith id:Serbia"; None
    where *asked* is neither.

    QueryError for an edge that there is not, or a name in it that nothing has.
    """
    edge = re.fullmatch(r"\s*(\S+)\s+(dip:\w+)\s+(\S+)\s*", asked)
    if edge is not None:
        return edge_account(graph, find_thing(graph, edge[1]), edge[2], find_thing(graph, edge[3]))
    event = short_iri(asked.strip())
    if event is None or not event.value.startswith(PREFIXES["id"] + "event/"):
        return None
    rows = rows_of(graph, EVENT, find_thing(graph, asked.strip()))
    if not rows:
        return None
    label, status, when, reported, score, sources = rows[0]
    facts = [("when", when or (f"reported {reported}" if reported else "")), ("status", local(status))]
    facts += [(local(role), name) for role, name in rows_of(graph, ROLES, event)]
    facts += [("score", f"{float(score):+g}" if score else ""), ("sources", sources)]
    quotes = _quotes(rows_of(graph, f"SELECT {COLUMNS} {{ ?claim dip:about ?thing . {QUOTE} }}", event))
    return Account(untimed(label), short(event.value), tuple(fact for fact in facts if fact[1]), quotes)


def edge_account(graph: Graph, left: NamedNode, relation: str, right: NamedNode) -> Account:
    """The account of the edge *relation*, short, from *left* to *right*; QueryError where the graph has none."""
    link = NamedNode(long(relation))
    if not graph.answer_here(f"ASK {{ GRAPH id:graph\\/edges {{ {left} {link} {right} }} }}"):
        between = [short(row[0].value) for row in graph.rows_here(BETWEEN.format(left=left, right=right)).rows if row[0]]  # type: ignore[union-attr]
        others = f" Between them there are: {', '.join(sorted(between))}." if between else ""
        raise QueryError(f"{short(left.value)} {relation} {short(right.value)}: no such edge in this graph.{others}")
    filled = EDGE.format(columns=COLUMNS, quote=QUOTE, left=left, link=link, right=right)
    rows = [tuple(map(plain, row)) for row in graph.rows_here(filled).rows]
    labels = {
        row[0]: row[1]
        for row in rows_of(
            graph, f"SELECT ?one ?label {{ VALUES ?one {{ {left} {link} {right} }} ?one rdfs:label ?label }}", left
        )
    }
    what = " ".join(labels.get(node.value, short(node.value)) for node in (left, link, right))
    quotes = _quotes(rows)
    ways = Counter(quote.says for quote in quotes)
    outlets = sorted({quote.outlet for quote in quotes if quote.outlet})
    said = (f"{many} {says.replace(', ', ' as ')}" for says, many in ways.items())
    facts = [("said", "; ".join(said)), ("outlets", ", ".join(outlets))]
    found = tuple(fact for fact in facts if fact[1])
    return Account(what, f"{short(left.value)} {relation} {short(right.value)}", found, quotes)


def _quotes(rows: list[Row]) -> tuple[Quote, ...]:
    return tuple(dict.fromkeys(_quote(row) for row in sorted(rows, key=_order)))


def _order(row: Row) -> tuple[bool, bool, bool, str, str]:
    _, polarity, modality, _, _, _, issued, claim = row
    return local(polarity) != "Affirmed", local(modality) != "Actual", not issued, issued, claim


def _quote(row: Row) -> Quote:
    sentence, polarity, modality, speaker, article, outlet, issued, _ = row
    says = "denied" if local(polarity) == "Negated" else local(polarity).lower()
    manner = local(modality).lower()
    says = says if manner in {"", "actual"} else f"{says}, {manner}"
    return Quote(sentence, says, speaker or None, article or None, outlet or None, issued[:10] or None)


EVENT = """
SELECT ?label ?status ?when ?reported ?score ?sources
WHERE {
  ?thing a dip:Event ; rdfs:label ?label .
  OPTIONAL { ?thing dip:status ?status }
  OPTIONAL { ?thing dip:when ?when }
  OPTIONAL { ?thing dip:reportedOn ?reported }
  OPTIONAL { ?thing dip:score ?score }
  OPTIONAL { ?thing dip:sourceCount ?sources }
}
"""

ROLES = """
SELECT DISTINCT ?role ?label
WHERE {
  VALUES ?role { dip:actor dip:recipient dip:participant dip:place dip:topic dip:theme dip:cause dip:instrument }
  ?thing ?role ?who . ?who rdfs:label ?label .
}
ORDER BY ?role ?label
"""

COLUMNS = "?sentence ?polarity ?modality ?speaker ?title ?outlet ?issued ?claim"

QUOTE = """
  ?claim dip:inSentence ?quote .
  ?quote oa:exact ?sentence ; dct:isPartOf ?article .
  OPTIONAL { ?claim dip:polarity ?polarity }
  OPTIONAL { ?claim dip:modality ?modality }
  OPTIONAL { ?article dct:title ?title }
  OPTIONAL { ?article dct:publisher ?outlet }
  OPTIONAL { ?article dct:issued ?issued }
  OPTIONAL {
    ?claim dip:speaker ?voice
    OPTIONAL { ?voice oa:exact ?words }
    OPTIONAL { ?voice dip:denotes ?person OPTIONAL { ?person rdfs:label ?personLabel } }
  }
  BIND(STR(COALESCE(?personLabel, ?words)) AS ?speaker)
"""

EDGE = """
SELECT DISTINCT {columns}
WHERE {{
  {{
    ?class dip:edge {link} .
    ?event a/rdfs:subClassOf* ?class ; dip:actor|dip:participant|dip:recipient {left} ;
      dip:recipient|dip:participant|dip:actor|dip:theme|dip:place {right} .
    FILTER(NOT EXISTS {{ ?event dip:recipient {left} ; dip:actor {right} }} || EXISTS {{ ?event dip:actor {left} }})
    ?claim dip:about ?event .
  }} UNION {{
    ?here dip:denotes {left} . ?claim dip:claims {link} ; dip:subject ?here ; dip:object/dip:denotes {right} .
  }} UNION {{
    {link} a owl:SymmetricProperty .
    ?there dip:denotes {left} . ?claim dip:claims {link} ; dip:object ?there ; dip:subject/dip:denotes {right} .
  }}
  {quote}
}}
"""

BETWEEN = """
SELECT DISTINCT ?relation
WHERE {{ GRAPH id:graph\\/edges {{ {{ {left} ?relation {right} }} UNION {{ {right} ?relation {left} }} }} }}
"""
