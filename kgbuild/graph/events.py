"""Claims become events: claims of all articles that are of one event become that event, with all its quotes.

Claims are taken in a fixed order, the most definite first, and each joins the cluster it belongs to or starts one. It is
compared with few: those of its type and days that name the same parties, or one of them. So a million claims merge in one
pass, however many of them say that one state criticises another.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import count, product
from typing import NamedTuple

from pyoxigraph import NamedNode

from kgbuild.graph.claim_view import NEAR_DAYS, ClaimView, publisher_of, views_of
from kgbuild.graph.clustering import LIMIT, Clusters, merged, place_of
from kgbuild.graph.edges import event_edges, relation_edges
from kgbuild.graph.entities import Entities
from kgbuild.graph.event_cluster import bond_by
from kgbuild.graph.event_label import label
from kgbuild.graph.sides import Standing, acting, stands_back, two_sides
from kgbuild.graph.summaries import claim_summaries, event_summary
from kgbuild.graph.triples import EDGES, EVENTS, Facts, claim_iri, english, name, quantity_iri, thing, typed
from kgbuild.model import Reading, When
from kgbuild.ontology import Ontology

__all__ = ["Event", "claim_summaries", "facts", "merge", "relation_edges"]

HORIZON = 60
"""A plan can be called off at most so many days after the last article that has it."""

TO_COME = ("Planned", "Obligatory", "Requested", "Possible", "Conditional")
"""What has not happened, from what is most sure to come to what is least."""

Key = tuple[str, str, int, int, str]
"""What names an event while others may still go by its name: its type, and its first claim."""


class Event:
    """One event as all its claims have it."""

    def __init__(self, type: str, views: Iterable[ClaimView], sources: Mapping[str, str]) -> None:
        self.type = type
        self.views = sorted(views, key=lambda one: one.key)
        """Its claims, by article and place."""
        self._sources = sources
        self.called_off: Key | None = None
        """The event that calls it off."""

    @property
    def order(self) -> Key:
        """What events are ordered by: type and first claim, one for each event."""
        return self.type, *self.views[0].key

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
        Contested: one affirms that it happened, or that it will, and another surely denies it; who says both contests
        nothing. Planned: it is only announced or thought possible. Cancelled: another event calls it off, or it is denied
        later than it was last announced. Denied: nothing affirms it. How many sources tell of it does not matter: see
        `sources`.
        """
        facts = [t for t in self.views if t.actual and t.affirmed]
        denials = [t for t in self.views if t.denies]
        if facts:
            if _of_two_voices(facts, [t for t in denials if t.actual]):
                return "Contested"
            return "Confirmed" if any(t.vouched for t in facts) else "Reported"
        if self.called_off:
            return "Cancelled"
        plans = [t for t in self.views if t.affirmed]
        if not plans:
            return "Denied"
        if denials and min(t.day or 0 for t in denials) > max(t.day or 0 for t in plans):
            return "Cancelled"
        announced = [t for t in plans if t.claim.stance.modality == "Planned"]
        return "Contested" if _of_two_voices(announced, denials) else "Planned"

    @property
    def to_come(self) -> str:
        """Of what has not happened: the surest of the modalities in which its claims have it."""
        told = {t.claim.stance.modality for t in self.views if t.affirmed}
        return next((one for one in TO_COME if one in told), "Planned")

    @property
    def announced(self) -> bool:
        """Whether a claim says that it is planned; that it is possible or wanted is not enough."""
        return any(t.affirmed and t.claim.stance.modality == "Planned" for t in self.views)

    @property
    def sources(self) -> int:
        """How many independent sources have it; articles of one source count once."""
        return self._independent(self.views)

    def _independent(self, views: Iterable[ClaimView]) -> int:
        return len({self._sources.get(t.article) or publisher_of(t.reading) for t in views})


def _of_two_voices(affirming: Iterable[ClaimView], denying: Iterable[ClaimView]) -> bool:
    """Whether one says so and another says that it is not so."""
    return any(not one.voice & other.voice for one, other in product(affirming, denying))


def grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """What comes second in *pairs* by what comes first: {"actor": {"Norway", "Iceland"}}."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return found


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
    clusters = Clusters(entities.ontology, bond_by(entities), views.__getitem__)
    found = merged(clusters, map(place_of, views, count()), (), frozenset(range(len(views))), entities.ontology)
    events = [Event(one.type, (views[claim.number] for claim in one.claims), sources or {}) for one in found.values()]
    events.sort(key=lambda event: event.order)
    outlines = ((event.order, made) for event in events if (made := outline(event, entities.ontology)))
    off = called_off(outlines, entities.ontology)
    for event in events:
        event.called_off = off.get(event.order)
    return events


class Outline(NamedTuple):
    """What decides whether one event calls off another, which was planned."""

    type: str
    parties: frozenset[str]
    articles: frozenset[str]
    day: int | None
    """Of the last article that tells of it."""
    due: int | None
    """The last day of its times; None where it has none."""
    planned: bool
    """Whether it is only announced; else it has happened."""


def outline(event: Event, ontology: Ontology) -> Outline | None:
    """The outline of an event that may call off another or be called off; None for all others.

    These are reported or confirmed ones of a type that cancels others (`dip:cancels`), and plans of one of these others.
    """
    calls_off, cancellable = ontology.types[event.type].cancels, _cancellable(ontology)
    planned = event.type in cancellable and event.status == "Planned" and event.announced
    if not planned and not (calls_off and event.status in ("Reported", "Confirmed")):
        return None
    return Outline(
        event.type,
        frozenset(event.parties),
        frozenset(t.article for t in event.views),
        max((t.day for t in event.views if t.day), default=None),
        max((t.end for t in event.views if t.begin is not None), default=None),
        planned,
    )


@lru_cache(maxsize=2)
def _cancellable(ontology: Ontology) -> frozenset[str]:
    return frozenset[str]().union(*(kind.cancels for kind in ontology.types.values()))


def called_off(outlines: Iterable[tuple[Key, Outline]], ontology: Ontology) -> dict[Key, Key]:
    """The keys of the plans that another event calls off, each with that of the first to do so, of *outlines* in the order
    of the events.

    "Norway cancelled its talks with Iceland" calls off the meeting of both that was announced before. Where it may mean
    several plans, all stay.
    """
    outlines = list(outlines)
    plans: defaultdict[tuple[str, str], list[tuple[Key, Outline]]] = defaultdict(list)
    for key, one in outlines:
        for party in one.parties if one.planned else ():
            plans[one.type, party].append((key, one))
    found: dict[Key, Key] = {}
    for calling, event in outlines:
        near = {
            key
            for kind in (() if event.planned else sorted(ontology.types[event.type].cancels))
            for party in event.parties
            for key, plan in plans[kind, party][-LIMIT:]
            if _calls_off(event, plan)
        }
        if len(near) == 1:
            found.setdefault(min(near), calling)
    return found


def _calls_off(event: Outline, plan: Outline) -> bool:
    """Whether *event* may call off *plan*: the parties of one are among those of the other, the plan was last announced at
    most HORIZON days before, and the day it was planned for has not passed. Without dates, both must stand in one article.
    """
    if not (event.parties <= plan.parties or plan.parties <= event.parties):
        return False
    if event.day is None or plan.day is None:
        return bool(event.articles & plan.articles)
    due = event.day if plan.due is None else plan.due
    return plan.day <= event.day <= min(plan.day + HORIZON, due + NEAR_DAYS)


# -- the graph of events --------------------------------------------------------------------------


def facts(events: list[Event], entities: Entities) -> tuple[Facts, Facts]:
    """The graph of events, and that of the direct edges of events that are reported or confirmed."""
    made, edges = Facts(EVENTS), Facts(EDGES)
    taken = set[str]()
    for event in events:
        name = local_name(event, entities.ontology.sides)
        event_facts(made, edges, event, f"{name}-{digest(event.order)}" if name in taken else name, entities)
        taken.add(name)
    return made, edges


def event_facts(made: Facts, edges: Facts, event: Event, local: str, entities: Entities) -> None:
    """What one event is, under its *local* name, and its direct edges if it is reported or confirmed."""
    status, kind = event.status, entities.ontology.types[event.type]
    _event(made, thing(local), event, status, entities)
    if status in ("Reported", "Confirmed") and kind.edge:
        event_edges(edges, kind, event.views)


def local_name(event: Event, sides: tuple[str, ...]) -> str:
    """The local name of an event: "event/Meeting/2014-12-19/Serbia-Russia"; the first of those of one name bears it, behind
    that of the others stands their `digest`.
    """
    when = event.when.edtf.replace("/", "_") if event.when else "undated"
    who = "-".join(dict.fromkeys(e for r in sides for e in event.entities(r)))[:150] or "unnamed"
    return f"event/{event.type}/{when}/{who}"


def digest(order: Key) -> str:
    """Eight digits of the first claim of an event, by its `order`."""
    return hashlib.sha256(first_claim(order).value.encode()).hexdigest()[:8]


def first_claim(order: Key) -> NamedNode:
    """The first claim of an event, by its `order`."""
    _, article, start, end, kind = order
    return thing(f"{article}/claim/{start}-{end}-{kind}")


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
    made.add(node, "dip:calledOff", first_claim(event.called_off) if event.called_off else None)
    to_come, polarity = status in ("Planned", "Cancelled"), "Negated" if status == "Denied" else "Affirmed"
    code = _code(event, kind.category, polarity, ontology) if to_come else ontology.folded(kind.category, polarity, "Actual")
    counts_as = code or ontology.folded(kind.category, polarity, "Planned")
    folded = kind if counts_as == kind.category else ontology.types.get(counts_as, kind)
    score = folded.score if code else None
    made.add(node, "dip:plover", code or None)
    for cameo in kind.cameo:
        made.add(node, "dip:cameo", cameo)
    if score is not None:
        made.add(node, "dip:score", typed(f"{Decimal(str(score)).normalize():f}", "decimal"))
    made.add(node, "dip:quad", name("dip", folded.quad) if folded.quad else None)
    articles = {t.article for t in event.views}
    made.add(node, "dip:claimCount", len(event.views))
    made.add(node, "dip:articleCount", len(articles))
    made.add(node, "dip:sourceCount", event.sources)
    event_summary(made, node, event, score, entities)
    for view in event.views:
        made.add(claim_iri(view.reading, view.claim), "dip:about", node)


def _code(event: Event, category: str, polarity: str, ontology: Ontology) -> str:
    """The PLOVER code of an event to come; none for what is only asked for, thought possible or set as a condition, unless a
    rule of folding has one for that: to ask for aid is a request, to think an attack possible is no event.
    """
    code = ontology.folded(category, polarity, event.to_come)
    return code if event.to_come == "Planned" or code != category else ""
