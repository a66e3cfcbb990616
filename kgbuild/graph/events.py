"""Claims become events: claims of all articles that are of one event become that event, with all its quotes.

Claims are taken in a fixed order, the most definite first, and each joins the cluster it belongs to or starts one. It is
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

from kgbuild.graph.claim_view import NEAR_DAYS, ClaimView, views_of
from kgbuild.graph.edges import event_edges, relation_edges
from kgbuild.graph.entities import Entities
from kgbuild.graph.event_cluster import MONTH, EventCluster, bond_by, closest
from kgbuild.graph.event_label import label
from kgbuild.graph.sides import Standing, acting, stands_back, two_sides
from kgbuild.graph.triples import EDGES, EVENTS, Facts, claim_iri, english, name, quantity_iri, thing, typed
from kgbuild.model import Reading, When
from kgbuild.ontology import Ontology

__all__ = ["Event", "facts", "merge", "relation_edges"]

LIMIT = 32
"""Of the clusters under one key of the index, so many at most are compared with a claim: the last ones."""
HORIZON = 60
"""A plan can be called off at most so many days after the last article that has it."""
DAYS = 16
"""The index has a key for each stretch of so many days; for times of more than a month, for each year."""


class Event:
    """One event as all its claims have it."""

    def __init__(self, type: str, views: Iterable[ClaimView], sources: Mapping[str, str]) -> None:
        self.type = type
        self.views = sorted(views, key=lambda one: one.key)
        """Its claims, by article and place."""
        self._sources = sources
        self.cancelled = False
        """Whether another event calls it off."""

    @cached_property
    def when(self) -> When | None:
        """The shortest time that a claim gives; among equals the first."""
        times = {t.claim.when for t in self.views if t.claim.when}
        return min(times, key=lambda w: (_length(w), w.edtf, w.source, w.text), default=None)

    @cached_property
    def reported(self) -> str | None:
        """The day on which the first article that tells of it appeared: it stands for the time of an event without one where
        events are ordered or chosen by day, and is never its time. None where no article has a date.
        """
        first = min((t.day for t in self.views if t.day is not None), default=None)
        return None if first is None else date.fromordinal(first).isoformat()

    @cached_property
    def _by_role(self) -> dict[str, list[str]]:
        core = [(s.role, s.end) for s in self.standings if s.role != "theme"]
        beside = [pair for t in self.views for pair in t.roles if pair[0] not in {role for role, _ in core}]
        return {role: sorted(group) for role, group in grouped([*core, *beside]).items()}

    @cached_property
    def standings(self) -> dict[Standing, None]:
        """Who stands where in all its claims; a state stands back where its minister has the same role."""
        every = dict.fromkeys(s for t in self.views for s in t.standings if s.entity)
        others = acting(every)
        return dict.fromkeys(s for s in every if not stands_back(s, others))

    def entities(self, role: str) -> list[str]:
        """The entities in *role*, from all claims; a state stands back where its minister has the same role."""
        return self._by_role.get(role, [])

    @cached_property
    def other_side(self) -> list[str]:
        """Those whom the others face: recipients, and participants that are met with; none where all stand on one side."""
        _, other = two_sides([s for s in t.standings if s in self.standings] for t in self.views)
        return sorted(other)

    def in_order(self, role: str) -> list[str]:
        """The entities in *role*, those first who face nobody: who acts."""
        return sorted(self.entities(role), key=self.other_side.__contains__)

    @cached_property
    def parties(self) -> list[str]:
        """The states and organisations that take part, from all claims."""
        return sorted({p for t in self.views for p in t.all_parties})

    @property
    def amounts(self) -> list[NamedNode]:
        """The sums and numbers that its claims give, each once: by value, unit and change."""
        found = {
            (q.value, q.unit, q.change): quantity_iri(t.reading, q) for t in reversed(self.views) for q in t.claim.quantities
        }
        return sorted(found.values(), key=lambda node: node.value)

    @property
    def status(self) -> str:
        """What the claims together say of it.

        Confirmed: it is told as a fact, without doubt, by an article in its own words or by one of those who did it.
        Reported: it is told as a fact, but only on the word of others (those it was done to, too) or with doubt.
        Contested: one affirms and another denies it. Planned: it is only announced or thought possible. Cancelled: another
        event calls it off, or it is denied later than it was last announced. Denied: nothing affirms it. How many sources
        tell of it does not matter: see `sources`.
        """
        facts = [t for t in self.views if t.actual and t.affirmed]
        if facts and any(t.actual and not t.affirmed for t in self.views):
            return "Contested"
        if facts:
            return "Confirmed" if any(t.vouched for t in facts) else "Reported"
        if self.cancelled:
            return "Cancelled"
        plans = [t for t in self.views if t.affirmed]
        denials = [t for t in self.views if not t.affirmed]
        if not plans or not denials:
            return "Planned" if plans else "Denied"
        later = min(t.day or 0 for t in denials) > max(t.day or 0 for t in plans)
        return "Cancelled" if later else "Contested"

    @property
    def announced(self) -> bool:
        """Whether a claim says that it is planned; that it is possible or wanted is not enough."""
        return any(t.affirmed and t.claim.stance.modality == "Planned" for t in self.views)

    @property
    def sources(self) -> int:
        """How many independent sources have it; articles of one source count once."""
        return self._independent(self.views)

    def _independent(self, views: Iterable[ClaimView]) -> int:
        return len({self._sources.get(t.article) or _publisher(t.reading) for t in views})


def grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """What comes second in *pairs* by what comes first: {"actor": {"Norway", "Iceland"}}."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return found


