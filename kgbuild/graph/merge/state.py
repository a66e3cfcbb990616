"""A merge at work: what it is made of, what it has touched so far, and what it says in the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec
from pyoxigraph import NamedNode, Quad

from kgbuild.graph.clustering import Place
from kgbuild.graph.ledger import Ledger
from kgbuild.graph.merge.known import Known
from kgbuild.graph.tenures import Seat, TenureKey
from kgbuild.model import Article, Reading
from kgbuild.ontology import Decisions, Ontology

ENCODE = msgspec.msgpack.Encoder(order="deterministic").encode


class Said(NamedTuple):
    """All that a graph says of a subject now; of all its subjects where that is None."""

    graph: NamedNode
    subject: NamedNode | None
    quads: list[Quad]


class Touched:
    """What a merge has changed so far."""

    def __init__(self) -> None:
        self.gone: set[str] = set()
        """Articles that the ledger had, of which some are taken in again."""
        self.new: set[str] = set()
        """Articles that are taken in."""
        self.articles: set[str] = set()
        """Articles that are new, or of which mentions now denote others."""
        self.articles_viewed: set[str] = set()
        """Others of which claims may be seen otherwise."""
        self.parted: set[str] = set()
        """Names that several persons may bear."""
        self.ids: set[str] = set()
        self.judged: set[tuple[str, str]] = set()
        self.tenures: set[TenureKey] = set()
        self.seats: set[Seat] = set()
        self.entities: set[str] = set()
        self.actors: set[str] = set()
        self.come_or_gone: set[str] = set()
        self.renamed: set[str] = set()
        self.needed: set[str] = set()
        """Entities that events speak of, or did."""
        self.claims: set[int] = set()
        self.claims_gone: list[Place] = []
        """Where claims stood that are no longer there, or are seen otherwise."""
        self.types: set[str] = set()
        self.events: set[int] = set()
        self.reprints: dict[str, str | None] = {}
        self.tallies: set[str] = set()
        """Actors and pairs of whom other events count."""
        self.voices: set[str] = set()


@dataclass
class Merging:
    """One merge: the ledger of the last one, by what it merges, and what it has touched."""

    ledger: Ledger
    ontology: Ontology
    decisions: Decisions
    reading_of: Callable[[str], Reading]
    """What gives the reading of an IRI."""
    article_of: Callable[[str], Article]
    touched: Touched = field(default_factory=Touched)
    originals: dict[str, str] = field(default_factory=dict)
    """The IRI of each reprint -> that of its original."""

    def __post_init__(self) -> None:
        self.known = Known(self.ledger, self.ontology)
