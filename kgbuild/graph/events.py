"""Claims become events: what is said of one happening, in all articles, is one event with all its quotes.

Claims are taken in a fixed order, the surest first, and each joins the happening it agrees with or starts one. It is
compared with few: those of its type and days that name the same parties, or one of them. So a million claims merge in one
pass, however many of them say that one state criticises another.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property

from pyoxigraph import NamedNode

from kgbuild.graph.edges import event_edges, relation_edges
from kgbuild.graph.entities import Entities
from kgbuild.graph.happening import MONTH, Happening, agreeing, judge
from kgbuild.graph.told import NEAR_DAYS, Told, teller
from kgbuild.graph.triples import EDGES, EVENTS, Facts, claim_iri, english, name, quantity_iri, thing, typed
from kgbuild.model import Reading, When
from kgbuild.ontology import Ontology

__all__ = ["Event", "facts", "merge", "relation_edges"]

LIMIT = 32
"""So many happenings of a bucket, the last ones, are compared with a claim at most."""
HORIZON = 60
"""A plan is called off at most so many days after it was last told."""
DAYS = 16
"""Happenings are filed by so many days, those of longer times by year."""


class Event:
    """One happening as all its claims tell it."""

    def __init__(self, type: str, told: Iterable[Told], sources: Mapping[str, str]) -> None:
        self.type = type
        self.told = sorted(told, key=lambda one: one.key)
        self._sources = sources
        self.cancelled = False
        """Whether another event calls it off."""

    @cached_property
    def when(self) -> When | None:
        """The shortest time that a claim gives; among equals the first."""
        times = {t.claim.when for t in self.told if t.claim.when}
        return min(times, key=lambda w: (_length(w), w.edtf, w.source, w.text), default=None)

    @cached_property
    def _by_role(self) -> dict[str, list[str]]:
        return {role: sorted(group) for role, group in grouped(pair for t in self.told for pair in t.roles).items()}

    def entities(self, role: str) -> list[str]:
        """The entities in *role*, from all claims."""
        return self._by_role.get(role, [])

    @cached_property
    def parties(self) -> list[str]:
        """The states and organisations acting, from all claims."""
        return sorted({p for t in self.told for p in t.everyone})

    @property
    def amounts(self) -> list[NamedNode]:
        """The sums and numbers that its claims give, each once: by value, unit and change."""
        found = {
            (q.value, q.unit, q.change): quantity_iri(t.reading, q) for t in reversed(self.told) for q in t.claim.quantities
        }
        return sorted(found.values(), key=lambda node: node.value)

    @property
    def status(self) -> str:
        """What the claims together say of it.

        Confirmed needs two independent sources that tell it as a fact, or an earlier article that announced it. Of
        claims about a plan, the last ones hold: denied later than announced, it is cancelled.
        """
        facts = [t for t in self.told if t.actual and t.affirmed]
        if facts and any(t.actual and not t.affirmed for t in self.told):
            return "Contested"
        if facts:
            announced = any(p.day < f.day for p in self.told if not p.actual and p.day for f in facts if f.day)
            return "Confirmed" if announced or self._independent(facts) > 1 else "Reported"
        if self.cancelled:
            return "Cancelled"
        plans = [t for t in self.told if t.affirmed]
        denials = [t for t in self.told if not t.affirmed]
        if not plans or not denials:
            return "Planned" if plans else "Denied"
        later = min(t.day or 0 for t in denials) > max(t.day or 0 for t in plans)
        return "Cancelled" if later else "Contested"

    @property
    def announced(self) -> bool:
        """Whether a claim says that it is planned, not only that it may be."""
        return any(t.affirmed and t.claim.stance.modality == "Planned" for t in self.told)

    @property
    def sources(self) -> int:
        """How many independent sources tell of it."""
        return self._independent(self.told)

    def _independent(self, told: Iterable[Told]) -> int:
        return len({self._sources.get(t.article) or _publisher(t.reading) for t in told})


def grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """What comes second by what comes first."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return found


def _publisher(reading: Reading) -> str:
    """Articles of one publisher are one source, where nothing better is known."""
    return (reading.article.publisher or reading.article.iri).casefold()


