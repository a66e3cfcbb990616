"""With whom somebody has events, and how friendly they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from kgbuild.ask.show.events import TAKING_PART, Event
from kgbuild.ask.show.rows import rows_of_all
from kgbuild.ask.terms import short
from kgbuild.graph.store import Graph

HAPPENED = frozenset({"Reported", "Confirmed"})

TONES = ((5.0, "cooperative"), (1.0, "friendly"), (-1.0, "mixed"), (-5.0, "tense"), (-10.0, "hostile"))
"""From which score on what is said."""

ActsFor = dict[str, set[str]]


@dataclass(frozen=True)
class Partner:
    """Somebody who stands on the other side of events."""

    label: str
    id: str
    events: int
    score: float | None
    """How friendly or hostile, from -10 to 10: the mean of the events that happened; None where none has."""
    tone: str
    """The score in a word; empty where there is none."""


def tone(score: float | None) -> str:
    """A score from -10 to 10 in a word.

    >>> [tone(score) for score in (7, 2.5, 0, -2, -6, None)]
    ['cooperative', 'friendly', 'mixed', 'tense', 'hostile', '']
    """
    return "" if score is None else next((word for least, word in TONES if score >= least), TONES[-1][1])


def partners_of(graph: Graph, here: str, events: Sequence[Event], *, person: bool) -> tuple[Partner, ...]:
    """Who stands on the other side of *here* in *events*, those of most events first.

    For a *person* they are whoever takes part; for anyone else the states and organisations that these act for.
    """
    everyone = sorted({who for event in events for _, who in event.parts})
    acts_for: ActsFor = defaultdict(set)
    for who, state in rows_of_all(graph, ACTS_FOR, everyone):
        acts_for[short(who)].add(short(state))
    scores: dict[str, list[float]] = defaultdict(list)
    number: dict[str, int] = defaultdict(int)
    for event in events:
        others = _facing(event, here, acts_for)
        if not person:
            others = {one for other in others for one in _folded(event, other, acts_for)}
        for other in others - {here} - acts_for[here]:
            number[other] += 1
            if event.score is not None and event.status in HAPPENED:
                scores[other].append(event.score)
    labels = {short(who): label for who, label in sorted(rows_of_all(graph, LABELS, sorted(number)), reverse=True)}
    partners = []
    for other in number:
        score = round(fmean(scores[other]), 1) if scores[other] else None
        partners.append(Partner(labels.get(other, other), other, number[other], score, tone(score)))
    return tuple(sorted(partners, key=lambda one: (-one.events, one.label, one.id)))


def _facing(event: Event, here: str, acts_for: ActsFor) -> set[str]:
    """Those on the other side of *here*, or of those who act for it; the others where there is one side alone, and all who
    take part where *here* does not.
    """
    acting = {who for role, who in event.parts if role in TAKING_PART and role != "party"}
    mine = {who for who in acting if here in {who, *_folded(event, who, acts_for)}}
    if not mine:
        return set() if event.takes_part(here) else acting
    far = {who for role, who in event.parts if role == "otherSide"} & acting
    near = acting - far
    if far and near:
        return ((far if mine & near else set()) | (near if mine & far else set())) - mine
    return acting - mine


def _folded(event: Event, who: str, acts_for: ActsFor) -> set[str]:
    """The parties for which *who* takes part; itself where there are none."""
    return (acts_for.get(who, set()) & {party for role, party in event.parts if role == "party"}) or {who}


ACTS_FOR = """
SELECT ?who ?state
WHERE { VALUES ?who { IDS } GRAPH id:graph\\/events { ?who dip:actsFor ?state } FILTER NOT EXISTS { ?who a dip:State } }
"""

LABELS = "SELECT ?who ?label { VALUES ?who { IDS } ?who rdfs:label ?label }"
