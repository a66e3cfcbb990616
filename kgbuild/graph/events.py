"""Claims become events: what is said of one happening, in all articles, is one event with all its quotes.

Two claims are of one happening when they have the same type, parties that agree (a minister acts for his
state) and times that agree. Compared within buckets of type and parties only, so a million claims merge in
one pass.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from pyoxigraph import NamedNode

from kgbuild.graph.entities import Entities
from kgbuild.graph.triples import EDGES, EVENTS, Facts, claim_iri, english, name, quantity_iri, thing, typed
from kgbuild.model import Claim, Reading, When
from kgbuild.ontology import Ontology

ROLES = ("actor", "recipient", "participant", "place", "topic", "theme", "cause", "instrument")
CORE = ("actor", "recipient", "participant")
NEAR_DAYS = 4
"""Undated claims of articles this many days apart may be of one happening."""


@dataclass(frozen=True)
class Told:
    """A claim with what its roles denote after merging."""

    reading: Reading
    claim: Claim
    roles: tuple[tuple[str, str], ...]
    parties: tuple[tuple[str, frozenset[str]], ...]
    """Per core role, the states or organisations acting."""

    @property
    def key(self) -> str:
        """The claim's IRI, by which claims are ordered."""
        return claim_iri(self.reading, self.claim).value

    @property
    def all_parties(self) -> frozenset[str]:
        """Everyone acting or acted upon."""
        return frozenset(p for _, group in self.parties for p in group)

    def filled(self, role: str) -> frozenset[str]:
        """The entities in *role*."""
        return frozenset(e for r, e in self.roles if r == role)

    @property
    def day(self) -> str:
        """The day that the claim is filed under when it gives none: its article's."""
        return self.claim.when.begin if self.claim.when else (self.reading.article.issued or "")[:10]


@dataclass
class Event:
    """One happening."""

    type: str
    told: list[Told] = field(default_factory=list)
    source_of: Mapping[str, str] = field(default_factory=dict)
    """The key of each article's independent source; without it articles of one publisher are one source."""

    def accepts(self, other: Told) -> bool:
        """Whether *other* may be of this happening: agreeing with every claim of it."""
        return all(_agree(one, other) for one in self.told)

    @property
    def when(self) -> When | None:
        """The shortest time that a claim gives; among equals the first."""
        times = [t.claim.when for t in self.told if t.claim.when]
        return min(times, key=lambda w: (_length(w), w.edtf), default=None)

    def entities(self, role: str) -> list[str]:
        """The entities in *role*, from all claims."""
        return sorted({e for t in self.told for e in t.filled(role)})

    @property
    def parties(self) -> list[str]:
        """The states and organisations acting, from all claims."""
        return sorted({p for t in self.told for p in t.all_parties})

    @property
    def amounts(self) -> list[NamedNode]:
        """The sums and numbers that its claims give, each once: by value, unit and change."""
        found = {
            (q.value, q.unit, q.change): quantity_iri(t.reading, q) for t in reversed(self.told) for q in t.claim.quantities
        }
        return sorted(found.values(), key=lambda node: node.value)

    @property
    def status(self) -> str:
        """What the claims together say of it."""
        held = Counter((t.claim.stance.polarity, t.claim.stance.modality == "Actual") for t in self.told)
        happened, denied = held["Affirmed", True], held["Negated", True]
        if happened and denied:
            return "Contested"
        if happened:
            return "Confirmed" if self.sources > 1 else "Reported"
        if denied or not held["Affirmed", False]:
            return "Denied"
        return "Planned"

    @property
    def sources(self) -> int:
        """Independent sources: articles of one publisher, and reprints of one text, count once."""
        articles = {t.reading.article.iri: t.reading.article for t in self.told}
        return len({self.source_of.get(iri) or (a.publisher or iri).casefold() for iri, a in articles.items()})


def _length(when: When) -> int:
    """In days; what goes on is longer than all else."""
    end = date.fromisoformat(when.end) if when.end else date.max
    return (end - date.fromisoformat(when.begin)).days


def _agree(one: Told, other: Told) -> bool:
    return _same_parties(one, other) and _same_time(one, other) and _same_things(one, other)