def _length(when: When) -> int:
    """In days; what goes on is longer than all else."""
    end = date.fromisoformat(when.end) if when.end else date.max
    return (end - date.fromisoformat(when.begin)).days


# -- merging --------------------------------------------------------------------------------------


def merge(readings: Iterable[Reading], entities: Entities, sources: Mapping[str, str] | None = None) -> list[Event]:
    """The events of all *readings*, in a fixed order whatever theirs; every event claim is in exactly one.

    *sources* has, for an article's IRI, the key of its independent source; an article that is not in it counts as its
    publisher's.
    """
    readings = list(readings)
    tell = teller(readings, entities)
    told = [tell(reading, claim) for reading in readings for claim in reading.claims if claim.kind == "event"]
    files = _Files(entities, {one.claim.claims for one in told})
    for one in sorted(told, key=_order(entities.ontology)):
        files.put(one)
    events = [Event(one.type, one.told, sources or {}) for one in files.all]
    events.sort(key=lambda event: (event.type, event.told[0].key))
    _call_off(events, entities.ontology)
    return events


def _order(ontology: Ontology) -> Callable[[Told], tuple[object, ...]]:
    """Leaves before their categories; then those of days, those without a time, those of months, of years, and of no
    day at all; among these the fuller before those that name fewer; then by time and text.
    """
    depth = {name: len(ontology.ancestors.get(name, ())) for name in ontology.types}

    def key(told: Told) -> tuple[object, ...]:
        if told.begin is None:
            vague = 1 if told.day is not None else 4
        else:
            vague = 0 if told.length <= 7 else 2 if told.length <= MONTH else 3
        begin = told.begin if told.begin is not None else told.day or 0
        return -depth[told.claim.claims], vague, -len(told.everyone), begin, told.length, told.key

    return key


class _Files:
    """Happenings filed by type, days and parties, so that a claim is compared with few of them."""

    def __init__(self, entities: Entities, met: set[str]) -> None:
        self.all: list[Happening] = []
        self._bond = judge(entities)
        self._filed: defaultdict[object, list[Happening]] = defaultdict(list)
        ancestors = entities.ontology.ancestors
        self._types = {kind: [kind, *sorted((ancestors.get(kind, frozenset()) & met) - {kind})] for kind in met}

    def put(self, told: Told) -> None:
        """Into the happening that it is of, or into a new one."""
        home = agreeing(self._candidates(told), told, self._bond) if told.everyone else None
        if home is None:
            home = Happening(told)
            self.all.append(home)
        else:
            home.add(told)
        self._file(home, told)

    def _candidates(self, told: Told) -> Iterator[Happening]:
        """Those with the same parties, then those with one of them, the article's own before others; each once."""
        seen: set[int] = set()
        kind, places = told.claim.claims, (told.article, *_bins(told)[0])
        sides: list[object] = [told.everyone, *sorted(told.everyone)]
        for key in ((kind, place, side) for side in sides for place in places):
            for one in self._filed.get(key, ())[-LIMIT:]:
                if id(one) not in seen:
                    seen.add(id(one))
                    yield one

    def _file(self, home: Happening, told: Told) -> None:
        places = {told.article: None, **{place: None for level in _bins(told) for place in level}}
        for kind in self._types[home.type]:
            keys: set[object] = {(kind, place, side) for place in places if place is not None for side in told.everyone}
            keys.update((kind, place, home.everyone) for place in places)
            for key in keys - home.filed:
                self._filed[key].append(home)
            home.filed |= keys


