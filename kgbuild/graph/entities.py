"""Mentions of all articles become entities, each with its names and with the reason of every identity.

Identity is that of actors.ttl first; other things are one where their name and kind agree. same.ttl
overrules. The outcome is a function of the readings and the ontology, whatever their order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from kgbuild.graph.gathering import Settled, all_mentions, profiles_of, told_apart
from kgbuild.graph.identity import Identity, Judgement, identify
from kgbuild.graph.tenures import Attested, Held, holders_of, office_named
from kgbuild.graph.triples import THINGS, Facts, claim_iri, english, mention_iri, name, thing, typed
from kgbuild.model import Claim, Mention, Reading
from kgbuild.ontology import Ontology


@dataclass
class Entity:
    """One thing of the graph, gathered from its mentions."""

    id: str
    classes: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    labels: Counter[str] = field(default_factory=Counter)

    @property
    def cls(self) -> str:
        """The class most mentions give it; among equals the first by name."""
        return min(self.classes, key=lambda c: (-self.classes[c], c), default="Thing")

    @property
    def label(self) -> str:
        """The name most often given to it; among equals the longest, then the first by name."""
        return min(self.labels, key=lambda n: (-self.labels[n], -len(n), n), default=self.id.replace("_", " "))


@dataclass
class Entities:
    """All entities by id, the tenures with their evidence, and who was found to be who."""

    ontology: Ontology
    by_id: dict[str, Entity] = field(default_factory=dict)
    tenures: dict[Held, Attested] = field(default_factory=lambda: defaultdict(Attested))
    identity: Identity = field(default_factory=lambda: Identity({}, (), ()))
    settled: dict[Mention, Settled] = field(default_factory=dict)
    """Mentions that reading left open or took for another, and whom other articles show them to mean."""

    @property
    def canonical(self) -> dict[str, str]:
        """Each id that goes by another -> that other."""
        return self.identity.canonical

    def of(self, mention: Mention) -> tuple[str, ...]:
        """The entities a mention denotes, after merging."""
        meant = self.settled[mention].entities if mention in self.settled else mention.entities
        return tuple(dict.fromkeys(self.canonical.get(e, e) for e in meant))

    def parties(self, mention: Mention) -> tuple[str, ...]:
        """The states or organisations on whose account a mention acts: whom it represents, else itself."""
        found = mention.represents or (self.settled[mention].entities if mention in self.settled else mention.entities)
        return tuple(dict.fromkeys(self.canonical.get(e, e) for e in found))

    def reason(self, mention: Mention) -> str:
        """Why a mention denotes what it denotes."""
        return self.settled[mention].why if mention in self.settled else mention.reason

    def label(self, entity: str) -> str:
        """What to call an entity."""
        known = self.ontology.actors.get(entity)
        if known is not None:
            return known.label
        return self.by_id[entity].label if entity in self.by_id else entity.rsplit("/", 1)[-1].replace("_", " ")

    def cls(self, entity: str) -> str:
        """The class of an entity."""
        known = self.ontology.actors.get(entity)
        if known is not None:
            return known.cls
        return self.by_id[entity].cls if entity in self.by_id else "Thing"


def merge(readings: Iterable[Reading], ontology: Ontology) -> Entities:
    """The entities of all *readings*: who is who is settled first, then each gathers its mentions and tenures."""
    readings = sorted(readings, key=lambda r: (r.article.iri, r.article.source))
    namesakes = told_apart(readings, ontology)
    profiles = profiles_of(readings, ontology, namesakes)
    entities = Entities(ontology, identity=identify(profiles, ontology), settled=namesakes)
    for reading in readings:
        for claim in reading.claims:
            if claim.claims == "holdsPosition":
                for held in _tenures(claim, entities):
                    entities.tenures[held].add(reading, claim, ontology)
    entities.tenures = {held: attested for held, attested in entities.tenures.items() if attested.told}
    entities.settled = {**namesakes, **holders_of(readings, entities)}
    for reading in readings:
        for mention in all_mentions(reading):
            denoted = entities.of(mention)
            for entity in (*denoted, *(entities.canonical.get(r, r) for r in mention.represents)):
                entities.by_id.setdefault(entity, Entity(entity))
            for entity in denoted:
                _note(entities.by_id[entity], mention, alone=len(denoted) == 1)
    for held in entities.tenures:
        for part in (held.holder, held.office, held.of):
            entities.by_id.setdefault(part, Entity(part))
    return entities


def _note(entity: Entity, mention: Mention, *, alone: bool) -> None:
    entity.classes[mention.cls] += 1
    if not alone or mention.cls == "Office":
        return
    if mention.name:
        entity.labels[mention.name] += 1
    text = " ".join(mention.span.text.split())
    if any(c.isupper() for c in text):
        entity.names[text.removeprefix("the ").removeprefix("The ")] += 1


def _tenures(claim: Claim, entities: Entities) -> list[Held]:
    holders = [e for m in claim.role("holder") if m.cls == "Person" for e in entities.of(m)]
    offices = [office_named(m, entities.ontology) for m in claim.role("office")]
    bodies = [e for m in claim.role("of") for e in (entities.of(m) or entities.parties(m))]
    bodies = bodies or [e for m in claim.role("holder") for e in entities.parties(m) if m.represents]
    return [Held(h, o, b) for h in holders for o in offices if o for b in bodies[:1] if b != h]


def facts(entities: Entities, readings: Iterable[Reading], needed: frozenset[str]) -> Facts:
    """The graph of things: entities that were met or are *needed*, what mentions denote, and tenures."""
    made = Facts(THINGS)
    for key in sorted({*entities.by_id, *needed}):
        _entity(made, key, entities)
    for reading in readings:
        for mention in all_mentions(reading):
            node = mention_iri(reading, mention)
            denoted = entities.of(mention)
            for entity in denoted:
                made.add(node, "dip:denotes", thing(entity))
            if denoted:
                made.add(node, "dip:reason", entities.reason(mention))
            for state in mention.represents:
                made.add(node, "dip:represents", thing(entities.canonical.get(state, state)))
    for held in sorted(entities.tenures, key=lambda h: (h.holder, h.office, h.of)):
        _tenure(made, held, entities)
    judged(made, entities)
    return made


def _entity(made: Facts, key: str, entities: Entities) -> None:
    node, known, met = thing(key), entities.ontology.actors.get(key), entities.by_id.get(key)
    label = entities.label(key)
    made.a(node, entities.cls(key))
    made.add(node, "rdfs:label", english(label))
    names = set(met.names) | set(met.labels) if met else set()
    if known is not None and known.cls != "Office":
        names |= {*known.names, *known.exact}
    for other in sorted(names - {label}):
        made.add(node, "skos:altLabel", english(other))
    made.add(node, "dip:mentionCount", met.classes.total() if met else 0)
    if known is not None:
        made.add(node, "owl:sameAs", name("wd", known.wikidata) if known.wikidata else None)
        made.add(node, "dip:iso2", known.iso2)
        made.add(node, "dip:iso3", known.iso3)


def _tenure(made: Facts, held: Held, entities: Entities) -> None:
    ontology = entities.ontology
    local = f"tenure/{held.holder}-{held.office.removeprefix('office/')}-{held.of}"
    node = thing(local)
    made.a(node, "Tenure")
    made.add(
        node,
        "rdfs:label",
        english(f"{entities.label(held.holder)}, {entities.label(held.office)} of {entities.label(held.of)}"),
    )
    made.add(node, "dip:holder", thing(held.holder))
    made.add(node, "dip:office", thing(held.office))
    made.add(node, "dip:of", thing(held.of))
    known = [t for t in ontology.tenures if (t.holder, t.office, t.of) == (held.holder, held.office, held.of)]
    if len(known) == 1:  # with several terms the article's own date would have to choose: left open
        for key, value in (("begin", known[0].begin), ("end", known[0].end)):
            if value:
                made.add(node, f"dip:{key}", typed(value, "date" if len(value) == 10 else "gYear"))
    attested = entities.tenures[held]
    for key, day in (
        ("attestedFrom", min(attested.days, default="")),
        ("attestedTo", max(attested.days, default="")),
        ("beganAbout", min(attested.began, default="")),
        ("endedBefore", min(attested.over, default="")),
    ):
        made.add(node, f"dip:{key}", typed(day, "date") if day else None)
    for reading, claim in attested.told:
        made.add(node, "prov:wasDerivedFrom", claim_iri(reading, claim))


def judged(made: Facts, entities: Entities) -> None:
    """The merges and refusals between names that articles gave, each with score and reason."""
    for one in entities.identity.merges:
        kept = entities.canonical.get(one.a, one.a)
        if kept in entities.by_id:
            node = thing(f"merge/{one.a}-{one.b}")
            made.a(node, "Merge")
            made.add(node, "dip:mergedInto", thing(kept))
            for name_of in (one.a, one.b):
                made.add(node, "dip:mergedId", thing(name_of))
            _because(made, node, one)
    for one in entities.identity.refusals:
        both = {entities.canonical.get(e, e) for e in (one.a, one.b)}
        if both <= entities.by_id.keys() and len(both) == 2:
            node = thing(f"refusal/{one.a}-{one.b}")
            made.a(node, "Refusal")
            for entity in sorted(both):
                made.add(node, "dip:between", thing(entity))
            _because(made, node, one)


def _because(made: Facts, node: NamedNode, one: Judgement) -> None:
    made.add(node, "dip:score", typed(f"{one.score:g}", "decimal"))
    made.add(node, "dip:why", english(one.why))
