"""What a process of its own does for one request: it opens the store, answers, and writes the answer in pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kgbuild.ask.worker import PIECE
from kgbuild.graph.bounded import Stage
from kgbuild.graph.store import Graph

Work = Callable[..., Iterator[object]]
"""As `kgbuild.graph.bounded` has it; the first part of the answer is its media type, the others are bytes."""


@dataclass(frozen=True)
class Asked:
    """A query as the SPARQL protocol gives it, and the media types in which its answer may come, by its form."""

    sparql: str
    results: str | None
    triples: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def answer_query(store: str, asked: Asked) -> Iterator[object]:
    """The answer to a query of the protocol."""
    yield Stage.OPENING
    graph = Graph.open(store)
    yield Stage.ANSWERING
    media, written = graph.written_here(
        asked.sparql,
        asked.results,
        asked.triples,
        default_graphs=asked.default_graphs,
        named_graphs=asked.named_graphs,
    )
    yield media
    yield from pieces(written)


def pieces(written: bytes) -> Iterator[bytes]:
    """The bytes, a pipe's mouthful at a time."""
    for start in range(0, len(written), PIECE):
        yield written[start : start + PIECE]