def _publisher(reading: Reading) -> str:
    """What an article counts for as a source where nothing better is known: its publisher, else itself."""
    return (reading.article.publisher or reading.article.iri).casefold()


def _length(when: When) -> int:
    """Days from the first to the last; a time that goes on is longer than any other."""
    end = date.fromisoformat(when.end) if when.end else date.max
    return (end - date.fromisoformat(when.begin)).days


# -- merging --------------------------------------------------------------------------------------


def merge(readings: Iterable[Reading], entities: Entities, sources: Mapping[str, str] | None = None) -> list[Event]:
    """The events of all *readings*, in a fixed order whatever theirs; every event claim is in exactly one.

    *sources* has, for an article's IRI, the key of its independent source; an article that is not in it counts as its
    publisher's.
    """
    views = views_of(readings, entities)
    index = _ClusterIndex(entities, {view.claim.claims for view in views})
    for view in sorted(views, key=_order(entities.ontology)):
        index.put(view)
    events = [Event(cluster.type, cluster.views, sources or {}) for cluster in index.clusters]
    events.sort(key=lambda event: (event.type, event.views[0].key))
    _call_off(events, entities.ontology)
    return events


def _order(ontology: Ontology) -> Callable[[ClaimView], tuple[object, ...]]:
    """What says in which order claims are taken: the more definite ones first, so that vaguer ones find a cluster to join.

    Narrower types come before wider ones; then claims with a time of days, without a time, with one of months, with one of
    years, and those of articles without a date; then those with more parties; last by day, length of time and place.
    """
    depth = {name: len(ontology.ancestors.get(name, ())) for name in ontology.types}

    def key(view: ClaimView) -> tuple[object, ...]:
        if view.begin is None:
            vague = 1 if view.day is not None else 4
        else:
            vague = 0 if view.length <= 7 else 2 if view.length <= MONTH else 3
        begin = view.begin if view.begin is not None else view.day or 0
        return -depth[view.claim.claims], vague, -len(view.all_parties), begin, view.length, view.key

    return key


