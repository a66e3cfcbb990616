"""What is said and joins no two actors: statements, and events of which one side alone is known. And how much there is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from kgbuild.ask.evidence import EventProperties, Filler, Vocabulary

STATEMENT = "Statement"
PARTIES = ("actor", "recipient", "participant", "subject", "object", "holder", "of")
"""The roles of those in whose panel a claim stands that no line stands for; of a statement it is the speaker."""
OF_EVENTS = ("actor", "recipient", "participant")


@dataclass(frozen=True, slots=True)
class Aside:
    """A claim that no line stands for, in the panel of an actor."""

    claim: str
    verb: str
    statement: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many claims a graph has, and where the page has them: each is counted once, and the others sum up to *total*."""

    total: int
    drawn: int
    """Those that join two actors or more."""
    statements: int
    """Statements in the panels of those who make them."""
    one_sided: int
    """Claims of which one side is known, in its panel."""
    elsewhere: int
    """Claims that have no party among those drawn."""


def asides_of(
    kinds: Mapping[str, str],
    fillers: Mapping[str, Iterable[Filler]],
    events: Mapping[str, EventProperties],
    about: Mapping[str, str],
    vocabulary: Vocabulary,
    *,
    drawn: Set[str],
) -> dict[str, tuple[Aside, ...]]:
    """The claims of each entity that are not *drawn*, in their order: what it states, and what it does to or with nobody
    known. *kinds* has the type of each claim, *about* the event of those that tell of one.
    """
    found: dict[str, set[Aside]] = defaultdict(set)
    for claim, kind in kinds.items():
        if claim in drawn:
            continue
        wanted = ("speaker",) if kind == STATEMENT else PARTIES
        parties = {each.entity for each in fillers.get(claim, ()) if each.role in wanted and each.entity}
        if event := events.get(about.get(claim, "")):
            parties.update(*(event.roles[role] for role in OF_EVENTS))
        verb = "says" if kind == STATEMENT else vocabulary.words(kind)
        for entity in parties:
            found[entity].add(Aside(claim, verb, kind == STATEMENT))
    return {entity: tuple(sorted(some, key=lambda one: one.claim)) for entity, some in sorted(found.items())}


def counted(total: int, drawn: Set[str], asides: Iterable[tuple[Aside, ...]]) -> Counts:
    """How many of *total* claims are where."""
    beside = {one for some in asides for one in some}
    statements = sum(one.statement for one in beside)
    one_sided = len(beside) - statements
    return Counts(total, len(drawn), statements, one_sided, total - len(drawn) - len(beside))