def _bins(told: Told) -> list[list[object]]:
    """The days that it may be of, as stretches of DAYS, as years, and as all of time (None); finer ones left out where it
    spans more.
    """
    if told.begin is not None:
        first, last = told.begin, told.end
    elif told.day is not None:
        first, last = told.day - NEAR_DAYS, told.day + NEAR_DAYS
    else:
        return [[None]]
    levels: list[list[object]] = [[None]]
    if last - first <= 366:
        levels.insert(0, [("year", year) for year in range(first // 365, last // 365 + 1)])
    if last - first <= MONTH:
        levels.insert(0, list(range(first // DAYS, last // DAYS + 1)))
    return levels


def _call_off(events: list[Event], ontology: Ontology) -> None:
    """What is only planned is cancelled when an event says so whose type cancels its type (`dip:cancels`)."""
    undoes = {name: kind.cancels for name, kind in ontology.types.items()}
    undone = frozenset().union(*undoes.values())
    plans: defaultdict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in events:
        if event.type in undone and event.status == "Planned" and event.announced:
            for party in event.parties:
                plans[event.type, party].append(event)
    for event in events:
        if not undoes[event.type] or event.status not in ("Reported", "Confirmed"):
            continue
        near = {
            id(plan): plan
            for kind in sorted(undoes[event.type])
            for party in event.parties
            for plan in plans[kind, party][-LIMIT:]
            if _calls_off(event, plan)
        }
        if len(near) == 1:  # with several plans it is undecided which
            next(iter(near.values())).cancelled = True


def _calls_off(event: Event, plan: Event) -> bool:
    """Whether they have the same parties, one perhaps fewer, and the plan was told before, and for later."""
    mine, theirs = set(event.parties), set(plan.parties)
    if not (mine <= theirs or theirs <= mine):
        return False
    here = {t.article for t in event.told} & {t.article for t in plan.told}
    told, planned = (max((t.day for t in e.told if t.day), default=None) for e in (event, plan))
    if told is None or planned is None:
        return bool(here)
    due = max((t.end for t in plan.told if t.begin is not None), default=told)
    return planned <= told <= min(planned + HORIZON, due + NEAR_DAYS)


# -- the graph of events --------------------------------------------------------------------------


def facts(events: list[Event], entities: Entities) -> tuple[Facts, Facts]:
    """The graph of events, and that of direct edges (affirmed, actual events and relations only)."""
    made, edges = Facts(EVENTS), Facts(EDGES)
    taken: dict[str, str] = {}
    for event in events:
        node = thing(_local(event, taken, entities.ontology.sides))
        status = event.status
        _event(made, node, event, status, entities)
        if status in ("Reported", "Confirmed"):
            edge = entities.ontology.types[event.type].edge
            if edge:
                event_edges(edges, edge, event.told)
    return made, edges


def _local(event: Event, taken: dict[str, str], sides: tuple[str, ...]) -> str:
    when = event.when.edtf.replace("/", "_") if event.when else "undated"
    who = "-".join(dict.fromkeys(e for r in sides for e in event.entities(r)))[:150] or "unnamed"
    local, first = f"event/{event.type}/{when}/{who}", claim_iri(event.told[0].reading, event.told[0].claim).value
    if local in taken:
        local += "-" + hashlib.sha256(first.encode()).hexdigest()[:8]
    taken[local] = first
    return local


def _event(made: Facts, node: NamedNode, event: Event, status: str, entities: Entities) -> None:
    ontology, kind = entities.ontology, entities.ontology.types[event.type]
    made.a(node, "Event", event.type)
    made.add(node, "rdfs:label", english(_label(event, kind.noun, entities)))
    for role in ontology.event_roles:
        for entity in event.entities(role):
            made.add(node, f"dip:{role}", thing(entity))
    for party in event.parties:
        made.add(node, "dip:party", thing(party))
    made.time(node, event.when)
    for quantity in event.amounts:
        made.add(node, "dip:amount", quantity)
    made.add(node, "dip:status", name("dip", status))
    polarity = "Negated" if status == "Denied" else "Affirmed"
    modality = "Planned" if status in ("Planned", "Cancelled") else "Actual"
    code = ontology.folded(kind.category, polarity, modality)
    folded = kind if code == kind.category else ontology.types.get(code, kind)
    made.add(node, "dip:plover", code)
    for cameo in kind.cameo:
        made.add(node, "dip:cameo", cameo)
    if folded.score is not None:
        made.add(node, "dip:score", typed(str(Decimal(str(folded.score)).normalize()), "decimal"))
    made.add(node, "dip:quad", name("dip", folded.quad) if folded.quad else None)
    articles = {t.article for t in event.told}
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