class _ClusterIndex:
    """Clusters by type, days and parties, so that a claim is compared with few of them."""

    def __init__(self, entities: Entities, met: set[str]) -> None:
        """*met* are the types of all claims that will be put here."""
        self.clusters: list[EventCluster] = []
        self._bond = bond_by(entities)
        self._by_key: defaultdict[object, list[EventCluster]] = defaultdict(list)
        ancestors = entities.ontology.ancestors
        self._types = {kind: [kind, *sorted((ancestors.get(kind, frozenset()) & met) - {kind})] for kind in met}

    def put(self, view: ClaimView) -> None:
        """Add a claim to the cluster that it belongs to, or to a new one. A claim without any party stays alone."""
        cluster = closest(self._candidates(view), view, self._bond) if view.all_parties else None
        if cluster is None:
            cluster = EventCluster(view)
            self.clusters.append(cluster)
        else:
            cluster.add(view)
        self._enter(cluster, view)

    def _candidates(self, view: ClaimView) -> Iterator[EventCluster]:
        """Clusters with the same parties, then those with one of them; the article's own before others; each once."""
        seen: set[int] = set()
        kind, places = view.claim.claims, (view.article, *_bins(view)[0])
        sides: list[object] = [view.all_parties, *sorted(view.all_parties)]
        for key in ((kind, place, side) for side in sides for place in places):
            for cluster in self._by_key.get(key, ())[-LIMIT:]:
                if id(cluster) not in seen:
                    seen.add(id(cluster))
                    yield cluster

    def _enter(self, cluster: EventCluster, view: ClaimView) -> None:
        """Put the cluster under the keys that its new claim adds: its type and wider ones, with the article or days of the
        claim, with each party or all together.
        """
        places = {view.article: None, **{place: None for level in _bins(view) for place in level}}
        for kind in self._types[cluster.type]:
            keys: set[object] = {(kind, place, side) for place in places if place is not None for side in view.all_parties}
            keys.update((kind, place, cluster.all_parties) for place in places)
            for key in keys - cluster.index_keys:
                self._by_key[key].append(cluster)
            cluster.index_keys |= keys


