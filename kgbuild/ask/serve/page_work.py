"""What a process of its own does for a page: it answers, and lays out what articles say as harmless HTML."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace

from markupsafe import escape

from kgbuild.ask.evidence import read_sources
from kgbuild.ask.network import draw
from kgbuild.ask.query import Names, ask
from kgbuild.ask.questions import Question
from kgbuild.ask.render import lay_out
from kgbuild.ask.selection import Selection, period
from kgbuild.ask.serve.sections import sections_of
from kgbuild.ask.serve.tables import answer_table
from kgbuild.ask.serve.work import pieces
from kgbuild.ask.show.dossier import Dossier, dossier
from kgbuild.ask.show.evidence import account
from kgbuild.ask.show.page import MEASURES, page_of
from kgbuild.ask.terms import plain, short_term, visible
from kgbuild.ask.warnings import warnings
from kgbuild.ask.worker import Chosen
from kgbuild.graph.bounded import Stage
from kgbuild.graph.store import Graph

MEDIA = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "sparql-json": "application/sparql-results+json",
    "turtle": "text/turtle",
    "markdown": "text/markdown",
}
"""In which styles of `render` an answer can be taken along, and their media types."""
SHOWN = 500
"""Rows that a page has; the files to take along have all."""


def answer_question(store: str, question: Question, given: Names, chosen: Chosen, style: str) -> Iterator[object]:
    """The answer in a style of `render`, or, for the style "page", the inside of a page."""
    yield Stage.OPENING
    graph = Graph.open(store)
    yield Stage.ANSWERING
    remarks = list(warnings(graph, question.sparql)) if not question.name else []
    if style == "page" and chosen.limit is None and question.takes_limit:
        chosen = replace(chosen, limit=SHOWN + 1)  # one more says that there are more
    answer = ask(graph, question, given, **asdict(chosen), limits=None)
    yield Stage.LAYING_OUT
    if style == "page":
        yield "text/html"
        yield from pieces(answer_table(answer, remarks, most=SHOWN, iris=not question.name).encode())
    else:
        yield MEDIA[style]
        yield from pieces(lay_out(answer, style).text.encode())


def show(store: str, name: str) -> Iterator[object]:
    """What there is of a thing, or the quotes of an event or an edge: the inside of a page."""
    yield Stage.OPENING
    graph = Graph.open(store)
    yield Stage.ANSWERING
    shown = account(graph, name) or dossier(graph, name)
    yield Stage.LAYING_OUT
    yield "text/html"
    asked = name if isinstance(shown, Dossier) else ""
    yield from pieces(sections_of(page_of(shown, MEASURES[0]), asked=asked).encode())


def extent(store: str) -> Iterator[object]:
    """How many articles of whom there are, and from when to when."""
    yield Stage.OPENING
    graph = Graph.open(store)
    yield Stage.ANSWERING
    told = period(tuple(read_sources(graph).values())) or "no article"
    yield Stage.LAYING_OUT
    yield "text/html"
    yield from pieces(escape(visible(told)).encode())


def vocabulary(store: str) -> Iterator[object]:
    """The classes and properties of the vocabulary, each with what it means, as JSON: what an editor may complete."""
    yield Stage.OPENING
    graph = Graph.open(store)
    yield Stage.ANSWERING
    rows = graph.rows_here(TERMS).rows
    yield Stage.LAYING_OUT
    yield "application/json"
    terms = {short_term(term): visible(plain(label)) for term, label in reversed(rows)}
    yield from pieces(json.dumps(sorted(terms.items()), ensure_ascii=False).encode())


TERMS = """
SELECT ?term ?label
WHERE {
  VALUES ?kind { owl:Class owl:ObjectProperty owl:DatatypeProperty }
  ?term a ?kind ; rdfs:label ?label FILTER(STRSTARTS(STR(?term), STR(dip:)))
}
ORDER BY ?term ?label
"""


def draw_network(store: str, selection: Selection) -> Iterator[object]:
    """The network page; it has its own policy, in its head."""
    yield Stage.PREPARING
    import kgbuild.ask.page  # noqa: F401  # its files are read before the process gives up files

    yield Stage.OPENING
    graph = Graph.open(store)
    yield Stage.ANSWERING
    page = draw(graph, selection=selection)
    yield "text/html"
    yield from pieces(page.encode())
