"""Queries of our own about one thing: `?thing` in their text is its IRI."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode

from kgbuild.ask.terms import long, plain, short
from kgbuild.graph.store import Graph

Row = tuple[str, ...]


def rows_of(graph: Graph, query: str, thing: NamedNode) -> list[Row]:
    """The answers about *thing* as text, in the order of the query; what is unbound is empty."""
    return [tuple(map(plain, row)) for row in graph.rows_here(query.replace("?thing", str(thing))).rows]


def rows_of_all(graph: Graph, query: str, ids: Iterable[str]) -> list[Row]:
    """The answers about all things with these short *ids*, which take the place of `IDS` in the query."""
    values = " ".join(str(NamedNode(long(each) or each)) for each in ids)
    return [tuple(map(plain, row)) for row in graph.rows_here(query.replace("IDS", values)).rows]


def local(iri: str) -> str:
    """The name of a term of ours: "Meeting"."""
    return short(iri).removeprefix("dip:")