def _bins(view: ClaimView) -> list[list[object]]:
    """The days that a claim may be of, the finest level first: as stretches of DAYS, as years, and as all of time (None).

    A level is left out where the claim spans more: more than a month has no stretches, more than a year no years.
    """
    if view.begin is not None:
        first, last = view.begin, view.end
    elif view.day is not None:
        first, last = view.day - NEAR_DAYS, view.day + NEAR_DAYS
    else:
        return [[None]]
    levels: list[list[object]] = [[None]]
    if last - first <= 366:
        levels.insert(0, [("year", year) for year in range(first // 365, last // 365 + 1)])
    if last - first <= MONTH:
        levels.insert(0, list(range(first // DAYS, last // DAYS + 1)))
    return levels


def _call_off(events: list[Event], ontology: Ontology) -> None:
    """Mark as cancelled each plan that another event calls off: one of a type that cancels its type (`dip:cancels`).

    "Norway cancelled its talks with Iceland" calls off the meeting of both that was announced before. Where it may mean
    several plans, all stay.
    """
    cancels = {name: kind.cancels for name, kind in ontology.types.items()}
    cancellable = frozenset().union(*cancels.values())
    plans: defaultdict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in events:
        if event.type in cancellable and event.status == "Planned" and event.announced:
            for party in event.parties:
                plans[event.type, party].append(event)
    for event in events:
        if not cancels[event.type] or event.status not in ("Reported", "Confirmed"):
            continue
        near = {
            id(plan): plan
            for kind in sorted(cancels[event.type])
            for party in event.parties
            for plan in plans[kind, party][-LIMIT:]
            if _calls_off(event, plan)
        }
        if len(near) == 1:
            next(iter(near.values())).cancelled = True


def _calls_off(event: Event, plan: Event) -> bool:
    """Whether *event* may call off *plan*: the parties of one are among those of the other, the plan was last announced at
    most HORIZON days before, and the day it was planned for has not passed. Without dates, both must stand in one article.
    """
    mine, theirs = set(event.parties), set(plan.parties)
    if not (mine <= theirs or theirs <= mine):
        return False
    here = {t.article for t in event.views} & {t.article for t in plan.views}
    called_off, announced = (max((t.day for t in e.views if t.day), default=None) for e in (event, plan))
    if called_off is None or announced is None:
        return bool(here)
    due = max((t.end for t in plan.views if t.begin is not None), default=called_off)
    return announced <= called_off <= min(announced + HORIZON, due + NEAR_DAYS)


# -- the graph of events --------------------------------------------------------------------------


def facts(events: list[Event], entities: Entities) -> tuple[Facts, Facts]:
    """The graph of events, and that of the direct edges of events that are reported or confirmed."""
    made, edges = Facts(EVENTS), Facts(EDGES)
    taken: dict[str, str] = {}
    for event in events:
        node = thing(_local(event, taken, entities.ontology.sides))
        status = event.status
        _event(made, node, event, status, entities)
        if status in ("Reported", "Confirmed"):
            kind = entities.ontology.types[event.type]
            if kind.edge:
                event_edges(edges, kind, event.views)
    return made, edges


def _local(event: Event, taken: dict[str, str], sides: tuple[str, ...]) -> str:
    """The local name of an event: "event/Meeting/2014-12-19/Serbia-Russia"; a digest follows where another has that name."""
    when = event.when.edtf.replace("/", "_") if event.when else "undated"
    who = "-".join(dict.fromkeys(e for r in sides for e in event.entities(r)))[:150] or "unnamed"
    local, first = f"event/{event.type}/{when}/{who}", claim_iri(event.views[0].reading, event.views[0].claim).value
    if local in taken:
        local += "-" + hashlib.sha256(first.encode()).hexdigest()[:8]
    taken[local] = first
    return local


def _event(made: Facts, node: NamedNode, event: Event, status: str, entities: Entities) -> None:
    ontology, kind = entities.ontology, entities.ontology.types[event.type]
    made.a(node, "Event", event.type)
    said = label(kind.noun, event.views, entities, event.in_order, when=event.when, reported=event.reported)
    made.add(node, "rdfs:label", english(said))
    for role in ontology.event_roles:
        for entity in event.entities(role):
            made.add(node, f"dip:{role}", thing(entity))
    for standing in event.standings:
        for party in sorted(standing.acts_for - {standing.entity}) if standing.role != "theme" else ():
            made.add(thing(standing.entity), "dip:actsFor", thing(party))
    for entity in event.other_side:
        made.add(node, "dip:otherSide", thing(entity))
    for party in event.parties:
        made.add(node, "dip:party", thing(party))
    made.time(node, event.when)
    made.add(node, "dip:reportedOn", typed(event.reported, "date") if event.reported else None)
    if event.when or event.reported:
        made.add(node, "dip:dateSource", name("dip", event.when.source if event.when else "Assumed"))
    for quantity in event.amounts:
        made.add(node, "dip:amount", quantity)
    made.add(node, "dip:status", name("dip", status))
    polarity = "Negated" if status == "Denied" else "Affirmed"
    modality = "Planned" if status in ("Planned", "Cancelled") else "Actual"
    code = ontology.folded(kind.category, polarity, modality)
    folded = kind if code == kind.category else ontology.types.get(code, kind)
    made.add(node, "dip:plover", code or None)
    for cameo in kind.cameo:
        made.add(node, "dip:cameo", cameo)
    if folded.score is not None:
        made.add(node, "dip:score", typed(f"{Decimal(str(folded.score)).normalize():f}", "decimal"))
    made.add(node, "dip:quad", name("dip", folded.quad) if folded.quad else None)
    articles = {t.article for t in event.views}
    made.add(node, "dip:claimCount", len(event.views))
    made.add(node, "dip:articleCount", len(articles))
    made.add(node, "dip:sourceCount", event.sources)
    for view in event.views:
        made.add(claim_iri(view.reading, view.claim), "dip:about", node)