def _same_parties(one: Told, other: Told) -> bool:
    mine, theirs = dict(one.parties), dict(other.parties)
    for role in CORE:
        a, b = mine.get(role, frozenset()), theirs.get(role, frozenset())
        if a and b and not (a <= b or b <= a):
            return False
    return bool(one.all_parties & other.all_parties)


def _same_time(one: Told, other: Told) -> bool:
    a, b = one.claim.when, other.claim.when
    if a and b:
        return (b.end is None or a.begin <= b.end) and (a.end is None or b.begin <= a.end)
    if one.reading.article.iri == other.reading.article.iri:
        return True
    if not one.day or not other.day:
        return False
    return abs((date.fromisoformat(one.day) - date.fromisoformat(other.day)).days) <= NEAR_DAYS


def _same_things(one: Told, other: Told) -> bool:
    dated = one.claim.when and other.claim.when
    if not dated and (one.claim.stance.modality == "Actual") != (other.claim.stance.modality == "Actual"):
        # What is planned and what has happened are one only where something more than the parties says so.
        return bool(one.filled("theme") & other.filled("theme"))
    for role in ("theme", "place"):
        a, b = one.filled(role), other.filled(role)
        if a and b and not a & b:
            return False
    return True


def merge(readings: Iterable[Reading], entities: Entities, sources: Mapping[str, str] | None = None) -> list[Event]:
    """The events of all *readings*, in a fixed order; every event claim is in exactly one.

    *sources* has the key of each article's independent source, by the article's IRI.
    """
    buckets: dict[tuple[str, frozenset[str]], list[Told]] = defaultdict(list)
    for reading in readings:
        for claim in reading.claims:
            if claim.kind == "event":
                told = tell(reading, claim, entities)
                buckets[claim.claims, told.all_parties].append(told)
    events: list[Event] = []
    for (kind, _), claims in sorted(buckets.items(), key=lambda item: (item[0][0], sorted(item[0][1]))):
        events += _within(kind, sorted(claims, key=_order))
    for event in events:
        event.source_of = sources or {}
    return _with_parts(events)


def tell(reading: Reading, claim: Claim, entities: Entities) -> Told:
    """A claim with its roles resolved."""
    roles: list[tuple[str, str]] = []
    parties: dict[str, set[str]] = defaultdict(set)
    for role in claim.roles:
        found = entities.of(role.mention)
        if role.role in CORE:
            found = found or entities.parties(role.mention)
            parties[role.role] |= set(entities.parties(role.mention))
        roles += [(role.role, e) for e in found]
    return Told(
        reading, claim, tuple(dict.fromkeys(roles)), tuple((r, frozenset(p)) for r, p in sorted(parties.items()) if p)
    )


def _order(told: Told) -> tuple[bool, str, int, str]:
    """Dated and precise claims first, so that the vaguer ones join them."""
    when = told.claim.when
    return (when is None, told.day, _length(when) if when else 0, told.key)


def _within(kind: str, claims: list[Told]) -> list[Event]:
    events: list[Event] = []
    for told in claims:
        home = next((e for e in reversed(events) if told.all_parties and e.accepts(told)), None)
        if home is None:
            events.append(Event(kind, [told]))
        else:
            home.told.append(told)
    return events


def _with_parts(events: list[Event]) -> list[Event]:
    """A claim that names only some of the parties joins the fuller event of its own article."""
    fuller: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in events:
        for article in {t.reading.article.iri for t in event.told}:
            fuller[event.type, article].append(event)
    merged: set[int] = set()
    for event in sorted(events, key=lambda e: (len(e.parties), e.told[0].key)):
        articles = {t.reading.article.iri for t in event.told}
        if len(articles) > 1 or not event.parties:
            continue
        homes = [
            other
            for other in fuller[event.type, next(iter(articles))]
            if other is not event
            and id(other) not in merged
            and len(other.parties) > len(event.parties)
            and all(other.accepts(t) for t in event.told)
        ]
        if len(homes) == 1:  # with two fuller events it is undecided, and stays by itself
            homes[0].told += event.told
            merged.add(id(event))
    return [e for e in events if id(e) not in merged]


