"""Direct edges, `id:Russia dip:met id:Serbia`: of events and relations that some claim, surely read, affirms as a fact."""

from __future__ import annotations

from collections.abc import Iterable

from kgbuild.graph.claim_view import ClaimView
from kgbuild.graph.entities import Entities
from kgbuild.graph.sides import acting, joined
from kgbuild.graph.triples import Facts, thing
from kgbuild.model import SURE, Claim, Reading
from kgbuild.ontology.types import EventType


def event_edges(edges: Facts, kind: EventType, views: Iterable[ClaimView]) -> None:
    """Add the direct edges of one event of type *kind* from those of its claims that surely affirm it.

    They go between those whom a sentence sets against or beside each other (`sides.joined`): of "Lavrov met Kerry" between
    the two ministers, for both states stand back; these are parties of the event.
    """
    views = list(views)
    others = acting(standing for view in views for standing in view.standings)
    pairs = {pair for view in views if view.fact for pair in joined(view.standings, kind, others)}
    for a, b in sorted(pairs):
        edges.add(thing(a), f"dip:{kind.edge}", thing(b))


def relation_edges(edges: Facts, readings: Iterable[Reading], entities: Entities) -> None:
    """Add the direct edges of the relations that are no events, both ways where the relation is symmetric.

    An office is left out: it is a tenure, which says more than an edge.
    """
    for reading in readings:
        for claim in reading.claims:
            affirmed = (claim.stance.polarity, claim.stance.modality) == ("Affirmed", "Actual") and claim.confidence >= SURE
            if claim.kind != "relation" or not affirmed or claim.claims == "holdsPosition":
                continue
            kind = entities.ontology.types[claim.claims]
            for a in _ends(reading, claim, "subject", entities):
                for b in _ends(reading, claim, "object", entities):
                    if a != b:
                        edges.add(thing(a), f"dip:{claim.claims}", thing(b))
                        if kind.symmetric:
                            edges.add(thing(b), f"dip:{claim.claims}", thing(a))


def _ends(reading: Reading, claim: Claim, role: str, entities: Entities) -> list[str]:
    """The entities in a role, sorted; for a mention that denotes none, whom it acts for."""
    return sorted({e for m in claim.role(role) for e in (entities.of(reading, m) or entities.parties(reading, m))})
