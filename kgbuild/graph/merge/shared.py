"""Statements that several may make: each is said as long as one of them makes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from kgbuild.graph.merge.state import Merging, Said
from kgbuild.graph.triples import Facts


def by_subject(made: Facts, own: Iterable[NamedNode] | None = None) -> Iterator[Said]:
    """What is said, by subject; of the subjects *own* alone, where these are given."""
    found: dict[Any, list[Quad]] = {subject: [] for subject in own or ()}
    for quad in made:
        if own is None or quad.subject in found:
            found.setdefault(quad.subject, []).append(quad)
    for subject, quads in found.items():
        yield Said(made.graph, subject, quads)


def share(merge: Merging, quads: Iterable[Quad], owner: str) -> None:
    """Note that *owner* makes these statements, which others may make too."""
    rows = [(q.graph_name.value, q.subject.value, f"{q.predicate} {q.object}", owner) for q in quads]  # type: ignore[union-attr]
    merge.ledger.put("shared", rows)
    merge.ledger.put("shared_anew", (row[:2] for row in rows))


def disown(merge: Merging, owner: str) -> None:
    merge.ledger.put("shared_anew", (row[:2] for row in merge.ledger.take("shared", "owner", owner)))


def say_shared(merge: Merging) -> Iterator[Said]:
    for graph, subject in merge.ledger.each("SELECT graph, subject FROM shared_anew ORDER BY graph, subject"):
        rows = merge.ledger.rows(
            "SELECT DISTINCT rest FROM shared WHERE graph = ? AND subject = ? ORDER BY rest", graph, subject
        )
        text = "".join(f"<{subject}> {rest} <{graph}> .\n" for (rest,) in rows)
        yield Said(NamedNode(graph), NamedNode(subject), list(parse(text.encode(), RdfFormat.N_QUADS)))
