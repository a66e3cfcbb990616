"""Events of three or more, each as one thing with all who take part: what a picture draws as a node of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgbuild.ask.evidence import ABOUT, EventProperties, local, read_acts_for, read_events, read_vocabulary, records

if TYPE_CHECKING:
    from kgbuild.graph.store import Graph

PART = ("actor", "participant", "recipient")
"""The roles of those who take part, in the order in which they are listed."""
MANY = 3
"""So many take part in an event that is drawn as a node; two are joined by a line."""


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who takes part in an event."""

    entity: str
    role: str
    """actor, participant or recipient."""
    faced: bool
    """Whether the others face him: he is met *with*, or it is done to him; False for all where there is but one side."""
    parties: tuple[str, ...]
    """The states and organisations for which he acts in it, sorted; none for a state itself."""


@dataclass(frozen=True, slots=True)
class EventNode:
    """An event with all who take part in it: those who act or are named first before those whom they face."""

    id: str
    label: str
    type: str
    quad: str
    status: str | None
    when: str | None
    begin: str | None
    end: str | None
    participants: tuple[Participant, ...]
    claims: tuple[str, ...]
    """The claims that tell of it, sorted."""


def event_nodes(graph: Graph, *, least: int = MANY) -> tuple[EventNode, ...]:
    """The events of *graph* in which at least so many take part, by id. A state whose minister takes part is his party."""
    events, acts_for = read_events(graph, read_vocabulary(graph)), read_acts_for(graph)
    about = ((local(row["claim"]), local(row["event"])) for row in records(graph, ABOUT))
    return nodes_of(events, acts_for, about, least=least)


def nodes_of(
    events: Mapping[str, EventProperties],
    acts_for: Mapping[str, Set[str]],
    about: Iterable[tuple[str, str]],
    *,
    least: int = MANY,
) -> tuple[EventNode, ...]:
    """As `event_nodes`, of what has been read already; *about* has each claim with its event."""
    claims: dict[str, list[str]] = defaultdict(list)
    for claim, event in about:
        claims[event].append(claim)
    found = (_node(name, event, claims[name], acts_for) for name, event in sorted(events.items()))
    return tuple(node for node in found if len({one.entity for one in node.participants}) >= least)


def _node(name: str, event: EventProperties, claims: list[str], acts_for: Mapping[str, Set[str]]) -> EventNode:
    taking_part = [
        Participant(
            entity, role, entity in event.other_side, tuple(sorted((acts_for.get(entity, set()) & event.parties) - {entity}))
        )
        for role in PART
        for entity in sorted(event.roles[role])
    ]
    return EventNode(
        id=name,
        label=event.label,
        type=event.type,
        quad=event.quad,
        status=event.status,
        when=event.when,
        begin=event.begin,
        end=event.end,
        participants=tuple(sorted(taking_part, key=lambda one: one.faced)),
        claims=tuple(sorted(claims)),
    )
