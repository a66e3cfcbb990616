"""The events of one thing, and those of them that are told with their best sentence."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kgbuild.ask.show.rows import Row, local, rows_of, rows_of_all
from kgbuild.ask.terms import short
from kgbuild.graph.store import Graph

TAKING_PART = frozenset({"actor", "recipient", "participant", "party"})


@dataclass(frozen=True)
class Event:
    """What is counted of an event."""

    id: str
    """Short, to be pasted back: id:event/…"""
    status: str
    quad: str
    """What its group of events is called; empty where it has none."""
    score: float | None
    sources: int
    """Independent ones."""
    claims: int
    begin: str | None
    """The first day of its time; None where no article says it."""
    reported: str | None
    """The day of its first report."""
    parts: tuple[tuple[str, str], ...]
    """Who has which part in it: (("actor", "id:Russia"), …); `otherSide` are those whom the others face."""

    @property
    def day(self) -> str:
        """The day by which it stands among others; empty where nothing says."""
        return self.begin or self.reported or ""

    @property
    def known(self) -> str:
        """Its first day, or that of its first report if it is still to come by then; empty where nothing says."""
        return min(filter(None, (self.begin, self.reported)), default="")

    def takes_part(self, who: str) -> bool:
        """Whether *who* acts in it, or somebody for it; not where it is its place, topic or theme alone."""
        return any(one == who and role in TAKING_PART for role, one in self.parts)


@dataclass(frozen=True)
class Deed:
    """An event, as it is told."""

    id: str
    """Short, to be pasted back: id:event/…"""
    what: str
    """Its label without its time: "Meeting: Lena Ostrov, Tomas Reyl"."""
    when: str
    """Its time in EDTF, or "reported" and the day of its first report."""
    day: str
    """The day by which it stands among others; empty where nothing says."""
    status: str
    score: float | None
    sources: int
    claims: int
    sentence: str
    """The best of its sentences: that of `dip:bestClaim`."""
    speaker: str | None
    outlet: str | None
    published: str | None


def events_of(graph: Graph, thing: NamedNode) -> tuple[Event, ...]:
    """The events of *thing*, the weightiest first: of most sources, then claims, then the farthest from neutral."""
    parts: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for event, role, who in rows_of(graph, PARTS, thing):
        parts[event].add((local(role), short(who)))
    facts = {name: dict(_pairs(rows_of(graph, FACT.replace("FACT", f"dip:{name}"), thing))) for name in FACTS}
    quads = dict(_pairs(rows_of(graph, QUADS, thing)))
    found = [
        Event(
            id=short(event),
            status=local(status),
            quad=quads.get(quad, apart(local(quad))) if (quad := facts["quad"].get(event, "")) else "",
            score=float(facts["score"][event]) if event in facts["score"] else None,
            sources=int(facts["sourceCount"].get(event, 0)),
            claims=int(facts["claimCount"].get(event, 0)),
            begin=facts["begin"].get(event),
            reported=facts["reportedOn"].get(event),
            parts=tuple(sorted(parts[event])),
        )
        for event, status in facts["status"].items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.sources, -one.claims, -abs(one.score or 0), one.id)))


def told(graph: Graph, events: Sequence[Event]) -> tuple[Deed, ...]:
    """These *events* with their labels and best sentences, in their order."""
    labels = {short(row[0]): row for row in rows_of_all(graph, LABELS, [event.id for event in events])}
    best = {short(row[0]): row for row in rows_of_all(graph, SENTENCES, [event.id for event in events])}
    deeds = []
    for event in events:
        _, label, when = labels.get(event.id, ("", event.id, ""))
        _, sentence, speaker, outlet, published = best.get(event.id, NONE)
        deeds.append(
            Deed(
                id=event.id,
                what=untimed(label),
                when=when or (f"reported {event.reported}" if event.reported else "no day"),
                day=event.day,
                status=event.status,
                score=event.score,
                sources=event.sources,
                claims=event.claims,
                sentence=sentence,
                speaker=speaker or None,
                outlet=outlet or None,
                published=published[:10] or None,
            )
        )
    return tuple(deeds)


def apart(name: str) -> str:
    """The words in the name of a term without a label: "VerbalConflict" is "verbal conflict"."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).lower()


def untimed(label: str) -> str:
    """The label of an event without its time, which stands beside it."""
    return re.sub(r", (reported )?[-0-9X~?%/.]+$", "", label)


NONE: Row = ("",) * 5
"""Of an event of which no claim is known."""


def _pairs(rows: list[Row]) -> list[tuple[str, str]]:
    """Of several values the least counts."""
    return sorted(((row[0], row[1]) for row in rows), reverse=True)


FACTS = ("status", "quad", "score", "sourceCount", "claimCount", "begin", "reportedOn")

ROLES = "dip:actor|dip:recipient|dip:participant|dip:party|dip:place|dip:topic|dip:theme|dip:cause|dip:instrument"
OF_IT = f"{{ SELECT DISTINCT ?event {{ GRAPH id:graph\\/events {{ ?event {ROLES} ?thing }} }} }}"

FACT = f"SELECT ?event ?value {{ {OF_IT} GRAPH id:graph\\/events {{ ?event FACT ?value }} }}"

QUADS = "SELECT ?quad ?label { ?quad a dip:Quad ; rdfs:label ?label }"

PARTS = f"""
SELECT ?event ?role ?who
WHERE {{
  {OF_IT}
  GRAPH id:graph\\/events {{ ?event ?role ?who }}
  FILTER(?role IN (dip:actor, dip:recipient, dip:participant, dip:party, dip:otherSide))
}}
"""

LABELS = "SELECT ?event ?label ?when { VALUES ?event { IDS } ?event rdfs:label ?label OPTIONAL { ?event dip:when ?when } }"

SENTENCES = """
SELECT ?event ?sentence ?speaker ?outlet ?issued
WHERE {
  VALUES ?event { IDS }
  ?event dip:bestClaim ?claim .
  ?claim dip:inSentence ?quote .
  ?quote oa:exact ?sentence ; dct:isPartOf ?article .
  OPTIONAL {
    ?claim dip:speaker ?voice
    OPTIONAL { ?voice oa:exact ?words }
    OPTIONAL { ?voice dip:denotes ?person OPTIONAL { ?person rdfs:label ?personLabel } }
  }
  OPTIONAL { ?article dct:publisher ?outlet }
  OPTIONAL { ?article dct:issued ?issued }
  BIND(STR(COALESCE(?personLabel, ?words)) AS ?speaker)
}
"""
