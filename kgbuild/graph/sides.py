"""The sides of an event: who faces whom in its claims, which state stands back, and who is joined to whom by an edge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations, product

from kgbuild.ontology.types import EventType


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody in a core role of a claim, or a theme: one of those that a mention denotes, else one it acts for."""

    role: str
    side: int
    """As `model.Role.side` has it."""
    entity: str
    """Empty where nobody knows who it is: the sentence has this side all the same."""
    acts_for: frozenset[str]
    """The states and organisations for which it acts; a state acts for itself."""
    end: str
    """Where an edge ends: itself, but of a capital its state, which is visited there."""
    person: bool
    able: bool
    """Whether *end* can be a side: an actor, or a place to which something is done; no topic, agreement or project."""


Acting = Mapping[tuple[str, str], frozenset[str]]
"""By role and party, those who are named and act for it there: the ministers before whom a state stands back."""


def acting(standings: Iterable[Standing]) -> dict[tuple[str, str], frozenset[str]]:
    """Who acts for whom in an event, from the standings of all its claims."""
    found: dict[tuple[str, str], set[str]] = {}
    for one in standings:
        if one.role != "theme" and one.end == one.entity and one.entity not in one.acts_for:
            for party in one.acts_for:
                found.setdefault((one.role, party), set()).add(one.entity)
    return {key: frozenset(group) for key, group in found.items()}


def stands_back(one: Standing, others: Acting) -> bool:
    """Whether somebody else takes part for it, in the same role: "Russia" where "Lavrov" does."""
    return (one.role, one.end) in others


def joined(standings: Iterable[Standing], kind: EventType, others: Acting) -> Iterator[tuple[str, str]]:
    """Who is joined to whom by the edge of a claim of type *kind*: those set against or beside each other.

    An actor with each recipient; participants with those of the other side, or with each other where the sentence has one
    side alone and nobody acts on them; a mediator with each whom he brings together. A theme ends an edge for types that say
    so (`dip:edgeTheme`). Nobody is joined to his own state or its offices, and a state that stands back to nobody.
    """
    standings = list(standings)
    there = [one for one in standings if one.role != "theme" and one.able and not stands_back(one, others)]
    actors, recipients, together = ([s for s in there if s.role == r] for r in ("actor", "recipient", "participant"))
    pairs = list(product(actors, recipients or together))
    if not recipients and not together and kind.edge_theme:
        pairs += product(actors, [one for one in standings if one.role == "theme" and one.entity])
    if kind.symmetric and not any(one.role == "actor" for one in standings):
        faced = any(one.role == "participant" and one.side for one in standings)
        here = [one for one in together if not one.side]
        pairs += _both_ways(here, [one for one in together if one.side]) if faced else permutations(here, 2)
    for a, b in pairs:
        if a.end != b.end and not _is_own(a, b, kind):
            yield a.end, b.end


def _both_ways(here: list[Standing], there: list[Standing]) -> Iterator[tuple[Standing, Standing]]:
    yield from product(here, there)
    yield from product(there, here)


def _is_own(a: Standing, b: Standing, kind: EventType) -> bool:
    """Whether one is the other's own state or organisation, or meets an office of that.

    That a state arrests or charges one of its citizens joins the two all the same, and so does his quarrel with its bodies.
    """
    quarrel = kind.quad.endswith("Conflict")
    if a.end in b.acts_for or b.end in a.acts_for:
        return not (quarrel and b.person and not a.person and b.role == "recipient")
    return not quarrel and a.person != b.person and bool(a.acts_for & b.acts_for)


def two_sides(claims: Iterable[Iterable[Standing]]) -> tuple[list[str], list[str]]:
    """Those of an event in two groups, each in the order of *claims*: who acts or is named first, and whom they face.

    Claims may tell it from either side ("Norway met with Peru", "Peru met with Norway"): the first that names both counts.
    Where none names two sides, all are in the first group.
    """
    side: dict[str, int] = {}
    ordered = [[s for s in standings if s.entity and s.role != "theme"] for standings in claims]
    for there in sorted(ordered, key=lambda there: len({_number(s, there) for s in there}) < 2):
        numbers = [(one.end, _number(one, there)) for one in there]
        known = [number == side[entity] for entity, number in numbers if entity in side]
        turned = len({n for _, n in numbers}) == 2 and sum(known) * 2 < len(known)
        for entity, number in numbers:
            side.setdefault(entity, 1 - number if turned else number)
    return [e for e, n in side.items() if not n], [e for e, n in side.items() if n]


def _number(one: Standing, there: list[Standing]) -> int:
    """On which side somebody stands in a claim: 1 for recipients, for the other side, and for those brought together."""
    if one.role == "participant":
        return 1 if one.side or any(other.role == "actor" for other in there) else 0
    return int(one.role == "recipient")
