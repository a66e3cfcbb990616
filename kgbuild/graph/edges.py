"""Direct edges: what may be asserted between two things without its claims: affirmed, actual events, and relations."""

from __future__ import annotations

from collections.abc import Iterable

from kgbuild.graph.entities import Entities
from kgbuild.graph.told import NOBODY, Told
from kgbuild.graph.triples import Facts, thing
from kgbuild.model import Claim, Reading


def event_edges(edges: Facts, edge: str, told: Iterable[Told]) -> None:
    """The direct edges of one event by the property *edge*, from its affirmed and actual claims: between those named,
    and between those on whose account they act.
    """
    pairs: dict[tuple[str, str], None] = {}
    for one in told:
        if one.affirmed and one.actual:
            pairs |= dict.fromkeys(_pairs(one))
    for a, b in sorted(pairs):
        edges.add(thing(a), f"dip:{edge}", thing(b))


def _pairs(told: Told) -> Iterable[tuple[str, str]]:
    parties = told.parties
    together, recipients = told.filled("participant"), told.filled("recipient")
    for group in (together, parties.get("participant", NOBODY)):
        yield from ((a, b) for a in group for b in group if a != b)
    reached = recipients or together or told.filled("theme")
    yield from ((a, b) for a in told.filled("actor") for b in reached if a != b)
    reached = parties.get("recipient", NOBODY) or (NOBODY if recipients else reached)
    yield from ((a, b) for a in parties.get("actor", NOBODY) for b in reached if a != b)


def relation_edges(edges: Facts, readings: Iterable[Reading], entities: Entities) -> None:
    """Direct edges of the relations that are not events."""
    for reading in readings:
        for claim in reading.claims:
            affirmed = claim.stance.polarity == "Affirmed" and claim.stance.modality == "Actual"
            if claim.kind != "relation" or not affirmed or claim.claims == "holdsPosition":
                continue
            kind = entities.ontology.types[claim.claims]
            for a in _ends(claim, "subject", entities):
                for b in _ends(claim, "object", entities):
                    if a != b:
                        edges.add(thing(a), f"dip:{claim.claims}", thing(b))
                        if kind.symmetric:
                            edges.add(thing(b), f"dip:{claim.claims}", thing(a))


def _ends(claim: Claim, role: str, entities: Entities) -> list[str]:
    return sorted({e for m in claim.role(role) for e in (entities.of(m) or entities.parties(m))})
