"""States and capitals through time: "Germany" was West Germany until 1990, and Belgrade ruled Yugoslavia."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from kgbuild.ontology import Actor, Ontology

TIMED = ("Agreement", "Conflict")
"""What is spoken of by its name only once it has begun; a state or a body may go by a later name in a text."""


class PastState(NamedTuple):
    """A state that is no more, with its first and its last day (ISO)."""

    actor: Actor
    begin: str
    end: str

    def covers(self, day: str) -> bool:
        """Whether it existed on *day* (ISO); not where the day is the empty word."""
        return self.begin <= day <= self.end


@dataclass(frozen=True, slots=True)
class History:
    """What actors.ttl says of the past of states, capitals, agreements and conflicts."""

    predecessors: dict[str, PastState]
    """A state or body -> the one that it followed."""
    ruled: dict[str, PastState]
    """A capital -> the state that was ruled from it."""
    begins: dict[str, str]
    """An agreement or a conflict -> its first day."""

    @classmethod
    def of(cls, ontology: Ontology) -> History:
        """What *ontology* says."""
        predecessors, ruled, begins = {}, {}, {}
        for actor in ontology.actors.values():
            if actor.begin and actor.cls in TIMED:
                begins[actor.id] = actor.begin
            if not actor.begin or not actor.end:
                continue
            past = PastState(actor, actor.begin, actor.end)
            if actor.successor:
                predecessors[actor.successor] = past
            if actor.cls == "State" and actor.capital:
                ruled[actor.capital] = past
        return cls(predecessors, ruled, begins)

    def as_of(self, actor: Actor, day: str) -> Actor:
        """*actor* as it was on *day*: for a state, its predecessor where that still existed ("Germany" in 1987).

        A capital is then that state's ("Moscow" in 1987 is the Soviet Union's, "Belgrade" in 1960 Yugoslavia's).
        """
        past = self.ruled.get(actor.id)
        if past and actor.capital_of and past.covers(day):
            return replace(actor, capital_of=past.actor.id)
        before = self.predecessors.get(actor.capital_of or actor.id)
        if before is None or not before.covers(day):
            return actor
        return replace(actor, capital_of=before.actor.id) if actor.capital_of else before.actor

    def is_yet_to_come(self, actor: Actor, day: str) -> bool:
        """Whether an agreement or a conflict begins after *day*, and so is not meant; never without a day."""
        return bool(day) and self.begins.get(actor.id, "") > day
