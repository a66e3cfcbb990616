"""Events of three or more, as links that have more than two ends: what is drawn as a small node of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from kgbuild.ask.event_nodes import MANY, EventNode, nodes_of
from kgbuild.ask.evidence import EventProperties, Vocabulary
from kgbuild.ask.links import Link


def gathering_links(
    events: Mapping[str, EventProperties],
    acts_for: Mapping[str, Set[str]],
    about: Mapping[str, str],
    states: Set[str],
    vocabulary: Vocabulary,
) -> Iterator[Link]:
    """A link for each claim of an event in which three or more take part, with all of them as its ends.

    A state is no end beside its own minister; what is signed or left is one, as where two sign it. *about* has the event of
    each claim, *states* the ids of all states.
    """
    for node in nodes_of(events, acts_for, about.items()):
        sides = _sides(node, states)
        if sum(map(len, sides)) < MANY:
            continue
        event = events[node.id]
        if event.type in vocabulary.signed | vocabulary.left and not event.roles["recipient"]:
            sides = (sides[0], tuple(dict.fromkeys((*sides[1], *sorted(event.roles["theme"] - set(sides[0]))))))
        first, last = sides[0] or sides[1], sides[1] or sides[0]
        for claim in node.claims:
            verb = vocabulary.words(event.type)
            yield Link(
                first[0], last[-1], bool(sides[0] and sides[1]), event.type, verb, event.quad, node.id, claim, sides=sides
            )


def _sides(node: EventNode, states: Set[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those who act or are named first, and those whom they face; a state whose minister is there is left out."""
    own = {party for one in node.participants if one.entity not in states for party in one.parties}
    there = [one for one in node.participants if one.entity not in own]
    faced = {one.entity for one in there if one.faced or one.role == "recipient"}
    named = dict.fromkeys(one.entity for one in there)
    return tuple(one for one in named if one not in faced), tuple(one for one in named if one in faced)
