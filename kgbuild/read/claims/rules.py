"""The rules that a reader goes by: all of them, unless a test or a measurement leaves one out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kgbuild.read.claims.bridging import BRIDGES, Bridge
from kgbuild.read.claims.candidate import Assembled, Candidate
from kgbuild.read.claims.event_vetoes import OF_EVENTS
from kgbuild.read.claims.match_vetoes import OF_MATCHES
from kgbuild.read.claims.relation_vetoes import OF_RELATIONS
from kgbuild.read.claims.vetoes import Veto
from kgbuild.read.parse.repairs import REPAIRS, Repair
from kgbuild.read.rule import Rule


@dataclass(frozen=True, slots=True)
class Rules:
    """Repairs of the parse, vetoes by what they are asked of, and bridges; each kind in the order in which it is tried."""

    repairs: tuple[Repair, ...] = REPAIRS
    of_matches: tuple[Veto[Candidate], ...] = OF_MATCHES
    of_events: tuple[Veto[Assembled], ...] = OF_EVENTS
    of_relations: tuple[Veto[Assembled], ...] = OF_RELATIONS
    bridges: tuple[Bridge, ...] = BRIDGES

    def __iter__(self) -> Iterator[Rule]:
        yield from (*self.repairs, *self.of_matches, *self.of_events, *self.of_relations, *self.bridges)

    def without(self, name: str) -> Rules:
        """All but the rule of that *name*. Raises KeyError where there is none."""
        if name not in {rule.name for rule in self}:
            raise KeyError(name)
        return Rules(
            tuple(rule for rule in self.repairs if rule.name != name),
            tuple(rule for rule in self.of_matches if rule.name != name),
            tuple(rule for rule in self.of_events if rule.name != name),
            tuple(rule for rule in self.of_relations if rule.name != name),
            tuple(rule for rule in self.bridges if rule.name != name),
        )


VETOES: tuple[Rule, ...] = (*OF_MATCHES, *OF_EVENTS, *OF_RELATIONS)
"""All vetoes, in the order in which they are asked."""
ALL = Rules()
