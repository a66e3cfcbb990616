"""Events of three or more, as links that have more than two ends: what is drawn as a small node of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

from kgbuild.ask.event_nodes import MANY, EventNode, nodes_of
from kgbuild.ask.evidence import EventProperties, Evidence, Vocabulary
from kgbuild.ask.links import Link, Naming


def gathering_links(
    events: Mapping[str, EventProperties],
    acts_for: Mapping[str, Set[str]],
    about: Mapping[str, str],
    names: Naming,
    evidence: Mapping[str, Evidence],
    vocabulary: Vocabulary,
) -> Iterator[Link]:
    """A link for each claim of an event in which three or more take part, with all of them as its ends.

    Who takes part by denied claims alone does not, unless all of them are denied; such a claim is no link here. *about* has
    the event of each claim.
    """
    for node in nodes_of(events, acts_for, about.items()):
        event = events[node.id]
        claims = [claim for claim in node.claims if claim in evidence]
        told = [claim for claim in claims if evidence[claim].stance != "denied"] or claims
        named = [names.of(claim, event) for claim in told]
        # A claim that names fewer than two speaks of the event as a whole.
        there = None if any(len(some) < 2 for some in named) else set().union(*named)
        sides = _sides(node, there)
        if sum(map(len, sides)) < MANY:
            continue
        verb = vocabulary.words(event.type)
        if event.type in vocabulary.signed | vocabulary.left and not event.roles["recipient"]:
            themes = tuple(sorted(event.roles["theme"] - {*sides[0], *sides[1]}))
            verb = vocabulary.words_to_theme(event.type) if themes and not sides[1] else verb
            sides = (sides[0], (*sides[1], *themes))
        if event.roles["actor"] and not sides[1]:
            continue  # what many do to nobody stands in the panel of each, as what one does
        first, last, directed = (sides[0] or sides[1])[0], (sides[1] or sides[0])[-1], all(sides) and _is_directed(event)
        for claim in told:
            yield Link(first, last, directed, event.type, verb, event.quad, node.id, claim, sides)


def _is_directed(event: EventProperties) -> bool:
    """Whether somebody acts on others; those who meet each other do not."""
    return bool(event.roles["actor"])


def _sides(node: EventNode, there: Set[str] | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those who act or are named first, and those whom they face, of all or of those who are *there*; not a state whose
    minister is among them.
    """
    parts = [one for one in node.participants if there is None or one.entity in there]
    own = {party for one in parts for party in one.parties}
    faced = {
        one.entity for one in parts if one.faced or (one.role != "actor" and any(each.role == "actor" for each in parts))
    }
    named = [one for one in dict.fromkeys(one.entity for one in parts) if one not in own]
    return tuple(one for one in named if one not in faced), tuple(one for one in named if one in faced)
