"""`kgbuild explain NAME`: which names were taken for one thing and why, which were not, and its offices over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kgbuild.ask.terms import UNSEEN, plain, short
from kgbuild.ask.things import find_thing
from kgbuild.graph.store import Graph


def explain(graph: Graph, name: str) -> str:
    """The identity of the thing that *name* means, line by line; QueryError where nothing, or several, are called so."""
    node = find_thing(graph, name)
    return "".join(f"{line.translate(HARMLESS)}\n" for line in _lines(graph, str(node), short(node.value)))


HARMLESS = UNSEEN | dict.fromkeys(map(ord, "\t\n\v\f\r\x85\u2028\u2029"), " ")
"""What text of an article must not do to a terminal, nor to the lines of the explanation."""


def _lines(graph: Graph, node: str, local: str) -> Iterator[str]:
    [(label, cls), *_] = _rows(graph, f"SELECT ?label ?cls WHERE {{ {node} a ?cls ; rdfs:label ?label }} ORDER BY ?cls")
    yield f"{label}  ({short(cls)}, {local})"
    names: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for text, reason, number, of in _rows(graph, NAMES.replace("?thing", node)):
        names[text].append((reason, int(number), int(of)))
    yield "Names"
    ordered = sorted(names.items(), key=lambda i: (-sum(n for _, n, _ in i[1]), i[0]))
    for text, reasons in ordered or [("none in the articles", [])]:
        yield f"  {text}"
        for reason, mentions, articles in sorted(reasons, key=lambda r: (-r[1], r[0])):
            yield f"    {_count(mentions, 'mention')} in {_count(articles, 'article')}: {reason}"
    yield from _section("Merged", (f"{a} = {b}  {s}  {why}" for a, b, s, why in _pairs(graph, MERGED, node)))
    yield from _section("Kept apart", (f"{a} ≠ {b}  {s}  {why}" for a, b, s, why in _pairs(graph, REFUSED, node)))
    yield from _section("Offices", _offices(graph, node))


def _section(title: str, lines: Iterator[str]) -> Iterator[str]:
    yield title
    found = [f"  {line}" for line in lines]
    yield from found or ["  none"]


def _pairs(graph: Graph, query: str, node: str) -> Iterator[tuple[str, str, str, str]]:
    for a, b, score, why in _rows(graph, query.replace("?thing", node)):
        yield short(a), short(b), score, why


def _offices(graph: Graph, node: str) -> Iterator[str]:
    for label, begin, end, first, last, began, over in _rows(graph, OFFICES.replace("?thing", node)):
        known = f"{begin or '…'} to {end or '…'}" if begin or end else ""
        said = [
            f"in articles of {first}" + (f" to {last}" if last != first else "") if first else "",
            f"begins about {began}" if began else "",
            f"over before {over}" if over else "",
        ]
        yield "; ".join(filter(None, [label, known, *said]))


def _count(number: str | int, what: str) -> str:
    return f"{number} {what}" + ("" if int(number) == 1 else "s")


def _rows(graph: Graph, query: str) -> list[tuple[str, ...]]:
    return [tuple(map(plain, row)) for row in graph.rows_here(query).rows]


NAMES = """
SELECT ?text ?reason (COUNT(DISTINCT ?mention) AS ?mentions) (COUNT(DISTINCT ?article) AS ?articles)
WHERE {
  ?mention dip:denotes ?thing ; oa:exact ?text ; dip:reason ?reason .
  BIND(REPLACE(STR(?mention), "/mention/.*$", "") AS ?article)
}
GROUP BY ?text ?reason
ORDER BY ?text ?reason
"""

MERGED = """
SELECT ?a ?b ?score ?why
WHERE {
  ?merge a dip:Merge ; dip:mergedInto ?thing ; dip:mergedId ?a , ?b ; dip:score ?score ; dip:why ?why .
  FILTER(STR(?a) < STR(?b))
}
ORDER BY ?a ?b
"""

REFUSED = """
SELECT ?a ?b ?score ?why
WHERE {
  ?refusal a dip:Refusal ; dip:between ?thing , ?a , ?b ; dip:score ?score ; dip:why ?why .
  FILTER(STR(?a) < STR(?b))
}
ORDER BY ?a ?b ?why
"""

OFFICES = """
SELECT ?label ?begin ?end ?first ?last ?began ?over
WHERE {
  ?tenure a dip:Tenure ; dip:holder|dip:office|dip:of ?thing ; rdfs:label ?label .
  OPTIONAL { ?tenure dip:begin ?begin }
  OPTIONAL { ?tenure dip:end ?end }
  OPTIONAL { ?tenure dip:attestedFrom ?first }
  OPTIONAL { ?tenure dip:attestedTo ?last }
  OPTIONAL { ?tenure dip:beganAbout ?began }
  OPTIONAL { ?tenure dip:endedBefore ?over }
}
ORDER BY ?begin ?first ?label
"""
