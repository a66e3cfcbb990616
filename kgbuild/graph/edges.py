"""Direct edges, `id:Russia dip:met id:Serbia`: of events and relations that some claim affirms as a fact."""

from __future__ import annotations

from collections.abc import Iterable

from kgbuild.graph.claim_view import NONE, ClaimView
from kgbuild.graph.entities import Entities
from kgbuild.graph.triples import Facts, thing
from kgbuild.model import Claim, Reading


def event_edges(edges: Facts, edge: str, views: Iterable[ClaimView]) -> None:
    """Add the direct edges of one event, by the property *edge*, from those of its claims that affirm it as a fact.

    They go between those who are named, and between the parties they act for: "Lavrov met Kerry" gives edges between the
    two ministers, and between Russia and the United States.
    """
    pairs: dict[tuple[str, str], None] = {}
    for one in views:
        if one.affirmed and one.actual:
            pairs |= dict.fromkeys(_pairs(one))
    for a, b in sorted(pairs):
        edges.add(thing(a), f"dip:{edge}", thing(b))


def _pairs(view: ClaimView) -> Iterable[tuple[str, str]]:
    """Who is joined to whom: participants with each other, and actors with recipients; without recipients, with the
    participants they bring together, and without these with themes.
    """
    parties = view.parties
    together, recipients = view.filled("participant"), view.filled("recipient")
    for group in (together, parties.get("participant", NONE)):
        yield from ((a, b) for a in group for b in group if a != b)
    reached = recipients or together or view.filled("theme")
    yield from ((a, b) for a in view.filled("actor") for b in reached if a != b)
    reached = parties.get("recipient", NONE) or (NONE if recipients else reached)
    yield from ((a, b) for a in parties.get("actor", NONE) for b in reached if a != b)


def relation_edges(edges: Facts, readings: Iterable[Reading], entities: Entities) -> None:
    """Add the direct edges of the relations that are no events, both ways where the relation is symmetric.

    An office is left out: it is a tenure, which says more than an edge.
    """
    for reading in readings:
        for claim in reading.claims:
            affirmed = claim.stance.polarity == "Affirmed" and claim.stance.modality == "Actual"
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