def facts(events: list[Event], entities: Entities) -> tuple[Facts, Facts]:
    """The graph of events, and that of direct edges (affirmed, actual events and relations only)."""
    made, edges = Facts(EVENTS), Facts(EDGES)
    taken: dict[str, str] = {}
    for event in events:
        node = thing(_local(event, taken))
        _event(made, node, event, entities)
        if event.status in ("Reported", "Confirmed"):
            _edges(edges, event, entities.ontology)
    return made, edges


def _local(event: Event, taken: dict[str, str]) -> str:
    when = event.when.edtf.replace("/", "_") if event.when else "undated"
    who = "-".join(dict.fromkeys(e for r in CORE for e in event.entities(r)))[:150] or "unnamed"
    local, first = f"event/{event.type}/{when}/{who}", min(t.key for t in event.told)
    if local in taken:
        local += "-" + hashlib.sha256(first.encode()).hexdigest()[:8]
    taken[local] = first
    return local


def _event(made: Facts, node: NamedNode, event: Event, entities: Entities) -> None:
    ontology, kind = entities.ontology, entities.ontology.types[event.type]
    made.a(node, "Event", event.type)
    made.add(node, "rdfs:label", english(_label(event, kind.noun, entities)))
    for role in ROLES:
        for entity in event.entities(role):
            made.add(node, f"dip:{role}", thing(entity))
    for party in event.parties:
        made.add(node, "dip:party", thing(party))
    made.time(node, event.when)
    for quantity in event.amounts:
        made.add(node, "dip:amount", quantity)
    made.add(node, "dip:status", name("dip", event.status))
    polarity = "Negated" if event.status == "Denied" else "Affirmed"
    modality = "Planned" if event.status == "Planned" else "Actual"
    code = ontology.folded(kind.category, polarity, modality)
    folded = kind if code == kind.category else ontology.types.get(code, kind)
    made.add(node, "dip:plover", code)
    for cameo in kind.cameo:
        made.add(node, "dip:cameo", cameo)
    if folded.score is not None:
        made.add(node, "dip:score", typed(str(Decimal(str(folded.score)).normalize()), "decimal"))
    made.add(node, "dip:quad", name("dip", folded.quad) if folded.quad else None)
    articles = {t.reading.article.iri for t in event.told}
    made.add(node, "dip:claimCount", len(event.told))
    made.add(node, "dip:articleCount", len(articles))
    made.add(node, "dip:sourceCount", event.sources)
    for told in event.told:
        made.add(claim_iri(told.reading, told.claim), "dip:about", node)


def _label(event: Event, noun: str, entities: Entities) -> str:
    """ "Withdrawal: Russia → South Stream, 2014-12-01"."""
    doing = ", ".join(entities.label(e) for r in ("actor", "participant") for e in event.entities(r))
    to = ", ".join(entities.label(e) for e in event.entities("recipient") or event.entities("theme"))
    when = f", {event.when.edtf}" if event.when else ""
    return f"{noun}: {doing or '…'}" + (f" → {to}" if to else "") + when


def _edges(edges: Facts, event: Event, ontology: Ontology) -> None:
    kind = ontology.types[event.type]
    if not kind.edge:
        return
    predicate = f"dip:{kind.edge}"
    for told in event.told:
        if told.claim.stance.polarity != "Affirmed" or told.claim.stance.modality != "Actual":
            continue
        parties = dict(told.parties)
        together = [told.filled("participant"), parties.get("participant", frozenset())]
        for group in together:
            for a in sorted(group):
                for b in sorted(group):
                    if a != b:
                        edges.add(thing(a), predicate, thing(b))
        recipients = told.filled("recipient") or told.filled("participant") or told.filled("theme")
        for a in sorted(told.filled("actor")):
            for b in sorted(recipients - {a}):
                edges.add(thing(a), predicate, thing(b))
        for a in sorted(parties.get("actor", frozenset())):
            for b in sorted(
                (parties.get("recipient", frozenset()) or (recipients if not told.filled("recipient") else frozenset()))
                - {a}
            ):
                edges.add(thing(a), predicate, thing(b))


def relation_edges(edges: Facts, readings: Iterable[Reading], entities: Entities) -> None:
    """Direct edges of the relations that are not events, and of known memberships between things met."""
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
